"""Specification templates: which rows the table of a category's listings has, and what lists are filtered by.

A category has its own attributes and those of the categories above it; of one name the nearest counts.
"""

from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.memo import Memo
from catalog import terms
from catalog.models import Attribute, Category, Specification
from catalog.models.attribute import NO

SECONDS = 10
Kind = Attribute.Kind


@dataclass(frozen=True)
class Templates:
    """``paths``: category → ids from the top down to it; ``own``: category → its attributes, with their choices."""

    paths: dict
    own: dict

    def of(self, category_id):
        """The attributes of listings of a category, in the order of their table."""
        nearest = {}
        line = self.paths.get(category_id, ())
        for depth, pk in enumerate(line):
            for attribute in self.own.get(pk, ()):
                nearest[attribute.name] = (attribute.position, depth, attribute.pk, attribute)
        return [row[-1] for row in sorted(nearest.values(), key=lambda row: row[:-1])]

    def required(self, category_id):
        return [attribute.name for attribute in self.of(category_id) if attribute.is_required]

    def filters(self):
        """Name → the attributes that lists are filtered by; categories may offer different values under one name."""
        found = {}
        for attribute in (each for rows in self.own.values() for each in rows if each.is_filter):
            found.setdefault(attribute.name, []).append(attribute)
        return found


def read(paths=None):
    """The ``Templates`` as they are; three queries, two for a shop without any, one fewer with ``paths`` (category → path)."""
    own = {}
    for attribute in Attribute.objects.prefetch_related("choices").order_by("pk"):
        own.setdefault(attribute.category_id, []).append(attribute)
    rows = Category.objects.values_list("pk", "path").order_by() if paths is None else paths.items()
    return Templates({pk: tuple(int(part) for part in path.split("/") if part) for pk, path in rows}, own)


templates = Memo(SECONDS)(read)


def forget():
    """Read the templates anew at the next request of this process."""
    templates.forget()


def shown(attribute, text):
    """A stored value in the language of the page."""
    said = str(attribute.shown(text))
    return terms.translate(text) if said == text else said


# --- what lists are filtered by -------------------------------------------------------------------------------------


def tick_of(attribute, text):
    """How ``Product.choices`` writes a stored value after "name:"; "" when lists do not offer it.

    A number is "low..high" between the bounds it lies in (low included), either may be missing.
    """
    if attribute.kind == Kind.NUMBER:
        number = attribute.number_in(text)
        if number is None:
            return ""
        if not attribute.bounds:
            return attribute.read(text)
        low = max((bound for bound in attribute.bounds if bound <= number), default="")
        high = min((bound for bound in attribute.bounds if bound > number), default="")
        return f"{low}..{high}"
    try:
        value = attribute.read(text)
    except ValidationError:
        return ""
    return "" if attribute.kind == Kind.YES_NO and value == NO else value


def ticks(product_ids, paths=None):
    """Listing → what its filterable specifications add to ``Product.choices``; ``paths`` as in ``read``."""
    known = read(paths)
    if not known.filters():
        return {}
    rows = Specification.objects.filter(product__in=product_ids, name__in=list(known.filters())).order_by()
    found, by_category = {}, {}
    for pk, category, name, value in rows.values_list("product", "product__category", "name", "value"):
        if category not in by_category:
            by_category[category] = {each.name: each for each in known.of(category) if each.is_filter}
        attribute = by_category[category].get(name)
        tick = tick_of(attribute, value) if attribute else ""
        if tick:
            found.setdefault(pk, []).append(f"{name}:{tick}")
    return found


def facet_title(name):
    """The name of a filter in the language of the page: an attribute's, else an axis'."""
    found = templates().filters().get(name)
    return found[0].name_local if found else terms.translate(name)


def facet_text(name, value):
    """One value of a filter in words."""
    attributes = templates().filters().get(name)
    if not attributes:
        return terms.translate(value)
    attribute = attributes[0]
    low, dots, high = value.partition("..")
    if attribute.kind != Kind.NUMBER or not dots:
        known = (each for each in attributes if any(choice.value == value for choice in each.choices.all()))
        return shown(next(known, attribute), value)
    facts = {"low": low, "high": high, "unit": attribute.unit_local}
    if low and high:
        return _("%(low)s–%(high)s %(unit)s") % facts
    return (_("%(low)s %(unit)s and more") if low else _("less than %(high)s %(unit)s")) % facts


def facet_order(name):
    """A key that puts the values of a filter in the order of its template; None for a filter without one."""
    attributes = templates().filters().get(name)
    if not attributes:
        return None
    attribute = attributes[0]
    if attribute.kind == Kind.NUMBER:
        return lambda value: Decimal(value.partition("..")[0] or 0) if ".." in value else _beginning(attribute, value)
    offered = [choice.value for each in attributes for choice in each.choices.all()]
    places = {value: place for place, value in enumerate(dict.fromkeys(offered))}
    return lambda value: places.get(value, len(places))


def _beginning(attribute, value):
    number = attribute.number_in(value)
    return Decimal("Infinity") if number is None else number


# --- files ----------------------------------------------------------------------------------------------------------


def mapped(rows, template):
    """Rows (name, value) of a file under the names and in the words of the ``template``, and (name, why) of what does not fit.

    A name or a choice in English becomes the Chinese one, a bare number gets its unit; what does not fit stays as it is.
    """
    by_name = {each.name_en.casefold(): each for each in template if each.name_en}
    by_name |= {each.name.casefold(): each for each in template}
    found, unfit = {}, []
    for name, value in rows:
        attribute = by_name.get(name.casefold())
        if attribute is None:
            found[name] = value
            continue
        try:
            found[attribute.name] = attribute.read(value)
        except ValidationError as error:
            found[attribute.name] = value
            unfit.append((name, error.messages[0]))
    return [[name, value] for name, value in found.items()], unfit
