"""What workers do for orders; each task only claims rows, so it may run twice or not at all."""

from celery import shared_task

from accounts import work
from catalog import shelf_offers
from orders import deadlines, delivery_promise, invoices, listing_figures, offers_on_shelves, payments, reconciliation
from orders.models import ChannelBill, InvoiceMail, Refund, SandboxNotice, SandboxShipment, TrackingSubscription


@shared_task
def fire_deadlines():
    deadlines.fire_due()


@shared_task
def send_refunds():
    sendable = Refund.objects.filter(status__in=[Refund.Status.APPROVED, Refund.Status.PROCESSING])
    work.run_due(Refund, rows=sendable)


@shared_task
def query_payments():
    payments.query_due()


@shared_task
def follow_parcels():
    work.run_due(TrackingSubscription)
    work.run_due(SandboxShipment, limit=50)


@shared_task
def send_sandbox_notices():
    work.run_due(SandboxNotice, limit=50)


@shared_task
def start_bills():
    reconciliation.start()


@shared_task
def fetch_bills():
    work.run_due(ChannelBill, limit=10)


@shared_task
def issue_invoices():
    invoices.issue_due()


@shared_task
def mail_invoices():
    work.run_due(InvoiceMail, limit=50)


@shared_task
def settle_offers():
    """Categories move and SKUs come and go: every night lists are compared with what runs."""
    offers_on_shelves.settle_all()
    shelf_offers.refresh_all()


@shared_task
def count_listing_days():
    listing_figures.count()


@shared_task
def follow_presales():
    delivery_promise.follow()
