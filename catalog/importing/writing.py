"""What the writing of a chunk of drafts shares: whose they are, what the shop has, and what is booked at the end."""

from dataclasses import dataclass

from django.utils.text import slugify

from catalog.importing.diff import code_of
from catalog.models import Brand, Category, ImportRow, Picture, PriceChange, Product, Sku


@dataclass
class Item:
    """A row, its content, the listing it became, and the SKUs by code."""

    row: ImportRow
    content: dict
    product: Product


class Writing:
    """``shelf`` is what the shop has of what the chunk names."""

    def __init__(self, run, shelf):
        self.run, self.shelf, self.merchant, self.by = run, shelf, run.merchant, run.by
        self.source = f"import:{run.pk}"
        self.opening = []  # (sku, units) of new variants
        self.counted = []  # (sku, units) of stock that is set

    def new_sku(self, product, wanted, position, pictures):
        sku = Sku(
            product=product,
            merchant=self.merchant,
            code=code_of(product.handle, wanted),
            option1=wanted["options"][0],
            option2=wanted["options"][1],
            option3=wanted["options"][2],
            price_fen=wanted["price_fen"],
            reference_price_fen=wanted.get("reference_fen"),
            weight_g=wanted.get("weight_g") or 0,
            barcode=wanted.get("barcode") or "",
            picture=pictures.get((product.pk, wanted.get("picture"))),
            position=position,
            is_active=wanted.get("active", True),
        )
        self.opening.append((sku, wanted.get("quantity") or 0))
        return sku

    def add_skus(self, skus):
        Sku.objects.bulk_create(skus)
        PriceChange.objects.bulk_create(
            PriceChange(sku=sku, before_fen=None, after_fen=sku.price_fen, by=self.by, source=self.source)
            for sku in skus
        )

    def add_pictures(self, wishes):
        """New picture rows, which a worker fetches; (listing id, address) → picture."""
        made = [
            Picture(product=product, position=after + number, alt=wanted.get("alt", ""), source_url=wanted["src"])
            for product, wanteds, after in wishes
            for number, wanted in enumerate(wanteds)
        ]
        Picture.objects.bulk_create(made)
        return {(picture.product_id, picture.source_url): picture for picture in made}

    def category(self, names):
        if not names:
            return None
        found = self.shelf.category_of(names)
        if found is not None:
            return found
        parent = self.category(names[:-1])
        made, new = Category.objects.get_or_create(
            parent=parent, name=names[-1], defaults={"slug": _free_slug(Category, names[-1], 80), "position": 999}
        )
        if new:
            self.shelf.categories.append(made)
        return made

    def brand(self, name):
        if not name:
            return None
        if name not in self.shelf.brands:
            made, _new = Brand.objects.get_or_create(name=name, defaults={"slug": _free_slug(Brand, name, 80)})
            self.shelf.brands[name] = made
        return self.shelf.brands[name]


def _free_slug(model, name, length):
    slug = slugify(name, allow_unicode=True)[: length - 4] or "x"
    taken = set(model.objects.filter(slug__startswith=slug).values_list("slug", flat=True))
    return next(each for each in [slug, *(f"{slug}-{n}" for n in range(2, 1000))] if each not in taken)
