import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("orders", "0021_promises_of_presales")]

    operations = [
        migrations.AddField(
            model_name="parcel",
            name="resend_of",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="resends",
                to="orders.parcel",
                verbose_name="sent again for",
            ),
        ),
    ]
