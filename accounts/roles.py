"""Who may do what in the admin: three roles as Django groups, kept in step after every migration (config/apps.py).

Permissions say what a role may do; whose rows it may do it to is the row scope (``accounts.scoped_admin``). Ledgers and
logs stay read-only for everybody, whatever is written here: their admins refuse.
"""

MERCHANT, OPERATOR, MANAGER = "merchant", "operator", "manager"

# "app.model": what may be done. "*" in place of a model: every model of the app.
ROLES = {
    MERCHANT: {
        "accounts.merchant": "view change",
        "catalog.product": "view add change",
        "catalog.sku": "view add change price count",
        "catalog.specification": "view add change delete",
        "catalog.picture": "view add change delete",
        "catalog.listingvideo": "view add change delete",
        "catalog.warehouse": "view add change",
        "catalog.stockmovement": "view",
        "catalog.stocktake": "view",
        "catalog.stockoutlook": "view",
        "catalog.stockpolicy": "view add change",
        "catalog.pricechange": "view",
        "catalog.category": "view",
        "catalog.brand": "view",
        "catalog.sizeguide": "view add change delete",
        "catalog.listingchange": "view",
        "catalog.attribute": "view",
        "catalog.attributechoice": "view",
        "catalog.term": "view",
        "catalog.wordrule": "view",
        "catalog.licence": "view add change",
        "catalog.proof": "view add change",
        "catalog.listingreview": "view",
        "catalog.spotcheck": "view",
        "catalog.merchantstanding": "view",
        "catalog.standingentry": "view",
        "catalog.objection": "view add",
        "catalog.dealtprice": "view",
        "catalog.review": "view reply",
        "catalog.companions": "view",
        "catalog.followup": "view",
        "catalog.question": "view answer",
        "catalog.answer": "view",
        "catalog.guide": "view add change",
        "catalog.guideproduct": "view add change delete",
        "catalog.topic": "view",
        "catalog.importrun": "view add",
        "catalog.exportrun": "view add",
        "catalog.listingtimer": "view",
        "orders.listingfigures": "view",
        "orders.order": "view",
        "orders.orderline": "view",
        "orders.parcel": "view change",
        # Drafts; they go live when a manager publishes them, or somebody who was given that right besides.
        "orders.promotion": "view add change",
        "orders.promotionversion": "view",
        "loyalty.coupontemplate": "view add change",
        "orders.parcelline": "view",
        "orders.deliverytemplate": "view add change delete",
        "orders.deliveryzone": "view add change delete",
        "orders.specialdelivery": "view add change delete",
        "orders.shippingterms": "view add change",
        "orders.holiday": "view",
        "aftersales.returnrequest": "view",
        "aftersales.returnline": "view",
    },
    OPERATOR: {
        "accounts.user": "view",
        "accounts.merchant": "view",
        "accounts.delivery": "view change",
        # An operator mends texts and takes listings down; prices belong to merchants and managers.
        "catalog.*": "view",
        "catalog.product": "view change",
        "catalog.specification": "view add change delete",
        "catalog.picture": "view add change delete",
        "catalog.listingvideo": "view add change delete",
        "catalog.sku": "view change count",
        "catalog.review": "view change reply",
        "catalog.followup": "view change",
        "catalog.question": "view change answer",
        "catalog.answer": "view change",
        "catalog.report": "view change",
        "catalog.term": "view add change",
        "catalog.wordrule": "view add change",
        "catalog.licence": "view change",
        "catalog.proof": "view change",
        "catalog.listingreview": "view change",
        "catalog.spotcheckround": "view add",
        "catalog.spotcheck": "view change",
        "catalog.objection": "view change",
        "catalog.homeblock": "view add change delete",
        "catalog.homeblockproduct": "view add change delete",
        "catalog.guide": "view add change approve",
        "catalog.guideproduct": "view add change delete",
        "catalog.topic": "view add change delete",
        "loyalty.*": "view",
        "orders.*": "view add change",
        "orders.riskrules": "view",
        "aftersales.*": "view add change",
    },
    MANAGER: {
        f"{app}.*": "view add change delete price count approve reply answer publish"
        for app in ("accounts", "catalog", "loyalty", "orders", "aftersales")
    },
}


def is_global(user):
    """Whether the user sees the rows of every merchant (operators and managers do, merchants' staff do not)."""
    if user.is_superuser:
        return True
    if not hasattr(user, "_role_names"):
        user._role_names = set(user.groups.values_list("name", flat=True))
    return bool(user._role_names & {OPERATOR, MANAGER})


def permissions_of(role, available):
    """The permissions of ``role`` among ``available`` ones; an entry for one model beats the ``*`` of its app."""
    rules = ROLES[role]
    chosen = []
    for permission in available:
        kind = permission.content_type
        allowed = rules.get(f"{kind.app_label}.{kind.model}", rules.get(f"{kind.app_label}.*", "")).split()
        if permission.codename in {f"{verb}_{kind.model}" for verb in allowed}:
            chosen.append(permission)
    return chosen


def keep_in_step(using="default"):
    """Make the three groups and give each exactly its permissions; people stay in their groups."""
    from django.contrib.auth.models import Group, Permission

    available = list(Permission.objects.using(using).select_related("content_type"))
    for role in ROLES:
        group, _made = Group.objects.using(using).get_or_create(name=role)
        group.permissions.set(permissions_of(role, available))
