"""What a shopper asked of a list: its filters, read from an address and turned into conditions."""

from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import Merchant
from catalog.models import Brand
from catalog.money import parse_yuan, yuan

MOST_TICKS = 30


@dataclass(frozen=True)
class Wanted:
    """The filters of a request. Prices in fen; ``options``: axis → its values; ``errors``: price field → message.

    ``deals``: sorts and numbers of offers (``catalog.shelf_offers``).
    """

    brands: tuple = ()
    merchants: tuple = ()
    low: int | None = None
    high: int | None = None
    in_stock: bool = False
    deals: tuple = ()
    options: dict = field(default_factory=dict)
    errors: dict = field(default_factory=dict)

    @classmethod
    def asked(cls, query):
        """Read from a QueryDict; what cannot be read narrows nothing and is explained in ``errors``."""
        errors, bounds = {}, {}
        for name in ("lo", "hi"):
            try:
                bounds[name] = parse_yuan(query[name]) if query.get(name) else None
            except ValidationError as error:
                errors[name], bounds[name] = error.messages[0], None
        if None not in bounds.values() and bounds["lo"] > bounds["hi"]:
            bounds = {"lo": bounds["hi"], "hi": bounds["lo"]}
        options = {}
        for pair in _texts(query, "o"):
            axis, colon, value = pair.partition(":")
            if colon and axis and value and value not in options.get(axis, ()):
                options[axis] = (*options.get(axis, ()), value)
        return cls(
            brands=_texts(query, "brand"),
            merchants=_texts(query, "merchant"),
            low=bounds["lo"],
            high=bounds["hi"],
            in_stock=query.get("stock") == "1",
            deals=_texts(query, "deal"),
            options=options,
            errors=errors,
        )

    def conditions(self):
        """One condition per group in use, by the group's name."""
        found = {}
        if self.brands:
            found["brand"] = Q(brand__in=Brand.objects.filter(slug__in=self.brands))
        if self.merchants:
            found["merchant"] = Q(merchant__in=Merchant.objects.filter(slug__in=self.merchants))
        if self.low is not None or self.high is not None:
            low = Q() if self.low is None else Q(price_min_fen__gte=self.low)
            found["price"] = low & (Q() if self.high is None else Q(price_min_fen__lte=self.high))
        if self.in_stock:
            found["stock"] = Q(in_stock=True)
        if self.deals:
            found["deal"] = Q(deals__overlap=list(self.deals))
        for axis, values in self.options.items():
            found[f"o:{axis}"] = Q(choices__overlap=[choice(axis, value) for value in values])
        return found


def _texts(query, name):
    # PostgreSQL refuses the null character; nobody types it.
    return tuple(value for value in query.getlist(name)[:MOST_TICKS] if "\0" not in value)


def choice(axis, value):
    """How ``Product.choices`` writes one option of a listing."""
    return f"{axis}:{value}"


def narrowed(listings, wanted):
    """``listings`` that meet every group of ``wanted``."""
    for condition in wanted.conditions().values():
        listings = listings.filter(condition)
    return listings


def price_text(low, high):
    """A price range in words; bounds in fen, either may be None."""
    if low is None:
        return _("up to ¥%(high)s") % {"high": yuan(high)}
    if high is None:
        return _("from ¥%(low)s") % {"low": yuan(low)}
    return _("¥%(low)s to ¥%(high)s") % {"low": yuan(low), "high": yuan(high)}
