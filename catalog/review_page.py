"""The reviews of a listing as its page shows them: narrowed by one filter, counted beforehand, cut into pages."""

from dataclasses import dataclass

from django.contrib.postgres.expressions import ArraySubquery
from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from accounts.prepared import OTHER, SOME, Prepared
from accounts.stamps import stamp_of
from catalog import review_tags
from catalog.models import HelpfulVote, Review, ReviewPicture

PER_PAGE = 5
STARS = ("5", "4", "3", "2", "1")


@dataclass(frozen=True)
class Filter:
    """One way to narrow the reviews; ``key`` is what the address says."""

    key: str
    text: str
    count: int
    on: bool


@dataclass(frozen=True)
class Said:
    """What the page shows. ``distribution`` holds (stars, reviews) from five down to one."""

    filters: list
    distribution: list
    page: Page

    @property
    def stamp(self):
        """All that the reviews and the links above them say, as a key."""
        return (
            tuple(self.filters),
            tuple(self.distribution),
            (self.page.number, self.page.paginator.num_pages),
            tuple([_stamp(review) for review in self.page]),
        )


def _stamp(review):
    told = stamp_of(getattr(review, "follow_up", None))
    return (stamp_of(review, "picture_ids", "voted"), stamp_of(review.sku), told)


def of(product, *, asked="", number="1", user=None, newest=None):
    """The ``Said`` of ``product``: ``asked`` is a filter's key, ``number`` the page wanted. One query, or none.

    ``newest``: what ``newest_of`` or ``newest_for`` gave, when it was asked already.
    """
    counts = {"": product.rating_count, **product.review_facets}
    key = asked if counts.get(asked) else ""
    page = Paginator(range(counts[key]), PER_PAGE).get_page(number)
    page.object_list = _shown(product, key, page, user, newest) if counts[key] else []
    return Said(
        filters=_filters(counts, key),
        distribution=[(int(stars), counts.get(stars, 0)) for stars in STARS],
        page=page,
    )


def _shown(product, key, page, user, newest):
    if newest is not None and not key and page.number == 1:
        return newest
    user_id = user.pk if user is not None and user.is_authenticated else None
    if key or page.number > 1:
        start = (page.number - 1) * PER_PAGE
        return list(_found(product.pk, key, user_id)[start : start + PER_PAGE])
    if user_id is None:
        return newest_of(product_id=product.pk)
    return newest_for(product_id=product.pk, user_id=user_id)


def _found(product_id, key, user_id=None):
    found = Review.objects.filter(product_id=product_id, status=Review.Status.PUBLISHED)
    if key == "pictures":
        found = found.filter(picture_count__gt=0)
    elif key in STARS:
        found = found.filter(stars=int(key))
    elif key:
        found = found.filter(tags__contains=[key.removeprefix("tag:")])
    pictures = ReviewPicture.objects.filter(review=OuterRef("pk")).values("pk")
    found = found.annotate(picture_ids=ArraySubquery(pictures))
    if user_id is not None:
        found = found.annotate(voted=Exists(HelpfulVote.objects.filter(review=OuterRef("pk"), user_id=user_id)))
    return found.select_related("sku", "follow_up").order_by("-created_at", "-pk")


newest_of = Prepared(lambda product_id: _found(product_id, "")[:PER_PAGE], product_id=SOME)
newest_for = Prepared(
    lambda product_id, user_id: _found(product_id, "", user_id)[:PER_PAGE], product_id=SOME, user_id=OTHER
)


def _filters(counts, key):
    rows = [("", _("All"))]
    rows += [("pictures", _("With pictures"))] if counts.get("pictures") else []
    rows += [(stars, _("%(n)s stars") % {"n": stars}) for stars in STARS if counts.get(stars)]
    tags = sorted((name for name in counts if name.startswith("tag:")), key=lambda name: (-counts[name], name))
    rows += [(name, str(review_tags.label_of(name.removeprefix("tag:")))) for name in tags[:6]]
    return [Filter(name, text, counts[name], name == key) for name, text in rows]
