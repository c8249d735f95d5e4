"""What should make somebody think twice about a promotion because of its kind alone, as (code, text, rows) for
``orders.promotion_checks``: presales that give too much, flash sales of more than there is, member prices with holes.
"""

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from catalog import stock
from catalog.models import Sku
from catalog.money import rate_of, yuan
from loyalty.models import Tier

EXAMPLE_FEN, WHOLE_BP = 10_000, 10_000


def found_about(promotion):
    """[(code, text, ((text, fen), …))] about the draft of ``promotion``; empty when nothing is odd."""
    look = LOOKS.get(promotion.kind)
    found = look(promotion) if look else None
    return [found] if found else []


def _deep_presale(promotion):
    """Deposit and balance together leave less of the list price than the house wants."""
    floor, worst = settings.PROMOTION_FLOOR_PERCENT, None
    counts = promotion.presale.get("counts", {})
    for sku in _skus(promotion.prices):
        deposit = promotion.prices[str(sku.pk)]
        balance = sku.price_fen - counts.get(str(sku.pk), deposit)
        share = (deposit + balance) * 100 // sku.price_fen
        if share < floor and (worst is None or share < worst[0]):
            worst = (share, sku, deposit, balance)
    if worst is None:
        return None
    share, sku, deposit, balance = worst
    text = _("Deposit and balance together are %(share)d%% of the list price; the house wants %(floor)d%% at least.")
    rows = [
        (f"{sku.code} {sku.product.title_local}", sku.price_fen),
        (_("Deposit"), deposit),
        (pgettext("presale", "Balance"), balance),
    ]
    return "too_deep", text % {"share": share, "floor": floor}, (*rows, (_("To pay"), deposit + balance))


def _too_few(promotion):
    """A sale with a stock of its own begins with what is there."""
    free = {pk: left.here - left.aside for pk, left in stock.shelf([int(pk) for pk in promotion.pool_units]).items()}
    has = {pool.sku_id: pool.quota for pool in promotion.pools.filter(closed_at=None)} if promotion.pk else {}
    for sku in _skus(promotion.pool_units):
        wanted, there = promotion.pool_units[str(sku.pk)], max(free[sku.pk], 0) + has.get(sku.pk, 0)
        if wanted > there:
            text = _("%(n)d units of %(sku)s are to be set aside and %(there)d are free: the sale begins with those.")
            return "too_few", text % {"n": wanted, "sku": sku.code, "there": there}, ()
    return None


def _holes(promotion):
    """A tier pays more than one below it, perhaps because nobody named it."""
    rates, lowest, below = dict(promotion.steps), WHOLE_BP, None
    for tier in Tier.objects.order_by("rank"):
        rate = rates.get(tier.code, WHOLE_BP)
        if rate > lowest:
            goods = _("Goods for ¥%(fen)s: to pay") % {"fen": yuan(EXAMPLE_FEN)}
            pairs = ((below, lowest), (tier, rate))
            rows = tuple((f"{goods} ({each.name_local})", rate_of(EXAMPLE_FEN, bp)) for each, bp in pairs)
            return (
                "falls",
                _("%(high)s pays more than %(low)s.") % {"high": tier.name_local, "low": below.name_local},
                rows,
            )
        lowest, below = rate, tier
    return None


def _skus(by_id):
    return Sku.objects.filter(pk__in=[int(pk) for pk in by_id]).select_related("product").order_by("pk")


LOOKS = {"presale": _deep_presale, "flash": _too_few, "member": _holes}
