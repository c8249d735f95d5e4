"""The reviews of a listing as its page shows them: narrowed by one filter, counted beforehand, cut into pages."""

from dataclasses import dataclass

from django.contrib.postgres.expressions import ArraySubquery
from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

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


def of(product, *, asked="", number="1", user=None):
    """The ``Said`` of ``product``: ``asked`` is a filter's key, ``number`` the page wanted. One query, or none."""
    counts = {"": product.rating_count, **product.review_facets}
    key = asked if counts.get(asked) else ""
    paginator = Paginator(_found(product, key, user), PER_PAGE)
    paginator.count = counts[key]
    return Said(
        filters=_filters(counts, key),
        distribution=[(int(stars), counts.get(stars, 0)) for stars in STARS],
        page=paginator.get_page(number),
    )


def _found(product, key, user):
    found = Review.objects.filter(product=product, status=Review.Status.PUBLISHED)
    if key == "pictures":
        found = found.filter(picture_count__gt=0)
    elif key in STARS:
        found = found.filter(stars=int(key))
    elif key:
        found = found.filter(tags__contains=[key.removeprefix("tag:")])
    pictures = ReviewPicture.objects.filter(review=OuterRef("pk")).values("pk")
    found = found.annotate(picture_ids=ArraySubquery(pictures))
    if user is not None and user.is_authenticated:
        found = found.annotate(voted=Exists(HelpfulVote.objects.filter(review=OuterRef("pk"), user=user)))
    return found.select_related("sku", "follow_up").order_by("-created_at", "-pk")


def _filters(counts, key):
    rows = [("", _("All"))]
    rows += [("pictures", _("With pictures"))] if counts.get("pictures") else []
    rows += [(stars, _("%(n)s stars") % {"n": stars}) for stars in STARS if counts.get(stars)]
    tags = sorted((name for name in counts if name.startswith("tag:")), key=lambda name: (-counts[name], name))
    rows += [(name, str(review_tags.label_of(name.removeprefix("tag:")))) for name in tags[:6]]
    return [Filter(name, text, counts[name], name == key) for name, text in rows]
