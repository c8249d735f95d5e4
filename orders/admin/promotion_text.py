"""Steps, prices, codes and deposits of a promotion as people type them, one a line ("300 = 40"), read and written."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from catalog.models import Sku
from catalog.money import parse_yuan, yuan
from orders.models import Promotion
from orders.presale_terms import MOST_PERCENT

Kind = Promotion.Kind
MONEY_STEPS = {Kind.SPEND_SAVE, Kind.EVERY}
RATE_STEPS = {Kind.SPEND_RATE}
PIECE_STEPS = {Kind.PIECES, Kind.NTH}
FROM_ONLY = {Kind.ADD_ON, Kind.FREE_SHIPPING}
GIFT_STEPS = {Kind.GIFT}
MOST_GIFTS = 10
MOST_UNITS = 1_000_000
RATE_ONLY = {Kind.SALE, Kind.NEWCOMER}


def read_steps(kind, text):
    """``[[at, gives], …]`` of what was typed, checked: thresholds and gains rise, nothing is given beyond its price.

    Raises ``ValidationError`` with a sentence for the shop.
    """
    rows = [[part.strip() for part in line.split("=")] for line in text.splitlines() if line.strip()]
    try:
        steps = [_step(kind, row) for row in rows]
    except (ValueError, IndexError):
        raise ValidationError(_("Write one step a line, such as 300 = 40.")) from None
    if not steps and kind not in {Kind.FLASH, Kind.SALE, Kind.NEWCOMER, Kind.PRESALE}:
        raise ValidationError(_("This kind needs at least one step."))
    if kind in FROM_ONLY | RATE_ONLY | {Kind.EVERY, Kind.NTH} and len(steps) > 1:
        raise ValidationError(_("This kind has one step only."))
    if kind != Kind.MEMBER:
        _check_rising(kind, steps)
    return steps


def _step(kind, row):
    if kind in FROM_ONLY:
        return [parse_yuan(row[0]), 0]
    if kind in GIFT_STEPS:
        return [parse_yuan(row[0]), int(row[1]) if len(row) > 1 else 1]
    if kind in RATE_ONLY:
        return [0, _rate(row[-1])]
    if kind in MONEY_STEPS:
        return [parse_yuan(row[0]), parse_yuan(row[1])]
    if kind in RATE_STEPS:
        return [parse_yuan(row[0]), _rate(row[1])]
    return [row[0] if kind == Kind.MEMBER else int(row[0]), _rate(row[1])]


def _rate(text):
    rate = parse_yuan(text)  # two decimals of a percent are basis points
    if not 0 <= rate < 10_000:
        raise ValidationError(_("A rate is what is left to pay in percent, from 0 to 99.99."))
    return rate


def _check_rising(kind, steps):
    for (at, gives), (next_at, next_gives) in zip(steps, steps[1:], strict=False):
        more = next_gives > gives if kind in MONEY_STEPS | GIFT_STEPS else next_gives < gives
        if next_at <= at or not more:
            raise ValidationError(_("From step to step more is asked and more is given."))
    for at, gives in steps:
        if kind in MONEY_STEPS and (gives > at or at <= 0 or gives <= 0):
            raise ValidationError(_("A step cannot take off more than it asks for."))
        if kind in GIFT_STEPS and (at <= 0 or not 1 <= gives <= MOST_GIFTS):
            raise ValidationError(_("One to ten pieces are given away, from some amount on."))
        if kind in PIECE_STEPS and at < 2:
            raise ValidationError(_("Pieces start at 2."))


def write_steps(kind, steps):
    """The steps as they are typed."""
    lines = []
    for at, gives in steps:
        asked = yuan(at) if kind in MONEY_STEPS | RATE_STEPS | FROM_ONLY | GIFT_STEPS else at
        given = f"{gives}" if kind in GIFT_STEPS else yuan(gives)
        lines.append(f"{asked}" if kind in FROM_ONLY else given if kind in RATE_ONLY else f"{asked} = {given}")
    return "\n".join(lines).replace(",", "")


def read_prices(text, merchant):
    """``({SKU id: fen}, {SKU id: units})`` of lines such as ``TEA-1 = 9.90`` or ``TEA-1 = 9.90 x 100``; of the merchant's
    SKUs only when there is one."""
    prices, units = {}, {}
    for sku, code, amount in _lines(text, merchant):
        amount, _times, many = (part.strip() for part in amount.lower().replace("×", "x").partition("x"))
        fen = parse_yuan(amount)
        if many:
            if not (many.isascii() and many.isdecimal() and 1 <= int(many) <= MOST_UNITS):
                raise ValidationError(_("Units are a whole number, such as 100."))
            units[str(sku.pk)] = int(many)
        if not 0 < fen < sku.price_fen:
            text = _("%(code)s costs ¥%(price)s; the offer must be lower.")
            raise ValidationError(text, params={"code": code, "price": yuan(sku.price_fen)})
        prices[str(sku.pk)] = fen
    return prices, units


def read_codes(text, merchant):
    """The ids of the SKUs with these codes; of the merchant's only when there is one."""
    found = _skus(set(text.replace(",", " ").replace("，", " ").split()), merchant)
    return sorted(sku.pk for skus in found.values() for sku in skus)


def read_deposits(text, merchant):
    """``({SKU id: fen of the deposit}, {SKU id: fen it counts for})`` of lines such as ``TEA-1 = 50 counts 100``.

    A deposit is at most a fifth of the price (Civil Code art. 586), and counts for less than all of it.
    """
    deposits, counts = {}, {}
    for sku, code, amounts in _lines(text, merchant):
        deposit, _counts, worth = (part.strip() for part in amounts.lower().partition("counts"))
        deposit = parse_yuan(deposit)
        worth = parse_yuan(worth) if worth else deposit
        if not 0 < deposit * 100 <= sku.price_fen * MOST_PERCENT:
            facts = {"code": code, "most": yuan(sku.price_fen * MOST_PERCENT // 100)}
            raise ValidationError(
                _("The deposit of %(code)s is at most ¥%(most)s, a fifth of the price."), params=facts
            )
        if not deposit <= worth < sku.price_fen:
            raise ValidationError(_("A deposit counts for itself at least, and for less than the price."))
        deposits[str(sku.pk)], counts[str(sku.pk)] = deposit, worth
    return deposits, counts


def _lines(text, merchant):
    """(SKU, its code, what stands behind the "=") of each line that names one; merchants may use one code."""
    lines = [[part.strip() for part in line.partition("=")] for line in text.splitlines()]
    found = _skus({code for code, *_rest in lines if code}, merchant)
    return [(sku, code, given) for code, _equals, given in lines if code for sku in found[code]]


def _skus(codes, merchant):
    """Code → SKUs, of the merchant's only when there is one; raises ``ValidationError`` with the codes that nobody has."""
    known, found = Sku.objects.filter(code__in=codes).order_by("pk"), {}
    for sku in known.filter(merchant=merchant) if merchant else known:
        found.setdefault(sku.code, []).append(sku)
    missing = sorted(codes - set(found))
    if missing:
        raise ValidationError(_("There is no SKU %(code)s."), params={"code": ", ".join(missing[:10])})
    return found
