"""Coupons of the demo shop: some to claim, some in every shopper's account, a packet to share."""

from datetime import timedelta

from django.utils import timezone

from catalog.models import Category
from config.demo.clock import at, days_ago
from loyalty import coupons, packets
from loyalty.models import CouponTemplate

TERMS = {"valid_days": 14, "quota": 2_000, "claimable": True}
TEMPLATES = {
    "whole": {"name": "满199减15", "name_en": "¥15 off ¥199", "threshold_fen": 19_900, "amount_fen": 1_500},
    "large": {"name": "满499减60", "name_en": "¥60 off ¥499", "threshold_fen": 49_900, "amount_fen": 6_000},
    "tea": {"name": "茶器 9 折", "name_en": "10% off tea ware", "rate_bp": 9_000, "cap_fen": 8_000},
    "newcomer": {
        "name": "新人满99减20",
        "name_en": "Newcomers: ¥20 off ¥99",
        "threshold_fen": 9_900,
        "amount_fen": 2_000,
        "newcomer_only": True,
    },
    "gold": {
        "name": "金卡满299减40",
        "name_en": "Gold: ¥40 off ¥299",
        "threshold_fen": 29_900,
        "amount_fen": 4_000,
        "tier_ranks": [2, 3, 4],
    },
    "delivery": {"name": "运费券", "name_en": "Free delivery", "kind": "shipping", "threshold_fen": 4_900},
    "packet": {"name": "无门槛红包", "name_en": "Red packet", "kind": "red_packet", "amount_fen": 500},
    "spring": {
        "name": "开春满149减10",
        "name_en": "Spring: ¥10 off ¥149",
        "threshold_fen": 14_900,
        "amount_fen": 1_000,
    },
}


def load(shoppers):
    """``shoppers`` by tier. Returns how many coupons they have."""
    made = {key: _template(key, facts) for key, facts in TEMPLATES.items()}
    issued = 0
    for user in shoppers.values():
        with at(days_ago(30)):
            issued += bool(coupons.issue(made["spring"], user, source="spring"))
        with at(days_ago(12)):
            issued += bool(coupons.issue(made["large"], user, source="autumn"))
        issued += bool(coupons.claim(user, made["delivery"]))
        issued += bool(coupons.issue(made["packet"], user, source="welcome"))
    _share(made["packet"], list(shoppers.values())[:2])
    return issued


def _template(key, facts):
    facts = TERMS | facts | {"claimable": key not in {"packet", "spring"}}
    if key == "tea":
        category = Category.objects.filter(name__contains="茶", parent=None).first()
        if category is not None:
            facts |= {"scope_kind": "categories", "category_ids": [category.pk]}
    return CouponTemplate.objects.create(**facts, status="published", published_at=days_ago(40))


def _share(template, friends):
    packet = packets.make(
        template,
        total_fen=2_000,
        pieces=6,
        expires_at=timezone.now() + timedelta(days=30),
        source="demo",
        title="请你喝茶",
        title_en="Have some tea",
        seed="demo",
    )
    for friend in friends:
        packets.open_packet(packet, friend)
