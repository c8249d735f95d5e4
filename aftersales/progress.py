"""How far a request is, in words and steps for its page."""

from django.utils.translation import gettext as _

from accounts.models import StateLog
from aftersales.models import ReturnPostage, ReturnRequest

Status, Kind = ReturnRequest.Status, ReturnRequest.Kind
MAY_WITHDRAW = (Status.SUBMITTED, Status.AWAIT_BUYER_SHIP, Status.REJECTED)
_GOODS = (
    (Status.SUBMITTED, Status.ESCALATED, Status.REJECTED),
    (Status.AWAIT_BUYER_SHIP,),
    (Status.RETURN_IN_TRANSIT, Status.INSPECTING, Status.DISPUTED),
    (Status.REFUNDING,),
    (Status.COMPLETED,),
)
_MONEY = (_GOODS[0], (Status.REFUNDING,), (Status.COMPLETED,))


def steps(asked):
    """Rows for ``components/_steps.html``: (label, "done" | "now" | "", when); nothing for a request that came to nothing."""
    goods = asked.kind == Kind.RETURN_REFUND
    stages = _GOODS if goods else _MONEY
    here = next((number for number, stage in enumerate(stages) if asked.status in stage), None)
    if here is None:
        return []
    labels = [_("Answer of the shop"), _("Send it back"), _("Arrival and inspection"), _("Refund"), _("Done")]
    if not goods:
        labels = [labels[0], labels[3], labels[4]]
    ended = asked.status == Status.COMPLETED
    return [
        (label, "done" if number < here or ended else "now" if number == here else "", "")
        for number, label in enumerate(labels)
    ]


def story(asked):
    """The history of the request, newest first: rows with ``headline``, ``text`` and ``at`` for the track component."""
    words = {ReturnRequest._meta.label_lower: dict(Status.choices)}
    words[ReturnPostage._meta.label_lower] = {
        state: _("Return postage: %(state)s") % {"state": name} for state, name in ReturnPostage.Status.choices
    }
    return [
        {"headline": words.get(log.entity, {}).get(log.to_state, log.to_state), "text": log.reason, "at": log.at}
        for log in StateLog.objects.filter(about=asked.about).order_by("-at", "-pk")
    ]


def summary(parts, postage=None):
    """Rows for ``components/_summary.html``; ``postage`` is the request's ReturnPostage, which is paid beside the refund."""
    goods = sum(part.cash_fen for part in parts)
    shipping = sum(part.shipping_fen for part in parts)
    return [
        (_("Goods as paid"), goods, ""),
        (_("Delivery fee"), shipping, ""),
        (_("Points back"), f"{sum(part.points for part in parts):,}", ""),
        (_("Refund"), goods + shipping, "" if postage else "total"),
        *([(_("Return postage, paid by bank"), postage.amount_fen, "")] if postage else []),
        *([(_("In all"), goods + shipping + postage.amount_fen, "total")] if postage else []),
    ]
