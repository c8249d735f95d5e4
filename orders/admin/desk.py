"""What the page of one order shows to one person: everything to operators, to a merchant's staff only what is
theirs.
"""

from accounts.models import Merchant
from accounts.roles import is_global
from orders import address_changes, parcel_changes, parcels, price_cuts, resending, resends, risk_words
from orders.admin import desk_amounts, desk_timeline
from orders.admin.deeds import offered
from orders.admin.forms import CutForm, NoteForm, PackForm, ResendForm, ShipForm, UnitsForm
from orders.models import HoldReview, InvoiceRequest, Order, Parcel, Refund


def merchants_of(user):
    """The merchants whose part of an order ``user`` may work on; None means all."""
    return None if is_global(user) else set(Merchant.objects.staffed_by(user).values_list("pk", flat=True))


def page_of(order, user):
    """The context of the order's page."""
    mine = merchants_of(user)
    lines = [line for line in order.lines.select_related("merchant", "sku").order_by("number") if _is_mine(line, mine)]
    boxes = [
        box
        for box in order.parcels.select_related("merchant", "resend_of", "order").prefetch_related(
            "lines__line", "events"
        )
        if _is_mine(box, mine)
    ]
    everything = mine is None
    return {
        "order": order,
        "sees_money": everything,
        "hold": _hold(order) if everything else None,
        "lines": lines,
        "shopper_notes": _shopper_notes(order, lines),
        "lines_fen": sum(line.payable_fen for line in lines),
        "parcels": [_parcel(box, user) for box in boxes],
        "packing": _packing(order, lines, user),
        "payments": [_with_deeds(p, user, "payment") for p in order.payments.order_by("pk")] if everything else [],
        "refunds": [_refund(r, user) for r in order.refunds.order_by("pk")] if everything else [],
        "deeds": _buttons(order, user, "order") if everything else [],
        "amounts": desk_amounts.rows_of(order) if everything else [],
        "moved": desk_amounts.moved(order) if everything else [],
        "invoice": _invoice(order) if everything else None,
        "cuts": [_with_deeds(cut, user, "cut") for cut in order.price_cuts.order_by("pk")] if everything else [],
        **(changes_of(order, user) if everything else {}),
        "notes": order.staff_notes.select_related("by") if everything else [],
        "note_form": NoteForm(),
        "timeline": desk_timeline.of(order, boxes, everything=everything),
    }


def changes_of(order, user):
    """What of an order may still be changed by ``user``, and what may be told again."""
    if not user.has_perm("orders.change_order"):
        return {}
    unpaid = order.status == Order.Status.PENDING_PAYMENT and not order.price_cuts.filter(status="proposed").exists()
    return {
        "cut_form": CutForm(order=order) if unpaid else None,
        "alone_fen": price_cuts.alone_fen(user),
        "may_readdress": address_changes.may_change(order, staff=True),
        "told": resending.told(order),
    }


def _shopper_notes(order, lines):
    """[(merchant or None, text)]: what the shopper wrote, to the merchants of ``lines`` only."""
    merchants = {line.merchant_id: line.merchant for line in lines}
    notes = [(merchant, order.merchant_notes.get(str(pk), "")) for pk, merchant in merchants.items()]
    return [(who, text) for who, text in [(None, order.note), *notes] if text]


def _invoice(order):
    """The request for an invoice with its documents, or None."""
    wish = InvoiceRequest.objects.filter(order=order).first()
    return wish and {"row": wish, "documents": list(wish.documents.order_by("pk"))}


def _hold(order):
    """The hold of an order that is held now, with its reasons in words."""
    hold = HoldReview.objects.filter(order=order, status=HoldReview.Status.OPEN).first()
    return hold and {"row": hold, "reasons": risk_words.for_staff(hold.reasons)}


def _is_mine(row, mine):
    return mine is None or row.merchant_id in mine


def _with_deeds(row, user, on):
    return {"row": row, "deeds": _buttons(row, user, on)}


def _refund(refund, user):
    """A refund with its deeds; ``waits`` when it needs a second person and ``user`` is not the one."""
    shown = _with_deeds(refund, user, "refund")
    waits = refund.status == Refund.Status.REQUESTED and all(deed.name != "approve" for deed, *_more in shown["deeds"])
    return shown | {"waits": waits, "is_own": refund.requested_by_id == user.pk}


def _buttons(row, user, on):
    """The lawful deeds, each with its label and the fen that it moves (0: none)."""
    return [(deed, deed.label_of(row), deed.amount(row) if deed.amount else 0) for deed in offered(row, user, on)]


def _parcel(parcel, user):
    may_ship = parcel.status == Parcel.Status.PACKED and user.has_perm("orders.change_parcel")
    events = list(parcel.events.all())
    form = ShipForm(prefix=f"parcel-{parcel.pk}") if may_ship else None
    return {
        "row": parcel,
        "deeds": _buttons(parcel, user, "parcel"),
        "ship_form": form,
        "events": events,
        "units_form": UnitsForm(parcel=parcel) if _may_be_divided(parcel, user) else None,
        "again_form": _again_form(parcel, user),
        "prints": parcel.direction == Parcel.Direction.OUTBOUND
        and parcel.status != Parcel.Status.VOID
        and user.has_perm("orders.change_parcel"),
    }


def _again_form(parcel, user):
    """To send lost, broken or missing units once more, while that is lawful."""
    left = resends.sendable(parcel) if user.has_perm("orders.change_parcel") else {}
    return ResendForm(parcel=parcel, left=left) if left else None


def _may_be_divided(parcel, user):
    """Whether staff may take units out of it, or check it in when it came back."""
    if parcel.direction != Parcel.Direction.OUTBOUND or not user.has_perm("orders.change_parcel"):
        return False
    units = sum(row.quantity for row in parcel.lines.all())
    packed = parcel.status == Parcel.Status.PACKED and not parcel.resend_of_id
    return (packed and units > 1) or parcel.status in parcel_changes.MAY_COME_BACK


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
