"""The steps of the whole path, each as a person takes it in a browser. Steps find things by name or address, not by words."""

import re
import time
from pathlib import Path

CSV = Path(__file__).parents[1] / "data" / "new-arrivals.csv"
PASSWORD = "yuji-demo-2026"
PATIENCE = 120  # seconds for a worker, a bank or a carrier to do its part


def wait_for(look, what, *, patience=PATIENCE):
    """Look again until something is there; returns it."""
    end = time.monotonic() + patience
    while time.monotonic() < end:
        found = look()
        if found:
            return found
        time.sleep(0.5)
    raise AssertionError(f"{what}: not within {patience} s")


def catalogue(season):
    """The file of new arrivals as an upload, its handles and SKU codes marked with ``season``."""
    text = CSV.read_text()
    for name in ("linen-tea-mat", "bamboo-scoop"):
        text = text.replace(name, f"{name}-{season}")
    return {"name": CSV.name, "mimeType": "text/csv", "buffer": text.replace(",T-", f",T-{season}-").encode()}


class Staff:
    """Somebody of the staff in the back office."""

    def __init__(self, visitor, name):
        self.visitor = visitor
        self.page = visitor.page
        visitor.go("/admin/")
        self.page.fill("#id_username", f"{name}@demo.zhanggui.example")
        self.page.fill("#id_password", PASSWORD)
        self.page.press("#id_password", "Enter")
        self.page.wait_for_url("**/admin/")

    def press(self, target):
        """Click what leads to another page, and be there."""
        locator = self.page.locator(target).first if isinstance(target, str) else target
        with self.page.expect_navigation():
            locator.click()

    def wait_until(self, selector):
        """Wait until the page, which renews itself, shows ``selector``."""
        self.page.wait_for_selector(selector, timeout=PATIENCE * 1000, state="attached")


class Merchant(Staff):
    def import_catalogue(self, season):
        """Upload, look at the preview, confirm; the worker does the work. Each ``season`` has listings of its own."""
        self.visitor.go("/admin/catalog/importrun/add/")
        self.page.set_input_files("input[type=file]", catalogue(season))
        self.press(".submit-row input")
        self.wait_until("form[action*=confirmation]")
        preview = self.page.inner_text("#content")
        assert f"linen-tea-mat-{season}" in preview
        assert "not a price" in preview
        self.visitor.check()
        self.press("form[action*=confirmation] button")
        self.wait_until(".ops-good")

    def edit_listing(self, handle, *, subtitle, units):
        """Change a listing's words, a specification and the stock of its first SKU; then put it on sale."""
        self.visitor.go(f"/admin/catalog/product/?q={handle}")
        self.press("#result_list tbody a")
        self.page.fill("#id_subtitle", subtitle)
        # The category's template asks for the material in words: its first row that is not a choice.
        self.page.locator("input[type=text][name^=attribute_]").first.fill("毛竹，手削")
        self.page.fill("[name=skus-0-on_hand]", str(units))
        self.visitor.check()
        self.press("[name=_continue]")
        assert self.page.input_value("#id_subtitle") == subtitle
        assert self.page.input_value("[name=skus-0-on_hand]") == str(units)

    def publish(self, handle):
        self.visitor.go(f"/admin/catalog/product/?q={handle}")
        self.page.check(".action-select >> nth=0")
        self.page.select_option("select[name=action]", "put_on_sale")
        self.press(".actions button")


class Operator(Staff):
    def open_order(self, number):
        self.visitor.go(f"/admin/orders/order/?q={number}")
        self.press("#result_list tbody th a")

    def pack_and_ship(self, number, waybills):
        """Release, pack every merchant's part, hand each parcel to a carrier."""
        self.open_order(number)
        self.visitor.check()
        release = self.page.locator("form[action*='/release/'] button")
        if release.count():
            self.press(release)
        while self.page.locator("form[action*='/packing/'] button").count():
            self.press("form[action*='/packing/'] button")
        shipped = False
        while self.page.locator("form[action*='/shipping/']").count():
            form = self.page.locator("form[action*='/shipping/']").first
            form.locator("select[name$=carrier]").select_option("zhongtong")
            form.locator("input[name$=waybill]").fill(next(waybills))
            self.press(form.locator("button"))
            shipped = True
        assert shipped, "nothing was there to ship"

    def open_return(self, number):
        self.visitor.go(f"/admin/aftersales/returnrequest/?q={number}")
        self.press("#result_list tbody th a")

    def step(self, name):
        """Press the button of a step of the return's desk."""
        self.press(f"form[action*='/{name}/'] button")


class Shopper:
    def __init__(self, visitor):
        self.visitor = visitor
        self.page = visitor.page

    def find_and_choose(self, query):
        """From the home page by search to a product; choose a SKU that is there and put it into the cart."""
        self.visitor.go("/")
        self.visitor.check()
        self.page.locator("input[name=q]:visible").first.fill(query)
        self.page.locator("input[name=q]:visible").first.press("Enter")
        self.page.wait_for_url("**/search/**")
        self.visitor.check()
        self.page.locator(".pcard__name a").first.click()
        self.page.wait_for_url("**/p/**")
        self.visitor.check()

    def choose_first_options(self):
        """Choose the first value of each axis that can be had; price and stock follow without a reload."""
        self.open_sheet()
        for axis in ("o1", "o2", "o3"):
            options = self.page.locator(f"#buy input[name={axis}]:not([disabled])")
            if options.count():
                options.first.check(force=True)
                self.page.wait_for_load_state("networkidle")

    def open_sheet(self):
        opener = self.page.locator("[popovertarget=buy]:visible")
        if opener.count() and not self.page.locator("#buy:popover-open").count():
            opener.first.click()

    def add_to_cart(self):
        with self.page.expect_response(lambda answer: "/cart/lines/" in answer.url):
            self.page.locator("#buy button[name=go][value=cart]:visible").last.click()
        self.page.wait_for_load_state("networkidle")

    def register(self, email):
        self.page.fill("#id_email", email)
        self.page.fill("#id_password1", "a-long-way-home-7")
        self.page.press("#id_password1", "Enter")
        self.page.wait_for_load_state()

    def enter_address(self):
        """In place, on the checkout page, by paste."""
        paste = self.page.locator("textarea[name$=paste], input[name$=paste]")
        if not paste.is_visible():
            self.page.locator("details:has([name$=paste]) > summary").click()
        paste.fill("林小满 13800001234 浙江省杭州市西湖区松间路26号3幢502")
        self.page.click("button[value=paste]")
        self.page.wait_for_load_state()
        assert self.page.input_value("[name$=receiver]") == "林小满"

    def pay_at_the_test_bank(self):
        self.page.locator("main form button[type=submit], main form button:not([type])").last.click()
        self.page.wait_for_url("**/sandbox/cashier/**")
        self.visitor.check()
        self.page.click("button[value=pay]")
        self.page.wait_for_url("**/orders/**")

    def text_of(self, path):
        self.visitor.go(path)
        return self.page.inner_text("main")

    def wait_for_text(self, path, pattern, what, *, patience=PATIENCE):
        return wait_for(lambda: re.search(pattern, self.text_of(path)), what, patience=patience)
