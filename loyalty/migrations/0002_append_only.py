from django.db import migrations

from accounts.append_only import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("loyalty", "0001_initial"), ("accounts", "0002_append_only")]
    operations = [
        AppendOnly("loyalty_pointsentry"),
        AppendOnly("loyalty_growthentry"),
        AppendOnly("loyalty_tierevaluation"),
    ]
