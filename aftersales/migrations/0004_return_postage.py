import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import catalog.money


class Migration(migrations.Migration):
    dependencies = [
        ("aftersales", "0003_gifts_kept"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ReturnPostage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("amount_fen", catalog.money.FenField(verbose_name="amount")),
                (
                    "status",
                    models.CharField(
                        choices=[("owed", "owed"), ("sent", "paid, not confirmed"), ("paid", "paid")],
                        default="owed",
                        max_length=6,
                        verbose_name="status",
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("paid_at", models.DateTimeField(blank=True, null=True, verbose_name="paid at")),
                (
                    "receipt",
                    models.CharField(help_text="Its number, or where it lies.", max_length=100, verbose_name="receipt"),
                ),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="confirmed by",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="entered by",
                    ),
                ),
                (
                    "request",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="postage",
                        to="aftersales.returnrequest",
                        verbose_name="return",
                    ),
                ),
                (
                    "sent_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="paid by",
                    ),
                ),
            ],
            options={
                "verbose_name": "return postage",
                "verbose_name_plural": "return postage",
                "ordering": ["-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("amount_fen__gte", 1), ("amount_fen__lte", 2500)),
                        name="return_postage_is_capped",
                    )
                ],
            },
        ),
    ]
