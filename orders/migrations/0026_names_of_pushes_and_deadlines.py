import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("orders", "0025_promotions_of_hours"),
    ]

    operations = [
        migrations.AlterField(
            model_name="carrierpush",
            name="parcel",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="pushes",
                to="orders.parcel",
                verbose_name="parcel",
            ),
        ),
        migrations.AlterField(
            model_name="deadline",
            name="seq",
            field=models.PositiveSmallIntegerField(default=0, verbose_name="number in a row"),
        ),
    ]
