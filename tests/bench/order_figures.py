"""What placing and paying an order costs, as ratios in one run: ``python -m tests.bench.order_figures``.

1. The transaction of an order of three lines against the floor of nine statements, in turns on one connection.
2. A sold-out refusal against an order: processor time of Python and of the database.
3. Orders on one hot SKU against orders spread over many, by several processes at once.
4. From the cart to the paid order over HTTP: requests of the shopper and processor time of the web process.
"""

import multiprocessing
import os
import re
import signal
import statistics
import sys
import time
from pathlib import Path
from types import SimpleNamespace

# Before anything of the shop is read: its settings are read once.
os.environ.setdefault("ZHANGGUI_DB", "bench")
os.environ.setdefault("LOG_LEVEL", "ERROR")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

from config import embedded  # noqa: E402

PORT = 18433
ORDERS, FLOWS = 100, 30
CLIENTS, RUSH, TURNS = 8, 40, 3
GOODS, UNITS = 120, 100_000_000
ADDRESS = {
    "receiver": "林小满", "phone": "+8613800000001", "detail": "文三路 478 号", "region_code": "330106",
    "province": "浙江省", "city": "杭州市", "district": "西湖区",
}  # fmt: skip


def say(text):
    print(text, flush=True)


def set_up():
    import django

    django.setup()
    from accounts import bell

    bell.silence().__enter__()  # no worker runs here, and no broker is asked


# --- goods and people ------------------------------------------------------------------------------------------------


def goods():
    """(SKU ids with plenty of units, the id of a sold-out one), made once a database."""
    from accounts.models import Merchant
    from catalog.models import Category, Product, Sku, Stock
    from tests.factories import make_product, make_sku

    shop, _made = Merchant.objects.get_or_create(slug="bench-orders", defaults={"name": "测速订单"})
    leaf = Category.objects.filter(children=None).order_by("pk").first()
    have = Product.objects.filter(merchant=shop).count()
    for number in range(have, GOODS + 1):
        named = {"handle": f"bench-{number}", "slug": f"bench-{number}", "category": leaf}
        product = make_product(shop, title=f"测速茶壶 {number}", **named)
        make_sku(product, on_hand=10 if number else 0, code=f"BENCH-{number}")
    Stock.objects.filter(sku__merchant=shop, on_hand__gt=0).update(on_hand=UNITS)
    skus = list(Sku.objects.filter(merchant=shop).order_by("pk").values_list("pk", flat=True))
    return skus[1:], skus[0]


def people(count):
    """So many new shoppers: nobody may have more than a few unpaid orders."""
    from accounts.models import User

    stamp = time.time_ns()
    return User.objects.bulk_create(User(email=f"bench-{stamp}-{n}@example.com") for n in range(count))


def lines_of(user, skus):
    """A full cart, read again as the cart page reads it: with the line that is sold out, if there is one."""
    from orders import cart_rows
    from orders.models import Cart, CartLine

    cart = Cart.objects.create(user=user)
    CartLine.objects.bulk_create(
        CartLine(cart=cart, sku_id=sku, quantity=1, price_when_added_fen=26_800) for sku in skus
    )
    return cart_rows.read(cart, saved=False)[0]


class Till:
    """Places orders for new shoppers, and knows the time each spent between BEGIN and the end of COMMIT."""

    def __init__(self, shoppers):
        from django.db import connection

        self.shoppers, self.connection, self.inside, self.trips = iter(shoppers), connection, 0.0, 0
        self.address = SimpleNamespace(**ADDRESS)
        set_autocommit, commit = connection.set_autocommit, connection.commit

        def begin(autocommit, **given):
            if not autocommit:
                self.began, self.count = time.perf_counter(), 0
            return set_autocommit(autocommit, **given)

        def end():
            commit()
            self.inside, self.trips = (time.perf_counter() - self.began) * 1000, self.count

        def count(execute, *args):
            self.count += 1
            return execute(*args)

        connection.set_autocommit, connection.commit = begin, end
        connection.execute_wrappers.append(count)
        self.count = 0

    def prepare(self, skus):
        """A shopper with ``skus`` in the cart, who has seen the price."""
        user = next(self.shoppers)
        return self.wish(user, lines_of(user, skus))

    def wish(self, user, lines):
        from orders import quoting

        seen = quoting.quote_for(user, lines, region_code=ADDRESS["region_code"]).payable_fen
        return {"user": user, "cart_lines": lines, "address": self.address, "key": f"bench-{user.pk}",
                "seen_payable_fen": seen}  # fmt: skip

    def place(self, wish):
        from orders import checkout

        return checkout.place_order(wish["user"], **{k: v for k, v in wish.items() if k != "user"})


class Work:
    """Processor milliseconds of this process and of the database's process that serves it."""

    def __init__(self):
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            self.path = Path(f"/proc/{cursor.fetchone()[0]}/schedstat")

    def now(self):
        return time.process_time() * 1000, int(self.path.read_text().split()[0]) / 1e6

    def of(self, work):
        """(Python, database) milliseconds of ``work()``."""
        before = self.now()
        work()
        return tuple(after - was for after, was in zip(self.now(), before, strict=True))


# --- the figures -----------------------------------------------------------------------------------------------------


def transactions(skus, sold_out):
    """1 and 2: in turns on one connection, so that both meet the same machine."""
    from catalog import stock
    from tests.bench import order_floor as floor

    floor.make()
    dice, till, work = floor.dice(3), Till(people(2 * ORDERS + 20)), Work()
    rows = []

    def refuse(wish):
        try:
            till.place(wish)
        except stock.OutOfStock:
            return
        raise SystemExit("a sold-out SKU was sold")

    for turn in range(ORDERS + 10):
        wish = till.prepare(dice.sample(skus, 3))
        vain = till.prepare(sorted(dice.sample(skus, 2)) + [sold_out])
        bare = floor.order(dice)
        spent = work.of(lambda wish=wish: till.place(wish))
        row = {
            "floor": bare,
            "inside": till.inside,
            "trips": till.trips,
            "order": sum(spent),
            "app": spent[0],
        }
        row |= {"refusal": sum(work.of(lambda vain=vain: refuse(vain)))}
        if turn >= 10:
            rows.append(row)
    middle = {name: statistics.median(row[name] for row in rows) for name in rows[0]}
    ratio = statistics.median(row["inside"] / row["floor"] for row in rows)
    say(f"order of 3 lines, BEGIN to COMMIT: {middle['inside']:.2f} ms in {middle['trips']:.0f} trips, "
          f"floor {middle['floor']:.2f} ms in 7: {ratio:.2f} times")  # fmt: skip
    say(f"sold-out refusal: {middle['refusal']:.2f} ms of processor, order {middle['order']:.2f} ms "
          f"(Python {middle['app']:.2f}): {middle['order'] / middle['refusal']:.1f} times cheaper")  # fmt: skip


def _buyer(wishes, gate, answers):
    till = Till([])
    ready = [till.wish(user, lines_of(user, skus)) for user, skus in wishes]
    gate.wait()
    began = time.time()
    for wish in ready:
        till.place(wish)
    answers.put((began, time.time()))
    till.connection.close()


def rush(wanted):
    """Orders a second of ``CLIENTS`` processes; ``wanted(number)`` is the SKU ids of an order."""
    from django.db import connection

    wishes = [(user, wanted(number)) for number, user in enumerate(people(CLIENTS * RUSH))]
    connection.close()  # each process opens its own
    ways = multiprocessing.get_context("fork")
    gate, answers = ways.Barrier(CLIENTS), ways.Queue()
    buyers = [ways.Process(target=_buyer, args=(wishes[n::CLIENTS], gate, answers)) for n in range(CLIENTS)]
    for buyer in buyers:
        buyer.start()
    times = [answers.get(timeout=300) for _buyer_ in buyers]
    for buyer in buyers:
        buyer.join()
    return CLIENTS * RUSH / (max(end for _b, end in times) - min(begin for begin, _e in times))


def hot_and_spread(skus):
    from tests.bench.order_floor import dice as dice_of

    dice = dice_of(4)
    hot, others = skus[len(skus) // 2], [sku for sku in skus if sku != skus[len(skus) // 2]]
    rates = {"spread": [], "hot": []}
    for _turn in range(TURNS):
        rates["spread"].append(rush(lambda _n: dice.sample(others, 3)))
        rates["hot"].append(rush(lambda _n: [hot, *dice.sample(others, 2)]))
    spread, one = (statistics.median(rates[name]) for name in ("spread", "hot"))
    say(f"{CLIENTS} processes: {spread:.0f} orders a second spread, {one:.0f} on one hot SKU: {one / spread:.0%}")


class Browser:
    """One shopper's keep-alive connection to the shop; counts requests and the time of the web process in them."""

    def __init__(self, shop, user):
        import http.client

        from django.test import Client

        client = Client()
        client.force_login(user)
        self.cookies = {name: morsel.value for name, morsel in client.cookies.items()}
        self.shop, self.connection = shop, http.client.HTTPConnection("127.0.0.1", PORT, timeout=30)
        self.requests = {}

    def ask(self, name, method, path, fields=None, expect=200):
        from urllib.parse import urlencode

        from tests.bench.processes import cpu_seconds

        headers = {"Cookie": "; ".join(f"{key}={value}" for key, value in self.cookies.items())}
        headers |= {"Content-Type": "application/x-www-form-urlencoded"} if fields else {}
        before = cpu_seconds(self.shop.pid)
        self.connection.request(method, path, urlencode(fields) if fields else None, headers)
        answer = self.connection.getresponse()
        body = answer.read().decode()
        self.requests[name] = self.requests.get(name, 0) + (cpu_seconds(self.shop.pid) - before) * 1000
        if answer.status != expect:
            raise SystemExit(f"{method} {path}: {answer.status}")
        for line in answer.headers.get_all("Set-Cookie") or []:
            key, _equals, value = line.partition(";")[0].partition("=")
            self.cookies[key] = value
        return answer.headers.get("Location", ""), body


def hidden(html, name):
    found = re.search(rf'<input type="hidden" name="{name}" value="([^"]*)"', html)
    return found[1] if found else ""


def flow(shop, user, skus):
    """Buy what is in the cart; returns {request: milliseconds of the web process}."""
    import json

    from django.conf import settings

    from orders.gateways import sandbox_bank, sandbox_signing
    from orders.models import Order, Payment, SandboxTrade

    lines_of(user, skus)
    address = user.addresses.create(**ADDRESS, is_default=True)
    browser = Browser(shop, user)
    _to, page = browser.ask("checkout page", "GET", "/checkout/")
    names = ("csrfmiddlewaretoken", "key", "items", "seen", "points_offered")
    form = {name: hidden(page, name) for name in names} | {"address": address.pk, "go": "place"}
    pay_page, _body = browser.ask("placing", "POST", "/checkout/", form, expect=302)
    _to, page = browser.ask("payment page", "GET", pay_page)
    form = {"csrfmiddlewaretoken": hidden(page, "csrfmiddlewaretoken"), "gateway": "sandbox", "seen": ""}
    browser.ask("going to the bank", "POST", pay_page, form, expect=302)
    payment = Payment.objects.get(order__user=user)
    facts = sandbox_signing.read_query(payment.number, payment.pay_url.partition("?")[2])
    sandbox_bank.pay(sandbox_bank.open_trade(payment.number, facts))
    notice = SandboxTrade.objects.get(number=payment.number).notices.get()
    body = json.dumps({"event": notice.event_id, **notice.facts}, ensure_ascii=False).encode()
    _notify(browser, settings, body, sandbox_signing.headers_for(body))
    notice.delete()
    if not Order.objects.get(user=user).paid_at:
        raise SystemExit("not paid")
    return browser.requests


def _notify(browser, settings, body, headers):
    from tests.bench.processes import cpu_seconds

    before = cpu_seconds(browser.shop.pid)
    browser.connection.request("POST", "/notify/sandbox/", body, {"Content-Type": "application/json", **headers})
    answer = browser.connection.getresponse().read()
    browser.requests["the bank's notice"] = (cpu_seconds(browser.shop.pid) - before) * 1000
    if answer != b"success":
        raise SystemExit(f"the notice was answered {answer[:80]}")


def to_paid(skus):
    from tests.bench.__main__ import _serve
    from tests.bench.order_floor import dice as dice_of

    shop, dice = _serve("config.wsgi:application", PORT), dice_of(5)
    try:
        flows = [flow(shop, user, dice.sample(skus, 3)) for user in people(FLOWS + 5)][5:]
    finally:
        shop.send_signal(signal.SIGTERM)
        shop.wait(15)
    # /proc counts in hundredths of a second, so means, not medians.
    say(f"cart to paid: {len(flows[0]) - 1} requests of the shopper, "
          f"{statistics.mean(sum(f.values()) for f in flows):.1f} ms of the web process")  # fmt: skip
    for name in flows[0]:
        say(f"  {name}: {statistics.mean(f[name] for f in flows):.1f} ms")


def main():
    with embedded.server():
        if "--prepared" not in sys.argv:
            os.environ["BENCH_SOCKET"] = str(embedded.socket_folder())
            from tests.bench.__main__ import _prepare

            _prepare()
        set_up()
        skus, sold_out = goods()
        transactions(skus, sold_out)
        hot_and_spread(skus)
        to_paid(skus)


if __name__ == "__main__":
    main()
