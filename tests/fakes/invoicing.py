"""The issuer of invoices and goods that go back, for tests about invoices."""

from datetime import timedelta

from django.utils import timezone

from orders import anchors, invoices, refunds
from orders.models import Invoice, SandboxInvoice
from tests.fakes.shopping import run_refunds

PERSON = {"kind": "personal", "title": "林小满"}
COMPANY = {"kind": "company", "title": "屿集有限公司", "tax_number": "91350100M000100Y43"}


def the_issuer_works():
    """The worker's sweep until nothing is under way."""
    for _ in range(6):
        Invoice.objects.filter(done_at=None).update(run_after=timezone.now())
        SandboxInvoice.objects.update(ready_at=timezone.now() - timedelta(seconds=1))
        invoices.issue_due()


def send_back(order, units, source="return:RT1"):
    line = order.lines.get()
    goods, _shipping, points = anchors.worth(line, units)
    refunds.request(order, lines=[(line, units, goods, 0, points)], source=source, reason="return")
    run_refunds()
    run_refunds()
