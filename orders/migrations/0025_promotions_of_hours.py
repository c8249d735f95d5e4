from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("orders", "0024_notes_to_merchants"),
    ]

    operations = [
        migrations.AddField(
            model_name="promotion",
            name="hours_from",
            field=models.TimeField(blank=True, null=True, verbose_name="daily from"),
        ),
        migrations.AddField(
            model_name="promotion",
            name="hours_until",
            field=models.TimeField(
                blank=True,
                help_text="Not after the begin: it goes on after midnight, as part of the day on which it began.",
                null=True,
                verbose_name="daily until",
            ),
        ),
        migrations.AddConstraint(
            model_name="promotion",
            constraint=models.CheckConstraint(
                condition=models.Q(("hours_from", None), ("hours_until", None))
                | (
                    models.Q(("hours_from__isnull", False), ("hours_until__isnull", False))
                    & ~models.Q(("hours_from", models.F("hours_until")))
                ),
                name="promotion_hours_are_two",
            ),
        ),
    ]
