from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AftersalesConfig(AppConfig):
    name = "aftersales"
    verbose_name = _("After-sales")

    def ready(self):
        from aftersales import messages, settlement, timers  # noqa: F401 (wordings and timers register themselves)
        from aftersales.reasons import REASONS
        from orders import reason_words, refunds

        reason_words.register({reason.code: reason.label for reason in REASONS.values()})
        refunds.WHEN_SUCCEEDED.append(settlement.refund_succeeded)
