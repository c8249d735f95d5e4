"""Every page by everybody: on a phone and a desktop, light and dark, in Chinese and English."""

import re

import pytest

from tests.browser.slow_line import slow_line
from tests.browser.walk import PASSWORD

GUEST = ["/", "/c/teaware/", "/search/?q=茶", "/search/?q=xyzzy", "PRODUCT", "/cart/", "/account/login/"]
GUEST += ["/account/signup/", "/service/", "/service/help/delivery/", "/service/help/privacy/"]
SHOPPER = [
    "/member/",
    "/member/points/",
    "/member/growth/",
    "/member/check-in/",
    "/lottery/",
    "/orders/",
    "ORDER",
    "/service/returns/",
    "RETURN",
]
SHOPPER += [
    "/account/",
    "/account/messages/",
    "/account/preferences/",
    "/account/addresses/",
    "/account/addresses/new/",
]
STAFF = ["/admin/", "/admin/orders/order/", "/admin/aftersales/returnrequest/", "/admin/catalog/product/"]
STILL = {"/", "/c/teaware/", "PRODUCT"}
# Each pair of size, colours and language is seen; all eight combinations would take twice as long.
LOOKS = [("phone", False, "zh-CN"), ("desktop", True, "zh-CN"), ("phone", True, "en-US"), ("desktop", False, "en-US")]
WATCH = "window.shift = 0; new PerformanceObserver(list => list.getEntries().forEach(entry => "
WATCH += "{ if (!entry.hadRecentInput) window.shift += entry.value })).observe({type: 'layout-shift', buffered: true})"
# The shop's own words: text that is seen, outside what merchants and shoppers wrote and what says its own language.
WORDS = """() => {
  const found = [], walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const theirs = '.pcard, .line, .review, .track, .prose, .facet, .hero, .facts, .opts, .cats, .nav, .crumbs, .chips,'
    + '.story, .footer__name, .footer__slogan, .mail, .address, .state, .brand, .panel--item, script, style, select,'
    + '.qa, .question, .answer, .notice .muted, .kv dd, textarea, noscript, datalist, [lang]:not(html), #user-tools,'
    + '#result_list';
  while (walk.nextNode()) {
    const node = walk.currentNode, at = node.parentElement;
    if (!node.data.trim() || !at || at.closest(theirs) || !at.checkVisibility()) continue;
    found.push(node.data.trim().replace(/\\s+/g, ' '));
  }
  return found;
}"""


def enter(somebody, name):
    staff = name in {"yuji", "operator", "manager"}
    page = somebody.go("/admin/" if staff else "/account/login/")
    fields = ("#id_username", "#id_password") if staff else ("input[name=login]", "input[name=password]")
    page.fill(fields[0], f"{name}@demo.zhanggui.example")
    page.fill(fields[1], PASSWORD)
    page.press(fields[1], "Enter")
    page.wait_for_url("**/admin/" if staff else lambda url: "login" not in url)


def find(somebody, path):
    """PRODUCT, ORDER and RETURN stand for the first of their kind that a link leads to."""
    lists = {
        "PRODUCT": ("/c/teaware/", "/p/"),
        "ORDER": ("/orders/", "/orders/2"),
        "RETURN": ("/service/returns/", "RT"),
    }
    if path not in lists:
        return path
    where, part = lists[path]
    link = somebody.go(where).locator(f"main a[href*='{part}']")
    return link.first.get_attribute("href") if link.count() else None


def foreign_words(page, language):
    """Texts of the shop in the other language."""
    words = page.evaluate(WORDS)
    if language == "zh-CN":
        latin = re.compile(r"[A-Za-z]{2,}(?:[ ,'’.-]+[A-Za-z]{2,}){2,}")
        return [text for text in words if latin.search(text) and "@" not in text]
    return [text for text in words if re.search(r"[\u4e00-\u9fff]{2,}", text)]


@pytest.mark.parametrize(("size", "dark", "language"), LOOKS)
@pytest.mark.parametrize(
    ("who", "pages"), [("guest", GUEST), ("gold", SHOPPER), ("operator", STAFF)], ids=["guest", "shopper", "operator"]
)
def test_pages_look_right(visitor, who, pages, size, dark, language):
    somebody = visitor(size, language=language, dark=dark)
    somebody.context.add_init_script(WATCH)
    if who != "guest":
        enter(somebody, who)
    wrong = []
    for name in pages:
        path = find(somebody, name)
        if path is None:
            continue
        page = somebody.go(path)
        page.wait_for_load_state("load")
        shift = page.evaluate("window.shift")
        if name in STILL and shift > 0.001:
            wrong.append(f"{path}: the layout shifts by {shift}")
        wrong += [f"{path}: {text}" for text in foreign_words(page, language) if who != "operator"]
        try:
            somebody.check()
        except AssertionError as trouble:
            wrong.append(str(trouble)[:1500])
        somebody.errors.clear()
    assert wrong == []


@pytest.mark.parametrize("size", ["phone", "desktop"])
def test_a_page_that_arrives_in_pieces_does_not_move(visitor, shop, size):
    somebody = visitor(size)
    somebody.context.add_init_script(WATCH)
    paths = [find(somebody, name) for name in sorted(STILL)]
    with slow_line(shop.url) as line:
        moved = {path: somebody.go(line + path).evaluate("window.shift") for path in paths}
    assert {path: shift for path, shift in moved.items() if shift > 0.001} == {}


@pytest.mark.parametrize("language", ["zh-CN", "en-US"])
def test_the_narrowest_phone_scrolls_one_way_only(visitor, language):
    somebody, wide = visitor("phone", language=language), []
    enter(somebody, "gold")
    somebody.page.set_viewport_size({"width": 320, "height": 640})
    for name in [*GUEST, *SHOPPER]:
        path = find(somebody, name)
        if path is None or "login" in path or "signup" in path:
            continue
        somebody.go(path)
        over = somebody.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        if over > 0:
            wide.append((path, over))
    assert wide == []
