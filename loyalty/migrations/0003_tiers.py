from django.db import migrations

from loyalty.standard_tiers import TIERS


def add_tiers(apps, schema_editor):
    Tier = apps.get_model("loyalty", "Tier")
    Tier.objects.bulk_create(Tier(**tier) for tier in TIERS)


class Migration(migrations.Migration):
    dependencies = [("loyalty", "0002_append_only")]
    operations = [migrations.RunPython(add_tiers, migrations.RunPython.noop)]
