"""Presales that run now: what the deposit is, what it counts for, when the balance is due (docs/domain.md 4.10).

Compiled with the shop's other promotions, so asking costs nothing.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from django.utils import timezone

from orders.limits import limits_of
from orders.live_offers import compiled_presales
from orders.pricing import Buyer, Offer, Offers, Snapshot
from orders.pricing.offers import CLOCK

MOST_PERCENT = 20  # above that it is not a deposit (Civil Code art. 586)


@dataclass(frozen=True)
class Terms:
    """One SKU of a presale; amounts a unit, in fen. ``offer`` is its published version."""

    offer: Offer
    sku_id: int
    deposit_fen: int
    counts_fen: int
    balance_from: datetime
    balance_until: datetime

    @property
    def version_id(self):
        return self.offer.id

    @property
    def gain_fen(self):
        """What the deposit is worth beyond itself."""
        return self.counts_fen - self.deposit_fen

    def offers_for(self, user, sku):
        """The ``Offers`` of the quote at the deposit: the gain and nothing else; other discounts are for the balance."""
        offer = replace(self.offer, prices={sku.pk: sku.price_fen - self.gain_fen})
        limits = limits_of([offer] if offer.is_limited else [], user)
        return Offers(Snapshot([offer], f"presale:{offer.id}"), Buyer(now=timezone.localtime()), limits=limits)


def running():
    """{SKU id: ``Terms``} of the presales whose deposits are taken now."""
    now, found = Buyer(now=timezone.localtime()), {}
    for offer, terms in compiled_presales():
        if offer.refusal(now) in CLOCK:
            continue
        window = [datetime.fromisoformat(terms["presale"][name]) for name in ("balance_from", "balance_until")]
        for sku_id, deposit in offer.prices.items():
            counts = terms["presale"]["counts"].get(str(sku_id), deposit)
            found.setdefault(sku_id, Terms(offer, sku_id, deposit, counts, *window))
    return found


def of_sku(sku_id):
    """The ``Terms`` of a SKU, or None when no presale of it runs."""
    return running().get(sku_id)
