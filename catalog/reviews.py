"""Reviews: who may write one, what becomes of it, and the counts on the listing.

A review is of an order line that was received, so ``orders`` invites at delivery and this app needs not know orders.
"""

from datetime import timedelta

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from accounts import history
from accounts.models import StateLog
from accounts.notifications import notify
from catalog import review_pictures, screening
from catalog.models import FollowUp, HelpfulVote, Product, Review, ReviewInvitation

REVIEW_DAYS, FOLLOW_UP_DAYS = 30, 180
MOST_PICTURES = 6
Status = Review.Status

COUNTS = """
UPDATE catalog_product SET rating_sum = said.stars, rating_count = said.number, review_facets = said.facets
FROM (
    SELECT wanted.id, coalesce(sum(review.stars), 0) AS stars, count(review.id) AS number,
        jsonb_strip_nulls(jsonb_build_object(
            '5', nullif(count(*) FILTER (WHERE review.stars = 5), 0),
            '4', nullif(count(*) FILTER (WHERE review.stars = 4), 0),
            '3', nullif(count(*) FILTER (WHERE review.stars = 3), 0),
            '2', nullif(count(*) FILTER (WHERE review.stars = 2), 0),
            '1', nullif(count(*) FILTER (WHERE review.stars = 1), 0),
            'pictures', nullif(count(*) FILTER (WHERE review.picture_count > 0), 0)
        )) || coalesce((
            SELECT jsonb_object_agg('tag:' || counted.tag, counted.number) FROM (
                SELECT tag, count(*) AS number FROM catalog_review AS tagged, unnest(tagged.tags) AS tag
                WHERE tagged.product_id = wanted.id AND tagged.status = 'published' GROUP BY tag
            ) AS counted
        ), '{}') AS facets
    FROM unnest(%s::bigint[]) AS wanted(id)
    LEFT JOIN catalog_review AS review ON review.product_id = wanted.id AND review.status = 'published'
    GROUP BY wanted.id
) AS said
WHERE catalog_product.id = said.id
"""


class NotNow(Exception):
    """This review cannot be written: it is there already, or its time is over. ``too_late`` says which."""

    def __init__(self, *, too_late):
        super().__init__("too late" if too_late else "written already")
        self.too_late = too_late


def invite(user, product_id, sku_id, source, until):
    """``user`` received what ``source`` names and may review it before ``until``; the follow-up has its own end.

    Once a source; a later ``until`` (another parcel of the line arrived) makes the time longer. The shopper is told
    once a day at most. Returns the invitation.
    """
    with transaction.atomic():
        follow_up_until = until + timedelta(days=FOLLOW_UP_DAYS - REVIEW_DAYS)
        invitation, made = ReviewInvitation.objects.get_or_create(
            source=source,
            defaults={
                "user": user,
                "product_id": product_id,
                "sku_id": sku_id,
                "review_until": until,
                "follow_up_until": follow_up_until,
            },
        )
        if not made:
            later = ReviewInvitation.objects.filter(pk=invitation.pk, review_until__lt=until)
            later.update(review_until=until, follow_up_until=follow_up_until)
        elif until > timezone.now():
            key = f"review-invited:{user.pk}:{timezone.localdate():%y%m%d}"
            notify(user, "review_invited", key=key, facts={}, url="/account/reviews/")
        return invitation


def to_write(user):
    """The open invitations of ``user`` without a review, those that end first before the others."""
    mine = user.review_invitations.filter(review=None, review_until__gt=timezone.now())
    return mine.order_by("review_until", "pk")


def write(invitation, *, stars, text, tags=(), pictures=(), anonymous=False):
    """The review of an invitation, by its shopper. ``pictures`` are safe WebP bytes.

    Shown at once unless a rule wants it read first. Raises ``NotNow`` and writes nothing.
    """
    with transaction.atomic():
        held = ReviewInvitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)
        if Review.objects.filter(source=held.source).exists():
            raise NotNow(too_late=False)
        if not held.is_open:
            raise NotNow(too_late=True)
        why = screening.held_because(text)
        review = Review.objects.create(
            product_id=held.product_id,
            sku_id=held.sku_id,
            user_id=held.user_id,
            invitation=held,
            source=held.source,
            stars=stars,
            text=text,
            tags=list(tags),
            anonymous=anonymous,
            author_name="" if anonymous else held.user.display_name,
            picture_count=len(pictures[:MOST_PICTURES]),
            status=Status.PENDING if why else Status.PUBLISHED,
            held_because=why,
            created_at=timezone.now(),
        )
        review_pictures.keep(review, pictures[:MOST_PICTURES])
        _written(review, why)
        recount([review.product_id])
        return review


def follow_up(review, text):
    """What the author adds later, once and in its time. Raises ``NotNow`` and writes nothing."""
    with transaction.atomic():
        locked = Review.objects.select_for_update(of=("self",)).select_related("invitation").get(pk=review.pk)
        if FollowUp.objects.filter(review=locked).exists():
            raise NotNow(too_late=False)
        if locked.invitation is None or not locked.invitation.may_follow_up:
            raise NotNow(too_late=True)
        why = screening.held_because(text)
        added = FollowUp.objects.create(
            review=locked,
            text=text,
            author_name=locked.author_name,
            status=Status.PENDING if why else Status.PUBLISHED,
            held_because=why,
            created_at=timezone.now(),
        )
        _written(added, why)
        return added


def _written(said, why):
    facts = {"held": why} if why else {}
    history.record(said, about=said.about, to=said.status, by=said.user, actor=StateLog.Actor.BUYER, data=facts)


def reply(review, text, by):
    """The merchant's answer under a review, kept with who wrote it; an empty text takes it away."""
    with transaction.atomic():
        text = text.strip()
        Review.objects.filter(pk=review.pk).update(reply=text, replied_at=timezone.now() if text else None)
        history.record(review, about=review.about, to="replied" if text else "reply_removed", by=by, actor="staff")
        if text and review.user_id != by.pk:
            key = f"review:{review.pk}:replied"
            facts = {"title": review.product.title[:60]}
            notify(
                review.user, "review_replied", key=key, facts=facts, url=review.product.get_absolute_url() + "#reviews"
            )
    review.refresh_from_db()


def vote(review, user):
    """``user`` finds ``review`` helpful, or no longer; returns whether the vote stands. Nobody votes for oneself."""
    if review.user_id == user.pk:
        return False
    with transaction.atomic():
        # The lock makes the count true when many vote at once.
        Review.objects.select_for_update(of=("self",)).get(pk=review.pk)
        taken_back = HelpfulVote.objects.filter(review=review, user=user).delete()[0]
        if not taken_back:
            HelpfulVote.objects.create(review=review, user=user)
        Review.objects.filter(pk=review.pk).update(helpful_count=F("helpful_count") + (-1 if taken_back else 1))
        return not taken_back


def recount(product_ids):
    """Make the ratings and counts on these listings equal to their published reviews."""
    ids = sorted(set(product_ids))
    with transaction.atomic():
        # Counted only after the lock, so that of two at once the second counts the first.
        list(Product.objects.filter(pk__in=ids).order_by("pk").select_for_update().values_list("pk"))
        with connection.cursor() as cursor:
            cursor.execute(COUNTS, [ids])
