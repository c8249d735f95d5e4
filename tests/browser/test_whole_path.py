"""The whole path: merchant, shopper, operator, carrier, return, member, books, on a phone and on a desktop."""

import itertools
import re

import pytest

from tests.browser.walk import Merchant, Operator, Shopper, wait_for

pytestmark = pytest.mark.xdist_group("browser")  # one worker, one shop

waybills = (f"7699{number:010d}" for number in itertools.count(101))


@pytest.mark.parametrize(("size", "language"), [("phone", "zh-CN"), ("desktop", "en-US")])
def test_from_the_import_to_the_refund(visitor, shop, size, language):
    sells(visitor, size, language)
    shopper, number = buys(visitor, shop, size, language)
    ships(visitor, size, language, number)
    receives(shopper, number)
    case = sends_back(shopper, number)
    takes_back(visitor, size, language, shopper, case)
    counts_points(shopper)
    assert "0 broken" in shop.manage("check_books")


def sells(visitor, size, language):
    merchant = Merchant(visitor(size, language=language), "yuji")
    merchant.visitor.check()
    merchant.import_catalogue(size)
    merchant.edit_listing(f"bamboo-scoop-{size}", subtitle="一勺三克，刚好一泡", units=42)
    merchant.publish(f"bamboo-scoop-{size}")


def buys(visitor, shop, size, language):
    """As a guest into the cart, registered on the way to checkout, paid by the bank's notice."""
    guest = visitor(size, language=language)
    shopper = Shopper(guest)
    shopper.find_and_choose("竹茶则")
    shopper.choose_first_options()
    shopper.add_to_cart()
    shopper.find_and_choose("手作茶壶")
    shopper.choose_first_options()
    guest.check()
    shopper.add_to_cart()
    page = guest.go("/cart/")
    assert page.locator(".cartline").count() == 2
    guest.check()
    page = guest.go("/checkout/")
    assert "/account/" in page.url
    page = guest.go("/account/signup/?next=/checkout/")
    guest.check()
    shopper.register(f"{size}@shopper.example")
    page = guest.go("/checkout/")
    guest.check()
    shopper.enter_address()
    guest.check()
    page.locator("button[value=place]:visible").click()
    page.wait_for_url("**/orders/**")
    number = re.search(r"/orders/(\d+)/", page.url).group(1)
    guest.go(f"/orders/{number}/payment/")
    guest.check()
    shopper.pay_at_the_test_bank()
    # The browser's return proves nothing; the notice makes the order paid.
    wait_for(lambda: "paid" in state_of(shop, number), "the payment")
    guest.go(f"/orders/{number}/")
    guest.check()
    return shopper, number


def state_of(shop, number):
    code = f"from orders.models import Order; print('state', Order.objects.get(number='{number}').status)"
    return shop.manage("shell", "-v", "0", "-c", code)


def ships(visitor, size, language, number):
    operator = Operator(visitor(size, language=language), "operator")
    operator.visitor.check()
    operator.pack_and_ship(number, waybills)
    operator.visitor.check()


def receives(shopper, number):
    """The carrier's pushes arrive; the shopper reads of each step and confirms."""
    shopper.wait_for_text(f"/orders/{number}/", "签收人", "the signature on the order page")
    shopper.visitor.check()
    messages = shopper.wait_for_text("/account/messages/", number, "the messages").string
    assert messages.count(number) >= 4
    shopper.visitor.check()
    shopper.visitor.go(f"/orders/{number}/")
    with shopper.page.expect_navigation():
        shopper.page.locator(f"form[action$='/orders/{number}/receipt/'] button:visible").first.click()


def sends_back(shopper, number):
    """One line goes back; returns the number of the request."""
    shopper.visitor.go(f"/orders/{number}/")
    shopper.page.locator("a[href*='/service/returns/new/']").first.click()
    shopper.page.wait_for_url("**/returns/new/**")
    shopper.visitor.check()
    shopper.page.select_option("select[name=reason]", "no_reason")
    shopper.page.fill("[name=note]", "颜色不合适")
    shopper.page.click("button[value=send]:visible >> nth=-1")
    shopper.page.wait_for_url(re.compile(r"/service/returns/RT\d+/"))
    shopper.visitor.check()
    return re.search(r"/returns/(RT\d+)/", shopper.page.url).group(1)


def takes_back(visitor, size, language, shopper, case):
    """Approved, sent back, checked in, inspected; the bank refunds and the shopper sees it."""
    operator = Operator(visitor(size, language=language), "operator")
    operator.open_return(case)
    operator.visitor.check()
    operator.step("approve")
    shopper.visitor.go(f"/service/returns/{case}/")
    shopper.page.select_option("[name=carrier]", "zhongtong")
    shopper.page.fill("[name=waybill]", next(waybills))
    with shopper.page.expect_navigation():
        shopper.page.press("[name=waybill]", "Enter")
    operator.open_return(case)
    operator.step("check-in")
    operator.step("inspection")
    done = shopper.page.locator(".steps .now")
    wait_for(lambda: is_done(shopper, case), "the refund", patience=90)
    shopper.visitor.check()
    assert done.count() <= 1


def is_done(shopper, case):
    shopper.visitor.go(f"/service/returns/{case}/")
    return shopper.page.locator("[data-status=completed]").count()


def counts_points(shopper):
    for path in ("/member/", "/member/points/", "/member/growth/"):
        shopper.visitor.go(path)
        shopper.visitor.check()
