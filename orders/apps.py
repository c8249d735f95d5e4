from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrdersConfig(AppConfig):
    name = "orders"
    verbose_name = _("Orders")

    def ready(self):
        # Timers and wordings register themselves.
        from orders import (  # noqa: F401
            invoices,
            late_parts,
            lifecycle,
            messages,
            offers_on_shelves,
            parcel_watch,
            refunds,
        )

        refunds.WHEN_SUCCEEDED.append(invoices.after_refund)
