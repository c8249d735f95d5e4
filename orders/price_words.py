"""The steps of a quote in words, in the present language (docs/domain.md 6.5). Codes and facts are stored, words are not."""

from django.utils.translation import gettext as _

from accounts.bilingual import local
from catalog.money import yuan
from orders.offer_words import off


def name_of(params):
    return local(params.get("name", ""), params.get("name_en", ""))


def rate(basis_points):
    """9000 → "10% off", in Chinese what is left of ten parts."""
    return _("%(off)s off") % {"off": off(basis_points)}


def step_text(step):
    """One line of a sum, without its amount."""
    params = step.params
    facts = {
        "name": name_of(params),
        "at": yuan(params["at"]) if isinstance(params.get("at"), int) else "",
        "gives": yuan(params["gives"]) if isinstance(params.get("gives"), int) else "",
        "n": params.get("at", 0),
        "rate": rate(params["gives"]) if isinstance(params.get("gives"), int) else "",
    }
    return TEXTS[step.code]() % facts if step.code in TEXTS else facts["name"] or step.code


TEXTS = {
    "spend_save": lambda: _("¥%(gives)s off from ¥%(at)s: %(name)s"),
    "every": lambda: _("¥%(gives)s off on every ¥%(at)s: %(name)s"),
    "spend_rate": lambda: _("%(rate)s from ¥%(at)s: %(name)s"),
    "pieces": lambda: _("%(rate)s on %(n)s pieces: %(name)s"),
    "nth": lambda: _("Every second one cheaper: %(name)s"),
    "gift": lambda: _("Gift: %(name)s"),
    "add_on": lambda: _("Add-on price: %(name)s"),
    "sale": lambda: _("Sale: %(name)s"),
    "member": lambda: _("Member price: %(name)s"),
    "newcomer": lambda: _("Newcomer price: %(name)s"),
    "presale": lambda: _("Deposit counts for more: %(name)s"),
    "flash": lambda: _("Flash sale: %(name)s"),
    "coupon": lambda: _("Coupon: %(name)s"),
    "red_packet": lambda: _("Red packet: %(name)s"),
    "points": lambda: _("Points"),
    "staff_price": lambda: _("Reduction by the shop"),
}


def nudge_text(nudge):
    facts = {
        "gap": yuan(nudge.gap_fen),
        "saves": yuan(nudge.saves_fen),
        "name": local(nudge.offer.name, nudge.offer.name_en),
    }
    return _("Add ¥%(gap)s more and save ¥%(saves)s (%(name)s)") % facts


def note_text(note):
    """What was not used and why."""
    params = note.params
    facts = {"name": name_of(params)}
    if note.code == "LOST":
        return _("“%(name)s” does not go together with what was chosen; this way costs you less.") % facts
    if note.code == "GIFT_GONE":
        return _("The gift of “%(name)s” has just run out.") % facts
    if note.code == "NOT_REACHED":
        facts["missing"] = yuan(params["missing_fen"])
        if not params["missing_fen"]:
            return _("%(name)s is not for these goods.") % facts
        return _("%(name)s: ¥%(missing)s more of its goods are needed.") % facts
    if params["dearer_fen"] > 0:
        facts["dearer"] = yuan(params["dearer_fen"])
        return _("%(name)s is not used: with it you would pay ¥%(dearer)s more.") % facts
    return _("%(name)s is kept: it would not save more.") % facts


def dropped_text(offer, why, facts):
    """Why the simulator's engine did not look further at an offer."""
    texts = {
        "not_reached": _("The goods cost ¥%(base)s; the next step is at ¥%(next)s."),
        "dominated": _("Another one on the same goods always gives at least as much."),
        "beyond_the_best": _("Not among the best candidates; it could give ¥%(could)s."),
        "used_up": _("Its limit is used up."),
    }
    amounts = {
        "base": yuan(facts.get("base_fen", 0)),
        "next": yuan(facts.get("next_fen", 0)),
        "could": yuan(facts.get("could_give_fen", 0)),
    }
    return texts[why] % amounts


def refused_text(why):
    """Why a buyer cannot have an offer at all."""
    return {
        "window": _("It does not run at this moment."),
        "weekday": _("Not on this day of the week."),
        "hour": _("Not at this hour."),
        "tier": _("For other tiers."),
        "newcomer": _("For newcomers only."),
        "region": _("For other regions."),
    }[why]


def stage_name(stage):
    """A stage of the price for staff."""
    return {
        "UNIT": _("1. Unit price"),
        "LINE": _("2. Several pieces"),
        "THRESHOLD": _("3. Spend and save"),
        "COUPON": _("4. Coupon"),
        "RED_PACKET": _("5. Red packet"),
        "SHIPPING": _("6. Delivery"),
        "POINTS": _("7. Points"),
    }[stage]
