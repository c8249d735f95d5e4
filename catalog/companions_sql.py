"""The statements of the nightly run, in the order in which ``catalog.companions`` issues them.

Work tables are temporary and go with the transaction. ``%(…)s`` are numbers from the weights.
"""

# The most of one shopper that counts, and the most that one listing can count for a shopper.
A_SHOPPER, MOST_WEIGHT = 12, 20
# Events that belong to listings on sale only; whoever wants no personal recommendations is left out, whatever is stored.
SIGNALS = """
CREATE TEMPORARY TABLE signal ON COMMIT DROP AS
SELECT user_id, product_id, weight, bought FROM (
    SELECT user_id, product_id, least(sum(weight), %(most)s)::real AS weight, least(sum(bought), %(most)s)::real AS bought,
           row_number() OVER (PARTITION BY user_id ORDER BY sum(weight) DESC, product_id DESC) AS place
    FROM (
        SELECT done.user_id, done.product_id, worth.weight * aged.rest AS weight,
               CASE WHEN done.kind >= 3 THEN worth.weight * aged.rest ELSE 0 END AS bought
        FROM catalog_shopperevent AS done
        JOIN unnest(%(weights)s::float8[]) WITH ORDINALITY AS worth(weight, kind) ON worth.kind = done.kind
        CROSS JOIN LATERAL (SELECT power(0.5::float8, (%(day)s - done.day) / %(half_life)s::float8)) AS aged(rest)
        WHERE done.day BETWEEN %(first)s AND %(day)s
        UNION ALL
        SELECT user_id, product_id, %(interested)s * power(0.5::float8, (%(day)s - at::date) / %(half_life)s::float8), 0
        FROM catalog_recommendationfeedback WHERE answer = 'interested' AND at >= %(first)s
    ) AS told
    GROUP BY user_id, product_id
) AS placed
WHERE place <= %(a_shopper)s AND weight > 0
  AND NOT EXISTS (SELECT FROM catalog_shopperchoice AS c WHERE c.user_id = placed.user_id AND NOT c.personalised)
"""
NORMS = """
CREATE TEMPORARY TABLE norm ON COMMIT DROP AS
SELECT told.product_id, sqrt(sum(weight * weight)) AS weight, sqrt(sum(bought * bought)) AS bought,
       sum(weight) AS total
FROM signal AS told JOIN catalog_product AS listing ON listing.id = told.product_id
WHERE listing.status = 'published'
GROUP BY told.product_id
"""
# A shopper with one listing pairs nothing. Sides are cut into parts by listing, each small enough to add up in memory.
SIDES = {
    "seen": """
CREATE TEMPORARY TABLE side_seen ON COMMIT DROP AS
SELECT user_id, product_id, value, mine, mod(product_id, %(parts)s)::int AS part FROM (
    SELECT told.user_id, told.product_id, (told.weight / norm.weight)::real AS value,
           count(*) OVER (PARTITION BY told.user_id) AS mine
    FROM signal AS told JOIN norm USING (product_id)
) AS sides WHERE mine > 1
""",
    "bought": """
CREATE TEMPORARY TABLE side_bought ON COMMIT DROP AS
SELECT user_id, product_id, value, mine, mod(product_id, %(parts)s)::int AS part FROM (
    SELECT told.user_id, told.product_id, (told.bought / norm.bought)::real AS value,
           count(*) OVER (PARTITION BY told.user_id) AS mine
    FROM signal AS told JOIN norm USING (product_id) WHERE told.bought > 0
) AS sides WHERE mine > 1
""",
}
# How many (shopper, listing, other listing) there are, at most.
VOLUME = "SELECT coalesce(sum(n * (n - 1)), 0) FROM (SELECT count(*) AS n FROM signal GROUP BY user_id) AS counted"
INDEX = "CREATE INDEX ON side_{kind} (user_id) INCLUDE (product_id, value); CREATE INDEX ON side_{kind} (part)"
PLACE_TO_KEEP = """
CREATE TEMPORARY TABLE near (product_id bigint, kind text, others bigint[], scores int[], shoppers int[]) ON COMMIT DROP
"""
# Few shoppers in common are little proof: their cosine counts n / (n + 3).
PAIRS = """
INSERT INTO near
SELECT product_id, '{kind}', array_agg(other ORDER BY place), array_agg(score ORDER BY place),
       array_agg(shoppers ORDER BY place)
FROM (
    SELECT *, row_number() OVER (PARTITION BY product_id ORDER BY score DESC, other) AS place FROM (
        SELECT mine.product_id, theirs.product_id AS other, count(*)::int AS shoppers,
               greatest(1, 1e6::float8 * sum(mine.value * theirs.value) * count(*) / (count(*) + 3))::int AS score
        FROM side_{kind} AS mine
        JOIN side_{kind} AS theirs ON theirs.user_id = mine.user_id AND theirs.product_id <> mine.product_id
        WHERE mine.part = %(part)s
        GROUP BY 1, 2 HAVING count(*) >= %(least)s
    ) AS added
) AS placed
WHERE place <= %(kept)s
GROUP BY product_id
"""
SWAP = """
INSERT INTO catalog_companions AS old (product_id, kind, others, scores, shoppers, made_at)
SELECT product_id, kind, others, scores, shoppers, %(now)s FROM near
ON CONFLICT (product_id, kind) DO UPDATE
SET others = excluded.others, scores = excluded.scores, shoppers = excluded.shoppers, made_at = excluded.made_at
"""
DROP_OLD = "DELETE FROM catalog_companions WHERE made_at < %(now)s"
# Events of late, and a little for all that was ever sold, so that a young shop has a list too.
POPULAR = """
WITH scored AS (
    SELECT listing.id, category.path,
           (1000 * (coalesce(norm.total, 0) + 0.1 * ln(1 + listing.sold_count)))::int AS score
    FROM catalog_product AS listing JOIN catalog_category AS category ON category.id = listing.category_id
    LEFT JOIN norm ON norm.product_id = listing.id
    WHERE listing.status = 'published' AND listing.in_stock
), placed AS (
    SELECT place.category_id, scored.id, scored.score,
           row_number() OVER (PARTITION BY place.category_id ORDER BY scored.score DESC, scored.id DESC) AS place
    FROM scored
    CROSS JOIN LATERAL (
        SELECT part::bigint AS category_id FROM unnest(string_to_array(rtrim(scored.path, '/'), '/')) AS part
        UNION ALL SELECT NULL
    ) AS place
)
INSERT INTO catalog_popularlist (category_id, products, scores, made_at)
SELECT category_id, array_agg(id ORDER BY place), array_agg(score ORDER BY place), %(now)s
FROM placed WHERE place <= %(popular)s GROUP BY category_id
ON CONFLICT (category_id) DO UPDATE
SET products = excluded.products, scores = excluded.scores, made_at = excluded.made_at
"""
DROP_UNPOPULAR = "DELETE FROM catalog_popularlist WHERE made_at < %(now)s"
# The transaction that ends here may be part of a larger one.
CLEAR = "DROP TABLE signal, norm, side_seen, side_bought, near"
