"""A draft against the shop: what would be created, changed or refused. Reads, never writes.

A change is ``{"what": …, "key": …, "before": …, "after": …}`` in plain data, so that a preview can be stored and, when
it is applied, compared with the same question asked again.

What an import never does: it deletes nothing. Variants, pictures and specifications that the file does not name stay,
an empty cell keeps what the listing has (but for the compare-at price, which belongs to the price), and a listing that
was taken down is not put back on sale.
"""

from dataclasses import dataclass, field

from catalog.importing.products import stable_code
from catalog.importing.reasons import reason
from catalog.models import ImportRow, Picture, Product
from catalog.picture_files import address_of

Action = ImportRow.Action
# Fields of a listing that a file may name, in the order in which changes are told; an empty cell keeps what is there.
PLAIN = ("title", "title_en", "subtitle", "subtitle_en", "description", "description_en", "tags")
PLAIN += ("warranty_months", "max_per_order")


@dataclass
class Verdict:
    action: str
    changes: list = field(default_factory=list)
    errors: list = field(default_factory=list)
    notes: list = field(default_factory=list)


def judge(handle, content, shelf, *, errors=(), line=None, set_stock=False):
    """The ``Verdict`` on one draft. ``errors`` are those of its cells; ``line`` is where it begins."""
    if errors:
        return Verdict(Action.REFUSE, errors=list(errors))
    product = shelf.products.get(handle)
    unfit = shelf.fit(content, product)
    verdict = Verdict(Action.CREATE if product is None else Action.UPDATE)
    verdict.notes += [reason("specification_unfit", line=line, facts=facts) for facts in unfit]
    _check_codes(handle, content, shelf, verdict)
    if product is None:
        _check_new(content, line, verdict)
    else:
        _compare(product, content, shelf, verdict, line, set_stock)
    if verdict.errors:
        verdict.action, verdict.changes = Action.REFUSE, []
    elif product is not None and not verdict.changes:
        verdict.action = Action.UNCHANGED
    return verdict


def matches(handle, content, product):
    """Pairs of (variant of the file, SKU of the listing or None): by code, else by options."""
    skus = list(product.skus.all()) if product else []
    by_code = {sku.code: sku for sku in skus}
    by_options = {(sku.option1, sku.option2, sku.option3): sku for sku in skus}
    pairs, used = [], set()
    for wanted in content["skus"]:
        found = by_code.get(wanted["code"]) if wanted["code"] else None
        found = found or by_options.get(tuple(wanted["options"]))
        found = found or by_code.get(stable_code(handle, wanted["options"]))
        if found is not None and found.pk in used:
            found = None
        used.add(found.pk if found else None)
        pairs.append((wanted, found))
    return pairs


def missing_for_sale(content, category):
    """What a new listing lacks to be on sale."""
    lacks = [("category", category), ("sku", content.get("skus")), ("picture", content.get("pictures"))]
    return [name for name, present in lacks if not present]


def code_of(handle, wanted, sku=None):
    """The code a variant gets: its own, else the one it has, else a stable one."""
    return wanted["code"] or (sku.code if sku else stable_code(handle, wanted["options"]))


def _check_codes(handle, content, shelf, verdict):
    for wanted in content["skus"]:
        holder = shelf.codes.get(code_of(handle, wanted))
        if holder is not None and holder.product.handle != handle:
            facts = {"title": holder.product.title}
            verdict.errors.append(
                reason("code_elsewhere", line=wanted["line"], column="Variant SKU", value=holder.code, facts=facts)
            )


def _check_new(content, line, verdict):
    if not content.get("title"):
        verdict.errors.append(reason("required", line=line, column="Title"))
    for wanted in content["skus"]:
        if wanted["price_fen"] is None:
            verdict.errors.append(reason("required", line=wanted["line"], column="Variant Price"))
    lacks = missing_for_sale(content, content.get("category") or content.get("default_category"))
    if content.get("on_sale") is not False and lacks:
        verdict.notes.append(reason("stays_draft", line=line, facts={"missing": lacks}))


def _compare(product, content, shelf, verdict, line, set_stock):
    changes = verdict.changes
    for name in PLAIN:
        has = getattr(product, name)
        _change(changes, name, has, content.get(name) or has)
    _change(changes, "axes", list(product.axes), content["axes"])
    brand = product.brand.name if product.brand else ""
    _change(changes, "brand", brand, content.get("brand") or brand)
    _compare_category(product, content, shelf, changes)
    _compare_status(product, content, verdict, line)
    specified = {row.name: row.value for row in product.specifications.all()}
    for name, value in content.get("specifications", []):
        _change(changes, "specification", specified.get(name), value, name)
    pairs = matches(product.handle, content, product)
    _check_axes(product, content, pairs, verdict, line)
    for wanted, sku in pairs:
        _compare_sku(product.handle, wanted, sku, verdict, set_stock)
    _compare_pictures(product, content, changes)


def _change(changes, what, before, after, key=""):
    if before != after:
        changes.append({"what": what, "key": key, "before": before, "after": after})


def _compare_category(product, content, shelf, changes):
    names = content.get("category")
    if not names:
        return
    found = shelf.category_of(names)
    if found is None or found.pk != product.category_id:
        _change(changes, "category", shelf.path_of(product.category), " > ".join(names))


def _compare_status(product, content, verdict, line):
    wanted = content.get("on_sale")
    if wanted is False and product.is_published:
        _change(verdict.changes, "on_sale", True, False)
    elif wanted and product.status == Product.Status.TAKEN_DOWN:
        verdict.notes.append(reason("stays_down", line=line))
    elif wanted and not product.is_published:
        category = content.get("category") or product.category_id
        pictures = content.get("pictures") or [p for p in product.pictures.all() if p.status != Picture.Status.FAILED]
        lacks = missing_for_sale({"skus": content["skus"], "pictures": pictures}, category)
        if lacks:
            verdict.notes.append(reason("stays_draft", line=line, facts={"missing": lacks}))
        else:
            _change(verdict.changes, "on_sale", False, True)


def _check_axes(product, content, pairs, verdict, line):
    named = {sku.pk for _wanted, sku in pairs if sku}
    others = [sku for sku in product.skus.all() if sku.pk not in named]
    if others and len(content["axes"]) != len(product.axes):
        facts = {"axes": " · ".join(product.axes) or "—"}
        verdict.errors.append(reason("axes_differ", line=line, column="Option1 Name", facts=facts))
        return
    taken = {(sku.option1, sku.option2, sku.option3): sku for sku in others}
    for wanted, _sku in pairs:
        if holder := taken.get(tuple(wanted["options"])):
            facts = {"options": " · ".join(filter(None, wanted["options"])), "code": holder.code}
            verdict.errors.append(reason("combination_taken", line=wanted["line"], column="Option1 Value", facts=facts))
    if others:
        verdict.notes.append(reason("variants_left_alone", line=line, facts={"count": len(others)}))


def _compare_sku(handle, wanted, sku, verdict, set_stock):
    changes, code = verdict.changes, code_of(handle, wanted, sku)
    if sku is None:
        if wanted["price_fen"] is None:
            verdict.errors.append(reason("required", line=wanted["line"], column="Variant Price"))
        _change(changes, "sku", None, {"price_fen": wanted["price_fen"], "options": wanted["options"]}, code)
        return
    _change(changes, "sku_code", sku.code, code, code)
    _change(changes, "sku_options", [sku.option1, sku.option2, sku.option3], wanted["options"], code)
    price = wanted["price_fen"] or sku.price_fen
    _change(changes, "sku_price", sku.price_fen, price, code)
    if "reference_fen" in wanted:
        _change(changes, "sku_reference", sku.reference_price_fen, wanted["reference_fen"], code)
    elif sku.reference_price_fen is not None and sku.reference_price_fen <= price:
        _change(changes, "sku_reference", sku.reference_price_fen, None, code)
    if wanted.get("weight_g") is not None:
        _change(changes, "sku_weight", sku.weight_g, wanted["weight_g"], code)
    _change(changes, "sku_barcode", sku.barcode, wanted.get("barcode") or sku.barcode, code)
    if wanted.get("picture"):
        has = address_of(sku.picture) if sku.picture else ""
        _change(changes, "sku_picture", has, wanted["picture"], code)
    if "active" in wanted:
        _change(changes, "sku_active", sku.is_active, wanted["active"], code)
    if set_stock and wanted.get("quantity") is not None:
        _compare_stock(sku, wanted, verdict, code)


def _compare_stock(sku, wanted, verdict, code):
    place = next((stock for stock in sku.stocks.all() if stock.warehouse.is_default), None)
    on_hand, reserved = (place.on_hand, place.reserved) if place else (0, 0)
    if wanted["quantity"] < reserved:
        verdict.errors.append(
            reason(
                "stock_below_promised",
                line=wanted["line"],
                column="Variant Inventory Qty",
                value=wanted["quantity"],
                facts={"reserved": reserved},
            )
        )
    _change(verdict.changes, "stock", on_hand, wanted["quantity"], code)


def _compare_pictures(product, content, changes):
    has = {address_of(picture): picture for picture in product.pictures.all()}
    for wanted in content.get("pictures", []):
        picture = has.get(wanted["src"])
        if picture is None:
            _change(changes, "picture", None, wanted["src"], wanted["src"])
        elif wanted.get("alt"):
            _change(changes, "picture_alt", picture.alt, wanted["alt"], wanted["src"])
