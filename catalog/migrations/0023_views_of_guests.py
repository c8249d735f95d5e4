import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalog", "0022_tax_rates"),
    ]

    operations = [
        migrations.CreateModel(
            name="GuestViews",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField(verbose_name="day")),
                ("views", models.PositiveIntegerField(default=1, verbose_name="guests who looked")),
                (
                    "product",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="catalog.product",
                        verbose_name="listing",
                    ),
                ),
            ],
            options={
                "verbose_name": "views by guests",
                "verbose_name_plural": "views by guests",
                "indexes": [models.Index(fields=["day"], name="guest_views_day")],
                "constraints": [models.UniqueConstraint(fields=("product", "day"), name="guest_views_once")],
            },
        ),
    ]
