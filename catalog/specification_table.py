"""The specification table of a listing as its page shows it: in the order and parts of its category's template."""

from dataclasses import dataclass

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject
from django.utils.translation import gettext as _

from catalog import attributes, terms
from catalog.models import Specification

MOST_HIGHLIGHTS = 4


@dataclass(frozen=True)
class Table:
    """``parts`` are (title or "", ((name, value), …)); ``highlights`` the (name, value) that stand beside the price.

    Hashable: what is drawn from it is kept under it.
    """

    parts: tuple
    highlights: tuple

    @property
    def rows(self):
        return [row for _title, rows in self.parts for row in rows]


# What the listing's own statement reads beside it: its specifications in their order.
ROWS = ArraySubquery(
    Specification.objects.filter(product=OuterRef("pk"))
    .order_by("position", "pk")
    .values(pair=JSONObject(n="name", v="value"))
)


def of(product):
    """The ``Table`` of ``product``; no query when it was read with ``specification_rows=ROWS``."""
    rows = getattr(product, "specification_rows", None)
    if rows is None:
        rows = [{"n": row.name, "v": row.value} for row in product.specifications.all()]
    values = {row["n"]: row["v"] for row in rows}
    parts, highlights = {}, []
    for attribute in attributes.templates().of(product.category_id):
        value = values.pop(attribute.name, "")
        if not value:
            continue
        row = (attribute.name_local, attributes.shown(attribute, value))
        parts.setdefault(attribute.group_local, []).append(row)
        if attribute.is_highlight:
            highlights.append(row)
    rest = [(terms.translate(name), terms.translate(value)) for name, value in values.items()]
    if rest:
        parts.setdefault(_("More") if any(parts) else "", []).extend(rest)
    return Table(
        tuple([(title, tuple(rows)) for title, rows in parts.items()]),
        tuple(highlights[:MOST_HIGHLIGHTS]),
    )
