"""The category tree as pages need it: read once, kept for a few seconds (``accounts.memo``)."""

from functools import cached_property

from accounts.memo import Memo
from catalog.models import Category
from catalog.tax_rates import USUAL

SECONDS = 10


class Tree:
    """All shown categories, and the tax of all. A category whose parent is hidden is hidden with it."""

    def __init__(self, categories):
        categories = list(categories)
        self._all = {category.pk: category for category in categories}
        categories = [category for category in categories if category.is_active]
        self.by_id = {}
        self.below = {}
        for category in sorted(categories, key=lambda c: len(c.ancestor_ids)):
            if category.parent_id is None or category.parent_id in self.by_id:
                self.by_id[category.pk] = category
        for category in sorted(self.by_id.values(), key=lambda c: (c.position, c.pk)):
            self.below.setdefault(category.parent_id, []).append(category)
        self.by_slug = {category.slug: category for category in self.by_id.values()}

    @property
    def top(self):
        return self.below.get(None, [])

    @cached_property
    def top_stamp(self):
        """All that pages show of the top of the tree, as a key."""
        return tuple([(c.name, c.name_en, c.slug, c.image.name) for c in self.top])

    def children(self, category):
        return self.below.get(category.pk, [])

    def tax_bp(self, category_id):
        """The tax in the prices of a category, hidden or not, in basis points: its own, or of the nearest above."""
        found = self._all.get(category_id)
        line = [self._all.get(pk) for pk in found.ancestor_ids] if found else []
        return next((one.tax_bp for one in reversed(line) if one and one.tax_bp is not None), USUAL)

    def line(self, category_id):
        """The categories from the top down to this one; empty when it is hidden or None."""
        category = self.by_id.get(category_id)
        return [self.by_id[pk] for pk in category.ancestor_ids] if category else []


@Memo(SECONDS)
def tree():
    """The tree of the shop, at most ``SECONDS`` old."""
    fields = (
        "pk",
        "parent",
        "name",
        "name_en",
        "slug",
        "path",
        "position",
        "image",
        "review_tags",
        "is_active",
        "tax_bp",
    )
    return Tree(Category.objects.only(*fields))
