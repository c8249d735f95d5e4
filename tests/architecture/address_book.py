"""Every address of the shop and who may use it. An address without a rule fails the tests."""

import re
from dataclasses import dataclass

from django.urls import get_resolver

ANYBODY, MEMBERS, OWNER, MACHINES = "anybody", "members", "owner", "machines"
READ, WRITE, BOTH = "read", "write", "both"


@dataclass(frozen=True)
class Rule:
    """``who`` may use an address and ``how``; ``staff`` may read what is the owner's; of an ``absent`` kind Alice has none."""

    who: str
    how: str = READ
    staff: bool = False
    absent: bool = False


RULES = {
    # the shop window
    "": Rule(ANYBODY),
    "c/<str:slug>/": Rule(ANYBODY),
    "search/": Rule(ANYBODY),
    "search/suggestions/": Rule(ANYBODY),
    "search/past/removal/": Rule(ANYBODY, WRITE),
    "p/<str:slug>-<int:pk>/": Rule(ANYBODY),
    "p/<int:pk>/views/": Rule(ANYBODY, WRITE),
    "preview/<str:token>/": Rule(ANYBODY, absent=True),
    "robots.txt": Rule(ANYBODY),
    "sitemap.xml": Rule(ANYBODY),
    "sitemap-<slug:name>.xml": Rule(ANYBODY, absent=True),
    "guides/": Rule(ANYBODY),
    "guides/<str:slug>/": Rule(ANYBODY, absent=True),
    "topics/<str:slug>/": Rule(ANYBODY, absent=True),
    "media/<path:path>": Rule(ANYBODY),
    "i18n/setlang/": Rule(ANYBODY, WRITE),
    # cart, orders, payment
    "cart/": Rule(ANYBODY, BOTH),
    "cart/lines/": Rule(ANYBODY, WRITE),
    "checkout/": Rule(MEMBERS, BOTH),
    "presale/<int:sku_id>/": Rule(MEMBERS, BOTH, absent=True),
    "orders/": Rule(MEMBERS),
    "orders/<str:number>/": Rule(OWNER),
    "orders/<str:number>/cancellation/": Rule(OWNER, BOTH),
    "orders/<str:number>/address/": Rule(OWNER, BOTH),
    "orders/<str:number>/balance/": Rule(OWNER, BOTH),
    "orders/<str:number>/receipt/": Rule(OWNER, WRITE),
    "orders/<str:number>/parts/<int:pk>/waiting/": Rule(OWNER, WRITE, absent=True),
    "orders/<str:number>/parcels/<int:pk>/again/": Rule(OWNER, WRITE, absent=True),
    "orders/<str:number>/hiding/": Rule(OWNER, WRITE),
    "orders/<str:number>/more-time/": Rule(OWNER, WRITE),
    "orders/<str:number>/repeat/": Rule(OWNER, WRITE),
    "orders/<str:number>/invoice/": Rule(OWNER, BOTH),
    "orders/<str:number>/invoice/<int:pk>/mail/": Rule(OWNER, WRITE, absent=True),
    "orders/<str:number>/invoice/<int:pk>/": Rule(OWNER, staff=True, absent=True),
    "orders/<str:number>/payment/": Rule(OWNER, BOTH),
    "orders/<str:number>/payment/check/": Rule(OWNER, WRITE),
    "payments/return/<str:number>/": Rule(ANYBODY, BOTH),
    "notify/carriers/<slug:carrier>/": Rule(MACHINES, WRITE),
    "notify/<slug:gateway>/": Rule(MACHINES, WRITE),
    "sandbox/cashier/<str:number>/": Rule(ANYBODY, BOTH),
    "sandbox/bank/<slug:operation>/": Rule(MACHINES, WRITE),
    "sandbox/carrier/poll/": Rule(MACHINES, WRITE),
    # membership
    "member/": Rule(MEMBERS),
    "member/points/": Rule(MEMBERS),
    "member/growth/": Rule(MEMBERS),
    "member/check-in/": Rule(MEMBERS, BOTH),
    "member/check-in/make-up/": Rule(MEMBERS, WRITE),
    "member/coupons/": Rule(MEMBERS),
    "member/coupons/centre/": Rule(ANYBODY),
    "member/coupons/centre/<int:pk>/claims/": Rule(ANYBODY, WRITE, absent=True),
    "lottery/": Rule(ANYBODY),
    "lottery/tickets/": Rule(MEMBERS, WRITE),
    "lottery/draws/": Rule(MEMBERS, BOTH),
    "lottery/draws/<int:pk>/": Rule(OWNER, absent=True),
    "lottery/seeds/": Rule(ANYBODY),
    "member/packets/<str:token>/": Rule(ANYBODY, BOTH, absent=True),
    # service
    "service/": Rule(ANYBODY),
    "service/help/<slug:slug>/": Rule(ANYBODY),
    "service/returns/": Rule(MEMBERS),
    "service/returns/new/<slug:order_number>/<int:line_number>/": Rule(OWNER, BOTH),
    "service/returns/<slug:number>/": Rule(OWNER),
    "service/returns/<slug:number>/withdrawal/": Rule(OWNER, WRITE),
    "service/returns/<slug:number>/waybill/": Rule(OWNER, WRITE),
    "service/returns/<slug:number>/remarks/": Rule(OWNER, WRITE),
    "service/returns/<slug:number>/photos/<int:pk>/": Rule(OWNER, staff=True),
    # questions, reviews, favourites
    "p/<str:slug>-<int:pk>/questions/": Rule(ANYBODY, BOTH),
    "questions/<int:pk>/": Rule(ANYBODY, BOTH, absent=True),
    "reviews/<int:pk>/vote/": Rule(MEMBERS, WRITE, absent=True),
    "reviews/pictures/<int:pk>/<slug:size>/": Rule(ANYBODY, absent=True),
    "reports/<slug:kind>/<int:pk>/": Rule(MEMBERS, BOTH, absent=True),
    "account/reviews/": Rule(MEMBERS),
    "account/reviews/<int:pk>/": Rule(OWNER, BOTH, absent=True),
    "account/reviews/<int:pk>/follow-up/": Rule(OWNER, BOTH, absent=True),
    "account/questions/": Rule(MEMBERS),
    "account/questions/choice/": Rule(MEMBERS, WRITE),
    "account/favourites/": Rule(MEMBERS, BOTH),
    "account/favourites/alerts/": Rule(MEMBERS, WRITE),
    "account/history/": Rule(MEMBERS),
    "account/history/changes/": Rule(MEMBERS, WRITE),
    "account/recommendations/": Rule(MEMBERS),
    "account/recommendations/answers/": Rule(MEMBERS, WRITE),
    "account/recommendations/changes/": Rule(MEMBERS, WRITE),
    # the account
    "account/": Rule(MEMBERS, BOTH),
    "account/preferences/": Rule(MEMBERS, BOTH),
    "account/payment-protection/": Rule(MEMBERS, BOTH),
    "account/messages/": Rule(MEMBERS),
    "account/messages/read/": Rule(MEMBERS, WRITE),
    "account/messages/<int:pk>/": Rule(OWNER),
    "account/addresses/": Rule(MEMBERS),
    "account/addresses/new/": Rule(MEMBERS, BOTH),
    "account/addresses/regions/": Rule(ANYBODY),
    "account/addresses/<int:pk>/": Rule(OWNER, BOTH),
    "account/addresses/<int:pk>/deletion/": Rule(OWNER, BOTH),
    "account/addresses/<int:pk>/default/": Rule(OWNER, WRITE),
}
# Sign-in pages belong to the library, the back office has its own walk in tests/admin.
LIBRARY = re.compile(
    r"account/(login|logout|inactive|signup|reauthenticate|email|confirm-email|password|phone|2fa|sessions)/"
)


def patterns(resolver=None, before=""):
    """(route, pattern) of every address but the back office."""
    for entry in (resolver or get_resolver()).url_patterns:
        route = before + str(entry.pattern).lstrip("^")
        if not hasattr(entry, "url_patterns"):
            yield route, entry
        elif route != "admin/":
            yield from patterns(entry, route)


def fill(route, values):
    """The path of a route: each argument from ``values`` by its name."""
    path = re.sub(r"<(?:\w+:)?(\w+)>", lambda found: str(values[found[1]]), route)
    path = re.sub(r"\(\?P<(\w+)>[^()]*\)", lambda found: str(values[found[1]]), path)
    return "/" + path.rstrip("$")


def arguments(route):
    return re.findall(r"<(?:\w+:)?(\w+)>", route)
