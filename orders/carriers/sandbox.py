"""The sandbox tracker: Kuaidi100 as seen from here, with parcels that travel on the road of
orders.carriers.sandbox_road.

It follows waybills of every carrier, so that a demo may ship with 顺丰 and see the parcel arrive.
"""

from django.conf import settings
from django.urls import reverse

from orders.carriers.kuaidi100 import Kuaidi100Tracker
from orders.gateways import sandbox_wire


class SandboxTracker(Kuaidi100Tracker):
    name = "sandbox"

    def key(self):
        return settings.SANDBOX_CARRIER_SALT

    def salt(self):
        return settings.SANDBOX_CARRIER_SALT

    def subscription_address(self):
        return settings.CALLBACK_URL + reverse("sandbox_carrier")

    def session(self):
        return sandbox_wire.session()

    def query(self, parcel):
        """Nothing beyond what was pushed: this carrier forgets no push."""
        return ()
