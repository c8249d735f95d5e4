"""The invariants of recommendations, as SQL that returns the rows that break them."""

INVARIANTS = [
    (
        "companions-are-ordered-lists",
        "Companions of a listing are others, each once, the best first, with a score and shoppers each.",
        """
        SELECT id, product_id, kind FROM catalog_companions AS row
        WHERE product_id = ANY(others) OR cardinality(others) = 0
           OR cardinality(others) <> cardinality(scores) OR cardinality(others) <> cardinality(shoppers)
           OR scores <> ARRAY(SELECT score FROM unnest(row.scores) AS score ORDER BY score DESC)
           OR cardinality(others) <> (SELECT count(DISTINCT other) FROM unnest(row.others) AS other)
        """,
    ),
    (
        "no-events-of-who-refused",
        "Nothing is kept of a shopper who wants no personal recommendations.",
        """
        SELECT done.user_id, count(*) AS events FROM catalog_shopperevent AS done
        JOIN catalog_shopperchoice AS choice ON choice.user_id = done.user_id
        WHERE NOT choice.personalised GROUP BY done.user_id
        """,
    ),
]
