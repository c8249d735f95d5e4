"""Orders in every state. Each step of a story is the shop's own rule, run at the moment the story says."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from accounts import work
from accounts.models import User
from catalog.models import Sku
from config.demo.clock import at, days_ago
from orders import booking, checkout, lifecycle, parcels, payments, quoting, tracking
from orders.carriers.base import Scan, meaning_of
from orders.carriers.sandbox_road import journey
from orders.gateways import gateway_of, sandbox_bank, sandbox_signing
from orders.gateways.base import Trade, TradeStatus
from orders.models import CartLine, InvoiceRequest, Order, Refund, SandboxNotice, TrackingSubscription

CARRIERS = (("zhongtong", "76{:012d}"), ("shunfeng", "SF{:013d}"), ("yuantong", "YT{:013d}"))
# How far a story goes; each step includes the ones before.
STEPS = ("placed", "paid", "released", "packed", "shipped", "in_transit", "delivered", "received", "finished")


@dataclass(frozen=True)
class Story:
    """An order of ``goods`` (SKU code → units) placed ``days`` ago that went as far as ``until``."""

    tier: str
    days: int
    goods: dict
    until: str
    hour: int = 14
    note: str = ""
    company: str = ""


class Teller:
    """Tells stories of ``shoppers`` (by tier); ``operator`` packs and ships."""

    def __init__(self, shoppers):
        self.shoppers = shoppers
        self.operator = User.objects.get(email="operator@demo.zhanggui.example")
        self.parcels = 0

    def tell(self, story):
        """Make the order of a story; returns it."""
        placed = days_ago(story.days, hour=story.hour, minute=story.days % 60)
        far = STEPS.index(story.until)
        order = self.place(story, placed)
        moments = {
            "paid": (timedelta(minutes=3), self.pay),
            "released": (timedelta(minutes=40), self._release),
            "packed": (timedelta(hours=5), self._pack),
            "shipped": (timedelta(hours=20), self._ship),
            "in_transit": (timedelta(hours=40), self._travel),
            "delivered": (timedelta(hours=70), self._deliver),
            "received": (timedelta(hours=90), lifecycle.confirm_received),
            "finished": (timedelta(days=20), lifecycle.finish),
        }
        for step in STEPS[1 : far + 1]:
            after, act = moments[step]
            with at(placed + after):
                order.refresh_from_db()
                act(order)
        order.refresh_from_db()
        return order

    def place(self, story, moment):
        """The order of a story, placed at ``moment`` and not paid yet."""
        user = self.shoppers[story.tier]
        skus = {sku.code: sku for sku in Sku.objects.filter(code__in=story.goods).select_related("product")}
        wishes = [CartLine(sku=skus[code], quantity=units) for code, units in story.goods.items()]
        excluded = [wish.sku_id for wish in wishes if wish.sku.product.return_policy == "excluded_if_confirmed"]
        invoice = None
        if story.company:
            invoice = InvoiceRequest(kind="company", title=story.company, tax_number="91330106MA2KJ0000E")
        with at(moment):
            return checkout.place_order(
                user,
                cart_lines=wishes,
                address=user.addresses.order_by("-is_default", "pk")[0],
                key=f"demo-{story.tier}-{story.days}-{story.hour}",
                seen_payable_fen=quoting.quote_for(user, wishes).payable_fen,
                invoice=invoice,
                notes=story.note,
                confirmations=excluded,
            )

    def pay(self, order):
        if order.status != Order.Status.PENDING_PAYMENT:
            return
        payment = payments.start(order, "sandbox")
        query = payment.pay_url.partition("?")[2]
        trade = sandbox_bank.open_trade(payment.number, sandbox_signing.read_query(payment.number, query))
        trade = sandbox_bank.pay(trade, "silent")
        said = Trade(TradeStatus.PAID, trade.amount_fen, trade.reference, gateway_of("sandbox").merchant)
        booking.book(payment, said)

    def refund(self, order):
        """The channel takes the order's approved refunds now and has them done ten minutes later."""
        asked = timezone.now()
        for moment in (asked, asked + timedelta(minutes=10)):
            rows = Refund.objects.filter(order=order, done_at=None)
            rows.update(run_after=order.placed_at)
            with at(moment):
                work.run_due(Refund, rows=rows)

    def _release(self, order):
        lifecycle.release_to_warehouse(order, by=self.operator)

    def _pack(self, order):
        for merchant in sorted({line.merchant for line in order.lines.all()}, key=lambda merchant: merchant.pk):
            parcels.pack(order, merchant, self.operator)

    def _ship(self, order):
        for parcel in order.parcels.all():
            carrier, pattern = CARRIERS[self.parcels % len(CARRIERS)]
            self.parcels += 1
            parcels.ship(parcel, carrier, pattern.format(10_000_007 + self.parcels * 7919), self.operator)

    def _travel(self, order):
        self._scan(order, hours=(2, 9, 16), stop=3)

    def _deliver(self, order):
        self._scan(order, hours=(2, 9, 16, 22, 28, 34, 44, 48), stop=None)

    def _scan(self, order, *, hours, stop):
        for parcel in order.parcels.all():
            way = journey(
                ["江西省", "景德镇市", "昌江区"], [order.province, order.city or order.province, order.district]
            )
            steps = way[:stop]
            scans = [
                Scan(parcel.shipped_at + timedelta(hours=hour), code, meaning_of(code), text, city)
                for hour, (code, city, text) in zip(hours[: len(steps) - 1] + hours[-1:], steps, strict=False)
            ]
            tracking.apply_events(parcel, scans)
            TrackingSubscription.objects.filter(parcel=parcel).update(done_at=parcel.shipped_at)


def quiet():
    """The demo's past is over: nothing of it is sent or asked again when the worker starts."""
    SandboxNotice.objects.filter(done_at=None).delete()
