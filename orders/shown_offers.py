"""Offers before anything is in a cart: what cards and product pages say, and the price of one unit after offers.

All comes from the compiled promotions of the process (``orders.live_offers``), so a page asks the database for nothing
more; only who is signed in may cost a statement, and only where an offer for this listing looks at them.
"""

from dataclasses import dataclass, replace
from functools import reduce
from operator import or_

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.bilingual import local
from accounts.memo import KeyedMemo
from loyalty import coupon_pages
from loyalty.members import Benefits
from orders import offer_words, page_reader, price_words
from orders.delivery_templates import usual_region
from orders.live_offers import coupon_of_template
from orders.pricing import Buyer, Left, Offers, Snapshot, quote
from orders.pricing.offers import FREE_SHIPPING, MEMBER, PRESALE
from orders.running_offers import bits_of, ends_of, gone_of, line_of, named_skus, offers_of, running, sold_of

KEPT = 60
MOST_KEPT = 2_000
ON_A_CARD = 2
MOST_SKUS = 12
EVERYBODY = Buyer()
# Goods only: the price of one unit is told without delivery.
NO_BENEFITS = Benefits("", 0, 0, 0, False)

_pages = KeyedMemo(KEPT, MOST_KEPT)


@dataclass(frozen=True)
class CardOffers:
    """``labels`` of a card; ``price_fen`` of one unit after offers when that is lower than its price, else None.

    ``until`` in words: the end of what makes the price. ``sold``: percent of the units of a flash sale, else None.
    """

    labels: tuple = ()
    price_fen: int | None = None
    until: str = ""
    sold: int | None = None


@dataclass(frozen=True)
class Label:
    """One offer of a product page. ``name``: "" when the text says as much; ``when``: its window in words; ``href``: all
    the goods it is for."""

    text: str
    name: str
    when: str
    href: str


@dataclass(frozen=True)
class OneUnit:
    """What one unit costs after offers: ``rows`` are (text, fen taken off); ``coupons``: names of those it counts on.

    ``to_claim``: one of these is not the shopper's yet. Not ``exact``: other specifications cost something else.
    """

    fen: int
    list_fen: int
    rows: tuple
    coupons: tuple
    to_claim: bool
    until: str
    exact: bool


@dataclass(frozen=True)
class PageOffers:
    """``kept``: SKU ids of which all units are set aside for a flash sale that this shopper can have no more of."""

    labels: tuple = ()
    unit: OneUnit | None = None
    sold: int | None = None
    kept: frozenset = frozenset()

    def __bool__(self):
        return bool(self.labels or self.unit)


# --- one unit ---------------------------------------------------------------------------------------------------


def _one_unit(line, offers, gone, *, buyer=EVERYBODY, coupons=()):
    limits = {number: Left(by_sku=()) for number, sku_id in gone if sku_id == line.sku_id}
    few = Offers(snapshot=Snapshot(offers), buyer=buyer, coupons=coupons, limits=limits)
    return quote([line], benefits=NO_BENEFITS, delivery_fee_fen=0, offers=few)


# --- cards ------------------------------------------------------------------------------------------------------------


def of_card(product):
    """(key, draw): what the offers of a card depend on, cheap enough for each card of a list, and what gives its
    ``CardOffers``; (None, None) without any offer."""
    live, now = running()
    # A presale is ordered apart and has no part in prices: the listing's own column says that it runs.
    presale = PRESALE in product.deals
    if not now and not presale:
        return None, None
    skus = named_skus(live).get(product.pk, ())
    bits = bits_of(live, product, skus) & now
    if not bits and not presale:
        return None, None
    gone, sold = gone_of([sku_id for sku_id, *_price in skus]), sold_of(live, [sku_id for sku_id, *_price in skus])

    def draw():
        card = _card(product, list(offers_of(live, bits)), skus, gone)
        labels = (_("Presale"), *card.labels)[:ON_A_CARD] if presale else card.labels
        return replace(card, labels=labels, sold=sold)

    return (live.version, bits, skus, gone, sold, presale), draw


def _card(product, offers, skus, gone):
    everybodys = [offer for offer in offers if not offer.refusal(EVERYBODY)]
    # Of a SKU that is named only what it costs by name is sure here; its list price is read with the page itself.
    fixed = [(sku_id, fen) for sku_id, fen in skus if any(sku_id in offer.prices for offer in everybodys)]
    # Nor is it known here whether the cheapest SKU is one that an offer leaves out.
    sure = [offer for offer in everybodys if not offer.scope.not_skus]
    quotes = [_one_unit(line_of(product, 0, product.price_min_fen), sure, gone)]
    quotes += [_one_unit(line_of(product, pk, fen), everybodys, gone) for pk, fen in fixed]
    best = min(quotes, key=lambda quoted: quoted.payable_fen)
    cheaper = best.payable_fen < product.price_min_fen
    used = [offer for offer, *_rest in best.used]
    shown = [offer for offer in offers if not offer.regions and _is_worth_a_label(offer, best.payable_fen)]
    shown.sort(key=lambda offer: (offer_words.RANK.get(offer.kind, 99), offer.id))
    texts = dict.fromkeys(_card_text(offer) for offer in shown)
    ends = ends_of(used)
    soon = cheaper and ends and min(ends) < timezone.now() + offer_words.SOON
    return CardOffers(
        labels=tuple(texts)[:ON_A_CARD],
        price_fen=best.payable_fen if cheaper else None,
        until=offer_words.until(min(ends)) if soon else "",
    )


def _is_worth_a_label(offer, fen):
    """A card speaks of free delivery only when one unit has it."""
    return offer.kind != FREE_SHIPPING or fen >= offer.steps[0][0]


def _card_text(offer):
    if offer.kind == FREE_SHIPPING:
        return offer_words.labels_of(replace(offer, steps=()))[0]
    return offer_words.labels_of(offer)[0]


# --- product pages ----------------------------------------------------------------------------------------------------


def of_page(product, page, user):
    """The ``PageOffers`` of a listing for ``user`` (anonymous: a guest); ``page`` is its catalog ProductPage."""
    live, now = running()
    templates = [template for template in coupon_pages.templates_for(product, user) if _can_be_used(template)]
    coupons = tuple(coupon_of_template(template) for template in templates)
    held = frozenset(template.pk for template in templates if template.held)
    user = user if user.is_authenticated else None
    lines = tuple(line_of(product, sku.pk, sku.price_fen) for sku in _possible(page))
    bits = reduce(or_, [live.bits_of(line) for line in lines], 0) & now
    if not lines or not (bits or coupons):
        return PageOffers(kept=_kept(page, ()))
    offers = list(offers_of(live, bits))
    reader = page_reader.once(user) if any(_asks_who(offer) for offer in offers) else page_reader.GUEST
    buyer = _buyer(user, offers, reader)
    bits = _without_spent(live, bits, reader)
    exact = page.choice.sku is not None or page.choice.price_min_fen == page.choice.price_max_fen
    gone = gone_of([line.sku_id for line in lines])
    told = (buyer, lines, coupons, held, exact, gone)
    made = _pages.get((get_language(), live.version, bits, told), lambda: _page(list(offers_of(live, bits)), *told))
    sold = sold_of(live, [line.sku_id for line in lines])
    mine = [offer for offer in offers_of(live, bits) if offer.is_pooled and not offer.refusal(buyer)]
    return replace(made, sold=sold, kept=_kept(page, mine, gone))


def _kept(page, mine, gone=()):
    """SKUs that lie there only for sales; ``mine`` are those that the shopper can still have something of."""
    aside = [sku.pk for sku in page.skus if 0 < sku.available <= sku.aside]
    mine = [(offer.id, sku_id) for offer in mine for sku_id in offer.prices if (offer.id, sku_id) not in gone]
    return frozenset(aside) - {sku_id for _offer, sku_id in mine}


def _can_be_used(template):
    starts, _ends = template.window(timezone.now())
    return starts <= timezone.now() and (template.held or template.taken < template.per_member)


def _possible(page):
    """The SKUs that may still be meant, the cheapest first."""
    if page.choice.sku is not None:
        return [page.choice.sku]
    wanted = {number: axis.chosen for number, axis in ((int(a.field[1:]), a) for a in page.choice.axes) if axis.chosen}
    fitting = [sku for sku in page.skus if all(getattr(sku, f"option{n}") == value for n, value in wanted.items())]
    there = [sku for sku in fitting if sku.available > 0] or fitting
    return sorted(there, key=lambda sku: (sku.price_fen, sku.pk))[:MOST_SKUS]


def _asks_who(offer):
    return offer.newcomers_only or offer.tiers or offer.kind == MEMBER or offer.most_units is not None


def _buyer(user, offers, reader):
    tier = region = ""
    newcomer = any(offer.newcomers_only for offer in offers) and reader.is_newcomer
    if user is not None and any(offer.tiers or offer.kind == MEMBER for offer in offers):
        tier = reader.tier_code
    if any(offer.regions for offer in offers):
        region = usual_region(user)[0]
    return Buyer(tier, newcomer, region)


def _without_spent(live, bits, reader):
    """Without offers of which the shopper has had their share."""
    limited = [offer for offer in offers_of(live, bits) if offer.most_units is not None]
    spent = {offer.id for offer in limited if reader.had.get(offer.promotion_id, 0) >= offer.most_units}
    if not spent:
        return bits
    return sum(1 << n for n, offer in enumerate(live.offers) if bits >> n & 1 and offer.id not in spent)


def _page(offers, buyer, lines, coupons, held, exact, gone):
    shown = [offer for offer in offers if offer.refusal(buyer) != "region"]
    shown.sort(key=lambda offer: (offer_words.RANK.get(offer.kind, 99), offer.id))
    quotes = [_one_unit(line, offers, gone, buyer=buyer, coupons=coupons) for line in lines]
    best = min(quotes, key=lambda quoted: quoted.payable_fen)
    labels = tuple(_label(offer, lines) for offer in shown)
    if best.payable_fen >= best.goods_fen:
        return PageOffers(labels)
    ends = ends_of(offer for offer, *_rest in best.used)
    return PageOffers(
        labels,
        OneUnit(
            fen=best.payable_fen,
            list_fen=best.goods_fen,
            rows=tuple((price_words.step_text(step), step.fen) for step in best.steps if step.shares and step.fen),
            coupons=tuple(local(coupon.name, coupon.name_en) for coupon in best.coupons),
            to_claim=any(coupon.id not in held for coupon in best.coupons),
            until=offer_words.until(min(ends)) if ends else "",
            exact=exact,
        ),
    )


def _label(offer, lines):
    text, name = " / ".join(offer_words.labels_of(offer)), local(offer.name, offer.name_en)
    fixed = [offer.prices[line.sku_id] for line in lines if line.sku_id in offer.prices]
    if fixed:
        text = f"{text} ¥{offer_words.bare(min(fixed))}"
    return Label(
        text=text,
        name="" if "".join(name.split()) == "".join(text.split()) else name,
        when=offer_words.when(offer),
        href=f"{reverse('search')}?deal={offer.promotion_id}",
    )
