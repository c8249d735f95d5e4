from django.db import migrations

from accounts.append_only import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("catalog", "0001_initial"), ("accounts", "0002_append_only")]
    operations = [AppendOnly("catalog_stockmovement"), AppendOnly("catalog_pricechange")]
