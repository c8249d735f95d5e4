"""How long the stock lasts, and who is told when it no longer lasts long enough."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Notification
from catalog import forecast, outlook, stock, stock_bookings
from catalog.models import StockOutlook, StockPolicy
from tests.factories import make_product, make_sku

MON, THU, SAT = 0, 3, 5


@pytest.mark.parametrize(
    ("units", "weekdays", "begins", "days"),
    [
        (10, [4] * 7, MON, 10),  # one a day
        (10, [0] * 7, MON, None),
        (0, [4] * 7, MON, 0),
        (-3, [4] * 7, MON, 0),
        (10, [0, 0, 0, 0, 0, 20, 20], MON, 12),  # five each Saturday and Sunday: the second one sells the last
        (10, [0, 0, 0, 0, 0, 20, 20], SAT, 7),
        (4, [0, 0, 0, 0, 0, 20, 20], MON, 5),
        (3, [2] * 7, THU, 6),  # half a unit a day
        (1, [0, 0, 0, 1, 0, 0, 0], MON, 31),  # one in four weeks: the fifth Thursday goes without
        (7, [8, -5, 0, 0, 0, 0, 0], MON, 21),  # what came back on Tuesdays sells nothing
        (10**9, [4] * 7, MON, 9_999),
    ],
)
def test_worked_examples_of_days_of_cover(units, weekdays, begins, days):
    assert forecast.cover_days(units, weekdays, next_weekday=begins) == days


def test_a_day_on_average_in_tenths():
    assert [forecast.daily_tenths([n, 0, 0, 0, 0, 0, 0]) for n in (0, 1, 14, 28)] == [0, 0, 5, 10]


@pytest.fixture
def pot(yuji):
    return make_sku(make_product(yuji), on_hand=100, code="POT")


@pytest.mark.django_db
def test_what_never_sold_is_told_apart_and_today_does_not_count(pot):
    stock.reserve([stock.Wish(pot.pk, 5, "order-line:1")])
    assert outlook.run() == 1
    seen = StockOutlook.objects.get()
    assert (seen.state, seen.units, seen.sold, seen.days) == ("still", 95, 0, None)


@pytest.mark.django_db
def test_sales_of_the_last_days_are_counted_without_what_was_given_back(pot, yuji_staff):
    stock.reserve([stock.Wish(pot.pk, 60, "order-line:1")])
    stock.release("order-line:1", 4)
    outlook.run(timezone.localdate() + timedelta(days=1))
    seen = StockOutlook.objects.get()
    assert (seen.units, seen.sold, sum(seen.weekdays)) == (44, 56, 56)
    assert seen.weekdays[timezone.localdate().weekday()] == 56
    assert outlook.run(timezone.localdate() + timedelta(days=29)) == 1
    assert StockOutlook.objects.get().sold == 0, "four weeks later it no longer counts"


@pytest.mark.django_db
def test_staff_are_told_once_a_fall_and_again_after_a_recovery(pot, yuji_staff):
    told = Notification.objects.filter(kind="stock_low", user=yuji_staff)
    tomorrow = timezone.localdate() + timedelta(days=1)
    stock.reserve([stock.Wish(pot.pk, 95, "order-line:1")])
    outlook.run(tomorrow)
    outlook.run(tomorrow)
    outlook.run(tomorrow + timedelta(days=1))
    assert (StockOutlook.objects.get().state, told.count(), told.get().facts["codes"]) == ("low", 1, "POT")
    stock_bookings.receive(pot, 5_000, source="delivery")
    outlook.run(tomorrow + timedelta(days=2))
    assert (StockOutlook.objects.get().low_since, told.count()) == (None, 1)
    stock_bookings.receive(pot, -5_000, source="flood")
    outlook.run(tomorrow + timedelta(days=3))
    assert told.count() == 2


@pytest.mark.django_db
def test_the_threshold_is_the_merchants(pot, yuji, yuji_staff):
    stock.reserve([stock.Wish(pot.pk, 60, "order-line:1")])
    tomorrow = timezone.localdate() + timedelta(days=1)
    StockPolicy.objects.create(merchant=yuji, low_days=1, over_days=5)
    outlook.run(tomorrow)
    assert (StockOutlook.objects.get().state, Notification.objects.filter(kind="stock_low").exists()) == ("over", False)


@pytest.mark.django_db
def test_what_is_no_longer_on_sale_leaves_the_list(pot):
    outlook.run()
    pot.product.skus.update(is_active=False)
    assert outlook.run(timezone.localdate() + timedelta(days=1)) == 0
    assert not StockOutlook.objects.exists()


@pytest.mark.django_db
def test_the_list_takes_few_statements_and_shows_only_the_own_skus(
    client, yuji_staff, pot, songyan, django_assert_max_num_queries
):
    foreign = make_sku(make_product(songyan), code="FOREIGN")
    for _n in range(30):
        make_sku(pot.product, option1=str(_n))
    outlook.run()
    client.force_login(yuji_staff)
    address = reverse("admin:catalog_stockoutlook_changelist")
    client.get(address)
    with django_assert_max_num_queries(12):
        page = client.get(address, {"cover": "long"}).content.decode()
    assert "POT" in page
    assert foreign.code not in page
    assert client.get(address, {"cover": "short"}).status_code == 200


@pytest.mark.django_db
def test_a_threshold_that_makes_no_sense_is_refused_beside_its_field(client, yuji_staff, yuji):
    client.force_login(yuji_staff)
    answer = client.post(
        reverse("admin:catalog_stockpolicy_add"), {"merchant": yuji.pk, "low_days": 20, "over_days": 5}
    )
    assert "over_days" in answer.context["adminform"].form.errors
    assert not StockPolicy.objects.exists()
