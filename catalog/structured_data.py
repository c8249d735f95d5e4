"""What search engines read on a page: schema.org in JSON-LD, safe inside a script element."""

import json

from django.conf import settings
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from accounts.memo import KeyedMemo
from accounts.models import Shop
from catalog import returns_promise
from catalog.head import address, social_card
from catalog.rich_text import clean_html
from catalog.templatetags.picture_tags import picture_address

ESCAPES = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}
SCHEMA = "https://schema.org/"
# Further variants are in the range of prices; a page of 500 of them would be mostly this.
MOST_OFFERS = 30
_kept = KeyedMemo(seconds=60, most=500, most_bytes=8 * 2**20)
BARCODE_LENGTHS = {8: "gtin8", 12: "gtin12", 13: "gtin13", 14: "gtin14"}


def _yuan(fen):
    """Fen as schema.org wants a price: "268.00", without sign or thousands."""
    return f"{fen // 100}.{fen % 100:02d}"


def _written(*things):
    text = json.dumps({"@context": "https://schema.org", "@graph": list(things)}, ensure_ascii=False)
    return mark_safe(text.translate(ESCAPES))  # noqa: S308


def _absolute(path):
    return path if path.startswith("http") else settings.SITE_URL + path


def _crumbs(steps):
    """A BreadcrumbList of (name, path)."""
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": n, "name": name, "item": address(path)}
            for n, (name, path) in enumerate(steps, 1)
        ],
    }


def of(page, categories, skus=()):
    """JSON-LD of a ``ProductPage``: the product with its offers, and the way to it. Kept under all that it says."""
    way = tuple([(c.name, c.name_en, c.slug) for c in categories])
    key = (get_language(), page.stamp, way, len(skus), getattr(page.product, "sale_ends_at", None))
    return _kept.get(key, lambda: _of(page, categories, skus))


def _of(page, categories, skus):
    steps = [*((c.name_local, c.get_absolute_url()) for c in categories)]
    steps.append((page.product.title_local, page.product.get_absolute_url()))
    return _written(_product(page, categories, skus), _crumbs(steps))


def _product(page, categories, skus):
    product = page.product
    found = {
        "@type": "Product",
        "@id": address(product.get_absolute_url()) + "#product",
        "name": product.title_local,
        "description": product.subtitle_local or strip_tags(clean_html(product.description_local))[:300],
        "url": address(product.get_absolute_url()),
        "image": [_absolute(picture_address(picture)) for picture in page.pictures if picture.is_ready],
        "offers": _offers(page, skus),
    }
    if categories:
        found["category"] = " > ".join(category.name_local for category in categories)
    if product.brand:
        found["brand"] = {"@type": "Brand", "name": product.brand.name_local}
    if len(skus) == 1:
        found |= {"sku": skus[0].code, **_barcode(skus[0])}
    if product.rating_count:
        found["aggregateRating"] = {
            "@type": "AggregateRating",
            "ratingValue": product.rating / 10,
            "reviewCount": product.rating_count,
            "bestRating": 5,
            "worstRating": 1,
        }
    return found


def _offers(page, skus):
    if len(skus) == 1:
        return _offer(page.product, skus[0]) | {"hasMerchantReturnPolicy": _returns(page.product)}
    prices = [sku.price_fen for sku in skus] or [page.product.price_min_fen]
    return {
        "@type": "AggregateOffer",
        "priceCurrency": "CNY",
        "lowPrice": _yuan(min(prices)),
        "highPrice": _yuan(max(prices)),
        "offerCount": len(skus),
        "availability": _availability(skus),
        "url": address(page.product.get_absolute_url()),
        "seller": {"@type": "Organization", "name": page.product.merchant.name_local},
        "offers": [_offer(page.product, sku) for sku in skus[:MOST_OFFERS]],
        "hasMerchantReturnPolicy": _returns(page.product),
    }


def _offer(product, sku):
    name = " ".join([product.title_local, *sku.options])
    return {
        "@type": "Offer",
        "name": name,
        "sku": sku.code,
        **_barcode(sku),
        "price": _yuan(sku.price_fen),
        "priceCurrency": "CNY",
        **_until(product),
        "availability": _availability([sku]),
        "itemCondition": SCHEMA + "NewCondition",
        "url": address(product.get_absolute_url()),
        "seller": {"@type": "Organization", "name": product.merchant.name_local},
    }


def _until(product):
    """Until when the price holds, where the end of the sale is planned."""
    ends = getattr(product, "sale_ends_at", None)
    return {"priceValidUntil": timezone.localdate(ends).isoformat()} if ends else {}


def _availability(skus):
    """The best that can be said: it is here, it is to come, it is gone."""
    if any(sku.here > 0 for sku in skus):
        return SCHEMA + "InStock"
    return SCHEMA + ("PreOrder" if any(sku.available > 0 for sku in skus) else "OutOfStock")


def _barcode(sku):
    """The barcode under its right name, when it is one: digits of a known length with a true check digit."""
    code = sku.barcode
    if not (code.isascii() and code.isdigit() and len(code) in BARCODE_LENGTHS):
        return {}
    total = sum(int(digit) * (3 if n % 2 == 0 else 1) for n, digit in enumerate(reversed(code[:-1])))
    return {BARCODE_LENGTHS[len(code)]: code} if (10 - total % 10) % 10 == int(code[-1]) else {}


def _returns(product):
    found = {"@type": "MerchantReturnPolicy", "applicableCountry": "CN"}
    if product.return_policy != product.ReturnPolicy.REQUIRED:
        return found | {"returnPolicyCategory": SCHEMA + "MerchantReturnNotPermitted"}
    return found | {
        "returnPolicyCategory": SCHEMA + "MerchantReturnFiniteReturnWindow",
        "merchantReturnDays": returns_promise.DAYS,
        "returnMethod": SCHEMA + "ReturnByMail",
        "returnFees": SCHEMA + "ReturnFeesCustomerResponsibility",
    }


def of_category(categories):
    """JSON-LD of a list: the way to it."""
    return _written(_crumbs([(c.name_local, c.get_absolute_url()) for c in categories]))


def of_shop():
    """JSON-LD of the home page: who sells here, and how to search. Kept under all that it says."""
    shop = Shop.current()
    return _kept.get((get_language(), shop.stamp), lambda: _of_shop(shop))


def _of_shop(shop):
    home = address("/")
    seller = {"@type": "Organization", "@id": home + "#shop", "name": shop.name_local, "url": home}
    if shop.service_phone or shop.service_email:
        contact = {"@type": "ContactPoint", "contactType": "customer service"}
        contact |= {"telephone": shop.service_phone} if shop.service_phone else {}
        contact |= {"email": shop.service_email} if shop.service_email else {}
        seller["contactPoint"] = contact
    site = {
        "@type": "WebSite",
        "@id": home + "#site",
        "name": shop.name_local,
        "url": home,
        "inLanguage": ["zh-Hans", "en"],
        "publisher": {"@id": home + "#shop"},
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": f"{settings.SITE_URL}/search/?q={{search_term_string}}"},
            "query-input": "required name=search_term_string",
        },
    }
    return _written(seller, site)


def of_guide(guide, products):
    """JSON-LD of a guide: the article, the listings it shows, and the way to it."""
    card = social_card(guide.cover)
    article = {
        "@type": "Article",
        "headline": guide.title_local,
        "description": guide.lead_local,
        "url": address(guide.get_absolute_url()),
        "datePublished": guide.published_at.isoformat(),
        "dateModified": max(guide.updated_at, guide.published_at).isoformat(),
        "author": {"@type": "Organization", "name": guide.author_local or Shop.current().name_local},
        "mentions": [{"@id": address(product.get_absolute_url()) + "#product"} for product in products],
    }
    if card:
        article["image"] = [card[0]]
    return _written(article, _crumbs([(guide.title_local, guide.get_absolute_url())]))
