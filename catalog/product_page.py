"""Everything a product page shows, gathered in a fixed number of queries."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import Case, Exists, OuterRef, Subquery, Value, When

from accounts.prepared import OTHER, SOME, Prepared
from accounts.stamps import plain, stamp_of
from accounts.together import Together
from catalog import choice, listings, questions, review_page, shelf, size_guides
from catalog.models import Favourite, ListingTimer, Picture, Product, Warehouse
from catalog.specification_table import ROWS
from catalog.tree import tree

SIMILAR = 4
# Of the listing and its seller; what is encrypted costs most.
UNREAD = (
    "search", "choices", "merchant__return_receiver", "merchant__return_phone", "merchant__return_address",
    "merchant__introduction", "merchant__introduction_en",
)  # fmt: skip


@dataclass(frozen=True)
class ProductPage:
    """``choice`` is the catalog.choice.Choice; ``pictures`` in gallery order, that of the choice first.

    ``skus`` are all on sale, ``gone`` those of them that cannot be had now. ``reviews`` and ``questions``: the newest,
    when somebody is to read them.
    """

    product: Product
    choice: choice.Choice
    pictures: list
    quantity: int
    most: int
    gone: list
    skus: list
    reviews: list | None = None
    questions: list | None = None

    @cached_property
    def stamp(self):
        """All that decides how gallery, price and the form that buys look, as a key."""
        skus = tuple([stamp_of(sku, "available", "here", "presale_on", "aside") for sku in self.skus])
        pictures = tuple([stamp_of(picture) for picture in self.pictures])
        axes = tuple([(axis.name, axis.chosen) for axis in self.choice.axes])
        merchant, brand = self.product.merchant, self.product.brand
        sellers = (merchant.slug, merchant.name, merchant.name_en, merchant.self_operated)
        brands = brand and (brand.slug, brand.name, brand.name_en)
        address = self.product.get_absolute_url()  # a preview has another one
        video = stamp_of(getattr(self.product, "video", None))
        return (stamp_of(self.product), sellers, brands, skus, pictures, video, axes, self.quantity, self.most, address)


def find(pk, user=None):
    """The listing ``pk`` if it is or ever was on sale, with what its page reads; else None.

    It has ``region_code``, where its goods lie, ``sale_ends_at``, when it is planned to go off sale, and
    ``specification_rows`` and ``size_guide_row``, what its tables are drawn from; for a signed-in ``user`` also ``is_favourite``.
    """
    if user is not None and user.is_authenticated:
        return next(iter(_found_for(pk=pk, user_id=user.pk)), None)
    return next(iter(_found(pk=pk)), None)


def _seen(pk):
    lies = Warehouse.objects.filter(merchant=OuterRef("merchant"), is_default=True).values("region_code")[:1]
    ends = ListingTimer.objects.filter(
        product=OuterRef("pk"), action=ListingTimer.Action.TAKE_DOWN, done_at=None, given_up_at=None
    ).values("run_after")[:1]
    seen = Product.objects.exclude(published_at=None).exclude(status=Product.Status.DRAFT)
    seen = seen.annotate(
        region_code=Subquery(lies),
        sale_ends_at=Subquery(ends),
        specification_rows=ROWS,
        size_guide_row=size_guides.read(),
    )
    return seen.select_related("merchant", "brand", "video").defer(*UNREAD).filter(pk=pk)


def _seen_by(pk, user_id):
    favourite = Favourite.objects.filter(product=OuterRef("pk"), user_id=user_id)
    return _seen(pk).annotate(is_favourite=Exists(favourite))


_found = Prepared(_seen, pk=SOME)
_found_for = Prepared(_seen_by, pk=SOME, user_id=OTHER)
_pictures = Prepared(
    lambda product_id: Picture.objects.filter(product_id=product_id).exclude(status=Picture.Status.FAILED),
    product_id=SOME,
)
_GOODS = {"pictures": _pictures, "skus": choice.of_listing}
_VOICES = {"reviews": review_page.newest_of, "questions": questions.newest_of}
_VOICES_FOR = _VOICES | {"reviews": review_page.newest_for}
# Whether somebody is signed in, and whether voices are to be read → the listing and all that is read by its id.
_WHOLE = {
    (False, False): Together(listing=_found, **_GOODS),
    (True, False): Together(listing=_found_for, **_GOODS),
    (False, True): Together(listing=_found, **_GOODS, **_VOICES),
    (True, True): Together(listing=_found_for, **_GOODS, **_VOICES_FOR),
}
_beside, _beside_for = Together(**_GOODS, **_VOICES), Together(**_GOODS, **_VOICES_FOR)


def open_for(user, pk, *, voices):
    """As ``find``; the same statement reads what ``gather`` wants, with ``voices`` also what is said about it."""
    mine = {"user_id": user.pk} if user.is_authenticated else {}
    found = _WHOLE[bool(mine), voices](pk=pk, product_id=pk, **mine)
    for listing in found["listing"]:
        listing.read_along = found
        return listing
    return None


def is_on_sale(product):
    return product.is_published and product.merchant.status == product.merchant.Status.ACTIVE


def gather(product, values=(), quantity="1", *, reader=None):
    """The ``ProductPage`` of ``product`` for the option ``values`` and ``quantity`` asked for.

    One query, none of a listing from ``open_for``. ``reader``: who (a guest, too) is to read what is said about it.
    """
    found = product.__dict__.pop("read_along", None) or _read(product.pk, reader)
    pictures, skus = found["pictures"], found["skus"]
    by_id = {picture.pk: picture for picture in pictures}
    chosen = choice.of(product, skus, values, by_id)
    shown = [picture for picture in pictures if picture.is_ready] or pictures[:1]
    if chosen.picture in shown:
        shown.sort(key=lambda picture: picture is not chosen.picture)
    most = max(1, min(product.max_per_order or 99, chosen.available, 99))
    gone = [sku for sku in skus if sku.available <= 0]
    said = found.get("reviews"), found.get("questions")
    return ProductPage(product, chosen, shown, _within(quantity, most), most, gone, skus, *said)


def _read(pk, reader):
    if reader is None:
        return {"pictures": _pictures(product_id=pk), "skus": choice.skus_of(pk)}
    if reader.is_authenticated:
        return _beside_for(product_id=pk, user_id=reader.pk)
    return _beside(product_id=pk)


def _within(quantity, most):
    try:
        return max(1, min(int(quantity), most))
    except ValueError:
        return 1


def similar(product):
    """Other listings of the same category, then of the same branch; the best sold first. One query."""
    line = tree().line(product.category_id)
    if not line:
        return shelf.popular(SIMILAR, excluding=[product.pk])
    near = Case(When(category_id=product.category_id, then=Value(0)), default=Value(1))
    found = listings.in_category(line[0]).filter(in_stock=True).exclude(pk=product.pk)
    return list(shelf.cards(found).order_by(near, "-sold_count", "-pk")[:SIMILAR])


def said_about(page, asked, user):
    """The reviews (``review_page.Said``) and newest questions of a listing; ``asked`` is what the address says.

    ``page`` was gathered for the reader ``user``.
    """
    key, product = asked.get("reviews", ""), page.product
    said = review_page.of(product, asked=key, number=asked.get("page", "1"), user=user, newest=page.reviews)
    asked_here = questions.told(product, page.questions)
    stamp = tuple([(question.pk, question.text, plain(question.said)) for question in asked_here])
    return {"said": said, "reviews": said.page, "questions": asked_here, "questions_stamp": stamp}
