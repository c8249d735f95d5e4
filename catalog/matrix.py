"""The variants of a listing from its axes: every combination of the values, made in a few statements.

A variant whose combination is not wanted any more is taken off sale, never deleted: orders and ledgers name it.
"""

from collections import Counter
from dataclasses import dataclass, field
from itertools import product as combinations
from math import prod

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from catalog import listing_changes, listings, stock_bookings
from catalog.importing.products import stable_code
from catalog.models import PriceChange, Product, Sku

MOST = 600
LONGEST_NAME, LONGEST_VALUE = 40, 60


@dataclass
class Plan:
    """What the axes would change: combinations to make, SKUs to take off sale and to put back, all in all."""

    axes: list
    missing: list = field(default_factory=list)
    retired: list = field(default_factory=list)
    revived: list = field(default_factory=list)
    total: int = 0

    @property
    def changes_nothing(self):
        return not (self.missing or self.retired or self.revived)


def plan(product, axes):
    """The ``Plan`` for ``axes``: pairs of (name, values). Raises ``ValidationError``; reads only."""
    axes = _checked(axes)
    wanted = [values + ("",) * (3 - len(values)) for values in combinations(*(values for _name, values in axes))]
    chosen = set(wanted)
    has = {(sku.option1, sku.option2, sku.option3): sku for sku in product.skus.all()}
    return Plan(
        axes=[name for name, _values in axes],
        missing=[options for options in wanted if options not in has],
        retired=[sku for options, sku in has.items() if sku.is_active and options not in chosen],
        revived=[has[options] for options in wanted if options in has and not has[options].is_active],
        total=len(wanted),
    )


def _checked(axes):
    axes = [(name.strip(), list(dict.fromkeys(filter(None, (v.strip() for v in values))))) for name, values in axes]
    axes = [(name, values) for name, values in axes if name or values]
    if not axes:
        raise ValidationError(_("Name at least one axis with its values."))
    for name, values in axes:
        if not name or not values:
            raise ValidationError(_("Each axis needs a name and at least one value."))
        if len(name) > LONGEST_NAME or max(map(len, values)) > LONGEST_VALUE:
            raise ValidationError(
                _("“%(name)s”: a name has at most 40 characters, a value at most 60."), params={"name": name[:40]}
            )
    if len({name for name, _values in axes}) < len(axes):
        raise ValidationError(_("Two axes have the same name."))
    total = prod(len(values) for _name, values in axes)
    if total > MOST:
        raise ValidationError(
            _("These axes make %(n)d combinations; a listing has at most %(most)d."), params={"n": total, "most": MOST}
        )
    return axes


def generate(product, axes, *, price_fen, by=None):
    """Make the missing combinations at ``price_fen``, take the others off sale; returns the ``Plan`` that was carried out.

    Raises ``ValidationError``; then nothing is changed.
    """
    with listing_changes.noting([product.pk], by=by, source="combinations"):
        product = Product.objects.select_for_update(of=("self",)).get(pk=product.pk)
        made = plan(product, axes)
        if made.missing and (price_fen is None or price_fen <= 0):
            raise ValidationError(_("New variants need a price of more than nothing."))
        after = max((sku.position + 1 for sku in product.skus.all()), default=0)
        skus = [_sku(product, options, price_fen, after + n) for n, options in enumerate(made.missing)]
        _refuse_codes(product, skus)
        Sku.objects.bulk_create(skus)
        PriceChange.objects.bulk_create(
            PriceChange(sku=sku, before_fen=None, after_fen=price_fen, by=by, source="matrix") for sku in skus
        )
        stock_bookings.open_places([(sku, 0) for sku in skus], source="matrix", by=by)
        Sku.objects.filter(pk__in=[sku.pk for sku in made.retired]).update(is_active=False)
        Sku.objects.filter(pk__in=[sku.pk for sku in made.revived]).update(is_active=True)
        Product.objects.filter(pk=product.pk).update(axes=made.axes)
        listings.refresh([product.pk])
    return made


def _sku(product, options, price_fen, position):
    return Sku(
        product=product,
        merchant_id=product.merchant_id,
        code=stable_code(product.handle, list(options)),
        option1=options[0],
        option2=options[1],
        option3=options[2],
        price_fen=price_fen,
        position=position,
    )


def _refuse_codes(product, skus):
    codes = Counter(sku.code for sku in skus)
    taken = Sku.objects.filter(merchant_id=product.merchant_id, code__in=list(codes)).values_list("code", flat=True)
    if twice := sorted({*taken, *(code for code, n in codes.items() if n > 1)})[:5]:
        raise ValidationError(_("These SKU codes are taken: %(codes)s."), params={"codes": ", ".join(twice)})


def axes_of(product):
    """The axes as they are: pairs of (name, values of the variants on sale), in the order of the variants."""
    skus = [sku for sku in product.skus.all() if sku.is_active]
    return [
        (name, list(dict.fromkeys(getattr(sku, f"option{n}") for sku in skus if getattr(sku, f"option{n}"))))
        for n, name in enumerate(product.axes, 1)
    ]
