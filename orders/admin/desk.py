"""What the page of one order shows to one person: everything to operators, to a merchant's staff only what is
theirs.
"""

from accounts.models import Merchant, StateLog
from accounts.roles import is_global
from orders import parcels
from orders.admin.deeds import offered
from orders.admin.forms import NoteForm, PackForm, ShipForm
from orders.models import Order, Parcel


def merchants_of(user):
    """The merchants whose part of an order ``user`` may work on; None means all."""
    return None if is_global(user) else set(Merchant.objects.staffed_by(user).values_list("pk", flat=True))


def page_of(order, user):
    """The context of the order's page."""
    mine = merchants_of(user)
    lines = [line for line in order.lines.select_related("merchant", "sku").order_by("number") if _is_mine(line, mine)]
    boxes = [
        box
        for box in order.parcels.select_related("merchant").prefetch_related("lines__line", "events")
        if _is_mine(box, mine)
    ]
    everything = mine is None
    return {
        "order": order,
        "sees_money": everything,
        "lines": lines,
        "lines_fen": sum(line.payable_fen for line in lines),
        "parcels": [_parcel(box, user) for box in boxes],
        "packing": _packing(order, lines, user),
        "payments": [_with_deeds(p, user, "payment") for p in order.payments.order_by("pk")] if everything else [],
        "refunds": [_with_deeds(r, user, "refund") for r in order.refunds.order_by("pk")] if everything else [],
        "deeds": offered(order, user, "order") if everything else [],
        "notes": order.staff_notes.select_related("by") if everything else [],
        "note_form": NoteForm(),
        "timeline": _timeline(order, boxes, everything),
    }


def _is_mine(row, mine):
    return mine is None or row.merchant_id in mine


def _with_deeds(row, user, on):
    return {"row": row, "deeds": offered(row, user, on)}


def _parcel(parcel, user):
    may_ship = parcel.status == Parcel.Status.PACKED and user.has_perm("orders.change_parcel")
    events = list(parcel.events.all())
    form = ShipForm(prefix=f"parcel-{parcel.pk}") if may_ship else None
    return {"row": parcel, "deeds": offered(parcel, user, "parcel"), "ship_form": form, "events": events}


def _packing(order, lines, user):
    """One form a merchant with units that wait."""
    if order.status not in parcels.PACKABLE or not user.has_perm("orders.change_parcel"):
        return []
    left = parcels.to_pack(order)
    waiting = {}
    for line in lines:
        if line.pk in left:
            waiting.setdefault(line.merchant, []).append(line)
    return [
        {"merchant": merchant, "form": PackForm(lines=group, left=left, prefix=f"pack-{merchant.pk}")}
        for merchant, group in waiting.items()
    ]


STATES = {"orders.order": Order.Status, "orders.parcel": Parcel.Status}


def _timeline(order, boxes, everything):
    """Every change of state of the order and what belongs to it, newest first, with words for the states."""
    rows = StateLog.objects.filter(about=order.about).select_related("user").order_by("-at", "-pk")
    theirs = {str(box.pk) for box in boxes}
    shown = []
    for row in rows:
        own = row.entity == "orders.order" or (row.entity == "orders.parcel" and row.entity_id in theirs)
        if everything or own:
            shown.append(
                {"row": row, "thing": _thing(row), "state": _state(row), "facts": row.data if everything else {}}
            )
    return shown


def _model(row):
    from django.apps import apps

    return apps.get_model(row.entity)


def _thing(row):
    return _model(row)._meta.verbose_name


def _state(row):
    return dict(_model(row)._meta.get_field("status").choices).get(row.to_state, row.to_state)
