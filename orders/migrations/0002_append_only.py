from django.db import migrations

from accounts.append_only import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("orders", "0001_initial"), ("accounts", "0002_append_only")]
    operations = [AppendOnly("orders_refundline"), AppendOnly("orders_adjustment")]
