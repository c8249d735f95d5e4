"""Listings that go on or off sale at a time, copies of listings, and renditions that never vanish."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from django.urls import reverse
from django.utils import timezone

from accounts.models import StateLog
from accounts.work import run_due
from catalog import duplicates, listings, picture_files, stock, stock_bookings, timetable
from catalog.models import ListingTimer, Picture, PriceChange, Product, Specification
from tests.factories import make_category, make_product, make_sku

pytestmark = pytest.mark.django_db
PUBLISH, TAKE_DOWN = ListingTimer.Action.PUBLISH, ListingTimer.Action.TAKE_DOWN


def soon():
    return timezone.now() + timedelta(hours=1)


def its_time():
    ListingTimer.objects.update(run_after=timezone.now() - timedelta(seconds=1))
    return run_due(ListingTimer)


@pytest.fixture
def draft(yuji):
    product = make_product(yuji, handle="pot", published=False, category=make_category(), axes=["釉色"], tags=["茶"])
    make_sku(product, option1="霁青", barcode="690")
    Picture.objects.create(product=product, source_url="https://pictures.example/1.jpg", alt="壶")
    Specification.objects.create(product=product, name="材质", value="瓷")
    listings.refresh([product.pk])
    return product


@pytest.fixture
def staff(client, yuji_staff):
    client.force_login(yuji_staff)
    return client


def test_a_listing_goes_on_sale_at_its_time_and_not_before(draft, yuji_staff):
    timetable.plan(draft, PUBLISH, soon(), by=yuji_staff)
    assert run_due(ListingTimer) == 0
    draft.refresh_from_db()
    assert draft.status == "draft"
    assert its_time() == 1
    draft.refresh_from_db()
    assert draft.status == "published"
    log = StateLog.objects.get(about=f"listing:{draft.pk}", to_state="published")
    assert (log.user, log.reason.startswith("timer:")) == (yuji_staff, True)


def test_a_timer_carried_out_twice_changes_nothing_more(draft):
    timer = timetable.plan(draft, PUBLISH, soon())
    its_time()
    before = StateLog.objects.count()
    timetable.carry_out(timer)
    assert StateLog.objects.count() == before
    assert its_time() == 0


def test_a_listing_goes_off_sale_at_its_time(draft):
    listings.publish(draft)
    timetable.plan(draft, TAKE_DOWN, soon())
    its_time()
    draft.refresh_from_db()
    assert draft.status == "taken_down"


def test_what_cannot_be_on_sale_is_noted_and_not_tried_again(draft):
    draft.pictures.all().delete()
    timer = timetable.plan(draft, PUBLISH, soon())
    assert its_time() == 1
    timer.refresh_from_db()
    draft.refresh_from_db()
    assert (draft.status, timer.is_open) == ("draft", False)
    assert timer.refused_because
    assert its_time() == 0


def test_a_cancelled_timer_does_nothing(draft):
    timer = timetable.plan(draft, PUBLISH, soon())
    assert timetable.cancel(timer)
    assert not timetable.cancel(timer)
    assert its_time() == 0
    draft.refresh_from_db()
    assert draft.status == "draft"
    assert timetable.plan(draft, PUBLISH, soon()).is_open, "another time can be planned"


def test_the_same_is_not_planned_twice_and_nothing_in_the_past(draft):
    timetable.plan(draft, PUBLISH, soon())
    with pytest.raises(ValidationError):
        timetable.plan(draft, PUBLISH, soon())
    with pytest.raises(ValidationError):
        timetable.plan(draft, TAKE_DOWN, timezone.now() - timedelta(minutes=1))
    assert ListingTimer.objects.count() == 1


def test_a_merchant_plans_and_cancels_on_the_page(staff, draft):
    address = reverse("admin:catalog_product_timers", args=[draft.pk])
    assert staff.post(address, {"action": "publish", "at_0": "2020-01-01", "at_1": "08:00"}).status_code == 422
    at = timezone.localtime(soon())
    answer = staff.post(address, {"action": "publish", "at_0": f"{at:%Y-%m-%d}", "at_1": f"{at:%H:%M}"})
    assert answer.status_code == 302
    timer = ListingTimer.objects.get()
    cancellation = reverse("admin:catalog_product_timer_cancellation", args=[draft.pk, timer.pk])
    assert cancellation in staff.get(address).content.decode()
    assert staff.get(cancellation).status_code == 405
    staff.post(cancellation)
    timer.refresh_from_db()
    assert timer.cancelled_at


def test_anothers_listing_is_not_planned(staff, songyan, draft):
    foreign = make_product(songyan)
    assert staff.post(reverse("admin:catalog_product_timers", args=[foreign.pk])).status_code == 404
    mine = timetable.plan(draft, PUBLISH, soon())
    other = timetable.plan(foreign, TAKE_DOWN, soon())
    crossed = reverse("admin:catalog_product_timer_cancellation", args=[draft.pk, other.pk])
    assert staff.post(crossed).status_code == 404
    assert ListingTimer.objects.filter(cancelled_at=None).count() == len([mine, other])


def test_a_copy_is_a_draft_with_keys_of_its_own_and_no_stock(draft, yuji_staff, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    own = Picture(product=draft, status="ready", width=800, height=800, position=1)
    own.file.name = own.file.storage.save("products/one.webp", ContentFile(b"picture"))
    own.save()
    draft.skus.update(picture=own)
    listings.publish(draft)
    twin = duplicates.duplicate(draft, by=yuji_staff)
    assert (twin.status, twin.handle, twin.published_at) == ("draft", "pot-2", None)
    assert duplicates.duplicate(draft).handle == "pot-3"
    old, new = draft.skus.get(), twin.skus.get()
    assert (new.option1, new.price_fen, new.barcode) == ("霁青", old.price_fen, "")
    assert new.code != old.code
    assert stock.available([new.pk]) == {new.pk: 0}
    assert PriceChange.objects.get(sku=new).by == yuji_staff
    assert twin.specifications.get().value == "瓷"
    copied = twin.pictures.get(position=1)
    assert new.picture == copied
    assert copied.file.name != own.file.name
    own.file.storage.delete(own.file.name)
    with copied.file.open() as file:
        assert file.read() == b"picture"


def test_a_copy_that_fails_leaves_nothing_behind(draft, settings, tmp_path, monkeypatch):
    settings.MEDIA_ROOT = tmp_path
    own = Picture(product=draft, status="ready", width=800, height=800, position=1)
    own.file.name = own.file.storage.save("products/one.webp", ContentFile(b"picture"))
    own.save()
    monkeypatch.setattr(stock_bookings, "open_places", lambda *args, **kwargs: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        duplicates.duplicate(draft)
    assert Product.objects.count() == 1
    assert [path.name for path in tmp_path.rglob("*.webp")] == ["one.webp"]


def test_a_merchant_copies_a_listing_from_the_list(staff, draft):
    asked = {"action": "duplicate", "_selected_action": [draft.pk]}
    answer = staff.post(reverse("admin:catalog_product_changelist"), asked)
    twin = Product.objects.exclude(pk=draft.pk).get()
    assert answer.url == reverse("admin:catalog_product_change", args=[twin.pk])


def test_a_rendition_is_there_at_every_moment_while_it_is_drawn_again(tmp_path, monkeypatch):
    storage = FileSystemStorage(tmp_path)
    storage.save("a/1/200w.webp", ContentFile(b"old"))
    monkeypatch.setattr(storage, "delete", lambda name: pytest.fail("a reader would find nothing"))
    picture_files.replace(storage, "a/1/200w.webp", b"new")
    assert [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()] == [b"new"]


def test_an_object_storage_is_written_through_its_own_interface():
    calls = []

    class Objects:
        def path(self, name):
            raise NotImplementedError

        def delete(self, name):
            calls.append(("delete", name))

        def save(self, name, content):
            calls.append(("save", name, content.read()))

    picture_files.replace(Objects(), "a.webp", b"new")
    assert calls == [("delete", "a.webp"), ("save", "a.webp", b"new")]
