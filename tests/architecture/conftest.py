"""Alice with something of everything that somebody else might try to reach."""

from dataclasses import dataclass, field
from io import BytesIO

import pytest
from PIL import Image

from accounts import notifications
from aftersales import returns
from aftersales.models import ReturnRequest
from orders import payments
from orders.models import Cart, Order, Payment
from tests.aftersales.conftest import bought as bought  # noqa: PLC0414 - a fixture
from tests.factories import make_category
from tests.fakes.shopping import go_to_cashier
from tests.orders.conftest import alices_address as alices_address  # noqa: PLC0414
from tests.orders.conftest import place as place  # noqa: PLC0414
from tests.orders.conftest import put_in_cart as put_in_cart  # noqa: PLC0414
from tests.orders.conftest import teapot as teapot  # noqa: PLC0414


@dataclass
class World:
    owner: object
    values: dict
    special: dict = field(default_factory=dict)

    def arguments(self, route):
        """What to fill into ``route`` to reach Alice's things."""
        for start, values in self.special.items():
            if route.startswith(start):
                return self.values | values
        return self.values

    def state(self):
        """All that a stranger must not change, as values that compare."""
        orders = Order.objects.filter(user=self.owner)
        rows = [
            orders.values(),
            Payment.objects.filter(order__in=orders).values(),
            ReturnRequest.objects.filter(user=self.owner).values(),
            self.owner.addresses.values(),
            self.owner.notifications.values(),
            Cart.objects.filter(user=self.owner).values("pk", "lines__sku", "lines__quantity", "lines__selected"),
        ]
        return [list(query.order_by("pk")) for query in rows]


def webp():
    out = BytesIO()
    Image.new("RGB", (8, 8), "white").save(out, "WEBP")
    return out.getvalue()


@pytest.fixture
def world(alice, yuji, teapot, place, bought, put_in_cart, alices_address, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    category = make_category()
    teapot.product.category = category
    teapot.product.save()
    waiting = place(alice, (teapot, 1))
    payment = payments.start(waiting, "sandbox")
    go_to_cashier(payment)
    arrived = bought(alice)
    put_in_cart(alice, teapot)
    line = arrived.lines.first()
    asked = returns.request(alice, line, 1, "defect", note="裂了", photos=[webp()])
    message = alice.notifications.first() or notifications.notify(alice, "return_submitted", key="k")
    return World(
        alice,
        {
            "slug": teapot.product.slug,
            "pk": teapot.product_id,
            "sku_id": teapot.pk,
            "number": waiting.number,
            "carrier": "kuaidi100",
            "gateway": "sandbox",
            "operation": "query",
            "path": "nothing.webp",
            "key": "x",
            "token": "x",
            "name": "pages",
            "uidb36": "1",
            "size": "small",
            "kind": "review",
        },
        {
            "c/": {"slug": category.slug},
            "sandbox/cashier/": {"number": payment.number},
            "service/help/": {"slug": "delivery"},
            "service/returns/new/": {"order_number": arrived.number, "line_number": 2},
            "service/returns/<slug:number>/photos/": {"number": asked.number, "pk": asked.photos.get().pk},
            "service/returns/": {"number": asked.number},
            "account/messages/": {"pk": message.pk},
            "account/addresses/": {"pk": alices_address.pk},
        },
    )
