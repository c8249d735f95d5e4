"""What search engines may find, as the sitemap protocol wants it: an index of files of at most 50,000 addresses.

The file of a listing is told by its number, so files are stable and each is one range of one index: one query a file,
whatever the size of the shop. Every address is given in both languages.
"""

from xml.sax.saxutils import escape

from django.conf import settings
from django.db.models import BigIntegerField, F, Max
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils import timezone

from catalog import listings
from catalog.head import LANGUAGES, address
from catalog.models import Guide, Topic
from catalog.tree import tree

MOST_ADDRESSES = 50_000
# Two addresses each: one a language.
PER_FILE = MOST_ADDRESSES // len(LANGUAGES)
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
SPACES = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml"'


def files():
    """(name, latest change or None) of every file: pages, guides, then listings by their numbers."""
    bucket = Cast(F("pk") / PER_FILE, BigIntegerField())
    found = listings.on_sale().order_by().annotate(bucket=bucket).values_list("bucket")
    buckets = found.annotate(latest=Max("updated_at")).order_by("bucket")
    guides = Guide.objects.shown().aggregate(latest=Max("updated_at"))["latest"]
    return [("pages", None), ("guides", guides), *((f"products-{n}", latest) for n, latest in buckets)]


def index():
    """The lines of the index."""
    yield f'{HEAD}<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    for name, latest in files():
        place = settings.SITE_URL + reverse("sitemap_file", args=[name])
        yield f"<sitemap><loc>{escape(place)}</loc>{_changed(latest)}</sitemap>\n"
    yield "</sitemapindex>\n"


def lines(name):
    """The lines of one file. Raises ``LookupError`` when there is no such file."""
    if name == "pages":
        return _written(_pages())
    if name == "guides":
        return _written(_guides())
    kind, _dash, number = name.partition("-")
    if kind != "products" or not number.isdecimal() or len(number) > 12:
        raise LookupError(name)
    return _written(_products(int(number)))


def _pages():
    latest = dict(listings.on_sale().order_by().values_list("category").annotate(latest=Max("updated_at")))
    yield "/", max((when for when in latest.values() if when), default=None)
    for category in tree().by_id.values():
        yield category.get_absolute_url(), latest.get(category.pk)


def _guides():
    yield reverse("guides"), None
    for topic in Topic.objects.filter(guides__in=Guide.objects.shown()).distinct():
        yield topic.get_absolute_url(), None
    for guide in Guide.objects.shown().only("slug", "updated_at").order_by("pk")[:PER_FILE]:
        yield guide.get_absolute_url(), guide.updated_at


def _products(number):
    found = listings.on_sale().filter(pk__gte=number * PER_FILE, pk__lt=(number + 1) * PER_FILE).order_by("pk")
    for product in found.only("slug", "updated_at").iterator(chunk_size=PER_FILE):
        yield product.get_absolute_url(), product.updated_at


def _written(places):
    yield f"{HEAD}<urlset {SPACES}>\n"
    for path, changed in places:
        alternates = "".join(
            f'<xhtml:link rel="alternate" hreflang="{name}" href="{escape(address(path, language=code))}"/>'
            for name, code in LANGUAGES
        )
        for _name, code in LANGUAGES:
            yield f"<url><loc>{escape(address(path, language=code))}</loc>{_changed(changed)}{alternates}</url>\n"
    yield "</urlset>\n"


def _changed(when):
    return f"<lastmod>{timezone.localtime(when).isoformat(timespec='seconds')}</lastmod>" if when else ""
