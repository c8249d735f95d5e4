"""Each listing gets the options of its SKUs on its own row, so that facets are counted without reading SKUs."""

import django.core.validators
from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("catalog", "0007_listing_rules")]

    operations = [
        migrations.AddField(
            "product", "choices", ArrayField(models.TextField(), default=list, editable=False, size=None)
        ),
        migrations.AlterField(
            "searchweights",
            "place",
            models.PositiveIntegerField(
                default=300,
                help_text="The title counts fully, names 0.6, details and how the title sounds 0.3, how names sound 0.1 of it.",
                validators=[django.core.validators.MaxValueValidator(1000)],
                verbose_name="where it matches",
            ),
        ),
        migrations.RunSQL(
            """
            SET LOCAL statement_timeout = 0;
            UPDATE catalog_product AS listing SET choices = found.choices FROM (
                SELECT product.id, array_agg(DISTINCT option.axis || ':' || option.value) AS choices
                FROM catalog_product AS product JOIN catalog_sku AS sku ON sku.product_id = product.id AND sku.is_active
                CROSS JOIN LATERAL (VALUES
                    (product.axes[1], sku.option1), (product.axes[2], sku.option2), (product.axes[3], sku.option3)
                ) AS option(axis, value)
                WHERE option.axis <> '' AND option.value <> '' GROUP BY product.id
            ) AS found WHERE found.id = listing.id
            """,
            migrations.RunSQL.noop,
        ),
    ]
