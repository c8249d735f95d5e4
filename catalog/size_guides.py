"""Which size guide a listing has, and how its page shows it: both units, the steps of measuring, the reader's language."""

import re
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Case, CharField, ExpressionWrapper, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import JSONObject, Length

from accounts.bilingual import local
from catalog.models import SizeGuide
from catalog.models.size_guide import cells

# The axes by whose name the guide is offered.
AXES = {"尺码", "鞋码", "尺寸", "大小", "size"}
NUMBER = re.compile(r"\d+(?:\.\d+)?")
# Named in the head of a column → the other unit, and how many of it one is.
OTHER_UNITS = {"(cm)": ("in", Decimal(1) / Decimal("2.54")), "(kg)": ("lb", Decimal("2.2046"))}
FIELDS = ("pk", "title", "title_en", "table", "table_en", "measuring", "measuring_en")


@dataclass(frozen=True)
class Shown:
    """A guide as a page draws it: ``rows`` of (text, the same in the other unit or ""); hashable, to be kept under it."""

    title: str
    head: tuple
    rows: tuple
    steps: tuple


def read():
    """A Subquery for a statement over listings: their guide as an object, or NULL.

    A listing's own counts before its merchant's for a category, that before the shop's; of several the nearest category's.
    """
    named = Q(pk=OuterRef("size_guide"))
    here = Q(here__startswith=F("category__path")) & (Q(merchant=OuterRef("merchant")) | Q(merchant=None))
    path = ExpressionWrapper(OuterRef("category__path"), output_field=CharField())
    place = Case(When(named, then=Value(0)), default=Value(1))
    found = SizeGuide.objects.annotate(here=path, place=place).filter(named | here)
    found = found.order_by("place", F("merchant").asc(nulls_last=True), Length("category__path").desc())
    return Subquery(found.values(guide=JSONObject(**{name: name for name in FIELDS}))[:1])


def of(product):
    """The ``Shown`` guide of ``product`` as read with ``size_guide_row=read()``, or None."""
    row = getattr(product, "size_guide_row", None)
    # A category's guide is for those of its listings that come in sizes.
    if not row or row["pk"] != product.size_guide_id and not any(_is_size(name) for name in product.axes):
        return None
    return shown(SizeGuide(**row))


def shown(guide):
    """A ``SizeGuide`` in the language of the page."""
    head, *rows = cells(local(guide.table, guide.table_en))
    units = [next((OTHER_UNITS[end] for end in OTHER_UNITS if name.lower().endswith(end)), None) for name in head]
    return Shown(
        title=local(guide.title, guide.title_en),
        head=tuple(head),
        rows=tuple(tuple((cell, _other(cell, unit)) for cell, unit in zip(row, units, strict=False)) for row in rows),
        steps=tuple(line.strip() for line in local(guide.measuring, guide.measuring_en).splitlines() if line.strip()),
    )


def _other(cell, unit):
    if unit is None or not NUMBER.search(cell):
        return ""
    name, each = unit
    return f"{NUMBER.sub(lambda found: f'{Decimal(found[0]) * each:.1f}', cell)} {name}"


def axis_of(product):
    """The name of the axis beside which the guide stands: one that is about size, else the last one, else none."""
    axes = product.axes
    return next((name for name in axes if _is_size(name)), axes[-1] if axes else "")


def _is_size(name):
    return name.casefold() in AXES
