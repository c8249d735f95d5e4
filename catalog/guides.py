"""Guides as shoppers and staff meet them: what is shown where, and how one is published and taken down."""

from datetime import UTC, datetime
from functools import cache

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import history
from accounts.memo import KeyedMemo
from accounts.models import StateLog
from accounts.prepared import Prepared
from accounts.stamps import stamp_of
from catalog import listings, shelf
from catalog.models import Guide, Topic

CARD = (
    "slug", "title", "title_en", "lead", "lead_en", "video", "video_address", "published_at",
    "cover__file", "cover__width", "cover__height", "cover__status", "cover__drawn",
)  # fmt: skip
OF_A_PRODUCT = 3
_of_products = KeyedMemo(seconds=10, most=2000)


class NotReady(Exception):
    """The guide lacks what a reader needs; ``reasons`` are sentences for its author."""

    def __init__(self, reasons):
        super().__init__("; ".join(reasons))
        self.reasons = reasons


def cards(now=None):
    """Shown guides with just what a card reads; the newest first."""
    return Guide.objects.shown(now).select_related("cover").only(*CARD).order_by("-published_at", "-pk")


def newest(how_many):
    return _newest(how_many)(now=timezone.now())


@cache
def _newest(how_many):
    return Prepared(lambda now: cards(now)[:how_many], now=datetime(1987, 1, 1, tzinfo=UTC))


def of_product(product, how_many=OF_A_PRODUCT):
    """The newest guides that show ``product``, as of a few seconds ago."""
    return _of_products.get(product.pk, lambda: list(cards().filter(shows__product=product)[:how_many]))


def stamp_of_cards(shown):
    """All that the cards of these guides show, as a key."""
    return tuple([(stamp_of(guide), stamp_of(guide.cover)) for guide in shown])


def topics_in_use():
    """Topics that at least one shown guide has."""
    return Topic.objects.filter(guides__in=Guide.objects.shown()).distinct()


def products_of(guide):
    """The listings of ``guide`` that are on sale, in its order; two queries."""
    ids = list(guide.shows.values_list("product_id", flat=True))
    found = {product.pk: product for product in shelf.cards(listings.on_sale().filter(pk__in=ids))}
    return [found[pk] for pk in ids if pk in found]


def submit(guide, *, by):
    """The author asks for ``guide`` to be read and published. Returns whether anything changed."""
    _refuse_unfinished(guide)
    return _move(guide, [Guide.Status.DRAFT, Guide.Status.TAKEN_DOWN], Guide.Status.IN_REVIEW, by=by)


def publish(guide, *, by):
    """Shoppers may read ``guide`` from its ``published_at`` on, or from now. Raises ``NotReady``."""
    _refuse_unfinished(guide)
    before = [Guide.Status.DRAFT, Guide.Status.IN_REVIEW, Guide.Status.TAKEN_DOWN]
    return _move(guide, before, Guide.Status.PUBLISHED, by=by, published_at=guide.published_at or timezone.now())


def take_down(guide, *, by, reason=""):
    """Nobody may read ``guide`` any more. A draft cannot be taken down."""
    before = [Guide.Status.IN_REVIEW, Guide.Status.PUBLISHED]
    return _move(guide, before, Guide.Status.TAKEN_DOWN, by=by, reason=reason)


def reasons_against(guide):
    """Why ``guide`` cannot be published, as sentences; empty when it can."""
    checks = [
        (not guide.title.strip(), _("The title is missing.")),
        (not guide.lead.strip(), _("The first sentence is missing.")),
        (not guide.body.strip() and not guide.has_video, _("There is neither a text nor a video.")),
    ]
    return [sentence for wrong, sentence in checks if wrong]


def _refuse_unfinished(guide):
    reasons = reasons_against(guide)
    if reasons:
        raise NotReady(reasons)


def _move(guide, before, after, *, by, reason="", **changes):
    actor = StateLog.Actor.STAFF if by else StateLog.Actor.SYSTEM
    return history.move(
        guide, to=after, allowed=set(before), about=guide.about, by=by, actor=actor, reason=reason, **changes
    )
