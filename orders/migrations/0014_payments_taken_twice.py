import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("orders", "0013_refund_fault")]

    operations = [
        migrations.AddField(
            model_name="payment",
            name="second_of",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="seconds",
                to="orders.payment",
                verbose_name="second payment of",
            ),
        ),
        migrations.AddConstraint(
            model_name="payment",
            constraint=models.CheckConstraint(
                condition=models.Q(("second_of", None), ("applied", False), _connector="OR"),
                name="second_payment_is_never_taken",
            ),
        ),
    ]
