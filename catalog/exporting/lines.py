"""A listing as the lines of a product file: cells by the short names of ``catalog.importing.columns``."""

from itertools import zip_longest

from catalog.models import Product
from catalog.money import yuan
from catalog.picture_files import address_of

STATUS = {Product.Status.PUBLISHED: "active", Product.Status.TAKEN_DOWN: "archived"}
STATUS_ZH = {"active": "在售", "draft": "草稿", "archived": "下架"}


def lines_of(product, path_of, *, only_active=False):
    """The lines of one listing as dicts; the first holds its texts, each one variant and one picture.

    ``product`` has its SKUs (with places), pictures, specifications and brand loaded; ``path_of(category)`` is its path.
    """
    skus = [sku for sku in product.skus.all() if sku.is_active or not only_active]
    pictures = list(product.pictures.all())
    lines = []
    for number, (sku, picture) in enumerate(zip_longest(skus, pictures)):
        line = {"handle": product.handle}
        if number == 0:
            line |= _texts(product, path_of)
        if sku is not None:
            line |= _variant(product, sku)
        if picture is not None:
            line |= {"image": address_of(picture), "image_position": picture.position + 1, "image_alt": picture.alt}
        lines.append(line)
    return lines or [{"handle": product.handle} | _texts(product, path_of)]


def _texts(product, path_of):
    axes = [*product.axes, "", "", ""] if product.axes else ["Title", "", ""]
    texts = {
        "title": product.title,
        "title_en": product.title_en,
        "subtitle": product.subtitle,
        "subtitle_en": product.subtitle_en,
        "body": product.description,
        "body_en": product.description_en,
        "vendor": product.brand.name if product.brand else "",
        "category": path_of(product.category) if product.category else "",
        "tags": ", ".join(product.tags),
        "status": STATUS.get(product.status, "draft"),
        "warranty": product.warranty_months or "",
        "most": product.max_per_order or "",
    }
    texts |= {f"axis{number + 1}": axes[number] for number in range(3)}
    texts["specifications"] = {row.name: row.value for row in product.specifications.all()}
    return texts


def _variant(product, sku):
    place = next((place for place in sku.stocks.all() if place.warehouse.is_default), None)
    variant = {
        "option1": sku.option1 if product.axes else "Default Title",
        "option2": sku.option2,
        "option3": sku.option3,
        "code": sku.code,
        "price": yuan(sku.price_fen).replace(",", ""),
        "reference": yuan(sku.reference_price_fen).replace(",", "") if sku.reference_price_fen else "",
        "quantity": place.on_hand if place else 0,
        "grams": sku.weight_g,
        "barcode": sku.barcode,
        "active": "yes" if sku.is_active else "no",
    }
    if sku.picture:
        variant["variant_image"] = address_of(sku.picture)
    return variant
