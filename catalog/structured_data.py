"""What search engines read on a product page: schema.org in JSON."""

import json

from django.conf import settings
from django.utils.safestring import mark_safe

from catalog.templatetags.picture_tags import picture_address

ESCAPES = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026"}


def _yuan(fen):
    return f"{fen // 100}.{fen % 100:02d}"


def of(page, categories):
    """JSON-LD of a ``ProductPage``: the product with its offers, and the way to it. Safe inside a script element."""
    product, chosen = page.product, page.choice
    graph = [
        {
            "@type": "Product",
            "name": product.title_local,
            "description": product.subtitle_local,
            "image": [_absolute(picture_address(picture)) for picture in page.pictures if picture.is_ready],
            "offers": {
                "@type": "AggregateOffer",
                "priceCurrency": "CNY",
                "lowPrice": _yuan(chosen.price_min_fen),
                "highPrice": _yuan(chosen.price_max_fen),
                "availability": "https://schema.org/" + ("OutOfStock" if chosen.sold_out else "InStock"),
                "url": settings.SITE_URL + product.get_absolute_url(),
            },
        },
        {
            "@type": "BreadcrumbList",
            "itemListElement": [
                {"@type": "ListItem", "position": n, "name": c.name_local, "item": _absolute(c.get_absolute_url())}
                for n, c in enumerate(categories, 1)
            ],
        },
    ]
    if product.brand:
        graph[0]["brand"] = {"@type": "Brand", "name": product.brand.name_local}
    if product.rating_count:
        graph[0]["aggregateRating"] = {
            "@type": "AggregateRating",
            "ratingValue": product.rating / 10,
            "reviewCount": product.rating_count,
        }
    text = json.dumps({"@context": "https://schema.org", "@graph": graph}, ensure_ascii=False)
    return mark_safe(text.translate(ESCAPES))  # noqa: S308


def _absolute(address):
    return address if address.startswith("http") else settings.SITE_URL + address
