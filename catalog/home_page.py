"""What the home page reads, for the shop and for previews of it."""

from catalog import structured_data
from catalog.head import Head
from catalog.tree import tree


def context_of(blocks):
    """The context of ``catalog/home.html`` for the ``Shown`` blocks of ``catalog.home_blocks``."""
    hero = next((one.block for one in blocks if one.block.kind == one.block.Kind.HERO), None)
    return {
        "blocks": blocks,
        "on_the_page": [product for one in blocks for product in one.products],
        "hero": hero,
        "categories": tree().top,
        "categories_stamp": tree().top_stamp,
        "head": Head("/", banner=hero.picture if hero else None),
        "structured_data": structured_data.of_shop(),
        # A shop whose shelves are empty says so instead of showing nothing.
        "is_bare": not any(one.products for one in blocks),
    }
