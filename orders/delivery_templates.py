"""Which template each line is sent by, and what a basket's delivery costs to a region."""

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext_lazy

from accounts import glance
from accounts.bilingual import local
from accounts.memo import Memo
from accounts.models import Shop
from orders.delivery_fees import Terms, Zone, charges_of
from orders.models import DeliveryTemplate, SpecialDelivery

SECONDS = 5
# An annotation for SKUs, ``own_template_id``: the template of their listing when that has one of its own. Then ``charges``
# need not ask.
OWN_TEMPLATE = Subquery(SpecialDelivery.objects.filter(product=OuterRef("product")).values("template")[:1])
NOT_THERE = gettext_lazy("The seller does not send to this region.")


class Why:
    """Why nothing is sent to a zone, in the language of the page that shows it."""

    def __init__(self, why, why_en):
        self.why, self.why_en = why, why_en

    def __str__(self):
        return local(self.why, self.why_en) or str(NOT_THERE)


@Memo(SECONDS)
def _all_terms():
    """(template id → Terms, merchant id → its default Terms, whether any listing has its own): two queries."""
    templates = list(DeliveryTemplate.objects.prefetch_related("zones"))
    by_id = {template.pk: terms_of(template, template.zones.all()) for template in templates}
    defaults = {template.merchant_id: by_id[template.pk] for template in templates if template.is_default}
    special = len(templates) > len(defaults) and SpecialDelivery.objects.exists()
    return by_id, defaults, special


def forget():
    """Templates were changed in this process."""
    _all_terms.forget()


def exist():
    """Whether any merchant has a template; else every order costs the shop's one fee."""
    return bool(_all_terms()[0])


def terms_of(template, zones):
    """A template with its zones as the rule knows it."""
    return Terms(template.pk, template.by, tuple(_zone(zone) for zone in zones))


def _zone(zone):
    return Zone(
        codes=frozenset(zone.regions),
        first=zone.first,
        first_fen=zone.first_fen,
        further=zone.further,
        further_fen=zone.further_fen,
        free_from_fen=zone.free_from_fen,
        free_from_pieces=zone.free_from_pieces,
        days=zone.days,
        refused=Why(zone.why, zone.why_en) if zone.refused else "",
    )


def charges(lines, region_code=""):
    """The ``Charges`` of cart lines (with ``sku``) to a region ("": everywhere else); at most one query a call."""
    by_id, defaults, special = _all_terms()
    own = _own_templates([line.sku for line in lines]) if special else {}
    groups = {}
    for line in lines:
        sku = line.sku
        terms = by_id.get(own.get(sku.product_id)) or defaults.get(sku.merchant_id)
        key = terms.id if terms else 0
        goods = groups.setdefault((key, sku.merchant_id), (terms, sku.merchant_id, []))[2]
        goods.append((sku.pk, line.quantity, sku.weight_g))
    return charges_of(groups.values(), region_code, otherwise_fen=Shop.current().delivery_fee_fen, refusal=NOT_THERE)


def _own_templates(skus):
    known = {sku.product_id: sku.own_template_id for sku in skus if hasattr(sku, "own_template_id")}
    others = {sku.product_id for sku in skus} - known.keys()
    rows = SpecialDelivery.objects.filter(product__in=others).values_list("product", "template")
    return known | dict(rows if others else ())


def usual_region(user):
    """(code, name) of the region that ``user`` has things sent to, or ("", ""). One query for a member."""
    seen = glance.of(user)
    return seen.region_code, seen.region_name
