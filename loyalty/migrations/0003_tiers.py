from django.db import migrations

# rank, code, name, English, growth, earn bp, free delivery from, return days, instant refund, packed first
TIERS = [
    (0, "normal", "普通会员", "Normal", 0, 10_000, 9_900, 7, 0, False),
    (1, "silver", "银卡会员", "Silver", 1_000, 11_000, 7_900, 7, 0, False),
    (2, "gold", "金卡会员", "Gold", 5_000, 12_500, 5_900, 10, 50_000, False),
    (3, "platinum", "白金会员", "Platinum", 15_000, 15_000, 2_900, 15, 100_000, True),
    (4, "diamond", "钻石会员", "Diamond", 40_000, 20_000, 0, 15, 200_000, True),
]


def add_tiers(apps, schema_editor):
    Tier = apps.get_model("loyalty", "Tier")
    for rank, code, name, name_en, threshold, earn, free, days, instant, first in TIERS:
        Tier.objects.create(
            rank=rank,
            code=code,
            name=name,
            name_en=name_en,
            threshold=threshold,
            earn_bp=earn,
            free_delivery_from_fen=free,
            return_days=days,
            instant_refund_fen=instant,
            priority_shipping=first,
        )


class Migration(migrations.Migration):
    dependencies = [("loyalty", "0002_append_only")]
    operations = [migrations.RunPython(add_tiers, migrations.RunPython.noop)]
