"""What a basket would cost and why: the engine of the shop asked with explanations, for staff. Nothing is written.

The basket, the shopper's terms, the coupons and the moment are all given, so a sale of next month can be tried today; drafts
take part as if they were published.
"""

from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _

from accounts.bilingual import local
from loyalty import coupons as loyalty_coupons
from loyalty import members
from orders import delivery_templates, offer_words, price_words
from orders.limits import Limits, is_newcomer
from orders.live_offers import (
    coupon_of_template,
    coupon_offer,
    offer_by_terms,
    offer_of,
)
from orders.models import CartLine, Promotion
from orders.pricing import Buyer, Offers, Snapshot, quote
from orders.pricing.nudges import with_nudges
from orders.pricing.offers import NTH, PIECES
from orders.pricing.threshold_search import NODES
from orders.promotions import terms_of
from orders.quoting import priced_line

# Numbers of drafts come after those of versions, so that at a tie what runs already wins.
DRAFT_NUMBERS = 10**12
STAGES = ("UNIT", "LINE", "THRESHOLD", "COUPON", "RED_PACKET", "SHIPPING", "POINTS")


@dataclass(frozen=True)
class Wish:
    """What is tried. ``lines``: ((SKU with its listing, units), …); ``at``: a local moment.

    ``user`` brings their tier, coupons and what they had of limited offers; else ``benefits`` and ``newcomer`` say who
    asks. ``templates``: coupons to put into their hand. ``drafts``: promotions to take as they are drafted.
    """

    lines: tuple
    at: object
    benefits: object
    newcomer: bool = False
    user: object = None
    region_code: str = ""
    templates: tuple = ()
    drafts: tuple = ()
    points: int = 0


@dataclass(frozen=True)
class Reason:
    """One offer or coupon and what became of it. ``tone``: ok, warn or plain; ``fen``: what it takes off."""

    name: str
    kind: str
    words: str
    state: str
    why: str
    tone: str
    fen: int = 0
    promotion_id: int | None = None
    is_draft: bool = False


@dataclass(frozen=True)
class Report:
    """``stages``: [(name, [Reason])] of all that concerns the basket; ``nodes`` of the budget that the search visited."""

    quote: object
    stages: list
    notes: list = field(default_factory=list)
    nudges: list = field(default_factory=list)
    nodes: int = 0
    most_nodes: int = NODES


def simulate(wish):
    """The ``Report`` of a ``Wish``."""
    lines = [priced_line(sku, units) for sku, units in wish.lines]
    offers, coupons = _offers(wish), _coupons(wish)
    benefits = members.benefits(wish.user) if wish.user else wish.benefits
    newcomer = is_newcomer(wish.user) if wish.user else wish.newcomer
    buyer = Buyer(benefits.tier_code, newcomer, wish.region_code, wish.at)
    live = Snapshot(offers, "simulated")
    given = Offers(
        snapshot=live,
        buyer=buyer,
        coupons=coupons,
        limits=_limits(offers, lines, wish.user),
        explain=True,
    )
    wanted = [CartLine(sku=sku, quantity=units) for sku, units in wish.lines]
    terms = {"benefits": benefits, "delivery_fee_fen": delivery_templates.charges(wanted, wish.region_code)}
    found = with_nudges(quote(lines, points=wish.points, offers=given, **terms), offers=given, **terms)
    return Report(
        quote=found,
        stages=_stages(found, live, lines, buyer, coupons),
        notes=[price_words.note_text(note) for note in found.notes],
        nudges=[price_words.nudge_text(nudge) for nudge in found.nudges],
        nodes=found.nodes,
    )


def _limits(offers, lines, user):
    """What is left now; the stock of a sale that has not begun counts as set aside."""
    left = Limits(user).of(offers, lines)
    unopened = {offer.id for offer in offers if offer.is_pooled and not left[offer.id].by_sku}
    return {number: replace(each, by_sku=None) if number in unopened else each for number, each in left.items()}


def draft_offer(promotion):
    """``promotion`` as it would be if its draft were published now."""
    number = DRAFT_NUMBERS + promotion.pk
    return offer_by_terms(promotion, terms_of(promotion), number, f"draft:{promotion.pk}")


def _offers(wish):
    drafted = {promotion.pk for promotion in wish.drafts}
    published = Promotion.objects.filter(status=Promotion.Status.PUBLISHED).exclude(pk__in=drafted)
    published = published.exclude(kind=Promotion.Kind.PRESALE)  # it is ordered apart, never in a basket
    return [offer_of(promotion) for promotion in published.select_related("current")] + [
        draft_offer(promotion) for promotion in wish.drafts
    ]


def _coupons(wish):
    mine = [coupon_offer(coupon) for coupon in loyalty_coupons.usable(wish.user, at=wish.at)]
    # Those put into the hand have numbers of their own, below all real ones.
    return (*mine, *(replace(coupon_of_template(each), id=-each.pk) for each in wish.templates))


# --- what became of each ----------------------------------------------------------------------------------------------


def _stages(found, live, lines, buyer, coupons):
    covered = 0
    for line in lines:
        covered |= live.bits_of(line)
    used = {offer.id: fen for offer, fen, _units in found.used}
    gifts = {gift.offer.id for gift in found.gifts}
    told = {}
    for offer, why, facts in found.trace:
        told.setdefault(offer.id, (why, facts))
    by_stage = {stage: [] for stage in STAGES}
    for number, offer in enumerate(live.offers):
        if covered >> number & 1:
            mine = [line for line in lines if offer.scope.covers(line) or line.sku_id in offer.prices]
            state = _fate(offer, buyer, used, gifts, told) or _unused(offer, mine, buyer, found)
            by_stage[offer.stage].append(_reason(offer, state, used.get(offer.id, 0)))
    taken = {step.source: step.fen for step in found.steps}
    for coupon in coupons:
        by_stage[coupon.stage].append(_of_coupon(coupon, found, taken))
    return [(stage, rows) for stage, rows in by_stage.items() if rows]


def _fate(offer, buyer, used, gifts, told):
    """(state, why, tone) of one offer that covers something in the basket."""
    refused = offer.refusal(buyer)
    if refused:
        return _("not for this shopper now"), price_words.refused_text(refused), "plain"
    if offer.id in used or offer.id in gifts:
        return _("used"), "", "ok"
    if offer.id in told:
        why, facts = told[offer.id]
        return _("dropped"), price_words.dropped_text(offer, why, facts), "plain"
    return None


def _unused(offer, lines, buyer, found):
    """The same for an offer that the search left out without a word: it gives nothing here, or another way is better."""
    nothing = ""
    pieces = sum(line.quantity for line in lines)
    if offer.kind in {PIECES, NTH} and pieces < offer.steps[0][0]:
        nothing = _("%(there)d pieces of the %(asked)d it asks for.") % {"there": pieces, "asked": offer.steps[0][0]}
    elif offer.stage == "UNIT" and all(offer.unit_price(line, buyer) >= line.unit_price_fen for line in lines):
        nothing = _("It does not lower a price for this shopper.")
    elif offer.stage == "SHIPPING" and not found.shipping_fen:
        nothing = _("Delivery is free without it.")
    elif offer.stage == "SHIPPING":
        nothing = _("The goods cost less than it asks for.")
    if nothing:
        return _("gives nothing"), nothing, "plain"
    return _("considered"), _("The best combination does without it."), "warn"


def _reason(offer, state, fen):
    name, why, tone = state
    return Reason(
        name=local(offer.name, offer.name_en),
        kind=str(Promotion.Kind(offer.kind).label) if offer.kind in Promotion.Kind.values else offer.kind,
        words=" / ".join(offer_words.labels_of(offer)),
        state=name,
        why=why,
        tone=tone,
        fen=fen,
        promotion_id=offer.promotion_id,
        is_draft=offer.id > DRAFT_NUMBERS,
    )


def _of_coupon(coupon, found, taken):
    is_used = any(each.id == coupon.id for each in found.coupons)
    note = next((note for note in found.notes if note.params.get("id") == coupon.id), None)
    if is_used:
        state, why, tone = _("used"), "", "ok"
    elif note is not None:
        state, why, tone = _("not used"), price_words.note_text(note), "plain"
    else:
        state, why, tone = _("considered"), _("The best combination does without it."), "warn"
    fen = max(0, taken.get(coupon.source, 0)) if is_used else 0
    return Reason(local(coupon.name, coupon.name_en), _("coupon"), "", state, why, tone, fen)
