"""Which goods a coupon is good for: a pure value, the same rule for a quote, a page and a check."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Goods:
    """What a scope asks about one SKU. ``category_ids``: ids from the root of the tree down to the listing's category."""

    sku_id: int
    product_id: int
    merchant_id: int
    category_ids: tuple = ()
    brand_id: int | None = None
    tags: tuple = ()


@dataclass(frozen=True)
class Scope:
    """A set of goods minus a set of goods, of one merchant or of all (``merchant_id`` None)."""

    kind: str
    merchant_id: int | None = None
    category_ids: frozenset = frozenset()
    brand_ids: frozenset = frozenset()
    tags: frozenset = frozenset()
    product_ids: frozenset = frozenset()
    sku_ids: frozenset = frozenset()
    except_product_ids: frozenset = frozenset()
    except_sku_ids: frozenset = frozenset()

    def covers(self, goods):
        """Whether ``goods`` (a ``Goods``, or anything with its fields) is in this scope."""
        if self.merchant_id is not None and goods.merchant_id != self.merchant_id:
            return False
        if goods.product_id in self.except_product_ids or goods.sku_id in self.except_sku_ids:
            return False
        if self.kind == "all":
            return True
        if self.kind == "categories":
            return not self.category_ids.isdisjoint(goods.category_ids)
        if self.kind == "brands":
            return goods.brand_id in self.brand_ids
        if self.kind == "tags":
            return not self.tags.isdisjoint(goods.tags)
        return goods.product_id in self.product_ids or goods.sku_id in self.sku_ids
