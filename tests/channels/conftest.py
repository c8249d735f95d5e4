import pytest

from orders.gateways import GATEWAYS
from tests.channels.fake_alipay import FakeAlipay
from tests.channels.fake_sandbox import FakeSandbox
from tests.channels.fake_stripe import FakeStripe
from tests.channels.fake_unionpay import FakeUnionpay
from tests.channels.fake_wechatpay import FakeWechatpay
from tests.orders.conftest import alices_address, cup, place, put_in_cart, teapot

__all__ = ["alices_address", "cup", "place", "put_in_cart", "teapot"]
FAKES = {fake.name: fake for fake in (FakeSandbox, FakeAlipay, FakeWechatpay, FakeStripe, FakeUnionpay)}


@pytest.fixture
def open_company(monkeypatch):
    """``open_company("alipay")``: its fake, with our channel pointed at it."""
    opened = []

    def start(name):
        fake = FAKES[name]()
        opened.append(fake)
        monkeypatch.setitem(GATEWAYS, name, fake.gateway())
        return fake

    yield start
    for fake in opened:
        fake.stop()


@pytest.fixture(params=list(FAKES))
def company(request, open_company):
    """Every payment company in turn."""
    return open_company(request.param)


@pytest.fixture
def order(alice, teapot, place):
    """¥268.00 to pay."""
    return place(alice, (teapot, 1))


@pytest.fixture
def tell(client):
    """``tell(company, raw)``: what the company sends reaches the shop's address; returns the answer."""

    def post(company, raw):
        return client.post(f"/notify/{company.name}/", raw.body, content_type=raw.content_type, headers=raw.headers)

    return post
