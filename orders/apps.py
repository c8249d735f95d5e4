from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrdersConfig(AppConfig):
    name = "orders"
    verbose_name = _("Orders")

    def ready(self):
        # Timers and wordings register themselves.
        from orders import invoices, late_parts, lifecycle, messages, parcel_watch, refunds  # noqa: F401

        refunds.WHEN_SUCCEEDED.append(invoices.after_refund)
