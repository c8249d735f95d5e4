"""Listings that a file changes: one by one, because each changes in another way."""

from contextlib import suppress

from catalog import listings, prices
from catalog.importing import gate
from catalog.importing.diff import PLAIN, code_of, matches
from catalog.models import ImportRun, Picture, Sku, Specification
from catalog.picture_files import address_of


def update(writing, items):
    for item in items:
        _update_product(writing, item)
        _update_specifications(writing, item)
        _update_skus(writing, item, _update_pictures(writing, item))
        _update_sale(writing, item)
    return [item.product for item in items]


def _update_product(writing, item):
    product, content = item.product, item.content
    waiting = gate.hold_edits(product, content, PLAIN, by=writing.by)
    for field in PLAIN:
        if content.get(field) and field not in waiting:
            setattr(product, field, content[field])
    product.axes = content["axes"]
    if content.get("brand"):
        product.brand = writing.brand(content["brand"])
    if content.get("category"):
        product.category = writing.category(content["category"])
    product.save(update_fields=[*PLAIN, "axes", "brand", "category", "updated_at"])


def _update_specifications(writing, item):
    rows = item.content.get("specifications", [])
    after = len(item.product.specifications.all())
    Specification.objects.bulk_create(
        [
            Specification(product=item.product, name=name, value=value, position=after + number)
            for number, (name, value) in enumerate(rows)
        ],
        update_conflicts=True,
        unique_fields=["product", "name"],
        update_fields=["value"],
    )


def _update_pictures(writing, item):
    has = {address_of(picture): picture for picture in item.product.pictures.all()}
    new = []
    for wanted in item.content.get("pictures", []):
        picture = has.get(wanted["src"])
        if picture is None:
            new.append(wanted)
        elif wanted.get("alt") and wanted["alt"] != picture.alt:
            Picture.objects.filter(pk=picture.pk).update(alt=wanted["alt"])
    after = max((picture.position + 1 for picture in item.product.pictures.all()), default=0)
    made = writing.add_pictures([(item.product, new, after)])
    return {(item.product.pk, src): picture for src, picture in has.items()} | made


def _update_skus(writing, item, pictures):
    pairs = matches(item.product.handle, item.content, item.product)
    new, moved, changed = [], [], []
    for position, (wanted, sku) in enumerate(pairs):
        if sku is None:
            new.append(writing.new_sku(item.product, wanted, position, pictures))
            continue
        _change_price(writing, sku, wanted)
        if _fill(writing, item, sku, wanted, pictures):
            moved.append(sku)
        changed.append(sku)
        if writing.run.stock == ImportRun.StockChoice.SET and wanted.get("quantity") is not None:
            writing.counted.append((sku, wanted["quantity"]))
    # Two variants may change places: park both first, because each combination and code is unique at every moment.
    for sku in moved:
        Sku.objects.filter(pk=sku.pk).update(option1=f"~{sku.pk}", code=f"~{writing.source}~{sku.pk}")
    fields = ["code", "option1", "option2", "option3", "weight_g", "barcode", "picture", "reference_price_fen"]
    fields.append("is_active")
    Sku.objects.bulk_update(changed, fields)
    writing.add_skus(new)


def _change_price(writing, sku, wanted):
    if wanted["price_fen"]:
        prices.change(sku, wanted["price_fen"], by=writing.by, source=writing.source)


def _fill(writing, item, sku, wanted, pictures):
    """Set the plain fields of a SKU; True when its code or options change."""
    before = (sku.code, sku.option1, sku.option2, sku.option3)
    sku.code = code_of(item.product.handle, wanted, sku)
    sku.option1, sku.option2, sku.option3 = wanted["options"]
    if "reference_fen" in wanted:
        sku.reference_price_fen = wanted["reference_fen"]
    if wanted.get("weight_g") is not None:
        sku.weight_g = wanted["weight_g"]
    sku.barcode = wanted.get("barcode") or sku.barcode
    sku.is_active = wanted.get("active", sku.is_active)
    if wanted.get("picture"):
        sku.picture = pictures.get((item.product.pk, wanted["picture"]))
    return before != (sku.code, sku.option1, sku.option2, sku.option3)


def _update_sale(writing, item):
    wanted = next((change["after"] for change in item.row.changes if change["what"] == "on_sale"), None)
    if wanted is True:
        # What the listing rules stop stays a draft; the preview said so.
        with suppress(listings.NotPublishable):
            listings.publish(item.product, by=writing.by, reason=writing.source)
    elif wanted is False:
        listings.take_down(item.product, by=writing.by, reason=writing.source)
