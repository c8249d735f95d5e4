"""Rows of the specification table that a category asks for."""

from catalog.listing_rules.finding import BLOCK, Finding


def check(sheet, book):
    has = {name.strip() for name, value in sheet.specifications.items() if value.strip()}
    for name in book.required_specifications(sheet.category_id):
        if name not in has:
            yield Finding(rule="specification", severity=BLOCK, field="specifications", facts={"name": name})
