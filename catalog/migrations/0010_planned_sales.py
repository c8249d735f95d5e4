import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalog", "0009_recommendations"),
    ]

    operations = [
        migrations.CreateModel(
            name="ListingTimer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("run_after", models.DateTimeField(default=django.utils.timezone.now, verbose_name="run after")),
                ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="attempts")),
                ("leased_until", models.DateTimeField(blank=True, null=True, verbose_name="leased until")),
                ("done_at", models.DateTimeField(blank=True, null=True, verbose_name="done at")),
                ("given_up_at", models.DateTimeField(blank=True, null=True, verbose_name="given up at")),
                ("last_error", models.CharField(blank=True, max_length=500, verbose_name="last error")),
                (
                    "action",
                    models.CharField(
                        choices=[("publish", "put on sale"), ("take_down", "take off sale")],
                        max_length=10,
                        verbose_name="what",
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="planned at")),
                ("cancelled_at", models.DateTimeField(blank=True, null=True, verbose_name="cancelled at")),
                ("refused_because", models.CharField(blank=True, max_length=500, verbose_name="why not")),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="timers",
                        to="catalog.product",
                        verbose_name="listing",
                    ),
                ),
            ],
            options={
                "verbose_name": "planned sale",
                "verbose_name_plural": "planned sales",
                "ordering": ["run_after", "pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("done_at", None), ("given_up_at", None)),
                        fields=["run_after"],
                        name="listing_timer_due",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("done_at", None), ("given_up_at", None)),
                        fields=("product", "action"),
                        name="one_open_timer_an_action",
                    )
                ],
            },
        ),
    ]
