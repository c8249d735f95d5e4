"""The specification table of a listing as its page shows it: in the order and parts of its category's template."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts.prepared import SOME, Prepared
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


_rows = Prepared(lambda pk: Specification.objects.filter(product_id=pk), pk=SOME)


def of(product):
    """The ``Table`` of ``product``; one query."""
    values = {row.name: row.value for row in _rows(pk=product.pk)}
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
