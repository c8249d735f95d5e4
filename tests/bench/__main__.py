"""``make bench``: pages of the demo shop against the bare page, side by side in one run.

CPU milliseconds a request (application and database) and their ratio to the bare page are the figures to read; requests
per second depend on what else the machine does.
"""

import http.client
import json
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
        print(flush=True)
        subprocess.run([sys.executable, "-m", "tests.bench.order_figures", "--prepared"], cwd=ROOT, check=True)


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
    told = json.loads(
        subprocess.run([sys.executable, "-m", "tests.bench.pages"], cwd=ROOT, check=True, capture_output=True).stdout
    )
    pages = [("bare list of 24", bare, BARE_PORT, "/list24", {})]
    for name, path, signed_in in told["pages"]:
        pages.append((name, shop, SHOP_PORT, path, {"Cookie": told["cookie"]} if signed_in else {}))
    figures = {name: [] for name, *_ in pages}
    for _name, _process, port, path, headers in pages:
        _load(port, path, 40, headers)  # warm
    for turn in range(ROUNDS):
        print(f"round {turn + 1} of {ROUNDS}", file=sys.stderr, flush=True)
        for name, process, port, path, headers in pages:
            figures[name].append(_measure(process, port, path, headers))
    return figures


def _measure(process, port, path, headers):
    database = int((embedded.data_folder() / "postmaster.pid").read_text().split()[0])
    before = cpu_seconds(process.pid), cpu_seconds(database), time.monotonic()
    times = _load(port, path, REQUESTS, headers)
    after = cpu_seconds(process.pid), cpu_seconds(database), time.monotonic()
    return {
        "app": (after[0] - before[0]) * 1000 / REQUESTS,
        "database": (after[1] - before[1]) * 1000 / REQUESTS,
        "rate": REQUESTS / (after[2] - before[2]),
        "p95": statistics.quantiles(times, n=20)[18] * 1000,
    }


def _load(port, path, requests, headers):
    times, left = [], iter(range(requests))
    lock = threading.Lock()

    def client():
        connection = _connection(port)
        while True:
            with lock:
                if next(left, None) is None:
                    return
            started = time.monotonic()
            _get(connection, path, headers)
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


def _get(connection, path, headers=None):
    connection.request("GET", path, headers=headers or {})
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
    print(f"{'page':20}{'app CPU ms':>11}{'db CPU ms':>11}{'x bare':>8}{'req/s':>8}{'p95 ms':>8}")
    for name in figures:
        print(
            f"{name:20}{median(name, 'app'):11.2f}{median(name, 'database'):11.2f}{cpu(name) / bare:8.2f}"
            f"{median(name, 'rate'):8.0f}{median(name, 'p95'):8.1f}"
        )


if __name__ == "__main__":
    main()
