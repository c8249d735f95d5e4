"""The terms of delivery as the help page states them: what every merchant promises and takes, from the rules themselves."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from accounts import place_names, regions
from accounts.models import Merchant
from catalog.money import yuan
from loyalty.models import Tier
from orders.delivery_fees import PIECE
from orders.delivery_promise import HOURS
from orders.delivery_templates import Why
from orders.models import DeliveryTemplate, ShippingTerms


@dataclass(frozen=True)
class Zone:
    """Where to, what it costs, from when on it is free, how long it takes; ``refused`` is why not, or ""."""

    places: str
    fee: str
    free: str
    days: int
    refused: str


@dataclass(frozen=True)
class Terms:
    """One merchant: its promise in words and its zones; none: the shop's one fee."""

    merchant: Merchant
    sends: str
    zones: tuple


def of_all():
    """The ``Terms`` of every merchant that sells, by name; four queries."""
    promised = {row.merchant_id: row for row in ShippingTerms.objects.all()}
    templates = DeliveryTemplate.objects.filter(is_default=True).prefetch_related("zones")
    zones = {one.merchant_id: tuple(_zone(one, zone) for zone in one.zones.all()) for one in templates}
    sellers = Merchant.objects.filter(listings__status="published").distinct().order_by("name")
    return [Terms(seller, _sends(promised.get(seller.pk)), zones.get(seller.pk, ())) for seller in sellers]


def free_by_tier():
    """(tier, goods in fen from which delivery of the shop's one fee is free) from the lowest tier up."""
    return [(tier.name_local, tier.free_delivery_from_fen) for tier in Tier.objects.order_by("rank")]


def _sends(terms):
    hours = terms.within_hours if terms else HOURS
    words = ngettext("Within %(n)s hour of payment", "Within %(n)s hours of payment", hours) % {"n": hours}
    return words if terms is None or terms.works_weekends else _("%(within)s, not at weekends") % {"within": words}


def _zone(template, zone):
    return Zone(
        places=_places(zone.regions),
        fee=_fee(template.by, zone),
        free=_free(zone),
        days=zone.days,
        refused=str(Why(zone.why, zone.why_en)) if zone.refused else "",
    )


def _places(codes):
    if not codes:
        return _("everywhere else")
    names = []
    for code in codes:
        try:
            names.append(place_names.joined(regions.names_of(code)))
        except KeyError:
            continue  # a place that is no more
    return pgettext("list of places", "; ").join(names)


def _fee(by, zone):
    if not zone.first_fen and not zone.further_fen:
        return _("free")
    facts = {
        "first": zone.first,
        "fee": yuan(zone.first_fen),
        "further": zone.further,
        "more": yuan(zone.further_fen),
    }
    if not zone.further_fen:
        words = _("¥%(fee)s")
    elif by == PIECE:
        words = _("¥%(fee)s for %(first)s pc., ¥%(more)s for every further %(further)s")
    else:
        words = _("¥%(fee)s up to %(first)s g, ¥%(more)s for every further %(further)s g")
    return words % facts


def _free(zone):
    free = []
    if zone.free_from_fen is not None:
        free.append(_("from ¥%(amount)s") % {"amount": yuan(zone.free_from_fen)})
    if zone.free_from_pieces is not None:
        free.append(_("from %(n)s pc.") % {"n": zone.free_from_pieces})
    return ", ".join(free)
