"""What the shop has that the drafts of a chunk may touch."""

from catalog import attributes
from catalog.importing.products import stable_code
from catalog.models import Brand, Category, Sku


class Shelf:
    """What the shop has that drafts of one merchant may touch: loaded for a chunk of drafts in a few queries."""

    def __init__(self, merchant, contents):
        """``contents`` maps handle → content of its draft."""
        self.merchant = merchant
        listings = (
            merchant.listings.filter(handle__in=list(contents)).select_related("brand", "category").defer("search")
        )
        self.products = {
            product.handle: product
            for product in listings.prefetch_related(
                "skus__stocks__warehouse", "skus__picture", "specifications", "pictures"
            )
        }
        codes = {sku["code"] for content in contents.values() for sku in content.get("skus", []) if sku["code"]}
        codes |= {
            stable_code(handle, sku["options"])
            for handle, content in contents.items()
            for sku in content.get("skus", [])
            if not sku["code"]
        }
        # The variants of these listings are here already: only codes that they do not have are looked up.
        self.codes = {sku.code: sku for product in self.products.values() for sku in product.skus.all()}
        if elsewhere := codes - set(self.codes):
            taken = Sku.objects.filter(merchant=merchant, code__in=elsewhere)
            self.codes |= {sku.code: sku for sku in taken.select_related("product")}
        self.categories = list(Category.objects.all())
        self.templates = attributes.read()
        self.brands = {brand.name: brand for brand in Brand.objects.all()}

    def category_of(self, names):
        """The deepest category of a path of names (Chinese or English), or None when a part is new."""
        found = None
        for name in names:
            parent = found.pk if found else None
            level = (category for category in self.categories if category.parent_id == parent)
            found = next((category for category in level if name in (category.name, category.name_en)), None)
            if found is None:
                return None
        return found

    def fit(self, content, product):
        """Put the specifications of a draft under the names of its category's template; returns facts on what does not fit."""
        default = content.get("default_category")
        category = self.category_of(content.get("category") or ())
        category = category or product and product.category
        category = category or next((each for each in self.categories if default == [each.name]), None)
        category_id = category.pk if category else None
        template = self.templates.of(category_id)
        if not content.get("specifications") or not template:
            return []
        content["specifications"], unfit = attributes.mapped(content["specifications"], template)
        return [{"name": name, "why": why} for name, why in unfit]

    def path_of(self, category):
        by_id = {each.pk: each for each in self.categories}
        return " > ".join(by_id[pk].name for pk in category.ancestor_ids if pk in by_id) if category else ""
