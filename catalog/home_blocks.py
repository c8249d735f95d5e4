"""The home page as staff arrange it: which blocks are shown at a moment, and which listings stand in each.

The arrangement is read once and kept for a few seconds (``accounts.memo``); the dates are compared with the clock on
every request, so a campaign ends at its minute. Prices and stock of the listings are never kept.
"""

from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import BooleanField, F, Prefetch, Value
from django.db.models.expressions import RawSQL
from django.utils import timezone

from accounts.memo import Memo
from accounts.prepared import SOME, Prepared
from accounts.stamps import stamp_of
from catalog import card_rows, guides, listings, shelf
from catalog.models import HomeBlock, HomeBlockProduct
from catalog.tree import tree

SECONDS = 10
A_ROW = 4
MOST_BLOCKS = 20
Kind, Rule = HomeBlock.Kind, HomeBlock.Rule

# The home page of a shop whose staff have not arranged it.
USUAL = (
    (Kind.HERO, 1),
    (Kind.PROMISES, 1),
    (Kind.CATEGORIES, 1),
    (Kind.NEW, 8),
    (Kind.FOR_YOU, 4),
    (Kind.HOT, 8),
    (Kind.GUIDES, 3),
    (Kind.STORY, 1),
)
# What stands there when staff have switched everything off, or all dates have passed.
QUIET = ((Kind.CATEGORIES, 1), (Kind.NEW, 8), (Kind.HOT, 8))
# A single five must not outshine fifty fours: every listing begins with five reviews of four stars.
BEST_RATED = ((F("rating_sum") + 20.0) / (F("rating_count") + 5.0)).desc()
RULE_OF = {Kind.NEW: Rule.NEWEST, Kind.HOT: Rule.BEST_SOLD}
ORDERS = {
    Rule.NEWEST: shelf.NEWEST,
    Rule.BEST_SOLD: ("-sold_count", "-pk"),
    Rule.BEST_RATED: (BEST_RATED, "-rating_count", "-pk"),
    Rule.REDUCED: ("-sold_count", "-pk"),
}


@dataclass
class Shown:
    """A block as the page shows it: its row, and what belongs into it."""

    block: HomeBlock
    products: list = field(default_factory=list)
    guides: list = field(default_factory=list)
    story: object = None
    about: tuple = ()

    @property
    def stamp(self):
        """All that the block shows of its own, as a key."""
        cards = tuple([card_rows.stamp(product) for product in self.products])
        story = self.story and (stamp_of(self.story), stamp_of(self.story.cover))
        return self.about, cards, guides.stamp_of_cards(self.guides), story

    @property
    def template(self):
        return f"catalog/home/_{self.block.kind}.html"


@dataclass(frozen=True)
class Arrangement:
    """All active blocks in order, the ids of the listings of each by the block's place in ``blocks``, and their stamps."""

    blocks: tuple
    ids: dict
    stamps: tuple


def usual():
    """Unsaved blocks of the usual home page."""
    return [HomeBlock(kind=kind, how_many=number, position=n) for n, (kind, number) in enumerate(USUAL, 1)]


def _quiet():
    blocks = tuple(HomeBlock(kind=kind, how_many=number, position=n) for n, (kind, number) in enumerate(QUIET, 1))
    return Arrangement(blocks, _ids(blocks), tuple([_stamp(block) for block in blocks]))


def _arrange():
    named = Prefetch("named", HomeBlockProduct.objects.order_by("position", "pk"))
    rows = HomeBlock.objects.select_related("picture", "picture_tall", "category")
    blocks = list(rows.filter(is_active=True).prefetch_related(named)[:MOST_BLOCKS])
    if not blocks and not HomeBlock.objects.exists():
        blocks = usual()
    return Arrangement(tuple(blocks), _ids(blocks), tuple([_stamp(block) for block in blocks]))


_arrangement = Memo(SECONDS)(_arrange)
_quiet_arrangement = Memo(SECONDS)(_quiet)


def forget():
    """Read the arrangement anew at the next request of this process."""
    _arrangement.forget()
    _quiet_arrangement.forget()


def _ids(blocks):
    """The listings of every block: those named by hand, and in one statement those of all rules."""
    ids = {n: [row.product_id for row in block.named.all()] for n, block in enumerate(blocks) if block.pk}
    ruled = [(n, block, RULE_OF.get(block.kind, block.rule)) for n, block in enumerate(blocks) if not ids.get(n)]
    found = [_by_rule(n, block, rule) for n, block, rule in ruled if rule]
    if found:
        for n, pk in found[0].union(*found[1:], all=True) if len(found) > 1 else found[0]:
            ids.setdefault(n, []).append(pk)
    return ids


def _by_rule(n, block, rule):
    # Every list reads a few more than it shows: one of them may have gone off sale since.
    on_sale = listings.in_category(block.category) if block.category_id else listings.on_sale()
    if rule == Rule.REDUCED:
        on_sale = on_sale.filter(reference_price_fen__gt=F("price_min_fen"))
    if rule != Rule.NEWEST:
        on_sale = on_sale.filter(in_stock=True)
    ordered = on_sale.order_by(*ORDERS[rule])[: block.how_many + 2]
    return ordered.annotate(block=Value(n)).values_list("block", "pk")


def _stamp(block):
    return tuple([stamp_of(row) for row in (block, block.picture, block.picture_tall, block.category)])


def shown(moment=None, *, fresh=False):
    """The ``Shown`` blocks of the home page at ``moment`` (now); ``fresh`` reads the arrangement anew, for previews.

    A block without anything to show is left out, and so is a rule that would only repeat what stands above it.
    """
    moment = moment or timezone.now()
    return _page(_arrange() if fresh else _arrangement(), moment)


def in_their_place():
    """The ``Shown`` blocks of a home page for which nothing is arranged at this moment."""
    return _page(_quiet_arrangement(), timezone.now())


def _page(arrangement, moment):
    present = [(n, block) for n, block in enumerate(arrangement.blocks) if block.is_shown_at(moment)]
    cards = card_rows.by_id({pk for n, _block in present for pk in arrangement.ids.get(n, ())}, on_sale=True)
    page, above = [], set()
    for n, block in present:
        one = _filled(block, [cards[pk] for pk in arrangement.ids.get(n, ()) if pk in cards], above)
        if one is not None:
            above |= {product.pk for product in one.products}
            one.about = arrangement.stamps[n]
            page.append(one)
    return page


def _filled(block, products, above):
    """``block`` with its content, or None when there is nothing to show."""
    if block.kind in (Kind.NEW, Kind.HOT, Kind.PRODUCTS, Kind.CAMPAIGN):
        products = products[: block.how_many]
        if block.kind == Kind.NEW and len(products) > A_ROW:
            products = products[: len(products) // A_ROW * A_ROW]
        repeated = block.kind == Kind.HOT and {product.pk for product in products} <= above
        if block.kind != Kind.CAMPAIGN and (repeated or not products):
            return None
        return Shown(block, products)
    if block.kind == Kind.GUIDES:
        newest = guides.newest(block.how_many)
        return Shown(block, guides=newest) if newest else None
    if block.kind == Kind.STORY:
        story = _story(products, above)
        return Shown(block, story=story) if story else None
    if block.kind == Kind.CATEGORIES and not tree().top:
        return None
    return Shown(block)


def _story(products, above):
    """One listing with something to tell: the one named, else a well liked one with a subtitle, not shown above."""
    if products:
        return next(iter(_named_story(pk=products[0].pk)), None)
    return next(iter(_liked_story(above=sorted(above))), None) if above else None


def _of_story(found):
    fields = (*shelf.CARD, "subtitle", "subtitle_en", "description", "description_en", "rating_sum", "rating_count")
    return found.select_related("cover").only(*fields).order_by("-rating_count", "-sold_count", "pk")[:1]


def _liked(above):
    told = listings.on_sale().filter(in_stock=True, cover__status="ready").exclude(subtitle="")
    return _of_story(told.filter(RawSQL("catalog_product.id <> ALL(%s)", [above], BooleanField())))  # noqa: S611


_named_story = Prepared(lambda pk: _of_story(listings.on_sale().filter(pk=pk)), pk=SOME)
_liked_story = Prepared(_liked, above=[SOME])


def move(chosen, step):
    """Move the blocks of the queryset ``chosen`` one place up (``step`` -1) or down (1), past their next neighbour."""
    with transaction.atomic():
        rows = list(HomeBlock.objects.select_for_update().order_by("position", "pk"))
        moving = set(chosen.values_list("pk", flat=True))
        ordered = rows if step < 0 else rows[::-1]
        for n in range(1, len(ordered)):
            if ordered[n].pk in moving and ordered[n - 1].pk not in moving:
                ordered[n - 1], ordered[n] = ordered[n], ordered[n - 1]
        for position, row in enumerate(ordered if step < 0 else ordered[::-1], 1):
            row.position = position
        HomeBlock.objects.bulk_update(rows, ["position"])
    forget()
