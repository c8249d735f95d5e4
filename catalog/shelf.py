"""A list of listings as pages show it: narrowed, ordered, counted, cut into pages. Every state is an address."""

from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import F
from django.http import QueryDict
from django.utils.translation import gettext as _

from catalog import attributes, card_rows, facets, list_filters, listings, mending, search
from catalog.card_rows import CARD

PER_PAGE = 24
MOST_PAGES = facets.MOST_MATCHES // PER_PAGE + 1
KNOWN = ("q", "sort", "brand", "merchant", "lo", "hi", "stock", "deal", "o", "page")
NEWEST = (F("published_at").desc(nulls_last=True), "-pk")
ORDERS = {
    "": ("-in_stock", "-sold_count", *NEWEST),
    "sales": ("-sold_count", "-pk"),
    "new": NEWEST,
    "price": ("price_min_fen", "-pk"),
    "-price": ("-price_min_fen", "-pk"),
}


def cards(found):
    """``found`` with just what a product card reads, in one query."""
    return found.select_related("cover").only(*CARD)


def popular(how_many, *, excluding=()):
    """The best sold listings that can be had now."""
    return list(
        cards(listings.on_sale().filter(in_stock=True).exclude(pk__in=excluding)).order_by("-sold_count")[:how_many]
    )


@dataclass(frozen=True)
class Link:
    """``text`` and where it leads; ``on`` when it is the present state."""

    text: str
    href: str
    on: bool = False


@dataclass
class Shelf:
    """One page of a list. ``applied`` are links that each take one filter away."""

    path: str
    query: QueryDict
    wanted: list_filters.Wanted
    facets: facets.Facets
    page: Page
    answer: object = None
    sorts: list = field(default_factory=list)
    applied: list = field(default_factory=list)

    @property
    def sort(self):
        return self.query.get("sort", "")

    @property
    def total(self):
        return self.facets.total

    @property
    def total_text(self):
        """The number as shown: "10000+" when more match than are looked at."""
        return f"{self.total}+" if self.facets.capped else str(self.total)

    @property
    def clear(self):
        """The address without any filter; the words and the order stay."""
        return _address(self.path, [(k, v) for k, v in _pairs(self.query) if k in ("q", "sort")])

    @property
    def price_errors(self):
        return self.wanted.errors

    @property
    def stamp(self):
        """All that the form of filters and the links above the list say, as a key."""
        groups = tuple((title, tuple(values)) for title, values in self.facets.groups)
        return (self.path, self.query.urlencode(), self.total, groups, tuple(self.applied))


def _pairs(query):
    # A language named by the address is chosen by now; links need not repeat it.
    return [(key, value) for key, values in query.lists() for value in values if value and key != "lang"]


def _address(path, pairs):
    return f"{path}?{urlencode(pairs)}" if pairs else path


def tidy_address(path, query):
    """The address of this state without empty parameters."""
    return _address(path, _pairs(query))


def is_tidy(query):
    return not any(value == "" for key, values in query.lists() if key in KNOWN for value in values)


def build(path, query, found, *, words=""):
    """The ``Shelf`` for ``found`` listings under the parameters of ``query``; ``words`` were searched for, among all that
    is on sale.

    Two queries: one finds, counts and orders, one reads the cards of the page.
    """
    wanted = list_filters.Wanted.asked(query)
    order = query.get("sort", "") if query.get("sort", "") in ORDERS else ""
    number = _page_asked(query)
    answer = search.answer(found, words) if words else None
    counted = _count(found, answer, wanted, order, number)
    if words and answer.ranked.query and not counted.matches:
        other = mending.second_try(found, words)
        if other:
            answer, counted = other, _count(found, other, wanted, order, number)
    pages = Paginator(range(counted.total), PER_PAGE)
    page = pages.get_page(number)
    page.object_list = _in_order(counted.ids)
    shelf = Shelf(path, query, wanted, counted, page, answer=answer)
    shelf.sorts = _sorts(path, query, order)
    names = {(value.name, value.value): value.text for _title, values in counted.groups for value in values}
    shelf.applied = _applied(path, query, wanted, names)
    return shelf


def _page_asked(query):
    asked = query.get("page", "")
    return max(1, min(int(asked), MOST_PAGES)) if asked.isdecimal() and len(asked) < 6 else 1


def _count(found, answer, wanted, order, number):
    ranked = answer.ranked if answer and not order else None
    listed = answer.listings if answer else found
    if listed.query.is_empty():
        return facets.Facets()
    listed = answer.rows if ranked else listed.order_by(*ORDERS[order])
    counted = facets.count(listed, wanted, start=(number - 1) * PER_PAGE, length=PER_PAGE, ranked=ranked)
    if number > 1 and counted.total and not counted.ids:
        start = (counted.total - 1) // PER_PAGE * PER_PAGE
        counted = facets.count(listed, wanted, start=start, length=PER_PAGE, ranked=ranked)
    return counted


def _in_order(ids):
    by_id = card_rows.by_id(ids)
    return [by_id[pk] for pk in ids if pk in by_id]


def _sorts(path, query, order):
    names = {
        "": _("Best match"),
        "sales": _("Sales"),
        "new": _("Newest"),
        "price": _("Price, low first"),
        "-price": _("Price, high first"),
    }
    kept = [(key, value) for key, value in _pairs(query) if key not in ("sort", "page")]
    return [
        Link(text, _address(path, [*kept, ("sort", key)] if key else kept), key == order) for key, text in names.items()
    ]


def _applied(path, query, wanted, names):
    def without(*gone, value=None):
        kept = [(k, v) for k, v in _pairs(query) if k != "page" and not (k in gone and value in (None, v))]
        return _address(path, kept)

    links = []
    if wanted.in_stock:
        links.append(Link(_("In stock only"), without("stock")))
    if wanted.low is not None or wanted.high is not None:
        links.append(Link(list_filters.price_text(wanted.low, wanted.high), without("lo", "hi")))
    for name, slugs in (("brand", wanted.brands), ("merchant", wanted.merchants)):
        links += [Link(names.get((name, slug), slug), without(name, value=slug)) for slug in slugs]
    links += [Link(str(names.get(("deal", one), one)), without("deal", value=one)) for one in wanted.deals]
    for axis, values in wanted.options.items():
        links += [Link(attributes.facet_text(axis, value), without("o", value=f"{axis}:{value}")) for value in values]
    return links
