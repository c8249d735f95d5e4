from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AftersalesConfig(AppConfig):
    name = "aftersales"
    verbose_name = _("After-sales")

    def ready(self):
        from aftersales import messages, settlement, timers  # noqa: F401 (wordings and timers register themselves)
        from orders import refunds

        refunds.WHEN_SUCCEEDED.append(settlement.refund_succeeded)
