from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrdersConfig(AppConfig):
    name = "orders"
    verbose_name = _("Orders")

    def ready(self):
        from orders import lifecycle, messages, parcel_watch  # noqa: F401 (timers and wordings register themselves)
