"""A Chromium and a whole shop for the tests of this folder."""

import json
import os
import shutil
from pathlib import Path

import pytest

from tests.browser.shop import RunningShop

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
AXE = (Path(__file__).parents[1] / "vendor" / "axe.min.js").read_text()
# Chromium otherwise knocks at its maker's servers at every start.
SILENT = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
SIZES = {"phone": {"width": 390, "height": 844}, "desktop": {"width": 1280, "height": 900}}


@pytest.hookimpl(tryfirst=True)  # xdist reads the groups in the same hook
def pytest_collection_modifyitems(items):
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            # One worker runs them all: they share one shop.
            item.add_marker(pytest.mark.xdist_group("browser"))


@pytest.fixture(scope="session")
def chromium():
    if CHROMIUM is None:
        reason = "no Chromium: make browser"
        pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=SILENT)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def shop(chromium, tmp_path_factory):
    """The demo shop with a real worker, embedded database and filesystem broker."""
    running = RunningShop(tmp_path_factory.mktemp("shop"), database=f"browser_tests_{os.getpid()}")
    try:
        yield running.open()
    finally:
        running.close()


class Visitor:
    """Somebody in a browser of their own."""

    def __init__(self, shop, context):
        self.shop = shop
        self.context = context
        self.page = context.new_page()
        self.errors = []
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("console", self._listen)

    def _listen(self, message):
        # A refused form is an answer, not an error.
        if message.type == "error" and "422" not in message.text:
            self.errors.append(f"{self.page.url}: {message.text} {message.location}")

    def go(self, path):
        answer = self.page.goto(path if path.startswith("http") else self.shop.url + path)
        assert answer.status < 400, f"{path}: {answer.status}"
        return self.page

    def check_errors(self):
        """Nothing was said in the console since the last look."""
        assert not self.errors, f"{self.page.url}: {self.errors}"

    def check(self):
        """No accessibility violation of weight, no sideways scrolling, no error in the console."""
        self.check_errors()
        self.page.evaluate(AXE)
        found = self.page.evaluate(
            "axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']})"
            ".then(r => r.violations.map(v => ({id: v.id, impact: v.impact, help: v.help,"
            " nodes: v.nodes.map(n => n.target.join(' ') + ' — ' + n.failureSummary)})))"
        )
        grave = [violation for violation in found if violation["impact"] in {"serious", "critical"}]
        assert not grave, f"{self.page.url}\n{json.dumps(grave, ensure_ascii=False, indent=1)[:4000]}"
        overflow = self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert overflow <= 0, f"{self.page.url} is {overflow} px too wide"
        # axe parses stylesheets through style elements, which the policy rightly blocks.
        self.errors.clear()


@pytest.fixture
def visitor(shop, chromium):
    """Make visitors: ``visitor("phone", language="en", javascript=False)``; their browsers close after the test."""
    contexts = []

    def make(size="desktop", *, language="zh-CN", javascript=True, dark=False):
        context = chromium.new_context(
            viewport=SIZES[size],
            locale=language,
            java_script_enabled=javascript,
            color_scheme="dark" if dark else "light",
            # Chromium drops clicks while one page fades into the next, and a machine clicks faster than a person.
            reduced_motion="reduce",
            bypass_csp=False,
        )
        context.set_default_timeout(15_000)
        contexts.append(context)
        return Visitor(shop, context)

    yield make
    for context in contexts:
        context.close()
