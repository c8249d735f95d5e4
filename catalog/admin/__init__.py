"""The back office of the catalogue, a file a subject. Rules are in the modules these call; here is who sees what."""

from catalog.admin import (
    exports,
    imports,
    ledgers,
    products,
    questions,
    reports,
    reviews,
    searching,
    skus,
    taxonomy,
    timetable,
)

__all__ = [
    "exports",
    "imports",
    "ledgers",
    "products",
    "questions",
    "reports",
    "reviews",
    "searching",
    "skus",
    "taxonomy",
    "timetable",
]
