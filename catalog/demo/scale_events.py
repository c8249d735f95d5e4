"""Events of invented shoppers by the million, to measure the nightly run on: everybody has a few categories they like.

One statement a step, inside the database. Popularity falls off steeply inside a category, as it does in shops; three
views in four, one favourite and one cart in ten, one purchase in twenty.
"""

from django.db import connection

SHOPPERS_EACH = 25
DAYS = 170

PEOPLE = """
INSERT INTO accounts_user (email, phone, phone_index, display_name, password, language, is_staff, is_active, is_superuser,
                           date_joined)
SELECT 'scale-' || n || '@example.com', NULL, NULL, '测速 ' || n, '!', 'zh-hans', false, true, false, now()
FROM generate_series(1, %(shoppers)s) AS n
ON CONFLICT (email) DO NOTHING
"""
# Listings by category, the best sold first, so that a place can be drawn.
GOODS = """
CREATE TEMPORARY TABLE goods AS
SELECT product_id, kind_of, place, many FROM (
    SELECT id AS product_id, dense_rank() OVER (ORDER BY category_id) AS kind_of,
           row_number() OVER (PARTITION BY category_id ORDER BY sold_count DESC, id) AS place,
           count(*) OVER (PARTITION BY category_id) AS many
    FROM catalog_product WHERE status = 'published' AND category_id IS NOT NULL
) AS ranked
"""
EVENTS = """
INSERT INTO catalog_shopperevent (user_id, product_id, kind, day)
SELECT user_id, goods.product_id, CASE WHEN kind < 0.75 THEN 1 WHEN kind < 0.85 THEN 2 WHEN kind < 0.95 THEN 3 ELSE 4 END,
       current_date - (days * %(days)s)::int
FROM (
    SELECT shopper.id AS user_id, random() AS kind, random() * random() AS days,
           -- One of the shopper's three categories, three times in four; else any.
           1 + (CASE WHEN random() < 0.75 THEN shopper.id * 31 + 17 * (3 * random())::int
                     ELSE 1e6 * random() END)::bigint %% %(kinds)s AS kind_of,
           random() AS luck
    FROM accounts_user AS shopper, generate_series(1, %(each)s) AS nth
    WHERE shopper.email LIKE 'scale-%%' AND shopper.id BETWEEN %(first)s AND %(last)s
) AS drawn
JOIN (SELECT kind_of, max(many) AS many FROM goods GROUP BY kind_of) AS shelf USING (kind_of)
JOIN goods ON goods.kind_of = drawn.kind_of AND goods.place = 1 + (shelf.many * power(luck, 2.5))::int %% shelf.many
ON CONFLICT (user_id, day, product_id, kind) DO NOTHING
"""
BATCH = 20_000


def add(number, advance=lambda what, done, total: None):
    """Add about ``number`` events (a draw that comes twice counts once); returns how many there are."""
    with connection.cursor() as cursor:
        cursor.execute(PEOPLE, {"shoppers": max(1, number // SHOPPERS_EACH)})
        cursor.execute(GOODS)
        cursor.execute("CREATE INDEX ON goods (kind_of, place)")
        cursor.execute("ANALYZE goods")
        cursor.execute("SELECT max(kind_of) FROM goods")
        kinds = cursor.fetchone()[0]
        cursor.execute("SELECT min(id), max(id) FROM accounts_user WHERE email LIKE 'scale-%'")
        first, last = cursor.fetchone()
        for at in range(first, last + 1, BATCH):
            values = {"first": at, "last": at + BATCH - 1, "kinds": kinds, "days": DAYS, "each": SHOPPERS_EACH}
            cursor.execute(EVENTS, values)
            advance("events", min(at + BATCH, last) - first, last - first)
        cursor.execute("DROP TABLE goods")
        cursor.execute("VACUUM ANALYZE catalog_shopperevent, accounts_user")
        cursor.execute("SELECT count(*) FROM catalog_shopperevent")
        return cursor.fetchone()[0]
