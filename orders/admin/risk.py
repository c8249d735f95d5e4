from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from accounts.scoped_admin import HIDDEN_FROM_MERCHANTS, ScopedModelAdmin
from catalog.admin.thumbnails import pill
from orders import risk_words
from orders.admin.money import OfAnOrder
from orders.models import HoldReview, RiskRules

TONES = {"open": "warn", "released": "ok", "stopped": "bad"}


@admin.register(RiskRules)
class RiskRulesAdmin(ScopedModelAdmin):
    """One row: from when on a payment is asked about or an order is held."""

    merchant_path = HIDDEN_FROM_MERCHANTS
    fieldsets = [
        (
            _("Too much in a short time"),
            {
                "fields": [
                    "window_minutes",
                    "orders_per_shopper",
                    "orders_per_device",
                    "orders_per_address",
                    "attempts_per_shopper",
                    "failed_payments",
                ],
                "description": _("Orders above a limit are held; attempts and failures ask for the second factor."),
            },
        ),
        (
            _("Amounts"),
            {
                "fields": [
                    "new_device_from_fen",
                    "strange_region_from_fen",
                    "first_order_from_fen",
                    "reasons_to_hold",
                ]
            },
        ),
    ]

    def has_add_permission(self, request):
        return super().has_add_permission(request) and not RiskRules.objects.exists()

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(HoldReview)
class HoldReviewAdmin(OfAnOrder):
    """What was held, why, and who decided; deciding is done on the order's page."""

    list_display = ["order_link", "state", "why", "held_at", "decided_at", "decided_by"]
    list_filter = ["status"]
    list_select_related = ["order", "decided_by"]
    search_fields = ["order__number"]

    @admin.display(description=_("status"), ordering="status")
    def state(self, hold):
        return pill(hold.get_status_display(), TONES.get(hold.status, ""))

    @admin.display(description=_("reasons"))
    def why(self, hold):
        return "; ".join(risk_words.for_staff(hold.reasons))
