"""What a listing itself says about when and from where it is sent; orders add the merchant's usual terms and the calendar."""

from datetime import datetime, time

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from pypinyin import lazy_pinyin

from accounts import regions

# What a region is, which its English name does not say; the longest first.
KINDS = ("维吾尔自治区", "壮族自治区", "回族自治区", "特别行政区", "自治区", "自治州", "地区", "省", "市", "盟")
ENGLISH = {"陕西": "Shaanxi", "内蒙古": "Inner Mongolia", "西藏": "Tibet", "香港": "Hong Kong", "澳门": "Macao"}
ENGLISH |= {"西安": "Xi’an", "乌鲁木齐": "Urumqi", "呼和浩特": "Hohhot", "拉萨": "Lhasa", "哈尔滨": "Harbin"}


def begins(product, start, first_day=None):
    """When the clock of a promise starts that is made at ``start``: a pre-sale waits for its first day.

    ``first_day`` is that of the units, beside that of the listing.
    """
    days = [day for day in (product.presale_on, first_day) if day and day > timezone.localdate(start)]
    return timezone.make_aware(datetime.combine(max(days), time())) if days else start


def place(region_code):
    """Where the goods lie, as a phrase; "" when nobody said."""
    try:
        names = regions.names_of(region_code)
    except (KeyError, ValueError):
        return ""
    names = list(dict.fromkeys(names[:2]))
    if not (get_language() or "").startswith("zh"):
        return _("from %(place)s") % {"place": ", ".join(map(_roman, reversed(names)))}
    return _("from %(place)s") % {"place": " ".join(names)}


def _roman(name):
    """A region for people who do not read Chinese: "Hangzhou"."""
    short = next((name.removesuffix(kind) for kind in KINDS if name.endswith(kind) and name != kind), name)
    return ENGLISH.get(short) or "".join(lazy_pinyin(short)).capitalize()
