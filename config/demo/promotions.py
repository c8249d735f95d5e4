"""Promotions of the demo shop: one of each kind that runs now. They start after the orders of the stories, so that those keep
their prices."""

from datetime import time, timedelta

from django.utils import timezone

from accounts.models import Merchant, User
from catalog.models import Category, Sku
from loyalty.models import CouponTemplate
from orders import offers_on_shelves, promotions
from orders.models import Promotion

Kind = Promotion.Kind
DAYS = timedelta(days=21)
FLASH_HOURS = timedelta(hours=20)
SPEND = [
    (Kind.SPEND_SAVE, "teaware", "茶席满 399 减 40", "Tea: ¥40 off ¥399", [[39_900, 4_000], [69_900, 8_000]], {}),
    (
        Kind.EVERY,
        "fragrance",
        "香气每满 200 减 15",
        "Scents: ¥15 off every ¥200",
        [[20_000, 1_500]],
        {"cap_fen": 6_000},
    ),
    (
        Kind.SPEND_RATE,
        "kitchen",
        "餐桌满 600 享 95 折",
        "Table: 5% off from ¥600",
        [[60_000, 9_500]],
        {"cap_fen": 10_000},
    ),
    (Kind.PIECES, "paper", "纸本三件 9 折", "Paper: 10% off three", [[3, 9_000]], {}),
    (Kind.NTH, "candles", "蜡烛第二件 8 折", "Candles: the second 20% off", [[2, 8_000]], {}),
]
NOT_WITH = ["THRESHOLD", "COUPON", "POINTS"]


def load():
    """Make and publish them; returns how many."""
    manager = User.objects.get(email="manager@demo.zhanggui.example")
    rows = [_draft(kind, name, name_en, steps, slug=slug, **more) for kind, slug, name, name_en, steps, more in SPEND]
    rows += _of_skus()
    rows += [_gift(), *_presale()]
    rows += [
        _draft(Kind.FREE_SHIPPING, "满 79 包邮", "Free delivery from ¥79", [[7_900, 0]]),
        _draft(
            Kind.MEMBER,
            "会员价",
            "Member price",
            [["gold", 9_800], ["platinum", 9_700], ["diamond", 9_500]],
            slug="lighting",
        ),
    ]
    rows.extend(_theme_day())
    for promotion in rows:
        promotions.publish(promotion, manager)
    _merchants_drafts()
    offers_on_shelves.settle_all()
    return len(rows)


def _theme_day():
    """Comes back every Wednesday; in two hours of it free delivery comes along."""
    hours = {"hours_from": time(10), "hours_until": time(12)}
    yield _draft(
        Kind.FREE_SHIPPING,
        "周三文具日 上午包邮",
        "Stationery Wednesday: free delivery in the morning",
        [[0, 0]],
        slug="writing",
        weekdays=[2],
        ends_at=None,
        **hours,
    )
    yield _draft(
        Kind.NTH,
        "周三文具日 第二件半价",
        "Stationery Wednesday: the second at half price",
        [[2, 5_000]],
        slug="writing",
        weekdays=[2],
        ends_at=None,
    )


def _merchants_drafts():
    """What waits for the manager: one promotion that should not go live as it is, one coupon that may."""
    shanyao, yuji = (Merchant.objects.get(slug=slug) for slug in ("shanyao", "yuji"))
    steps = [[20_000, 2_000], [30_000, 13_000]]
    Promotion.objects.create(
        kind=Kind.SPEND_SAVE, name="窑口店庆", name_en="Kiln anniversary", steps=steps, merchant=shanyao
    )
    CouponTemplate.objects.create(
        name="屿集满299减20",
        name_en="Yuji: ¥20 off ¥299",
        merchant=yuji,
        threshold_fen=29_900,
        amount_fen=2_000,
        valid_days=14,
        quota=500,
    )


def _of_skus():
    """Prices of single SKUs: those of the cheapest listings, one SKU each."""
    skus = Sku.objects.buyable().filter(position=0, price_fen__gte=4_000).order_by("price_fen", "pk")[:4]
    plans = [
        (Kind.FLASH, "限时秒杀", "Flash sale", 80, {"pool": 12, "units_a_member": 1, "excludes": NOT_WITH}),
        (Kind.SALE, "清仓", "Clearance", 90, {}),
        (Kind.NEWCOMER, "新人价", "Newcomer price", 85, {"units_a_member": 1}),
        (Kind.ADD_ON, "加价购", "Add-on price", 75, {"steps": [[19_900, 0]], "units_a_member": 1}),
    ]
    for sku, (kind, name, name_en, percent, more) in zip(skus, plans, strict=False):
        more = {"ends_at": timezone.now() + FLASH_HOURS} | more if kind == Kind.FLASH else more
        if pool := more.pop("pool", None):
            more["pool_units"] = {str(sku.pk): pool}
        yield _draft(
            kind, name, name_en, more.pop("steps", []), prices={str(sku.pk): sku.price_fen * percent // 100}, **more
        )


def _gift():
    """A small thing comes along with lamps; no spend-and-save offer is about those, which would take their place."""
    shelf = Sku.objects.buyable().filter(option1="", product__in_stock=True)
    sku = shelf.order_by("price_fen", "pk").first() or Sku.objects.buyable().order_by("price_fen", "pk").first()
    more = {"gift_sku": sku, "gift_value_fen": sku.price_fen}
    return _draft(Kind.GIFT, "灯具满 299 赠小件", "Lamps: a gift from ¥299", [[29_900, 1]], slug="lighting", **more)


def _presale():
    """The dearest thing with one specification: a tenth as deposit, which counts twice, the balance in three days."""
    singles = Sku.objects.buyable().filter(option1="").order_by("-price_fen", "pk")
    for sku in singles[:1]:
        deposit, opens = sku.price_fen // 1_000 * 100, timezone.now() + timedelta(days=3)
        window = {"balance_from": opens.isoformat(), "balance_until": (opens + timedelta(days=2)).isoformat()}
        terms = {"counts": {str(sku.pk): deposit * 2}} | window
        more = {
            "prices": {str(sku.pk): deposit},
            "presale": terms,
            "ends_at": opens,
            "excludes": ["THRESHOLD", "POINTS"],
        }
        yield _draft(Kind.PRESALE, "双旦预售", "Presale for the holidays", [], **more)


def _draft(kind, name, name_en, steps, *, slug="", **more):
    category = Category.objects.get(slug=slug) if slug else None
    fields = {"ends_at": timezone.now() + DAYS, "category_ids": [category.pk] if category else []} | more
    return Promotion.objects.create(kind=kind, name=name, name_en=name_en, steps=steps, **fields)
