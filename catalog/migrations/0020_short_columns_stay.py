from django.db import migrations

SHORT = ("title", "title_en", "choices", "deals")


def storage(kind):
    return "".join(f"ALTER TABLE catalog_product ALTER COLUMN {name} SET STORAGE {kind};" for name in SHORT)


class Migration(migrations.Migration):
    dependencies = [("catalog", "0019_changes_of_listings")]

    operations = [
        # Rows are kept narrow by moving what is long out of line. What every match of a search is read for is short and
        # stays: fetching it from outside cost four times as many pages as the row. Rows take it on when they are next
        # written whole (VACUUM FULL writes all of them).
        migrations.RunSQL(storage("MAIN"), storage("EXTENDED")),
    ]
