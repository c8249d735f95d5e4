from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalog", "0021_presale_quantity"),
    ]

    operations = [
        migrations.AddField(
            model_name="category",
            name="tax_bp",
            field=models.PositiveSmallIntegerField(
                blank=True,
                choices=[
                    (1300, "13 % (goods)"),
                    (900, "9 % (farm produce, books, water)"),
                    (600, "6 % (services)"),
                    (300, "3 % (small taxpayer)"),
                    (0, "free of tax"),
                ],
                help_text="Empty: as the category above; without any 13 %.",
                null=True,
                verbose_name="tax in prices",
            ),
        ),
        migrations.AddField(
            model_name="sku",
            name="tax_bp",
            field=models.PositiveSmallIntegerField(
                blank=True,
                choices=[
                    (1300, "13 % (goods)"),
                    (900, "9 % (farm produce, books, water)"),
                    (600, "6 % (services)"),
                    (300, "3 % (small taxpayer)"),
                    (0, "free of tax"),
                ],
                help_text="Empty: as its category says.",
                null=True,
                verbose_name="tax in the price",
            ),
        ),
    ]
