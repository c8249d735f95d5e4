"""The whole path of a shopper without JavaScript: every step is a link or a form."""

import re

import pytest

from tests.browser.walk import PASSWORD, wait_for

pytestmark = pytest.mark.xdist_group("browser")  # one worker, one shop


@pytest.mark.parametrize("size", ["phone", "desktop"])
def test_a_shopper_without_javascript(visitor, size):
    shopper = visitor(size, javascript=False)
    signs_in(shopper)
    looks_for_tea(shopper)
    chooses_a_pot(shopper)
    number = orders_it_after_a_mistake(shopper)
    pays(shopper, number)
    gives_it_back(shopper, number)
    shopper.check_errors()


def signs_in(shopper):
    page = shopper.go("/account/login/")
    page.fill("input[name=login]", "silver@demo.zhanggui.example")
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_url(lambda url: "login" not in url)


def looks_for_tea(shopper):
    """Search, then narrow the results by a price, and open the filters on a phone without a script."""
    page = shopper.go("/")
    page.locator("input[name=q]:visible").first.fill("茶壶")
    page.locator("input[name=q]:visible").first.press("Enter")
    page.wait_for_url("**/search/**")
    found = page.locator(".pcard__name").count()
    assert found
    opener = page.locator("[popovertarget]:visible").first
    if not page.locator("#lo").is_visible():
        opener.click()
    page.fill("#lo", "200")
    page.press("#lo", "Enter")
    page.wait_for_url("**lo=200**")
    assert 0 < page.locator(".pcard__name").count() <= found


def chooses_a_pot(shopper):
    """A listing with two choices; the button that shows price and stock, then the cart."""
    page = shopper.page
    page.locator(".pcard__name a", has_text="手作茶壶").first.click()
    page.wait_for_url("**/p/**")
    if not page.locator("#buy button[value=cart]").last.is_visible():
        page.locator("[popovertarget=buy]:visible").first.click()
    for axis in ("o1", "o2"):
        page.locator(f"#buy input[name={axis}]:not([disabled])").first.check(force=True)
    page.locator("#buy button[name=go][value=cart]:visible").last.click()
    page.wait_for_url("**/cart/")
    assert page.locator(".cartline").count() == 1


def orders_it_after_a_mistake(shopper):
    """A new address with a phone number that is too short is refused beside its field; everything typed stays."""
    page = shopper.go("/checkout/")
    page.locator("input[name=address][value=new]").check()
    page.locator("button[value=update]:not([aria-hidden])").first.click()
    page.wait_for_load_state()
    page.fill("[name$=receiver]", "林小满")
    page.fill("[name$=phone]", "1380000")
    page.fill("[name$=detail]", "松间路 26 号 3 幢 502")
    place(page)
    assert page.locator("#error-summary, .error-summary, [role=alert]").count()
    assert page.title().startswith("有 ")
    assert page.input_value("[name$=receiver]") == "林小满"
    page.locator("input[name=address]:not([value=new])").first.check()
    place(page)
    page.wait_for_url("**/orders/**")
    return re.search(r"/orders/(\d+)/", page.url).group(1)


def place(page):
    page.locator("button[value=place]:visible").click()
    page.wait_for_load_state()


def pays(shopper, number):
    page = shopper.go(f"/orders/{number}/payment/")
    page.locator("main form button[type=submit], main form button:not([type])").last.click()
    page.wait_for_url("**/sandbox/cashier/**")
    page.click("button[value=pay]")
    page.wait_for_url("**/orders/**")

    def is_paid():
        shopper.go(f"/orders/{number}/")
        return not page.locator("a[href$='/payment/']").count()

    wait_for(is_paid, "the payment")


def gives_it_back(shopper, number):
    """Not packed yet: the line is cancelled at once."""
    page = shopper.go(f"/orders/{number}/")
    page.locator("a[href*='/service/returns/new/']").first.click()
    page.wait_for_url("**/returns/new/**")
    page.select_option("select[name=reason]", index=1)
    page.locator("button[value=send]:visible").last.click()
    page.wait_for_url(re.compile(r"/service/returns/RT\d+/"))
    assert page.locator(f"a[href*='/orders/{number}/']").count()
