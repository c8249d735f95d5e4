"""Loads the whole demo shop into an empty database."""

from dataclasses import asdict
from datetime import timedelta

from django.utils import timezone

from accounts import bell
from accounts.models import Delivery, Merchant, Notification, Shop, User
from catalog import search_terms
from catalog.demo import load as catalogue
from catalog.demo.written_reviews import load_reviews
from config.demo import (
    back_room,
    carts,
    compliance,
    coupons,
    delivery,
    interests,
    invoices,
    luck,
    orders,
    people,
    promotions,
    returns,
    voices,
)
from config.demo.clock import at, days_ago
from config.demo.stories import Story, Teller, quiet
from loyalty import nightly
from orders import lifecycle, parcel_watch, risk
from orders.models import RiskAssessment, RiskRules


def is_empty():
    """Whether nobody has put anything into this shop yet."""
    return not Merchant.objects.exists() and not User.objects.exists()


def load(say=lambda text: None):
    """Make the shop; ``say`` is told what was made, step by step."""
    with bell.silence():
        _load(say)


def _load(say):
    _shop()
    counts = catalogue.load_catalogue()
    say(", ".join(f"{count} {name}" for name, count in counts.items()))
    delivery.load()
    shoppers = people.load()
    say(f"{len(shoppers)} shoppers, {User.objects.filter(is_staff=True).count()} staff")
    load_reviews(list(shoppers.values()))
    told = _tell(shoppers)
    say(f"{voices.speak(shoppers)} questions, favourites and reviews")
    say(f"{interests.follow(shoppers)} events for recommendations")
    say(f"{told} orders and returns in every state")
    say(f"{coupons.load(shoppers)} coupons")
    days, draws = luck.load(shoppers)
    say(f"{days} check-ins, {draws} draws in the lottery")
    say(f"{promotions.load()} promotions")
    say(f"{carts.load(shoppers)} lines in carts")
    say(f"{compliance.stage()} listings, papers and checks of the listing rules")
    say(f"{back_room.furnish()} days of sales and views, counted shelves, pre-sales")
    _tidy()


def _shop():
    Shop(
        name="屿集",
        name_en="Yuji",
        seal="屿",
        slogan="从产地挑来的日用器物。每一件都自己先用过三个月。",
        slogan_en="Everyday things, chosen where they are made. We use each for three months before we sell it.",
        hero_title="把一天，泡慢一点",
        hero_title_en="Slow the day down",
        hero_text="霁青提梁壶，和十一件喝茶的器物。",
        hero_text_en="A celadon pot, and eleven more things for tea.",
        service_phone="400-000-0000",
        service_email="hello@yuji.example",
        service_hours="每天 9:00–22:00",
        service_hours_en="Daily 9:00–22:00",
        icp_number="浙ICP备00000000号-1",
    ).save()


def _tell(shoppers):
    teller = Teller(shoppers)
    made = [teller.tell(story) for story in orders.STORIES]
    for number, (tier, goods) in enumerate(orders.UNPAID):
        made.append(_unpaid(teller, tier, goods, number))
    made.append(_held(teller, *orders.HELD))
    tier, days, goods = orders.TIMED_OUT
    made.append(_timed_out(teller, Story(tier, days, goods, "placed")))
    tier, days, goods = orders.CANCELLED
    made.append(_cancelled(teller, Story(tier, days, goods, "paid")))
    made.append(_lost(teller, Story(*orders.LOST)))
    invoices.tell(teller)
    return len(made) + returns.tell(teller)


def _lost(teller, story):
    """The carrier has given the parcel up; the shopper has not chosen yet."""
    order = teller.tell(story)
    with at(days_ago(1, hour=9)):
        parcel_watch.declare_lost(order.parcels.get(), by=teller.operator, reason="承运商确认丢失")
    return order


def _unpaid(teller, tier, goods, number):
    now = timezone.localtime() - timedelta(minutes=6 + number)
    story = Story(tier, 0, goods, "placed", hour=number)
    return teller.place(story, now)


def _held(teller, tier, goods):
    """An order after many tries to pay it, from a device that the shopper never used."""
    order = teller.place(Story(tier, 0, goods, "placed", hour=2), timezone.localtime() - timedelta(minutes=25))
    facts = risk.Facts(order.payable_fen, attempts=9, failed=5, paid_before=True, device_known=False)
    said = risk.judge(facts, RiskRules(new_device_from_fen=order.payable_fen))
    RiskAssessment.objects.create(order=order, level=said.level, reasons=[asdict(reason) for reason in said.reasons])
    with at(order.placed_at + timedelta(minutes=4)):
        teller.pay(order)
    return order


def _timed_out(teller, story):
    order = teller.tell(story)
    with at(order.placed_at + timedelta(minutes=31)):
        lifecycle.expire(order)
    return order


def _cancelled(teller, story):
    order = teller.tell(story)
    with at(order.paid_at + timedelta(minutes=8)):
        lifecycle.cancel(order, by=order.user, reason="")
        teller.refund(order)
    return order


def _tidy():
    """The past is past: it is not sent, asked or told again; what is still to come stays in its rows."""
    quiet()
    search_terms.rebuild()
    now = timezone.now()
    Delivery.objects.filter(done_at=None).update(done_at=now)
    Notification.objects.filter(created_at__lt=now - timedelta(days=3)).update(read_at=now)
    nightly.recalculate(days_ago(1).date())
