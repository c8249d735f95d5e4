"""The invariants of what shoppers say and keep, as SQL that returns the rows that break them."""

INVARIANTS = [
    (
        "review-is-of-its-invitation",
        "A review belongs to the shopper, the listing and the order line of its invitation, and was written in time.",
        """
        SELECT review.id, review.source FROM catalog_review AS review
        JOIN catalog_reviewinvitation AS invited ON invited.id = review.invitation_id
        WHERE review.user_id <> invited.user_id OR review.product_id <> invited.product_id
            OR review.source <> invited.source OR review.created_at > invited.review_until
        """,
    ),
    (
        "review-of-an-order-line-was-invited",
        "Nobody reviews an order line without an invitation.",
        "SELECT id, source FROM catalog_review WHERE source LIKE 'order-line:%' AND invitation_id IS NULL",
    ),
    (
        "follow-up-in-time",
        "A follow-up is of an invited review and was written in its time.",
        """
        SELECT added.id FROM catalog_followup AS added
        JOIN catalog_review AS review ON review.id = added.review_id
        LEFT JOIN catalog_reviewinvitation AS invited ON invited.id = review.invitation_id
        WHERE invited.id IS NULL OR added.created_at > invited.follow_up_until
        """,
    ),
    (
        "hidden-with-a-reason",
        "What is hidden from shoppers says why.",
        """
        SELECT 'review' AS kind, id FROM catalog_review WHERE status = 'hidden' AND hidden_reason = ''
        UNION ALL SELECT 'follow-up', id FROM catalog_followup WHERE status = 'hidden' AND hidden_reason = ''
        UNION ALL SELECT 'question', id FROM catalog_question WHERE status = 'hidden' AND hidden_reason = ''
        UNION ALL SELECT 'answer', id FROM catalog_answer WHERE status = 'hidden' AND hidden_reason = ''
        """,
    ),
    (
        "helpful-count-equals-votes",
        "A review was found helpful as often as there are votes, none of them by its author.",
        """
        SELECT review.id, review.helpful_count, count(vote.id) AS votes
        FROM catalog_review AS review LEFT JOIN catalog_helpfulvote AS vote ON vote.review_id = review.id
        GROUP BY review.id
        HAVING review.helpful_count <> count(vote.id) OR bool_or(vote.user_id = review.user_id)
        """,
    ),
    (
        "picture-count-equals-pictures",
        "A review has as many pictures as it counts.",
        """
        SELECT review.id, review.picture_count, count(picture.id) AS pictures
        FROM catalog_review AS review LEFT JOIN catalog_reviewpicture AS picture ON picture.review_id = review.id
        GROUP BY review.id HAVING review.picture_count <> count(picture.id)
        """,
    ),
    (
        "review-facets-equal-reviews",
        "The counts of reviews by stars on a listing are those of its published reviews.",
        """
        SELECT listing.id, listing.review_facets
        FROM catalog_product AS listing
        LEFT JOIN catalog_review AS review ON review.product_id = listing.id AND review.status = 'published'
        GROUP BY listing.id
        HAVING coalesce((listing.review_facets ->> '5')::int, 0) <> count(*) FILTER (WHERE review.stars = 5)
            OR coalesce((listing.review_facets ->> '4')::int, 0) <> count(*) FILTER (WHERE review.stars = 4)
            OR coalesce((listing.review_facets ->> '3')::int, 0) <> count(*) FILTER (WHERE review.stars = 3)
            OR coalesce((listing.review_facets ->> '2')::int, 0) <> count(*) FILTER (WHERE review.stars = 2)
            OR coalesce((listing.review_facets ->> '1')::int, 0) <> count(*) FILTER (WHERE review.stars = 1)
            OR coalesce((listing.review_facets ->> 'pictures')::int, 0)
                <> count(*) FILTER (WHERE review.picture_count > 0)
        """,
    ),
    (
        "buyers-answer",
        "Who answers a question received the item, or answers for the merchant.",
        """
        SELECT answer.id FROM catalog_answer AS answer JOIN catalog_question AS question ON question.id = answer.question_id
        WHERE NOT answer.from_merchant AND NOT EXISTS (
            SELECT FROM catalog_reviewinvitation AS invited
            WHERE invited.user_id = answer.user_id AND invited.product_id = question.product_id
        )
        """,
    ),
]
