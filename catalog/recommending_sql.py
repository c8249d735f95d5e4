"""The one statement behind every recommendation block; ``catalog.recommending`` gives its parameters.

``who`` is the shopper, nobody for a guest and for whoever wants nothing personal. ``seeds`` are what the shopper did of
late and answered; ``near`` is what the page itself is about (a listing, a cart). Tiers: 0 bought with it, 1 looked at with
it, 2 from the shopper's seeds, 3 and 4 popular in the categories of all of these, 5 popular in the shop.
"""

STATEMENT = """
WITH who AS (
    SELECT %(user)s::bigint AS id WHERE %(user)s::bigint IS NOT NULL
       AND NOT EXISTS (SELECT FROM catalog_shopperchoice WHERE user_id = %(user)s AND NOT personalised)
), done AS (
    SELECT product_id, kind, day FROM catalog_shopperevent
    WHERE user_id = (SELECT id FROM who) AND day >= %(first)s ORDER BY day DESC LIMIT 200
), said AS (
    SELECT product_id, answer, at FROM catalog_recommendationfeedback WHERE user_id = (SELECT id FROM who)
), seeds AS (
    (SELECT product_id, max(kind) AS kind, sum(weight) AS weight FROM (
        SELECT done.product_id, done.kind,
               worth.weight * power(0.5::float8, (%(day)s - done.day) / %(half_life)s::float8) AS weight
        FROM done JOIN unnest(%(weights)s::float8[]) WITH ORDINALITY AS worth(weight, kind) ON worth.kind = done.kind
        UNION ALL
        SELECT product_id, CASE answer WHEN 'interested' THEN 5 ELSE 6 END,
               CASE answer WHEN 'interested' THEN %(interested)s ELSE %(bought)s END::float8
        FROM said WHERE answer <> 'not_interested'
    ) AS told
    WHERE product_id NOT IN (SELECT product_id FROM said WHERE answer = 'not_interested')
    GROUP BY product_id HAVING sum(weight) > 0 ORDER BY weight DESC, product_id DESC LIMIT 12)
    UNION ALL
    -- What was refused speaks against what goes with it.
    (SELECT product_id, 0, -%(bought)s::float8 FROM said WHERE answer = 'not_interested' ORDER BY at DESC LIMIT 12)
), near AS (
    SELECT id AS product_id FROM unnest(%(near)s::bigint[]) AS id
    WHERE NOT %(theirs)s OR %(user)s::bigint IS NULL OR EXISTS (SELECT FROM who)
), reached AS (
    SELECT lists.id, seeds.product_id AS seed, seeds.kind, seeds.weight * lists.score AS score, 2 AS tier
    FROM seeds JOIN catalog_companions AS found ON found.product_id = seeds.product_id AND found.kind = 'seen',
         unnest(found.others, found.scores) AS lists(id, score)
    WHERE %(personal)s
    UNION ALL
    SELECT lists.id, near.product_id, CASE found.kind WHEN 'bought' THEN 7 ELSE 8 END, lists.score,
           CASE found.kind WHEN 'bought' THEN 0 ELSE 1 END
    FROM near JOIN catalog_companions AS found ON found.product_id = near.product_id,
         unnest(found.others, found.scores) AS lists(id, score)
), chosen AS (
    SELECT id, tier, sum(score) AS score, (array_agg(seed ORDER BY score DESC))[1] AS seed,
           (array_agg(kind ORDER BY score DESC))[1] AS kind
    FROM reached GROUP BY id, tier HAVING sum(score) > 0
), liked AS (
    SELECT place.id, max(place.depth) AS depth, max(place.deepest) AS deepest FROM (
        SELECT product_id FROM near UNION (SELECT product_id FROM seeds WHERE weight > 0 AND %(personal)s)
    ) AS about
    JOIN catalog_product AS listing ON listing.id = about.product_id
    JOIN catalog_category AS category ON category.id = listing.category_id
    CROSS JOIN LATERAL (
        SELECT part::bigint AS id, nth AS depth, max(nth) OVER () AS deepest
        FROM unnest(string_to_array(rtrim(category.path, '/'), '/')) WITH ORDINALITY AS parts(part, nth)
    ) AS place
    GROUP BY place.id
    UNION ALL SELECT %(category)s::bigint, 1, 1 WHERE %(category)s::bigint IS NOT NULL
), popular AS (
    SELECT lists.id, CASE WHEN liked.id IS NULL THEN 5 WHEN liked.depth = liked.deepest THEN 3 ELSE 4 END AS tier,
           lists.score::float8 AS score, liked.id AS seed, CASE WHEN liked.id IS NULL THEN 10 ELSE 9 END AS kind
    FROM catalog_popularlist AS found LEFT JOIN liked ON liked.id = found.category_id,
         unnest(found.products[:40], found.scores[:40]) AS lists(id, score)
    WHERE found.category_id IS NULL OR liked.id IS NOT NULL
), best AS (
    SELECT DISTINCT ON (id) id, tier, score, seed, kind FROM (
        SELECT id, tier, score, seed, kind FROM chosen UNION ALL SELECT id, tier, score, seed, kind FROM popular
    ) AS every
    ORDER BY id, tier, score DESC
), allowed AS (
    SELECT best.*, row_number() OVER (PARTITION BY best.tier, best.seed ORDER BY best.score DESC) AS of_seed
    FROM best JOIN catalog_product AS listing ON listing.id = best.id
    JOIN accounts_merchant AS merchant ON merchant.id = listing.merchant_id
    LEFT JOIN catalog_category AS category ON category.id = listing.category_id
    WHERE listing.status = 'published' AND listing.in_stock AND merchant.status = 'active'
      AND (%(path)s::text = '' OR category.path LIKE %(path)s || '%%')
      AND NOT best.id = ANY(%(without)s) AND best.id NOT IN (SELECT product_id FROM near)
      AND best.id NOT IN (SELECT product_id FROM said WHERE answer <> 'interested')
      AND best.id NOT IN (SELECT product_id FROM seeds)
      AND best.id NOT IN (SELECT product_id FROM done WHERE kind = 4 AND day > %(rested)s)
)
SELECT allowed.kind, allowed.score, seed.id, seed.slug, seed.title, seed.title_en, place.name, place.name_en,
       EXISTS (SELECT FROM who), {cards}
FROM allowed JOIN catalog_product AS listing ON listing.id = allowed.id
LEFT JOIN catalog_picture AS cover ON cover.id = listing.cover_id
LEFT JOIN catalog_product AS seed ON seed.id = allowed.seed AND allowed.kind < 9
LEFT JOIN catalog_category AS place ON place.id = allowed.seed AND allowed.kind = 9
-- Not everything for one reason: after some of a seed the others come first.
ORDER BY allowed.tier < 2 AND allowed.of_seed > 4, allowed.tier,
         allowed.tier = 2 AND allowed.of_seed > 3, allowed.score DESC, allowed.id DESC
LIMIT %(limit)s
"""
