"""The review queue: listings, and new words for listings on sale, that staff read before shoppers do.

draft → submitted → approved (and on sale) or returned with reasons. Whether a merchant is read first follows from the
standing (``catalog.standing``); the shop's own staff are the ones who read, so what they put on sale is read.
"""

import hashlib
import json

from django.db import transaction
from django.utils import timezone

from accounts import history
from accounts.models import StateLog
from accounts.roles import is_global
from catalog import listing_changes, standing
from catalog.listing_rules import desk
from catalog.models import ListingReview, Product
from catalog.rich_text import clean_html

Status, Kind = ListingReview.Status, ListingReview.Kind
WORDS = (*desk.TEXTS, *desk.HTML)
STAFF = StateLog.Actor.STAFF


def must_be_read(product, by=None):
    """Whether ``product`` waits for staff before it goes on sale: not when these very words were approved before."""
    if by is not None and is_global(by):
        return False
    if not standing.duty_of(product.merchant).reviews_listings:
        return False
    approved = ListingReview.objects.filter(product=product, status=Status.APPROVED, kind=Kind.LISTING)
    return not approved.filter(digest=digest_of(product)).exists()


def digest_of(product):
    """A short key of all words that a reviewer reads."""
    words = [getattr(product, field) for field in WORDS] + [product.category_id, product.brand_id, list(product.tags)]
    return hashlib.sha256(json.dumps(words, ensure_ascii=False).encode()).hexdigest()


def submit(product, by=None):
    """Put a listing into the queue; returns its review, the open one when there is one already."""
    with transaction.atomic():
        product = Product.objects.select_for_update(of=("self",)).get(pk=product.pk)
        review, made = ListingReview.objects.get_or_create(
            product=product,
            status=Status.SUBMITTED,
            defaults={"submitted_by": by, "submitted_at": timezone.now(), "digest": digest_of(product)},
        )
        if made:
            history.move(
                product,
                to=Product.Status.IN_REVIEW,
                allowed={Product.Status.DRAFT, Product.Status.TAKEN_DOWN},
                about=review.about,
                by=by,
                actor=STAFF if by else StateLog.Actor.SYSTEM,
            )
    return review


def hold_edits(product, changes, by=None):
    """Keep new words of a listing on sale back when its merchant is read first; returns the fields that wait.

    ``changes`` maps field → new text. What waits is not written: the caller saves the old words for those fields.
    """
    changes = {field: text for field, text in changes.items() if field in WORDS}
    if not changes or not product.is_published or (by is not None and is_global(by)):
        return []
    if not standing.duty_of(product.merchant).reviews_edits:
        return []
    with transaction.atomic():
        Product.objects.select_for_update(of=("self",)).get(pk=product.pk)
        review, _made = ListingReview.objects.get_or_create(
            product=product,
            status=Status.SUBMITTED,
            defaults={"kind": Kind.EDIT, "submitted_by": by, "submitted_at": timezone.now()},
        )
        review.proposed = review.proposed | changes
        review.submitted_at = timezone.now()
        review.save(update_fields=["proposed", "submitted_at"])
        history.record(review, about=review.about, to=Status.SUBMITTED, by=by, actor=STAFF if by else StateLog.Actor.SYSTEM,
                       data={"fields": sorted(changes)})  # fmt: skip
    return sorted(changes)


def approve(review, by):
    """Let shoppers read it: the listing goes on sale, or the new words replace the old. False when that was done.

    Raises ``listings.NotPublishable`` when the rules stop it, ``TransitionNotAllowed`` when it was decided otherwise;
    nothing changes then.
    """
    from catalog import listings

    with transaction.atomic():
        if not _decide(review, Status.APPROVED, by, digest=digest_of(review.product)):
            return False
        product = review.product
        if review.kind == Kind.EDIT:
            _refuse_stopped(product, review.proposed)
            for field, text in review.proposed.items():
                setattr(product, field, clean_html(text) if field in desk.HTML else text)
            with listing_changes.noting([product.pk], by=by, source=review.about):
                product.save(update_fields=[*review.proposed, "updated_at"])
            listings.refresh([product.pk])
            desk.check([product.pk])
        else:
            listings.publish(product, by=by, reviewed=True)
        _tell(review, "listing_approved")
    return True


def return_to_merchant(review, by, *, reasons, note=""):
    """Send it back with ``reasons`` (codes of ``ListingReview.Reason``) and a note; False when it was returned already."""
    labels = ", ".join(str(ListingReview.Reason(code).label) for code in reasons)
    with transaction.atomic():
        if not _decide(
            review, Status.RETURNED, by, reason=f"{labels} {note}".strip(), reasons=list(reasons), note=note
        ):
            return False
        if review.kind == Kind.LISTING:
            history.move(
                review.product, to=Product.Status.DRAFT, allowed={Product.Status.IN_REVIEW}, about=review.about, by=by,
                actor=STAFF, reason=f"{labels} {note}".strip()[:500],
            )  # fmt: skip
        _tell(review, "listing_returned", reasons=labels, note=note or "—")
    return True


def withdraw(product, by=None):
    """The merchant, or a take-down, ends the waiting; returns whether something waited."""
    waiting = ListingReview.objects.filter(product=product, status=Status.SUBMITTED)
    return bool(waiting.update(status=Status.WITHDRAWN, decided_by=by, decided_at=timezone.now()))


def _refuse_stopped(product, proposed):
    from catalog import listings

    stopping = [each.sentence for each in desk.findings_of(product, proposed) if each.stops]
    if stopping:
        raise listings.NotPublishable(stopping)


def _decide(review, to, by, *, reason="", **changes):
    return history.move(
        review, to=to, allowed={Status.SUBMITTED}, about=review.about, by=by, actor=STAFF, reason=reason[:500],
        decided_by=by, decided_at=timezone.now(), **changes,
    )  # fmt: skip


def _tell(review, kind, **facts):
    product = review.product
    facts |= {"title": product.title[:60]}
    url = f"/admin/catalog/product/{product.pk}/change/"
    standing.tell(product.merchant, kind, key=f"listing-review:{review.pk}", facts=facts, url=url)
