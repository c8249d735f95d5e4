"""The payment channels of this shop, by the name that payments store."""

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from orders.gateways.sandbox import SandboxGateway

GATEWAYS = {}
# Channels that have a name and nothing behind it: the digital yuan comes by contract with an operating bank, each with
# an interface of its own, and may appear inside Alipay's and UnionPay's cashiers without our doing.
SLOTS = {"ecny": _("Digital yuan (e-CNY)")}


def register(gateway):
    """Offer a channel to shoppers; real ones do so when their keys are set."""
    if gateway.name in SLOTS:
        raise ImproperlyConfigured(f"{gateway.name} is a slot that no channel fills yet.")
    GATEWAYS[gateway.name] = gateway


def gateway_of(name):
    """The channel called ``name``. Raises ``KeyError`` for one that is not set up here."""
    return GATEWAYS[name]


def title_of(name):
    """The channel's name for people; its code when it is not set up here (any more)."""
    return GATEWAYS[name].title if name in GATEWAYS else name


def build(name, facts):
    """The channel ``name`` with the facts of ``config.payment_channels``; its client is imported only when it is used."""
    if name == "alipay":
        from orders.gateways.alipay import AlipayGateway as Kind
    elif name == "wechatpay":
        from orders.gateways.wechatpay import WechatpayGateway as Kind
    elif name == "stripe":
        from orders.gateways.stripe_checkout import StripeGateway as Kind
    elif name == "unionpay":
        from orders.gateways.unionpay import UnionpayGateway as Kind
    else:
        raise KeyError(name)
    return Kind(facts)


for _name, _facts in settings.PAYMENT_CHANNELS.items():
    register(build(_name, _facts))

if settings.SANDBOX_CHANNELS:
    register(SandboxGateway("sandbox", _("Test wallet"), _("No real money moves.")))
    _plans = {3: 230, 6: 450, 12: 750}
    register(SandboxGateway("sandbox-card", _("Test bank card"), _("The same test bank under another name."), _plans))
