"""Rows of the specification table that a category asks for, and whether they hold what its template offers."""

from django.core.exceptions import ValidationError

from catalog.listing_rules.finding import BLOCK, WARN, Finding


def check(sheet, book):
    has = {name.strip() for name, value in sheet.specifications.items() if value.strip()}
    for name in book.required_specifications(sheet.category_id):
        if name not in has:
            yield Finding(rule="specification", severity=BLOCK, field="specifications", facts={"name": name})
    for attribute in book.templates.of(sheet.category_id):
        try:
            attribute.read(sheet.specifications.get(attribute.name, ""))
        except ValidationError as error:
            facts = {"name": attribute.name, "why": error.messages[0]}
            yield Finding(rule="specification_unfit", severity=WARN, field="specifications", facts=facts)
