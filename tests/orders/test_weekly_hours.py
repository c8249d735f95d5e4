"""Offers of a few hours that come back every week: around midnight, in any time zone, in words, on shelves and in orders."""

from datetime import UTC, datetime, time, timedelta

import pytest
import time_machine
from django.utils import timezone, translation

from accounts import memo
from catalog.models import Product
from loyalty.members import benefits
from orders import deadlines, offer_words, promotion_checks, shown_offers, simulator
from orders.admin.promotion_form import PromotionForm
from orders.live_offers import offer_of
from orders.models import Promotion
from orders.pricing import Buyer, Offer, weekly

pytestmark = pytest.mark.django_db

WEDNESDAY, FRIDAY, SUNDAY = 2, 4, 6
MORNING, NIGHT, EVENING = (600, 720), (1_320, 120), (1_200, 0)


def local(text):
    return timezone.make_aware(datetime.fromisoformat(text))


@pytest.mark.parametrize(
    ("days", "hours", "moment", "why"),
    [
        # 2026-11-25 is a Wednesday.
        ({WEDNESDAY}, MORNING, "2026-11-25 09:59", "hour"),
        ({WEDNESDAY}, MORNING, "2026-11-25 10:00", ""),
        ({WEDNESDAY}, MORNING, "2026-11-25 11:59", ""),
        ({WEDNESDAY}, MORNING, "2026-11-25 12:00", "hour"),
        ({WEDNESDAY}, MORNING, "2026-11-26 10:30", "weekday"),
        (set(), MORNING, "2026-11-26 10:30", ""),
        # Over midnight: Saturday's first hours belong to Friday.
        ({FRIDAY}, NIGHT, "2026-11-27 21:59", "hour"),
        ({FRIDAY}, NIGHT, "2026-11-27 22:00", ""),
        ({FRIDAY}, NIGHT, "2026-11-28 00:00", ""),
        ({FRIDAY}, NIGHT, "2026-11-28 01:59", ""),
        ({FRIDAY}, NIGHT, "2026-11-28 02:00", "hour"),
        ({FRIDAY}, NIGHT, "2026-11-27 01:00", "weekday"),
        ({FRIDAY}, NIGHT, "2026-11-28 22:00", "weekday"),
        # From the last night of the week into the next.
        ({SUNDAY}, NIGHT, "2026-11-30 01:00", ""),
        # Until midnight and no minute longer.
        ({WEDNESDAY}, EVENING, "2026-11-25 23:59", ""),
        ({WEDNESDAY}, EVENING, "2026-11-26 00:00", "hour"),
    ],
)
def test_when_it_runs(days, hours, moment, why):
    offer = Offer(1, "sale", ((0, 9_000),), weekdays=frozenset(days), hours=hours)
    assert offer.refusal(Buyer(now=local(moment))) == why


@pytest.mark.parametrize("hours", [(), MORNING, NIGHT, EVENING])
@pytest.mark.parametrize("days", [frozenset(), frozenset({WEDNESDAY}), frozenset({FRIDAY, SUNDAY})])
def test_edges_runs_and_the_bits_of_a_week_say_the_same_as_the_clock(days, hours):
    week, begin = weekly.week_of(days, hours), local("2026-11-23 00:00")  # a Monday
    ran = None
    for minute in range(0, weekly.WEEK, 20):
        now = begin + timedelta(minutes=minute)
        runs = not weekly.refusal(days, hours, now)
        assert runs == bool(week >> minute & 1)
        if ran is not None and runs != ran:
            assert now in weekly.edges_after(days, hours, now - timedelta(minutes=20))
        first = weekly.first_of(week, now)
        assert first >= now
        assert not weekly.refusal(days, hours, first)
        end = weekly.end_of_run(days, hours, now)
        assert (end is not None) == bool(runs and hours)
        if end:
            assert not weekly.refusal(days, hours, end - timedelta(minutes=1))
            assert weekly.refusal(days, hours, end)
        ran = runs


def test_hours_are_those_of_the_shop_wherever_the_shopper_is(teapot, promote, alice, place):
    promote("sale", [(0, 9_000)], weekdays=[WEDNESDAY], hours_from=time(10), hours_until=time(12))
    seen = []
    # Wednesday 09:59, 10:00, 11:59 and 12:00 in the shop.
    for moment in ((1, 59), (2, 0), (3, 59), (4, 0)):
        with time_machine.travel(datetime(2026, 11, 25, *moment, tzinfo=UTC), tick=False):
            memo.forget_all()
            order = place(alice, (teapot, 1), key=f"key-{moment}")
            seen.append(order.payable_fen - order.shipping_fen)
    assert seen == [26_800, 24_120, 24_120, 26_800]


def test_shelves_follow_the_hours_through_the_night(teapot, promote):
    with time_machine.travel(local("2026-11-27 20:00"), tick=False) as clock:
        promote("spend_save", [(20_000, 4_000)], weekdays=[FRIDAY], hours_from=time(22), hours_until=time(2))
        seen = {}
        for hour in range(9 * 24):
            clock.move_to(local("2026-11-27 20:00") + timedelta(hours=hour))
            deadlines.fire_due()
            seen[hour] = "spend" in Product.objects.get(pk=teapot.product_id).deals
    # Fridays 22:00 to 02:00, which begin 2 hours after the first look, and a week later again.
    assert [hour for hour, there in seen.items() if there] == [2, 3, 4, 5, 170, 171, 172, 173]


def test_shoppers_read_days_and_hours(teapot, promote):
    promotion = promote(
        "spend_save", [(20_000, 4_000)], weekdays=[WEDNESDAY], hours_from=time(10), hours_until=time(12)
    )
    with translation.override("en"):
        assert offer_words.when(offer_of(promotion)) == "every Wednesday 10:00–12:00"
        assert offer_words.hours_of(EVENING) == "20:00–24:00"
        assert offer_words.hours_of(NIGHT) == "22:00–02:00 the next day"
        with time_machine.travel(local("2026-11-25 10:30"), tick=False):
            memo.forget_all()
            card = shown_offers.of_card(Product.objects.get(pk=teapot.product_id))[1]()
    assert (card.price_fen, card.until) == (22_800, "until November 25, 12:00")
    with time_machine.travel(local("2026-11-25 12:00"), tick=False):
        memo.forget_all()
        assert shown_offers.of_card(Product.objects.get(pk=teapot.product_id)) == (None, None)


def test_the_page_of_a_listing_names_the_hours(client, teapot, promote):
    promote("spend_save", [(20_000, 4_000)], hours_from=time(10), hours_until=time(12))
    with time_machine.travel(local("2026-11-25 10:30"), tick=False):
        memo.forget_all()
        page = client.get(teapot.product.get_absolute_url())
    assert "10:00–12:00" in page.content.decode()


def test_the_simulator_tells_the_hour_apart_from_the_day(teapot, promote):
    promote("sale", [(0, 9_000)], weekdays=[WEDNESDAY], hours_from=time(10), hours_until=time(12), name="theme")
    found = {}
    for moment in ("2026-11-25 10:30", "2026-11-25 13:00", "2026-11-26 10:30"):
        report = simulator.simulate(simulator.Wish(lines=((teapot, 1),), at=local(moment), benefits=benefits(None)))
        (row,) = [row for _stage, rows in report.stages for row in rows if row.name == "theme"]
        found[moment] = (row.fen, row.why)
    assert found["2026-11-25 10:30"][0] == 2_680
    hour, day = found["2026-11-25 13:00"], found["2026-11-26 10:30"]
    assert (hour[0], day[0]) == (0, 0)
    assert hour[1] != day[1]


def test_only_offers_that_meet_are_doubted_together(teapot, promote, settings):
    settings.PROMOTION_FLOOR_PERCENT = 60
    promote("sale", [(0, 7_000)], weekdays=[WEDNESDAY], hours_from=time(10), hours_until=time(12))

    def doubts(begin, end, day=WEDNESDAY):
        draft = Promotion(
            kind="spend_save", name="x", steps=[[10_000, 4_000]], weekdays=[day], starts_at=timezone.now()
        )
        draft.hours_from, draft.hours_until = time(begin), time(end)
        draft.save()
        return [doubt.code for doubt in promotion_checks.doubts(draft)]

    assert doubts(12, 14) == []
    assert doubts(11, 14) == ["too_deep"]
    assert doubts(22, 11, day=WEDNESDAY - 1) == ["too_deep"]  # Tuesday night into Wednesday's sale
    assert doubts(22, 10, day=WEDNESDAY - 1) == []


def test_hours_are_typed_both_or_not_at_all():
    base = {"kind": "sale", "name": "x", "steps_text": "90", "starts_at_0": "2026-11-01", "starts_at_1": "00:00"}

    def errors(**fields):
        form = PromotionForm(base | {"hours_from": "10:00"} | fields)
        return "hours_until" in form.errors

    assert errors()
    assert errors(hours_until="10:00")
    assert not errors(hours_until="12:00")
    assert not errors(hours_until="02:00")
    assert errors(hours_until="12:00", kind="flash")
