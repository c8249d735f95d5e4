from django.db import migrations, models

import catalog.money


class Migration(migrations.Migration):
    dependencies = [
        ("orders", "0026_names_of_pushes_and_deadlines"),
    ]

    operations = [
        migrations.AddField(
            model_name="sandboxtrade",
            name="fee_fen",
            field=catalog.money.FenField(default=0, verbose_name="fee for instalments"),
        ),
        migrations.AddField(
            model_name="sandboxtrade",
            name="instalments",
            field=models.PositiveSmallIntegerField(default=0, verbose_name="monthly instalments"),
        ),
    ]
