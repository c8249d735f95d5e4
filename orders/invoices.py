"""Invoices: asked for, issued after receipt, taken back by a red letter when money goes back, and issued anew for what
is left. What is invoiced is the cash paid and not refunded; coupons and points are discounts on it (domain.md 3: 25).

The order's row is locked first. The issuer is asked by the worker, outside any transaction.
"""

from datetime import timedelta

from django.db import transaction
from django.db.models import Sum
from django.urls import reverse
from django.utils import timezone

from accounts import bell, history, work
from accounts.history import TransitionNotAllowed
from accounts.models import StateLog
from accounts.notifications import notify
from accounts.work import TryLater
from catalog.money import yuan
from orders import invoice_mails, numbers
from orders.invoice_lines import lines_of
from orders.issuers import ISSUER
from orders.models import Invoice, InvoiceRequest, Order, Refund

Status = InvoiceRequest.Status
MOVES = {
    Status.REQUESTED: {Status.ISSUING, Status.FAILED, Status.CANCELLED},
    Status.ISSUING: {Status.ISSUED, Status.FAILED},
    Status.ISSUED: {Status.REVERSING},
    Status.FAILED: {Status.ISSUING, Status.REVERSING, Status.REQUESTED, Status.CANCELLED},
    Status.REVERSING: {Status.RED, Status.FAILED},
    Status.RED: {Status.ISSUING, Status.FAILED},
    Status.CANCELLED: set(),
}
# Invoices are issued when the goods are there: before, every change of mind would cost a red letter.
READY = (Order.Status.COMPLETED, Order.Status.FINISHED)
MAY_ASK_DAYS = 180
ASK_AGAIN = 3  # seconds


def invoiceable(order):
    """Fen that an invoice of ``order`` may say now: applied payments less their refunds that succeeded."""
    paid = order.payments.filter(applied=True).aggregate(fen=Sum("amount_fen"))["fen"] or 0
    back = Refund.objects.filter(order=order, payment__applied=True, status=Refund.Status.SUCCEEDED)
    return paid - (back.aggregate(fen=Sum("amount_fen"))["fen"] or 0)


def may_ask(order, *, now=None):
    """Whether the shopper may ask for an invoice: paid, something left to invoice, within 180 days of payment."""
    if order.paid_at is None or order.status == Order.Status.CLOSED:
        return False
    return (now or timezone.now()) < order.paid_at + timedelta(days=MAY_ASK_DAYS) and invoiceable(order) > 0


def may_change(request):
    """Whether title and number can still be changed: until a document is on its way."""
    return (
        request.status in {Status.REQUESTED, Status.FAILED}
        and not request.documents.filter(status__in=["issuing", "issued"]).exists()
    )


@transaction.atomic
def ask(order, *, by, kind, title, tax_number="", email=""):
    """Ask for an invoice, or correct its title before it is issued. Raises ``TransitionNotAllowed`` when it is too late."""
    order = Order.objects.select_for_update().get(pk=order.pk)
    wish = {"kind": kind, "title": title, "tax_number": tax_number, "email": email}
    request = InvoiceRequest.objects.filter(order=order).first()
    if request is None:
        if not may_ask(order):
            raise TransitionNotAllowed(InvoiceRequest(order=order, status=""), to=Status.REQUESTED)
        request = InvoiceRequest.objects.create(order=order, **wish)
        history.record(request, about=order.about, to=request.status, by=by, actor=StateLog.Actor.BUYER)
    else:
        if not may_change(request):
            raise TransitionNotAllowed(request, to=Status.REQUESTED)
        InvoiceRequest.objects.filter(pk=request.pk).update(failure="")
        for field, value in wish.items():
            setattr(request, field, value)
        request.save(update_fields=list(wish))
        _move(request, Status.REQUESTED, by=by, actor=StateLog.Actor.BUYER)
    bell.ring("orders.tasks.issue_invoices")
    return request


@transaction.atomic
def settle(request, *, by=None):
    """Bring the documents of a request in line with the money: issue, take back or cancel; at most one is under way.

    Safe to call at any time; what is right already stays. Returns the document it began, or None.
    """
    order = Order.objects.select_for_update().get(pk=request.order_id)
    request = InvoiceRequest.objects.select_for_update().get(pk=request.pk)
    if request.documents.filter(status=Invoice.Status.ISSUING).exists():
        return None
    due, said = invoiceable(order), request.amount_fen or 0
    if said:
        return _reverse(request, by=by) if said != due else None
    if due <= 0 or order.status == Order.Status.CLOSED:
        if request.status in {Status.REQUESTED, Status.FAILED}:
            _move(request, Status.CANCELLED, by=by)
        return None
    return _issue(request, order, due, by=by) if order.status in READY else None


def issue_due(limit=200):
    """The worker's sweep: begin what waits and can be issued, then ask the issuer about what is under way."""
    waiting = InvoiceRequest.objects.filter(
        status__in=[Status.REQUESTED, Status.RED], order__status__in=[*READY, Order.Status.CLOSED]
    ).exclude(status=Status.RED, order__status=Order.Status.CLOSED)
    for request in waiting.order_by("created_at")[:limit]:
        _settle_or_stop(request)
    return work.run_due(Invoice)


def after_refund(refund):
    """In the transaction in which a refund succeeds: an invoice that says too much is taken back."""
    request = InvoiceRequest.objects.filter(order=refund.order_id, status=Status.ISSUED).first()
    if request is not None:
        settle(request)


def try_again(request, *, by):
    """Staff: a document that failed is asked for anew, under a number of its own."""
    if request.status != Status.FAILED:
        raise TransitionNotAllowed(request, to=Status.ISSUING)
    return settle(request, by=by)


def work_on(document):
    """Performed by the worker: ask the issuer, and book what it says."""
    answer = ISSUER.query(document.number)
    if answer.state == "unknown":
        ISSUER.submit(document)
        raise TryLater(ASK_AGAIN)
    if answer.state == "waiting":
        raise TryLater(ASK_AGAIN)
    if answer.state == "refused":
        fail(document, answer.reason)
    else:
        _book(document, answer)
        _settle_or_stop(document.request)


def _settle_or_stop(request):
    """Amounts that do not sum are shown to staff; they must not stop the queue."""
    try:
        settle(request)
    except ValueError as error:
        InvoiceRequest.objects.filter(pk=request.pk).update(failure=str(error)[:200])
        _move(request, Status.FAILED, reason="amounts")


@transaction.atomic
def _book(document, answer):
    order = Order.objects.select_for_update().get(pk=document.request.order_id)
    facts = {"status": "issued", "official_number": answer.official_number, "issued_at": answer.issued_at}
    if not Invoice.objects.filter(pk=document.pk, status=Invoice.Status.ISSUING).update(**facts):
        return
    blue = document.kind == Invoice.Kind.BLUE
    request = document.request
    InvoiceRequest.objects.filter(pk=request.pk).update(amount_fen=document.amount_fen if blue else 0, failure="")
    _move(request, Status.ISSUED if blue else Status.RED)
    _tell(order, document, "invoice_issued" if blue else "invoice_red", document.amount_fen)
    invoice_mails.when_issued(document)


@transaction.atomic
def fail(document, reason):
    """The issuer refuses, or does not answer for too long: the shopper may correct the title, staff may try again."""
    order = Order.objects.select_for_update().get(pk=document.request.order_id)
    if Invoice.objects.filter(pk=document.pk, status=Invoice.Status.ISSUING).update(status="failed"):
        InvoiceRequest.objects.filter(pk=document.request_id).update(failure=reason[:200])
        _move(document.request, Status.FAILED, reason=reason)
        _tell(order, document, "invoice_failed", document.amount_fen)


def _issue(request, order, due, *, by):
    _move(request, Status.ISSUING, by=by)
    return _document(request, Invoice.Kind.BLUE, due, lines_of(order, due))


def _reverse(request, *, by):
    _move(request, Status.REVERSING, by=by)
    blue = request.documents.filter(kind=Invoice.Kind.BLUE, status=Invoice.Status.ISSUED).last()
    return _document(request, Invoice.Kind.RED, blue.amount_fen, blue.lines, of=blue)


def _document(request, kind, fen, lines, of=None):
    bell.ring("orders.tasks.issue_invoices")
    source = of or request
    return Invoice.objects.create(
        request=request,
        kind=kind,
        reverses=of,
        number=numbers.invoice_number(),
        title=source.title,
        tax_number=source.tax_number,
        amount_fen=fen,
        lines=lines,
    )


def _move(request, to, *, by=None, actor=None, reason=""):
    allowed = {state for state, targets in MOVES.items() if to in targets}
    actor = actor or (StateLog.Actor.STAFF if by else StateLog.Actor.SYSTEM)
    return history.move(request, to=to, allowed=allowed, about=request.order.about, by=by, actor=actor, reason=reason)


def _tell(order, document, kind, fen):
    facts, url = {"number": order.number, "amount": yuan(fen)}, reverse("order_invoice", args=[order.number])
    notify(order.user, kind, key=f"invoice:{document.number}:{kind}", facts=facts, url=url)
