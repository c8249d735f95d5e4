"""The carriers staff may ship with, and the service that follows their parcels."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from orders.carriers.base import Carrier
from orders.carriers.kuaidi100 import Kuaidi100Tracker
from orders.carriers.sandbox import SandboxTracker

CARRIERS = {
    carrier.code: carrier
    for carrier in (
        Carrier("shunfeng", _("SF Express"), r"SF\d{12,15}|\d{12}"),
        Carrier("zhongtong", _("ZTO Express"), r"(ZTO)?\d{12,15}"),
        Carrier("yuantong", _("YTO Express"), r"(YT|G|V)?\d{10,18}"),
        Carrier("yunda", _("Yunda Express"), r"\d{13,19}"),
        Carrier("shentong", _("STO Express"), r"\d{12,15}"),
        Carrier("jtexpress", _("J&T Express"), r"JT\d{13,15}"),
        Carrier("jd", _("JD Logistics"), r"JD[A-Z0-9]{9,20}"),
        Carrier("ems", _("EMS"), r"[A-Z]{2}\d{9}[A-Z]{2}|\d{13}"),
        Carrier("youzhengguonei", _("China Post"), r"[A-Z]{2}\d{9}[A-Z]{2}|\d{13}"),
        Carrier("debangkuaidi", _("Deppon Express"), r"(DPK)?\d{8,15}"),
    )
}
TRACKERS = {}

if settings.KUAIDI100_KEY:
    TRACKERS["kuaidi100"] = Kuaidi100Tracker()

if settings.SANDBOX_CHANNELS:
    CARRIERS["sandbox"] = Carrier("sandbox", _("Test carrier"), r"[A-Z0-9]{8,20}")
    TRACKERS["sandbox"] = SandboxTracker()


def tracker():
    """The service to subscribe parcels to, or None when this shop has none."""
    return next(iter(TRACKERS.values()), None)


def name_of(code):
    """A carrier's name for people; its code when it is not in the list (any more)."""
    return CARRIERS[code].name if code in CARRIERS else code
