"""The rules applied to listings of the shop: read, judged, and the result kept for lists."""

from django.utils import timezone

from catalog import dealt_prices
from catalog.listing_rules import licences, pictures, rulebook, specifications, strike_through, words
from catalog.listing_rules.finding import BLOCK, GRAVITY, PROOF, WARN, Finding, Sheet
from catalog.models import ListingCheck, Picture, Product

RULES = (words, specifications, licences, strike_through, pictures)
TEXTS = ("title", "title_en", "subtitle", "subtitle_en")
HTML = ("description", "description_en")
CHUNK = 500


def judge(sheet, book):
    """All findings on one sheet: what stops it first."""
    found = [finding for rule in RULES for finding in rule.check(sheet, book)]
    return sorted(found, key=lambda each: (not each.stops, GRAVITY[each.severity]))


def findings_of(product, proposed=None):
    """The findings on a stored listing as it is now, or as it would be with ``proposed`` words by field."""
    product = _whole(Product.objects.filter(pk=product.pk))[0]
    for field, text in (proposed or {}).items():
        setattr(product, field, text)
    return judge(sheet_of(product, dealt_prices.unlawful([product.pk])), rulebook.book([product.merchant_id]))


def check(product_ids):
    """Judge these listings and keep what was found; returns id → findings. Constant queries for any number."""
    products = _whole(Product.objects.filter(pk__in=set(product_ids)))
    if not products:
        return {}
    book = rulebook.book([product.merchant_id for product in products])
    strikes = dealt_prices.unlawful([product.pk for product in products])
    results = {product.pk: judge(sheet_of(product, strikes), book) for product in products}
    _keep(results)
    return results


def check_all():
    """Judge every listing that is not a bare draft again: licences and proofs end, rules change. Returns how many."""
    ids = list(Product.objects.exclude(status=Product.Status.TAKEN_DOWN).order_by("pk").values_list("pk", flat=True))
    for begin in range(0, len(ids), CHUNK):
        check(ids[begin : begin + CHUNK])
    return len(ids)


def stored(check):
    """The findings of a ``ListingCheck`` (or None)."""
    return [Finding(**each) for each in check.findings] if check else []


def sheet_of(product, strikes):
    """The ``Sheet`` of a listing that was read with what belongs to it."""
    texts = {field: (getattr(product, field), False) for field in TEXTS}
    texts |= {field: (getattr(product, field), True) for field in HTML}
    rows = list(product.specifications.all())
    texts["tags"] = ("\n".join(product.tags), False)
    texts["specifications"] = ("\n".join(f"{row.name}: {row.value}" for row in rows), False)
    options = (value for sku in product.skus.all() if sku.is_active for value in sku.options)
    texts["options"] = ("\n".join(dict.fromkeys(options)), False)
    brand = product.brand
    shown = [picture for picture in product.pictures.all() if picture.status != Picture.Status.FAILED]
    return Sheet(
        merchant_id=product.merchant_id,
        texts=texts,
        category_id=product.category_id,
        brand_id=product.brand_id,
        brand_names=(brand.name, brand.name_en) if brand else (),
        product_id=product.pk,
        specifications={row.name: row.value for row in rows},
        pictures=tuple((picture.width, picture.height) for picture in shown),
        strikes=tuple(strikes.get(product.pk, ())),
    )


def _whole(products):
    return list(products.select_related("brand").prefetch_related("specifications", "pictures", "skus"))


def _keep(results):
    now = timezone.now()
    rows = [
        ListingCheck(
            product_id=pk,
            findings=[each.as_json() for each in found],
            blocks=sum(each.severity == BLOCK for each in found),
            wants_proof=sum(each.severity == PROOF and each.stops for each in found),
            warnings=sum(each.severity == WARN for each in found),
            checked_at=now,
        )
        for pk, found in sorted(results.items())
    ]
    ListingCheck.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["product"],
        update_fields=["findings", "blocks", "wants_proof", "warnings", "checked_at"],
    )
