from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("orders", "0023_invoices_by_mail_and_tax"),
    ]

    operations = [
        migrations.AddField(
            model_name="order",
            name="merchant_notes",
            field=models.JSONField(blank=True, default=dict, verbose_name="notes to merchants"),
        ),
    ]
