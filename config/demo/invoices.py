"""Invoices of the demo shop in every state: waiting, being issued, issued, refused, red-lettered, cancelled."""

from datetime import timedelta

from django.utils import timezone

from config.demo.clock import at
from orders import invoices, refunds
from orders.models import Invoice, InvoiceRequest, Order

COMPANY = {"kind": "company", "title": "杭州西溪茶叶有限公司", "tax_number": "91330106MA2KJ0000E"}
PERSON = {"kind": "personal", "title": "个人", "email": "me@demo.zhanggui.example"}
# The test issuer refuses this title.
REFUSED = {"kind": "personal", "title": "拒开测试", "email": "me@demo.zhanggui.example"}


def tell(teller):
    """Make them; answers how many requests there are. Orders with a company wait in the stories already."""
    now = timezone.now()
    issued, red, refused = _finished(teller.shoppers["GOLD"])[:3]
    _ask(issued, now - timedelta(days=4), PERSON)
    _ask(red, now - timedelta(days=3), COMPANY | {"email": "fapiao@demo.zhanggui.example"})
    _ask(refused, now - timedelta(days=2), REFUSED)
    for request in InvoiceRequest.objects.filter(status="requested", order__status="finished"):
        _work(request, now - timedelta(days=5))  # a company asked at checkout
    line = red.lines.first()
    with at(now - timedelta(days=1)):
        refunds.request(red, lines=[(line, 0, 500, 0, 0)], source=f"demo:{red.number}", reason="compensation")
        teller.refund(red)
    _work(red.invoice, now - timedelta(days=1) + timedelta(minutes=20))
    _under_way(teller)
    _cancelled(teller)
    return InvoiceRequest.objects.count()


def _finished(user):
    orders = Order.objects.filter(user=user, status="finished", invoice=None)
    return list(orders.order_by("-placed_at"))


def _ask(order, moment, wish):
    with at(moment):
        _work(invoices.ask(order, by=order.user, **wish), moment)


def _work(request, moment):
    """The issuer is asked and answers, half a minute later each time, until nothing is under way."""
    with at(moment):
        invoices.settle(request)
    for step in range(1, 5):
        with at(moment + timedelta(seconds=30 * step)):
            document = Invoice.objects.filter(request=request, status="issuing").first()
            if document is None:
                return
            try:
                invoices.work_on(document)
            except invoices.TryLater:
                continue
            Invoice.objects.filter(pk=document.pk).update(done_at=timezone.now())


def _under_way(teller):
    """Asked a moment ago; a worker that runs has its number within seconds."""
    order = _finished(teller.shoppers["SILVER"])[0]
    invoices.settle(invoices.ask(order, by=order.user, **PERSON))


def _cancelled(teller):
    """The order was closed before anything was issued."""
    order = Order.objects.filter(status="closed", invoice=None, paid_at__isnull=False).first()
    if order is not None:
        invoices.settle(InvoiceRequest.objects.create(order=order, **PERSON))
