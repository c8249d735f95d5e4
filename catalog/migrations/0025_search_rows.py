"""Searches read short rows of their own, which the database keeps in step with the listings."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.db import migrations, models

# Column → what it is of a listing.
FACTS = {
    "merchant_id": "{row}.merchant_id",
    "price_min_fen": "{row}.price_min_fen",
    "sales": "ln((1 + {row}.sold_count)::float8)",
    "stars": "{row}.rating_sum::float8 / greatest({row}.rating_count, 1)",
    "published": "coalesce(date_part('epoch', {row}.published_at), 0)",
    "in_stock": "{row}.in_stock",
    "shown": "{row}.status = 'published'",
    "brand_id": "{row}.brand_id",
    "deals": "nullif({row}.deals, '{}')",
    "choices": "{row}.choices",
}
COLUMNS = ", ".join(FACTS)
FOLLOWED = (
    "merchant_id, price_min_fen, sold_count, rating_sum, rating_count, published_at, in_stock, status, brand_id, deals,"
    " choices, search"
)


def values(row):
    """The values of ``COLUMNS`` for a listing."""
    return ", ".join(FACTS.values()).replace("{row}", row)


# PostgreSQL moves the words out of a row only when the row is longer than 2 kB while it is written; the filler makes sure
# of that, and is itself packed into a few bytes.
SHORT = """
ALTER TABLE catalog_searchrow SET (toast_tuple_target = 256, fillfactor = 90);
ALTER TABLE catalog_searchrow ALTER COLUMN search SET STORAGE EXTERNAL;
ALTER TABLE catalog_searchrow ALTER COLUMN deals SET STORAGE MAIN;
ALTER TABLE catalog_searchrow ALTER COLUMN choices SET STORAGE MAIN;
ALTER TABLE catalog_searchrow ADD COLUMN filler text NOT NULL DEFAULT repeat('.', 2400);
ALTER TABLE catalog_searchrow ALTER COLUMN filler SET STORAGE MAIN;
ALTER TABLE catalog_searchrow ADD CONSTRAINT search_row_of_listing
    FOREIGN KEY (product_id) REFERENCES catalog_product (id) ON DELETE CASCADE;
"""
FOLLOW = f"""
CREATE FUNCTION catalog_search_row() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO catalog_searchrow (product_id, search, {COLUMNS}) VALUES (NEW.id, NEW.search, {values("NEW")});
    ELSIF NEW.search IS DISTINCT FROM OLD.search THEN
        UPDATE catalog_searchrow SET (search, filler, {COLUMNS}) = ROW (NEW.search, DEFAULT, {values("NEW")})
        WHERE product_id = NEW.id;
    ELSE
        UPDATE catalog_searchrow SET ({COLUMNS}) = ROW ({values("NEW")}) WHERE product_id = NEW.id;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER search_row_made AFTER INSERT ON catalog_product FOR EACH ROW EXECUTE FUNCTION catalog_search_row();
CREATE TRIGGER search_row_kept AFTER UPDATE OF {FOLLOWED} ON catalog_product FOR EACH ROW
    WHEN (({values("OLD")}, OLD.search) IS DISTINCT FROM ({values("NEW")}, NEW.search))
    EXECUTE FUNCTION catalog_search_row();
"""  # noqa: S608 names of columns
FILL = f"""
SET LOCAL statement_timeout = 0;
INSERT INTO catalog_searchrow (product_id, search, {COLUMNS})
SELECT listing.id, listing.search, {values("listing")} FROM catalog_product AS listing ORDER BY listing.id;
"""  # noqa: S608 names of columns
UNFOLLOW = """
DROP TRIGGER search_row_made ON catalog_product;
DROP TRIGGER search_row_kept ON catalog_product;
DROP FUNCTION catalog_search_row();
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_home_page_headline"), ("catalog", "0024_who_changed_prices_and_stock")]

    operations = [
        migrations.CreateModel(
            name="SearchRow",
            # In the order in which the rows lie.
            fields=[
                (
                    "product",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="catalog.product",
                    ),
                ),
                (
                    "merchant",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="accounts.merchant",
                    ),
                ),
                ("price_min_fen", models.BigIntegerField()),
                ("sales", models.FloatField()),
                ("stars", models.FloatField()),
                ("published", models.FloatField()),
                ("in_stock", models.BooleanField()),
                ("shown", models.BooleanField()),
                (
                    "brand",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="catalog.brand",
                    ),
                ),
                (
                    "deals",
                    django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), null=True, size=None),
                ),
                ("choices", django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None)),
                ("search", django.contrib.postgres.search.SearchVectorField(null=True)),
            ],
        ),  # fmt: skip
        migrations.RunSQL(SHORT, migrations.RunSQL.noop),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.RunSQL(FOLLOW, UNFOLLOW),
        migrations.AddIndex(
            "searchrow",
            django.contrib.postgres.indexes.GinIndex(
                fields=["search"], name="search_row_words", opclasses=["tsvector_ops"]
            ),
        ),
    ]
