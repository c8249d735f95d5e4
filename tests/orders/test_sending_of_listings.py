"""What a listing promises about its sending reaches checkout and the parts of an order."""

from datetime import timedelta

import pytest
from django.utils import timezone

from orders import delivery_promise
from tests.fakes.shopping import pay_and_hear

pytestmark = pytest.mark.django_db


def test_an_order_is_promised_for_when_its_last_line_can_be_sent(alice, teapot, cup, place, yuji):
    day = timezone.localdate() + timedelta(days=9)
    teapot.product.presale_on = day
    teapot.product.save()
    order = pay_and_hear(place(alice, (teapot, 1), (cup, 1)))
    waiting, other = order.parts.get(merchant=yuji), order.parts.exclude(merchant=yuji).get()
    assert timezone.localdate(waiting.ship_by) == day + timedelta(days=2)
    assert other.ship_by == order.paid_at + timedelta(hours=48)


def test_checkout_says_until_when_a_pre_sale_waits(client, alice, teapot, put_in_cart):
    teapot.product.presale_on = timezone.localdate() + timedelta(days=9)
    teapot.product.save()
    put_in_cart(alice, teapot)
    client.force_login(alice)
    page = client.get("/checkout/", headers={"accept-language": "en"}).content.decode()
    assert delivery_promise.day_of(teapot.product.presale_on) in page
