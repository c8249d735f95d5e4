"""Choosing a specification: which combination somebody means, and what may still be chosen.

Each axis depends on those before it only: the first offers all it has, so nobody is ever stuck in a sold-out corner.
"""

from dataclasses import dataclass

from django.db.models import F, Max, Sum
from django.db.models.functions import Coalesce, Greatest

from accounts.prepared import SOME, Prepared
from catalog.models import Sku

AXES = 3
HERE = Greatest(F("stocks__on_hand") - F("stocks__reserved") - F("stocks__waiting"), 0)
# What a statement over SKUs reads of their stock.
LEFT = {
    "available": Coalesce(Sum(HERE + F("stocks__presale")), 0),
    "here": Coalesce(Sum(HERE), 0),
    "presale_on": Max("stocks__presale_on"),
    "aside": Coalesce(Sum("stocks__pooled"), 0),
}


class NoSuchChoice(Exception):
    """These values name no SKU on sale; ``missing`` are the axes that were not chosen."""

    def __init__(self, missing=()):
        super().__init__(f"no such choice, missing: {', '.join(missing) or 'nothing'}")
        self.missing = list(missing)


@dataclass(frozen=True)
class Option:
    """One value of an axis. ``state``: "open", "gone" (sold out), "none" (not offered with what was chosen before)."""

    value: str
    state: str
    chosen: bool
    picture: object = None

    @property
    def is_open(self):
        return self.state == "open"


@dataclass(frozen=True)
class Axis:
    name: str
    field: str
    options: tuple

    @property
    def chosen(self):
        return next((option.value for option in self.options if option.chosen), "")


@dataclass(frozen=True)
class Choice:
    """What the buy box shows: the axes, the SKU meant (or None), and prices in fen over what is still possible."""

    axes: tuple
    sku: object
    price_min_fen: int
    price_max_fen: int
    reference_price_fen: int | None
    available: int
    picture: object
    sold_out: bool

    @property
    def missing(self):
        return [axis.name for axis in self.axes if not axis.chosen]

    @property
    def presale_on(self):
        """From when on the SKU that is meant is sent, when none of it is here; else None."""
        return self.sku.presale_on if self.sku and self.sku.available > 0 and self.sku.here <= 0 else None

    @property
    def chosen_values(self):
        return [axis.chosen for axis in self.axes if axis.chosen]


def _of_listing(product_id):
    return Sku.objects.filter(product_id=product_id, is_active=True).annotate(**LEFT).order_by("position", "pk")


of_listing = Prepared(_of_listing, product_id=SOME)


def skus_of(product_id):
    """The SKUs of a listing on sale, each with what ``LEFT`` reads; one query."""
    return of_listing(product_id=product_id)


def resolve(product_id, values):
    """The SKU of a listing with these option values (in the order of its axes; blanks for what does not matter).

    A listing with one SKU needs no values. Raises ``NoSuchChoice`` with the axes that were left open.
    """
    skus = list(Sku.objects.select_related("product").buyable().filter(product_id=product_id))
    wanted = _values(values)
    if not skus:
        raise NoSuchChoice
    axes = skus[0].product.axes
    missing = []
    for number in range(AXES):
        offered = {sku_value(sku, number) for sku in skus}
        if not wanted[number] and offered != {""}:
            if len(offered) > 1:
                missing.append(axes[number] if number < len(axes) else str(number + 1))
            continue
        skus = [sku for sku in skus if sku_value(sku, number) == wanted[number]]
    if missing or len(skus) != 1:
        raise NoSuchChoice(missing)
    return skus[0]


def _values(values):
    return [*(str(value or "").strip() for value in list(values)[:AXES]), "", "", ""][:AXES]


def sku_value(sku, number):
    return (sku.option1, sku.option2, sku.option3)[number]


def of(product, skus, values=(), pictures=None):
    """The ``Choice`` for a listing: ``skus`` as from ``skus_of``, ``values`` as asked for, ``pictures`` by id."""
    pictures = pictures or {}
    wanted, possible, axes = _values(values), skus, []
    for number, name in enumerate(product.axes[:AXES]):
        axis = _axis(number, name, skus, possible, wanted[number], pictures)
        if not axis.options:
            continue
        axes.append(axis)
        if axis.chosen:
            possible = [sku for sku in possible if sku_value(sku, number) == axis.chosen]
    chosen = possible[0] if len(possible) == 1 and all(axis.chosen for axis in axes) else None
    prices = [sku.price_fen for sku in possible] or [0]
    cheapest = min(possible, key=lambda sku: sku.price_fen, default=None)
    return Choice(
        axes=tuple(axes),
        sku=chosen,
        price_min_fen=min(prices),
        price_max_fen=max(prices),
        reference_price_fen=cheapest.shown_reference_fen if cheapest else None,
        available=sum(sku.available for sku in possible),
        picture=_picture(possible, axes, pictures),
        sold_out=not any(sku.available > 0 for sku in skus),
    )


def _axis(number, name, skus, possible, wanted, pictures):
    values = list(dict.fromkeys(sku_value(sku, number) for sku in skus if sku_value(sku, number)))
    states = {value: _state(number, value, possible) for value in values}
    if len(values) == 1 and not wanted:
        wanted = values[0]
    options = []
    for value in values:
        takes = {sku.picture_id for sku in skus if sku_value(sku, number) == value} if number == 0 else set()
        picture = pictures.get(takes.pop()) if len(takes) == 1 else None
        # What cannot be had is never the choice, unless there is nothing else to see.
        chosen = value == wanted and (states[value] == "open" or len(values) == 1)
        options.append(Option(value=value, state=states[value], chosen=chosen, picture=picture))
    return Axis(name=name, field=f"o{number + 1}", options=tuple(options))


def _state(number, value, possible):
    fitting = [sku for sku in possible if sku_value(sku, number) == value]
    if not fitting:
        return "none"
    return "open" if any(sku.available > 0 for sku in fitting) else "gone"


def _picture(possible, axes, pictures):
    if not any(axis.chosen for axis in axes):
        return None
    shown = {sku.picture_id for sku in possible}
    return pictures.get(shown.pop()) if len(shown) == 1 else None
