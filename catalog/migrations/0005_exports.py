import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import catalog.models.import_run


class Migration(migrations.Migration):
    dependencies = [
        ("catalog", "0004_search"),
    ]

    operations = [
        migrations.AddField(
            model_name="importrun",
            name="checked",
            field=models.PositiveIntegerField(default=0, verbose_name="checked so far"),
        ),
        migrations.AddField(
            model_name="importrun",
            name="products",
            field=models.PositiveIntegerField(default=0, verbose_name="products"),
        ),
        migrations.AlterField(
            model_name="importrun",
            name="file",
            field=models.FileField(
                storage=catalog.models.import_run.private, upload_to="imports/", verbose_name="file"
            ),
        ),
        migrations.CreateModel(
            name="ExportRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("run_after", models.DateTimeField(default=django.utils.timezone.now, verbose_name="run after")),
                ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="attempts")),
                ("leased_until", models.DateTimeField(blank=True, null=True, verbose_name="leased until")),
                ("done_at", models.DateTimeField(blank=True, null=True, verbose_name="done at")),
                ("given_up_at", models.DateTimeField(blank=True, null=True, verbose_name="given up at")),
                ("last_error", models.CharField(blank=True, max_length=500, verbose_name="last error")),
                (
                    "kind",
                    models.CharField(
                        choices=[("xlsx", "workbook (.xlsx)"), ("shopify", "Shopify CSV")],
                        default="xlsx",
                        max_length=8,
                        verbose_name="kind of file",
                    ),
                ),
                (
                    "language",
                    models.CharField(default="zh-hans", max_length=10, verbose_name="language of the headings"),
                ),
                (
                    "product_ids",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(),
                        blank=True,
                        default=list,
                        help_text="none means all",
                        size=None,
                        verbose_name="listings",
                    ),
                ),
                ("total", models.PositiveIntegerField(default=0, verbose_name="listings")),
                ("written", models.PositiveIntegerField(default=0, verbose_name="written so far")),
                (
                    "file",
                    models.FileField(
                        blank=True, storage=catalog.models.import_run.private, upload_to="exports/", verbose_name="file"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="asked for at")),
                ("expires_at", models.DateTimeField(blank=True, null=True, verbose_name="can be fetched until")),
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
                    "merchant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="exports",
                        to="accounts.merchant",
                        verbose_name="merchant",
                    ),
                ),
            ],
            options={
                "verbose_name": "export",
                "verbose_name_plural": "exports",
                "ordering": ["-pk"],
            },
        ),
    ]
