"""The payment channels of this shop, by the name that payments store."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from orders.gateways.sandbox import SandboxGateway

GATEWAYS = {}


def register(gateway):
    """Offer a channel to shoppers; real ones do so when their keys are set."""
    GATEWAYS[gateway.name] = gateway


def gateway_of(name):
    """The channel called ``name``. Raises ``KeyError`` for one that is not set up here."""
    return GATEWAYS[name]


if settings.SANDBOX_CHANNELS:
    register(SandboxGateway("sandbox", _("Test wallet"), _("No real money moves.")))
    register(SandboxGateway("sandbox-card", _("Test bank card"), _("The same test bank under another name.")))
