"""The desk of parcels: taken apart, put together, back again, on paper, and shipped by a table."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from accounts.history import TransitionNotAllowed
from accounts.models import AccessLog, Notification
from catalog.models import Stock
from orders import deadlines, order_timers, parcel_changes, parcel_paper, parcel_watch, parcels, tracking
from orders.carriers.base import Scan, meaning_of
from orders.models import Parcel, Refund
from tests.fakes.shopping import run_refunds, ship_all, to_warehouse

pytestmark = pytest.mark.django_db
SF, JD = "SF1234567890123", "JDVA0123456789"
TABLE = "/admin/orders/parcel/table/"


@pytest.fixture
def order(alice, teapot, cup, place):
    return to_warehouse(place(alice, (teapot, 3), (cup, 1)))


@pytest.fixture
def parcel(order, yuji, operator):
    return parcels.pack(order, yuji, operator)


@pytest.fixture
def other(order, songyan, operator):
    return parcels.pack(order, songyan, operator)


def units(box):
    return sum(row.quantity for row in box.lines.all())


# --- taken apart, put together ---------------------------------------------------------------------------------------


def test_a_parcel_is_taken_apart_and_put_together_again(order, parcel, yuji, operator):
    line = order.lines.get(number=1)
    second = parcel_changes.split(parcel, {line.pk: 1}, operator)
    assert (units(parcel), units(second), parcels.to_pack(order, yuji)) == (2, 1, {})
    assert parcel_changes.merge(parcel, operator) == 1
    second.refresh_from_db()
    assert (units(parcel), second.status, parcels.to_pack(order, yuji)) == (3, "void", {})


@pytest.mark.parametrize("taken", [0, 3, 4])
def test_something_stays_and_something_goes(order, parcel, operator, taken):
    with pytest.raises(parcel_changes.WrongUnits):
        parcel_changes.split(parcel, {order.lines.get(number=1).pk: taken}, operator)
    assert (Parcel.objects.count(), units(parcel)) == (1, 3)


def test_what_was_sent_stays_as_it_is(order, parcel, operator):
    parcels.ship(parcel, "shunfeng", SF, operator)
    for change in (lambda: parcel_changes.split(parcel, {order.lines.get(number=1).pk: 1}, operator),):
        with pytest.raises(TransitionNotAllowed):
            change()
    with pytest.raises(TransitionNotAllowed):
        parcel_changes.merge(parcel, operator)
    assert units(parcel) == 3


def test_the_parcels_of_another_merchant_are_never_merged(parcel, other, operator):
    assert parcel_changes.merge(parcel, operator) == 0
    other.refresh_from_db()
    assert other.status == "packed"


def test_the_desk_takes_apart(client, order, parcel, operator):
    client.force_login(operator)
    line = order.lines.get(number=1)
    client.post(f"/admin/orders/order/{order.pk}/boxes/{parcel.pk}/", {f"box-{parcel.pk}-line-{line.pk}": "2"})
    assert sorted(units(box) for box in Parcel.objects.all()) == [1, 2]
    assert client.get(f"/admin/orders/order/{order.pk}/change/").status_code == 200


# --- back again ------------------------------------------------------------------------------------------------------


def test_a_refused_parcel_is_checked_in_and_refunded(order, parcel, alice, teapot, operator):
    parcels.ship(parcel, "shunfeng", SF, operator)
    line = order.lines.get(number=1)
    for _time in range(2):
        parcel_changes.check_in(parcel, operator, {line.pk: 1})
    line.refresh_from_db()
    refund = Refund.objects.get()
    assert refund.amount_fen == line.payable_fen + line.shipping_share_fen
    assert (parcel.status, line.returned_quantity) == ("returned", 3)
    assert Stock.objects.get(sku=teapot).on_hand == 10 - 3 + 2
    assert Notification.objects.filter(user=alice, kind="parcel_came_back").count() == 1


def test_an_order_of_which_all_came_back_is_closed(alice, teapot, place, yuji, operator):
    order = to_warehouse(place(alice, (teapot, 1), key="one"))
    box = parcels.pack(order, yuji, operator)
    parcels.ship(box, "shunfeng", SF, operator)
    parcel_changes.check_in(box, operator)
    run_refunds()
    order.refresh_from_db()
    assert (order.status, order.close_reason) == ("closed", "refunded")


def test_a_parcel_that_never_left_does_not_come_back(parcel, operator, teapot):
    with pytest.raises(TransitionNotAllowed):
        parcel_changes.check_in(parcel, operator)
    assert not Refund.objects.exists()
    assert Stock.objects.get(sku=teapot).on_hand == 10


# --- paper -----------------------------------------------------------------------------------------------------------


def test_lists_and_labels_have_a_sheet_for_each_parcel(parcel, other):
    boxes = list(Parcel.objects.select_related("order", "merchant").prefetch_related("lines__line"))
    assert parcel_paper.packing_lists(boxes).count(b"/Type /Page\n") == 2
    assert parcel_paper.labels(boxes).count(b"/Type /Page\n") == 2


def test_reading_addresses_on_labels_is_logged_and_packing_lists_have_none(client, operator, parcel, other):
    client.force_login(operator)
    asked = {"parcel": [parcel.pk, other.pk]}
    assert client.post("/admin/orders/parcel/papers/", asked | {"packing": "1"})["Content-Type"] == "application/pdf"
    assert not AccessLog.objects.exists()
    assert client.post("/admin/orders/parcel/papers/", asked | {"label": "1"}).content.startswith(b"%PDF")
    assert AccessLog.objects.filter(reader=operator, subject=parcel.order.about).count() == 2


def test_nobody_prints_the_parcels_of_others(client, yuji_staff, other):
    client.force_login(yuji_staff)
    answer = client.post("/admin/orders/parcel/papers/", {"parcel": other.pk, "label": "1"})
    assert answer.status_code == 302
    assert not AccessLog.objects.exists()


# --- by a table ------------------------------------------------------------------------------------------------------


def upload(client, text, encoding="utf-8"):
    return client.post(TABLE, {"table": SimpleUploadedFile("s.csv", text.encode(encoding))})


def confirm(client, text):
    return client.post(TABLE, {"confirm": "1", "text": text})


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_table_is_looked_at_first(client, operator, parcel, encoding):
    client.force_login(operator)
    page = upload(client, f"单号,快递,运单\n{parcel.number},shunfeng,{SF}\nnone,shunfeng,{SF}9\n", encoding)
    assert page.context["counts"] == {"ready": 1, "done": 0, "bad": 1}
    parcel.refresh_from_db()
    assert parcel.status == "packed"


def test_rows_are_shipped_each_on_its_own_and_once(client, operator, order, parcel, other):
    client.force_login(operator)
    text = f"n,c,w\n{parcel.number},shunfeng,{SF}\n{other.number},shunfeng,nonsense\n"
    for expected in ({"ready": 0, "done": 1, "bad": 1}, {"ready": 0, "done": 1, "bad": 1}):
        assert confirm(client, text).context["counts"] == expected
    assert [Parcel.objects.get(pk=box.pk).status for box in (parcel, other)] == ["shipped", "packed"]
    assert order.lines.get(number=1).shipped_quantity == 3


def test_the_number_of_an_order_will_do_when_it_means_one_parcel(client, operator, order, parcel):
    client.force_login(operator)
    assert confirm(client, f"n,c,w\n{order.number},jd,{JD}\n").context["shipped"] == 1


@pytest.mark.parametrize(
    "rows",
    [
        "{order},shunfeng,{sf}",  # two parcels are packed
        "{parcel},nobody,{sf}",
        "{parcel},shunfeng,12",
        "{parcel},shunfeng,",
        ",shunfeng,{sf}",
    ],
)
def test_a_row_with_a_problem_says_so_and_ships_nothing(client, operator, order, parcel, other, rows):
    client.force_login(operator)
    page = confirm(client, "n,c,w\n" + rows.format(order=order.number, parcel=parcel.number, sf=SF))
    assert page.context["counts"]["bad"] == 1
    assert page.context["rows"][0].why
    assert Parcel.objects.filter(status="packed").count() == 2


def test_one_waybill_for_two_parcels_is_refused(client, operator, parcel, other):
    client.force_login(operator)
    page = confirm(client, f"n,c,w\n{parcel.number},shunfeng,{SF}\n{other.number},shunfeng,{SF}\n")
    assert page.context["counts"] == {"ready": 0, "done": 1, "bad": 1}


@pytest.mark.parametrize("text", ["", "n,c,w\n", "\x00\x01"])
def test_what_is_no_table_is_refused(client, operator, parcel, text):
    client.force_login(operator)
    assert upload(client, text).status_code == 422


def test_merchants_ship_their_own_by_a_table(client, yuji_staff, parcel, other):
    client.force_login(yuji_staff)
    page = confirm(client, f"n,c,w\n{parcel.number},shunfeng,{SF}\n{other.number},jd,{JD}\n")
    assert page.context["counts"] == {"ready": 0, "done": 1, "bad": 1}
    other.refresh_from_db()
    assert other.status == "packed"
    assert client.get(TABLE + "?template=1").content.startswith(b"\xef\xbb\xbf")


# --- on the road -----------------------------------------------------------------------------------------------------


def scan(code, text="【杭州】已存放至文三路菜鸟驿站"):
    return Scan(timezone.now(), code, meaning_of(code), text, "杭州市")


@pytest.mark.parametrize(("code", "status"), [("501", "out_for_delivery"), ("304", "delivered")])
def test_a_parcel_at_a_station_is_told_with_the_place(order, parcel, alice, operator, code, status):
    parcels.ship(parcel, "shunfeng", SF, operator)
    tracking.apply_events(parcel, [scan(code)])
    parcel.refresh_from_db()
    told = Notification.objects.get(user=alice, kind="parcel_at_station")
    assert (parcel.status, "菜鸟驿站" in told.facts["place"]) == (status, True)


def test_the_clock_of_receipt_begins_paused_while_something_is_open(order, operator):
    boxes = ship_all(order, operator)
    deadlines.pause(order, order_timers.AUTO_CONFIRM_UNSIGNED)
    for box in boxes:
        tracking.apply_events(box, [scan("301")])
    order.refresh_from_db()
    assert order.status == "delivered"
    assert deadlines.is_paused(order, order_timers.AUTO_CONFIRM)


def test_whoever_wants_to_know_hears_that_a_return_has_arrived(order, parcel, yuji, operator, monkeypatch):
    heard = []
    monkeypatch.setattr(tracking, "WHEN_RETURN_ARRIVED", [heard.append])
    parcels.ship(parcel, "shunfeng", SF, operator)
    back = parcels.inbound_parcel(order, yuji, "jd", JD, {order.lines.get(number=1): 1})
    for _time in range(2):
        tracking.apply_events(back, [scan("301")])
    assert [box.pk for box in heard] == [back.pk]


def test_a_lost_parcel_offers_the_money_on_the_page_of_the_order(client, alice, order, parcel, operator):
    parcels.ship(parcel, "shunfeng", SF, operator)
    client.force_login(alice)
    before = client.get(order.get_absolute_url()).content.decode()
    parcel_watch.declare_lost(parcel, by=operator)
    page = client.get(order.get_absolute_url()).content.decode()
    assert "notice--warn" in page
    assert "notice--warn" not in before
    assert reverse("return_new", args=[order.number, 1]) in page


# --- the table, as it comes from spreadsheet programs ----------------------------------------------------------------


def test_the_table_to_fill_in_names_what_waits_and_is_read_again(client, parcel, other, operator):
    client.force_login(operator)
    text = client.get(TABLE + "?template=1").content.decode("utf-8-sig")
    assert [line.split(",")[0] for line in text.splitlines()[1:]] == [parcel.number, other.number]
    page = upload(client, text.replace(f"{parcel.number},,", f"{parcel.number},shunfeng,{SF}"))
    assert [row.state for row in page.context["rows"]] == ["ready", "bad"]


def test_after_the_confirmation_nothing_is_asked_for(client, parcel, operator):
    client.force_login(operator)
    text = f"number,carrier,waybill\n{parcel.number},shunfeng,{SF}\n"
    page = client.post(TABLE, {"confirm": "1", "text": text})
    assert (page.context["shipped"], page.context["form"].errors) == (1, {})


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("carrier", ["SF Express", "shunfeng", "sf"])
def test_carriers_are_known_in_every_language_of_the_shop(client, parcel, operator, carrier, language):
    client.force_login(operator)
    client.cookies["django_language"] = language
    page = upload(client, f"number,carrier,waybill\n{parcel.number},{carrier},{SF}\n")
    assert [row.state for row in page.context["rows"]] == ["ready"]


@pytest.mark.parametrize("row", ["{number},zhongtong,7.53E+14", "2.61122E+13,shunfeng," + SF])
def test_a_number_that_a_spreadsheet_has_shortened_is_said_to_be_one(client, parcel, operator, row):
    client.force_login(operator)
    (found,) = upload(client, f"number,carrier,waybill\n{row.format(number=parcel.number)}\n").context["rows"]
    assert (found.state, found.parcel) == ("bad", None)
    parcel.refresh_from_db()
    assert parcel.status == "packed"
