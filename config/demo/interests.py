"""What the demo's shoppers looked at on their way to what they bought, so that recommendations have something to say."""

from catalog import companions
from catalog.models import Product, RecommendationWeights, ShopperEvent
from config.demo.clock import days_ago

# Tier → codes of SKUs, looked at one a day, the last yesterday. People with the same taste meet the same things.
LOOKED_AT = {
    "GOLD": ("SY-TP-QING-200", "SY-TP-MI-300", "SY-GW-110", "YJ-TIN-PINE", "NM-TRAY-28", "SY-CUP2-MM", "YQ-INC-SET"),
    "DIAMOND": (
        "SY-TP-QING-200",
        "SY-MOON-1",
        "SY-VASE-WHITE",
        "NM-TRAY-28",
        "MD-MUSH-ORANGE",
        "SY-GW-110",
        "MD-CLOUD-1",
    ),
    "PLATINUM": ("SY-PLATE4-25", "SY-BOWL3-EARTH", "SY-MUG-GREEN", "ML-RUG-SAGE-60", "YJ-POT-PINE-24", "SY-MOON-1"),
    "SILVER": ("MD-CLOUD-1", "MD-GLOBE-20", "MD-MUSH-ORANGE", "ML-CUSH-BRICK-F", "ML-RUG-SAGE-60", "SY-MUG-BRICK"),
    "NORMAL": ("SY-MUG-BRICK", "SY-MUG-GREEN", "YJ-DWG-250", "SY-TP-MI-300", "YJ-GK-BLACK", "SY-CUP2-MM"),
}


def follow(shoppers):
    """Note the views, and find what goes with what; answers how many events there are."""
    listing_of = dict(
        Product.objects.filter(skus__code__in=set().union(*LOOKED_AT.values())).values_list("skus__code", "pk")
    )
    views = [
        ShopperEvent(
            user=shoppers[tier], product_id=listing_of[code], kind=ShopperEvent.Kind.VIEW, day=days_ago(ago).date()
        )
        for tier, codes in LOOKED_AT.items()
        for ago, code in enumerate(reversed(codes), start=1)
        if code in listing_of
    ]
    ShopperEvent.objects.bulk_create(views, ignore_conflicts=True)
    # Five people are the whole town here: one of them is enough for two things to go together.
    RecommendationWeights(least_shoppers=1).save()
    companions.run()
    return ShopperEvent.objects.count()
