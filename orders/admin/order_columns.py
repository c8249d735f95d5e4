"""What the list of orders shows of each, and in which order a queue is worked off."""

from django.contrib import admin
from django.db.models import OuterRef, Sum, Value
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.admin.thumbnails import pill
from catalog.money import yuan
from orders.admin import desk, queues
from orders.models import OrderLine

TONES = {
    "paid": "warn",
    "processing": "warn",
    "partially_shipped": "warn",
    "closed": "plain",
    "pending_payment": "plain",
    "pending_deposit": "plain",
    "deposit_paid": "warn",
    "pending_balance": "warn",
}


def short(moment):
    """Of this year without the year, so that a queue fits beside its filters."""
    if moment is None:
        return "—"
    moment = timezone.localtime(moment)
    return f"{moment:%m-%d %H:%M}" if moment.year == timezone.localtime().year else f"{moment:%Y-%m-%d}"


class OrderColumns(admin.ModelAdmin):
    """The columns of ``OrderAdmin``; amounts and units are those that the person may see."""

    list_display = ["number", "state", "placed", "paid", "shopper", "goods", "amount"]
    list_select_related = ["user"]

    def get_queryset(self, request):
        mine = desk.merchants_of(request.user)
        lines = OrderLine.objects.filter(order=OuterRef("pk")).order_by()
        lines = lines if mine is None else lines.filter(merchant__in=mine)
        units = lines.values("order").annotate(sum=Sum("quantity")).values("sum")
        fen = lines.values("order").annotate(sum=Sum("payable_fen")).values("sum")
        return super().get_queryset(request).annotate(units=units, lines_fen=fen, everything=Value(mine is None))

    def get_ordering(self, request):
        if request.GET.get(queues.QueueFilter.parameter_name):
            return list(queues.IN_TURN)
        return super().get_ordering(request)

    @admin.display(description=gettext_lazy("status"), ordering="status")
    def state(self, order):
        shown = pill(order.get_status_display(), TONES.get(order.status, "ok"))
        return format_html("{} {}", shown, pill(_("packed first"), "ok")) if order.priority else shown

    @admin.display(description=gettext_lazy("placed at"), ordering="placed_at")
    def placed(self, order):
        return short(order.placed_at)

    @admin.display(description=gettext_lazy("paid at"), ordering="paid_at")
    def paid(self, order):
        return short(order.paid_at)

    @admin.display(description=gettext_lazy("shopper"))
    def shopper(self, order):
        return order.masked_receiver

    @admin.display(description=gettext_lazy("units"))
    def goods(self, order):
        return order.units

    @admin.display(description=gettext_lazy("amount"))
    def amount(self, order):
        return f"¥{yuan(order.payable_fen if order.everything else order.lines_fen)}"
