"""The listing rules on the way in: notes in the preview, and what may not go on sale by a file."""

from accounts import history
from accounts.models import StateLog
from catalog import listing_reviews, standing
from catalog.importing.reasons import reason
from catalog.listing_rules import desk, rulebook, words
from catalog.listing_rules.finding import Sheet
from catalog.models import Product

MOST_NOTES = 5


def notes(book, run, draft, shelf):
    """Notes on the words of a draft, as ``reasons`` are stored."""
    content, product = draft.content, shelf.products.get(draft.handle)
    category = shelf.category_of(content.get("category") or ()) or (product and product.category) or run.category
    texts = {field: (content[field], False) for field in desk.TEXTS if content.get(field)}
    texts |= {field: (content[field], True) for field in desk.HTML if content.get(field)}
    texts["specifications"] = (
        "\n".join(f"{name}: {value}" for name, value in content.get("specifications", [])),
        False,
    )
    sheet = Sheet(
        merchant_id=run.merchant_id,
        texts=texts,
        category_id=category.pk if category else None,
        brand_names=(content.get("brand") or "",),
        product_id=product.pk if product else None,
    )
    found = list(words.check(sheet, book))[:MOST_NOTES]
    return [
        reason(
            "rule_stops" if each.stops else "rule_warns",
            line=draft.first_line,
            value=each.found,
            facts={"found": each.found, "from": each.start + 1, "to": each.end, "law": each.law or "—"},
        )
        for each in found
    ]


def book_for(merchant):
    return rulebook.book([merchant.pk])


def keep_back(products, *, merchant, by=None):
    """New listings that a file wants on sale: what the rules stop stays a draft, what must be read first waits for it.

    ``products`` are brought up to date.
    """
    on_sale = [product for product in products if product.is_published]
    found = desk.check([product.pk for product in products])
    duty = standing.duty_of(merchant) if on_sale else None
    for product in on_sale:
        waits = duty.reviews_listings and listing_reviews.must_be_read(product, by)
        if waits or not duty.may_publish or any(each.stops for each in found[product.pk]):
            # It was never on sale: the row was written a moment ago, in this transaction.
            product.status, product.published_at = Product.Status.DRAFT, None
            Product.objects.filter(pk=product.pk).update(status=product.status, published_at=None)
        if waits and duty.may_publish and not any(each.stops for each in found[product.pk]):
            listing_reviews.submit(product, by)
            product.refresh_from_db(fields=["status"])


def check_updates(products, *, by=None):
    """Listings that a file has changed: what is on sale against the rules now becomes a draft, with why in its history."""
    found = desk.check([product.pk for product in products])
    for product in products:
        stopping = [each.sentence for each in found.get(product.pk, ()) if each.stops]
        if stopping and product.is_published:
            history.move(
                product,
                to=Product.Status.DRAFT,
                allowed={Product.Status.PUBLISHED},
                about=f"listing:{product.pk}",
                by=by,
                actor=StateLog.Actor.STAFF if by else StateLog.Actor.SYSTEM,
                reason=" ".join(stopping)[:500],
            )


def hold_edits(product, content, names, by=None):
    """The fields of ``content`` that wait for review instead of being written."""
    words = {name: content[name] for name in names if content.get(name) and content[name] != getattr(product, name)}
    return listing_reviews.hold_edits(product, words, by)
