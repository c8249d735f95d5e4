"""The back office's menu: models by the job they are for, not by the app that holds them."""

from django.utils.translation import gettext_lazy as _

# (key, name, models in the order of use). A model that is registered and not named here is listed under settings.
GROUPS = [
    (
        "orders",
        _("Orders"),
        [
            "orders.order",
            "orders.orderline",
            "orders.parcel",
            "orders.deliverytemplate",
            "orders.shippingterms",
            "orders.holiday",
            "orders.trackingevent",
            "orders.holdreview",
            "orders.deadline",
            "orders.cart",
        ],
    ),
    (
        "catalogue",
        _("Catalogue"),
        [
            "catalog.product",
            "catalog.sku",
            "catalog.listingtimer",
            "orders.listingfigures",
            "catalog.importrun",
            "catalog.exportrun",
            "catalog.category",
            "catalog.attribute",
            "catalog.sizeguide",
            "catalog.brand",
            "catalog.review",
            "catalog.followup",
            "catalog.question",
            "catalog.answer",
            "catalog.report",
            "catalog.pricechange",
            "catalog.listingchange",
            "catalog.picture",
            "catalog.term",
        ],
    ),
    (
        "stock",
        _("Stock"),
        [
            "catalog.stockoutlook",
            "catalog.stocktake",
            "catalog.stockmovement",
            "catalog.stockpolicy",
            "catalog.warehouse",
        ],
    ),
    (
        "compliance",
        _("Listing rules"),
        [
            "catalog.listingreview",
            "catalog.proof",
            "catalog.licence",
            "catalog.spotcheckround",
            "catalog.spotcheck",
            "catalog.merchantstanding",
            "catalog.standingentry",
            "catalog.objection",
            "catalog.wordrule",
            "catalog.categoryrule",
            "catalog.dealtprice",
            "catalog.standinglevel",
        ],
    ),
    (
        "search",
        _("Search and recommendations"),
        [
            "catalog.fruitlesssearch",
            "catalog.searchlog",
            "catalog.synonym",
            "catalog.stopword",
            "catalog.searchweights",
            "catalog.recommendationweights",
            "catalog.companions",
            "catalog.popularlist",
        ],
    ),
    (
        "marketing",
        _("Marketing"),
        [
            "orders.promotion",
            "orders.promotionversion",
            "catalog.homeblock",
            "catalog.guide",
            "catalog.topic",
            "loyalty.coupontemplate",
            "loyalty.coupon",
            "loyalty.couponbatch",
            "loyalty.luckypacket",
            "loyalty.couponentry",
            "loyalty.oddstable",
            "loyalty.prize",
            "loyalty.lotterydraw",
            "loyalty.lotteryseed",
            "loyalty.lotterycheck",
        ],
    ),
    ("members", _("Members"), ["accounts.user", "loyalty.checkin", "loyalty.lotteryticket", "loyalty.*"]),
    ("service", _("After-sales service"), ["aftersales.*"]),
    ("finance", _("Finance"), ["orders.payment", "orders.refund", "orders.invoice", "orders.*"]),
    (
        "settings",
        _("Settings"),
        ["accounts.shop", "orders.riskrules", "accounts.merchant", "accounts.*", "auth.*", "*"],
    ),
]


def grouped(app_list):
    """Django's list of apps with their models, as one list of groups; groups without a visible model are left out."""
    models = {}
    for app in app_list:
        for model in app["models"]:
            models[f"{app['app_label']}.{model['object_name'].lower()}"] = model
    named = {name for _key, _name, names in GROUPS for name in names if not name.endswith("*")}
    groups, placed = [], set()
    for key, name, patterns in GROUPS:
        found = [label for pattern in patterns for label in _matching(pattern, models, named - set(patterns))]
        found = [label for label in dict.fromkeys(found) if label not in placed]
        placed |= set(found)
        if found:
            members = [models[label] for label in found]
            url = next((model["admin_url"] for model in members if model.get("admin_url")), "")
            groups.append({"name": name, "app_label": key, "app_url": url, "has_module_perms": True, "models": members})
    return groups


def _matching(pattern, models, elsewhere):
    if pattern == "*":
        return [label for label in models if label not in elsewhere]
    if pattern.endswith(".*"):
        return [label for label in models if label.startswith(pattern[:-1]) and label not in elsewhere]
    return [pattern] if pattern in models else []
