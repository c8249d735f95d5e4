import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("orders", "0022_parcels_sent_again"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="orderline",
            name="tax_bp",
            field=models.PositiveSmallIntegerField(default=1300, verbose_name="tax in the price (basis points)"),
        ),
        migrations.CreateModel(
            name="InvoiceMail",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("run_after", models.DateTimeField(default=django.utils.timezone.now, verbose_name="run after")),
                ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="attempts")),
                ("leased_until", models.DateTimeField(blank=True, null=True, verbose_name="leased until")),
                ("done_at", models.DateTimeField(blank=True, null=True, verbose_name="done at")),
                ("given_up_at", models.DateTimeField(blank=True, null=True, verbose_name="given up at")),
                ("last_error", models.CharField(blank=True, max_length=500, verbose_name="last error")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="created at")),
                (
                    "asked_by",
                    models.ForeignKey(
                        blank=True,
                        help_text="empty: sent when the document was issued",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="asked by",
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="mails",
                        to="orders.invoice",
                        verbose_name="invoice",
                    ),
                ),
            ],
            options={
                "verbose_name": "invoice by mail",
                "verbose_name_plural": "invoices by mail",
                "ordering": ["-pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("done_at", None), ("given_up_at", None)),
                        fields=["run_after"],
                        name="invoice_mail_due",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("asked_by", None)),
                        fields=("document",),
                        name="an_invoice_is_mailed_once_by_itself",
                    )
                ],
            },
        ),
    ]
