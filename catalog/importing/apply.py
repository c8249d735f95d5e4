"""Writes drafts into the shop: each product wholly or not at all, many products in few statements."""

from contextlib import suppress
from dataclasses import dataclass

import structlog
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.utils import timezone
from django.utils.text import slugify

from accounts.models import StateLog
from catalog import listing_changes, listings, prices, stock, stock_bookings
from catalog.importing import gate
from catalog.importing.diff import PLAIN, Action, Shelf, code_of, judge, matches, missing_for_sale
from catalog.importing.reasons import reason
from catalog.models import Brand, Category, ImportRow, ImportRun, Picture, PriceChange, Product, Sku, Specification
from catalog.picture_files import address_of

log = structlog.get_logger(__name__)

Outcome = ImportRow.Outcome
REFUSALS = (DatabaseError, ValidationError, stock.OutOfStock, listings.NotPublishable)


def apply_rows(run, rows):
    """Write the products of ``rows`` in one transaction; if that fails, one by one: only the broken one is refused."""
    try:
        with transaction.atomic():
            _Writing(run).write(rows)
    except REFUSALS as error:
        if len(rows) > 1:
            for row in rows:
                apply_rows(run, [row])
            return
        log.warning("import row refused", run=run.pk, handle=rows[0].handle, error=str(error)[:300])
        _refuse(rows[0], error)


def _refuse(row, error):
    why = " ".join(error.messages) if isinstance(error, ValidationError) else type(error).__name__
    stored = reason("refused_when_applied", line=row.first_line, facts={"why": why[:200]})
    ImportRow.objects.filter(pk=row.pk, applied_at=None).update(
        outcome=Outcome.FAILED, errors=[*row.errors, stored], applied_at=timezone.now()
    )


@dataclass
class _Item:
    """A row, its content, the listing it became, and the SKUs by code."""

    row: ImportRow
    content: dict
    product: Product


class _Writing:
    def __init__(self, run):
        self.run, self.merchant, self.by = run, run.merchant, run.by
        self.source = f"import:{run.pk}"
        self.opening = []  # (sku, units) of new variants
        self.counted = []  # (sku, units) of stock that is set

    def write(self, rows):
        # The guard: a row that another worker has applied meanwhile is not applied again.
        rows = list(
            ImportRow.objects.select_for_update()
            .filter(pk__in=[row.pk for row in rows], applied_at=None)
            .order_by("pk")
        )
        self.shelf = Shelf(self.merchant, {row.handle: row.payload for row in rows})
        creates, updates = [], []
        for row in rows:
            self._sort(row, creates, updates)
        with listing_changes.noting([item.product.pk for item in updates], by=self.by, source=self.source):
            touched = self._create(creates) + self._update(updates)
        stock_bookings.open_places(self.opening, source=self.source, by=self.by)
        for sku, units in sorted(self.counted, key=lambda pair: pair[0].pk):
            stock_bookings.set_on_hand(sku, units, source=self.source, by=self.by)
        listings.refresh([product.pk for product in touched])
        gate.check_updates([item.product for item in updates], by=self.by)
        self._report(rows)

    def _report(self, rows):
        changed = [row for row in rows if row.outcome == Outcome.CHANGED]
        ImportRow.objects.bulk_update(changed, ["errors", "changes"])
        for outcome in {row.outcome for row in rows}:
            keys = [row.pk for row in rows if row.outcome == outcome]
            ImportRow.objects.filter(pk__in=keys).update(outcome=outcome, applied_at=timezone.now())

    def _sort(self, row, creates, updates):
        """What was previewed must still be what would happen; if not, the row is reported and left alone."""
        set_stock = self.run.stock == ImportRun.StockChoice.SET
        now = judge(row.handle, row.payload, self.shelf, line=row.first_line, set_stock=set_stock)
        if now.action == Action.UNCHANGED:
            row.outcome = Outcome.SAME
        elif now.action != row.action or now.changes != row.changes:
            row.outcome, row.changes = Outcome.CHANGED, now.changes
            row.errors = [*now.errors, reason("changed_since", line=row.first_line)]
        else:
            row.outcome = Outcome.DONE
            product = self.shelf.products.get(row.handle)
            (updates if product else creates).append(_Item(row, row.payload, product))

    # --- new listings ----------------------------------------------------------------------------------------------

    def _create(self, items):
        for item in items:
            item.product = self._new_product(item)
        products = [item.product for item in items]
        Product.objects.bulk_create(products)
        pictures = self._add_pictures([(item.product, item.content.get("pictures", []), 0) for item in items])
        skus = [
            self._new_sku(item.product, wanted, position, pictures)
            for item in items
            for position, wanted in enumerate(item.content["skus"])
        ]
        self._add_skus(skus)
        Specification.objects.bulk_create(
            Specification(product=item.product, name=name, value=value, position=position)
            for item in items
            for position, (name, value) in enumerate(item.content.get("specifications", []))
        )
        gate.keep_back(products, merchant=self.merchant, by=self.by)
        self._log_sales([product for product in products if product.is_published])
        return products

    def _new_product(self, item):
        content = item.content
        category = self._category(content.get("category")) or self.run.category
        on_sale = content.get("on_sale") is not False and not missing_for_sale(content, category)
        return Product(
            merchant=self.merchant,
            handle=item.row.handle,
            slug=slugify(item.row.handle, allow_unicode=True)[:120],
            category=category,
            brand=self._brand(content.get("brand")),
            **{name: content[name] for name in PLAIN if content.get(name)},
            axes=content["axes"],
            status=Product.Status.PUBLISHED if on_sale else Product.Status.DRAFT,
            published_at=timezone.now() if on_sale else None,
        )

    def _log_sales(self, products):
        StateLog.objects.bulk_create(
            StateLog(
                entity=product._meta.label_lower,
                entity_id=str(product.pk),
                about=f"listing:{product.pk}",
                from_state=Product.Status.DRAFT,
                to_state=Product.Status.PUBLISHED,
                actor=StateLog.Actor.STAFF if self.by else StateLog.Actor.SYSTEM,
                user=self.by,
                reason=self.source,
            )
            for product in products
        )

    def _new_sku(self, product, wanted, position, pictures):
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

    def _add_skus(self, skus):
        Sku.objects.bulk_create(skus)
        PriceChange.objects.bulk_create(
            PriceChange(sku=sku, before_fen=None, after_fen=sku.price_fen, by=self.by, source=self.source)
            for sku in skus
        )

    def _add_pictures(self, wishes):
        """New picture rows, which a worker fetches; (listing id, address) → picture."""
        made = [
            Picture(product=product, position=after + number, alt=wanted.get("alt", ""), source_url=wanted["src"])
            for product, wanteds, after in wishes
            for number, wanted in enumerate(wanteds)
        ]
        Picture.objects.bulk_create(made)
        return {(picture.product_id, picture.source_url): picture for picture in made}

    # --- listings that exist ---------------------------------------------------------------------------------------

    def _update(self, items):
        for item in items:
            self._update_product(item)
            self._update_specifications(item)
            self._update_skus(item, self._update_pictures(item))
            self._update_sale(item)
        return [item.product for item in items]

    def _update_product(self, item):
        product, content = item.product, item.content
        waiting = gate.hold_edits(product, content, PLAIN, by=self.by)
        for field in PLAIN:
            if content.get(field) and field not in waiting:
                setattr(product, field, content[field])
        product.axes = content["axes"]
        if content.get("brand"):
            product.brand = self._brand(content["brand"])
        if content.get("category"):
            product.category = self._category(content["category"])
        product.save(update_fields=[*PLAIN, "axes", "brand", "category", "updated_at"])

    def _update_specifications(self, item):
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

    def _update_pictures(self, item):
        has = {address_of(picture): picture for picture in item.product.pictures.all()}
        new = []
        for wanted in item.content.get("pictures", []):
            picture = has.get(wanted["src"])
            if picture is None:
                new.append(wanted)
            elif wanted.get("alt") and wanted["alt"] != picture.alt:
                Picture.objects.filter(pk=picture.pk).update(alt=wanted["alt"])
        after = max((picture.position + 1 for picture in item.product.pictures.all()), default=0)
        made = self._add_pictures([(item.product, new, after)])
        return {(item.product.pk, src): picture for src, picture in has.items()} | made

    def _update_skus(self, item, pictures):
        pairs = matches(item.product.handle, item.content, item.product)
        new, moved, changed = [], [], []
        for position, (wanted, sku) in enumerate(pairs):
            if sku is None:
                new.append(self._new_sku(item.product, wanted, position, pictures))
                continue
            self._change_price(sku, wanted)
            if self._fill(item, sku, wanted, pictures):
                moved.append(sku)
            changed.append(sku)
            if self.run.stock == ImportRun.StockChoice.SET and wanted.get("quantity") is not None:
                self.counted.append((sku, wanted["quantity"]))
        # Two variants may change places: park both first, because each combination and code is unique at every moment.
        for sku in moved:
            Sku.objects.filter(pk=sku.pk).update(option1=f"~{sku.pk}", code=f"~{self.source}~{sku.pk}")
        fields = ["code", "option1", "option2", "option3", "weight_g", "barcode", "picture", "reference_price_fen"]
        fields.append("is_active")
        Sku.objects.bulk_update(changed, fields)
        self._add_skus(new)

    def _change_price(self, sku, wanted):
        if wanted["price_fen"]:
            prices.change(sku, wanted["price_fen"], by=self.by, source=self.source)

    def _fill(self, item, sku, wanted, pictures):
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

    def _update_sale(self, item):
        wanted = next((change["after"] for change in item.row.changes if change["what"] == "on_sale"), None)
        if wanted is True:
            # What the listing rules stop stays a draft; the preview said so.
            with suppress(listings.NotPublishable):
                listings.publish(item.product, by=self.by, reason=self.source)
        elif wanted is False:
            listings.take_down(item.product, by=self.by, reason=self.source)

    # --- shared shelves --------------------------------------------------------------------------------------------

    def _category(self, names):
        if not names:
            return None
        found = self.shelf.category_of(names)
        if found is not None:
            return found
        parent = self._category(names[:-1])
        made, new = Category.objects.get_or_create(
            parent=parent, name=names[-1], defaults={"slug": _free_slug(Category, names[-1], 80), "position": 999}
        )
        if new:
            self.shelf.categories.append(made)
        return made

    def _brand(self, name):
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
