from django.conf import settings
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.views.decorators.cache import cache_control, cache_page

from catalog import sitemap

PRIVATE = ("/cart/", "/checkout/", "/orders/", "/member/", "/service/", "/account/", "/admin/", "/search/", "/notify/")
XML = "application/xml; charset=utf-8"


def robots(request):
    # Lists narrowed by a filter are not barred here: a robot must read that they say "noindex".
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in PRIVATE), f"Sitemap: {settings.SITE_URL}/sitemap.xml"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@cache_page(600)
def sitemap_index(request):
    return HttpResponse("".join(sitemap.index()), content_type=XML)


@cache_control(public=True, max_age=3600)
def sitemap_file(request, name):
    try:
        lines = sitemap.lines(name)
    except LookupError:
        raise Http404 from None
    return StreamingHttpResponse(lines, content_type=XML)
