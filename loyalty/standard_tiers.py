"""The tiers a new shop opens with (docs/domain.md 5.1); the owner changes them in the admin."""

_NAMES = ("rank", "code", "name", "name_en", "threshold", "spend_share_bp", "earn_bp", "free_delivery_from_fen")
_MORE = ("return_days", "instant_refund_fen", "priority_shipping")

TIERS = [
    dict(zip(_NAMES + _MORE, row, strict=True))
    for row in (
        (0, "normal", "普通会员", "Normal", 0, 0, 10_000, 9_900, 7, 0, False),
        (1, "silver", "银卡会员", "Silver", 1_000, 0, 11_000, 7_900, 7, 0, False),
        (2, "gold", "金卡会员", "Gold", 5_000, 5_000, 12_500, 5_900, 10, 50_000, False),
        (3, "platinum", "白金会员", "Platinum", 15_000, 5_000, 15_000, 2_900, 15, 100_000, True),
        (4, "diamond", "钻石会员", "Diamond", 40_000, 5_000, 20_000, 0, 15, 200_000, True),
    )
]


def ensure(**_kwargs):
    """Put the standard tiers into a shop that has none: every member needs the first one."""
    from loyalty.models import Tier

    if not Tier.objects.exists():
        Tier.objects.bulk_create(Tier(**tier) for tier in TIERS)
