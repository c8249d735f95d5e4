from django.conf import settings
from django.http import HttpResponse
from django.views.decorators.cache import cache_page

from catalog import listings
from catalog.tree import tree

PRIVATE = ("/cart/", "/checkout/", "/orders/", "/member/", "/service/", "/account/", "/admin/", "/search/", "/notify/")
# The protocol's limit for one file.
MOST_ADDRESSES = 50_000


def robots(request):
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in PRIVATE), f"Sitemap: {settings.SITE_URL}/sitemap.xml"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@cache_page(600)
def sitemap(request):
    products = listings.on_sale().only("slug", "updated_at").order_by("-pk")
    paths = ["/", *(category.get_absolute_url() for category in tree().by_id.values())]
    places = [f"<url><loc>{settings.SITE_URL}{path}</loc></url>" for path in paths]
    places += [
        f"<url><loc>{settings.SITE_URL}{p.get_absolute_url()}</loc><lastmod>{p.updated_at:%Y-%m-%d}</lastmod></url>"
        for p in products[: MOST_ADDRESSES - len(paths)]
    ]
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    return HttpResponse(head + "\n".join(places) + "\n</urlset>\n", content_type="application/xml; charset=utf-8")
