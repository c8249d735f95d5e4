"""``make bench``: pages of the demo shop against the bare page, side by side in one run.

CPU milliseconds a request (application and database) and their ratio to the bare page are the figures to read; requests
per second depend on what else the machine does.
"""

import http.client
import os
import signal
import statistics
import subprocess
import sys
import threading
import time
from pathlib import Path

from config import embedded
from config.launch import static_is_stale
from tests.bench.processes import cpu_seconds

ROOT = Path(__file__).resolve().parents[2]
SHOP_PORT, BARE_PORT = 18431, 18432
REQUESTS, CLIENTS, ROUNDS = 160, 4, 3


def main():
    os.environ["ZHANGGUI_DB"] = "bench"
    os.environ["LOG_LEVEL"] = "WARNING"
    os.environ["BENCH_SOCKET"] = str(embedded.socket_folder())  # the bare site must not load the shop's settings
    with embedded.server():
        _prepare()
        shop = _serve("config.wsgi:application", SHOP_PORT)
        bare = _serve("tests.bench.bare:application", BARE_PORT)
        try:
            _report(_measure_all(shop, bare))
        finally:
            for process in (shop, bare):
                process.send_signal(signal.SIGTERM)
                process.wait(15)


def _prepare():
    for command in (["migrate", "-v", "0"], ["createcachetable"], ["seed_demo", "--if-empty"]):
        subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    if static_is_stale():
        subprocess.run([sys.executable, "manage.py", "collectstatic", "--noinput", "-v", "0"], cwd=ROOT, check=True)
    fill = "import tests.bench.bare as bare; bare.fill()"
    subprocess.run([sys.executable, "-c", fill], cwd=ROOT, check=True)


def _serve(application, port):
    command = [Path(sys.executable).parent / "granian", "--interface", "wsgi", "--host", "127.0.0.1"]
    command += ["--port", str(port), "--workers", "2", "--blocking-threads", "1", "--no-ws", application]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    end = time.monotonic() + 30
    while time.monotonic() < end:
        try:
            _get(_connection(port), "/list24" if port == BARE_PORT else "/healthz")
        except OSError:
            time.sleep(0.1)
        else:
            return process
    raise SystemExit(f"{application} does not answer")


def _measure_all(shop, bare):
    pages = [("bare list of 24", bare, BARE_PORT, "/list24")]
    pages += [(name, shop, SHOP_PORT, path) for name, path in _shop_pages()]
    figures = {name: [] for name, *_ in pages}
    for name, process, port, path in pages:
        _load(port, path, 40)  # warm
    for turn in range(ROUNDS):
        print(f"round {turn + 1} of {ROUNDS}", file=sys.stderr, flush=True)
        for name, process, port, path in pages:
            figures[name].append(_measure(process, port, path))
    return figures


def _shop_pages():
    query = (
        "import django; django.setup()\n"
        "from catalog.models import Category, Product\n"
        "product = Product.objects.published().order_by('pk').first()\n"
        "print(Category.objects.order_by('pk').first().get_absolute_url(), product.get_absolute_url(), sep='\\n')"
    )
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings"}
    done = subprocess.run([sys.executable, "-c", query], cwd=ROOT, env=environment, check=True, capture_output=True)
    category, product = done.stdout.decode().split()
    return [("home", "/"), ("list", category), ("search", "/search/?q=%E8%8C%B6%E5%A3%B6"), ("product", product)]


def _measure(process, port, path):
    database = int((embedded.data_folder() / "postmaster.pid").read_text().split()[0])
    before = cpu_seconds(process.pid), cpu_seconds(database), time.monotonic()
    times = _load(port, path, REQUESTS)
    after = cpu_seconds(process.pid), cpu_seconds(database), time.monotonic()
    return {
        "app": (after[0] - before[0]) * 1000 / REQUESTS,
        "database": (after[1] - before[1]) * 1000 / REQUESTS,
        "rate": REQUESTS / (after[2] - before[2]),
        "p95": statistics.quantiles(times, n=20)[18] * 1000,
    }


def _load(port, path, requests):
    times, left = [], iter(range(requests))
    lock = threading.Lock()

    def client():
        connection = _connection(port)
        while True:
            with lock:
                if next(left, None) is None:
                    return
            started = time.monotonic()
            _get(connection, path)
            times.append(time.monotonic() - started)

    threads = [threading.Thread(target=client) for _ in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if len(times) < requests:
        raise SystemExit(f"{path}: {requests - len(times)} requests failed")
    return times


def _connection(port):
    return http.client.HTTPConnection("127.0.0.1", port, timeout=30)


def _get(connection, path):
    connection.request("GET", path)
    answer = connection.getresponse()
    answer.read()
    if answer.status != 200:
        raise OSError(f"{path}: {answer.status}")


def _report(figures):
    def median(name, key):
        return statistics.median(figure[key] for figure in figures[name])

    def cpu(name):
        return median(name, "app") + median(name, "database")

    bare = cpu(next(iter(figures)))
    print(f"{'page':18}{'app CPU ms':>11}{'db CPU ms':>11}{'x bare':>8}{'req/s':>8}{'p95 ms':>8}")
    for name in figures:
        print(
            f"{name:18}{median(name, 'app'):11.2f}{median(name, 'database'):11.2f}{cpu(name) / bare:8.2f}"
            f"{median(name, 'rate'):8.0f}{median(name, 'p95'):8.1f}"
        )


if __name__ == "__main__":
    main()
