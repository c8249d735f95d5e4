"""Search rows hold the titles as searches look into them, so that ranking reads one short row of a listing.

A listing has its row from the moment it has words: rows that were made with the listing were written again before anybody
could find them, and after an import every other place of the table was empty.
"""

from importlib import import_module

from django.db import migrations, models

before = import_module("catalog.migrations.0025_search_rows")
FACTS = before.FACTS | {"titles": "lower({row}.title || E'\\n' || {row}.title_en)"}
COLUMNS = ", ".join(FACTS)
FOLLOWED = f"{before.FOLLOWED}, title, title_en"


def values(row):
    """The values of ``COLUMNS`` for a listing."""
    return ", ".join(FACTS.values()).replace("{row}", row)


MADE = f"""
INSERT INTO catalog_searchrow (product_id, search, {COLUMNS})
SELECT listing.id, listing.search, {values("listing")} FROM catalog_product AS listing
"""  # noqa: S608 names of columns
# All rows are written anew, densely and before their index, which is far sooner done than changing each.
FILL = f"""
SET LOCAL statement_timeout = 0;
ALTER TABLE catalog_searchrow ALTER COLUMN titles SET STORAGE MAIN;
DROP INDEX search_row_words;
TRUNCATE catalog_searchrow;
{MADE} WHERE listing.search IS NOT NULL ORDER BY listing.id;
CREATE INDEX search_row_words ON catalog_searchrow USING gin (search tsvector_ops);
"""  # noqa: S608 names of columns
FOLLOW = f"""
CREATE OR REPLACE FUNCTION catalog_search_row() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' OR OLD.search IS NULL THEN
        INSERT INTO catalog_searchrow (product_id, search, {COLUMNS}) VALUES (NEW.id, NEW.search, {values("NEW")});
    ELSIF NEW.search IS NULL THEN
        DELETE FROM catalog_searchrow WHERE product_id = NEW.id;
    ELSIF NEW.search IS DISTINCT FROM OLD.search THEN
        UPDATE catalog_searchrow SET (search, filler, {COLUMNS}) = ROW (NEW.search, DEFAULT, {values("NEW")})
        WHERE product_id = NEW.id;
    ELSE
        UPDATE catalog_searchrow SET ({COLUMNS}) = ROW ({values("NEW")}) WHERE product_id = NEW.id;
    END IF;
    RETURN NULL;
END $$;
DROP TRIGGER search_row_made ON catalog_product;
DROP TRIGGER search_row_kept ON catalog_product;
CREATE TRIGGER search_row_made AFTER INSERT ON catalog_product FOR EACH ROW
    WHEN (NEW.search IS NOT NULL) EXECUTE FUNCTION catalog_search_row();
CREATE TRIGGER search_row_kept AFTER UPDATE OF {FOLLOWED} ON catalog_product FOR EACH ROW
    WHEN (num_nonnulls(OLD.search, NEW.search) > 0
        AND ({values("OLD")}, OLD.search) IS DISTINCT FROM ({values("NEW")}, NEW.search))
    EXECUTE FUNCTION catalog_search_row();
"""  # noqa: S608 names of columns
# As 0025 leaves it.
FOLLOW_AS_BEFORE = before.UNFOLLOW + before.FOLLOW


class Migration(migrations.Migration):
    dependencies = [("catalog", "0026_slugs_and_tags_stay")]

    operations = [
        migrations.AddField("searchrow", "titles", models.TextField(default=""), preserve_default=False),
        migrations.RunSQL(FILL, f"{MADE} WHERE listing.search IS NULL"),
        migrations.RunSQL(FOLLOW, FOLLOW_AS_BEFORE),
    ]
