"""``make run``: opens the whole shop on one machine and closes it again on Ctrl-C."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from config import embedded

ROOT = Path(__file__).resolve().parent.parent
LOGS = ROOT / ".data" / "logs"
PORT = int(os.environ.get("PORT", "8000"))
HOST = os.environ.get("HOST", "127.0.0.1")
ADDRESS = f"http://{HOST}:{PORT}/"
READY_WITHIN = 60  # seconds from starting the processes to the first good answer


def main():
    os.environ["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    signal.signal(signal.SIGTERM, _interrupt)
    if _port_is_taken():
        sys.exit(f"Port {PORT} is in use. Choose another: make run PORT={PORT + 1}")
    LOGS.mkdir(parents=True, exist_ok=True)
    try:
        with embedded.server():
            _prepare()
            sys.exit(_keep_open())
    except KeyboardInterrupt:
        pass


def _interrupt(*_):
    raise KeyboardInterrupt


def _port_is_taken():
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, PORT))
        except OSError:
            return True
    return False


def _prepare():
    # In one process: starting Django once costs less than the work itself when nothing is left to do.
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    collect_static(call_command)
    call_command("seed_demo", "--if-empty")


def static_is_stale():
    """Whether a static file is newer than what was collected."""
    stamp = ROOT / "staticfiles" / ".collected"
    sources = [*(ROOT / "static").rglob("*"), ROOT / "requirements.txt"]
    return not stamp.exists() or stamp.stat().st_mtime < max(path.stat().st_mtime for path in sources)


def collect_static(run):
    """Collect static files when some are newer; ``run`` runs a management command."""
    if static_is_stale():
        shutil.rmtree(ROOT / "staticfiles", ignore_errors=True)
        run("collectstatic", "--noinput", "-v", "0")
        (ROOT / "staticfiles" / ".collected").touch()


def _keep_open():
    processes = {name: _start(name, command) for name, command in procfile(os.environ)}
    try:
        if not _wait_until_ready(processes):
            return 1
        _say_welcome()
        while True:
            ended = [name for name, process in processes.items() if process.poll() is not None]
            if ended:
                print(f"{ended[0]} stopped; its last words are in {LOGS / ended[0]}.log")
                return 1
            time.sleep(0.5)
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        _stop(processes.values())


def procfile(environment):
    """(name, command as words) of every process of the ``Procfile``."""
    for line in (ROOT / "Procfile").read_text().splitlines():
        name, colon, command = line.partition(":")
        if colon:
            yield name.strip(), _expand(command.strip(), environment)


def _expand(command, environment):
    # Fill in ${NAME:-default} as a shell would.
    words = []
    for word in command.split():
        if word.startswith("${"):
            name, _dash, default = word[2:-1].partition(":-")
            word = environment.get(name) or default
        words.append(word)
    return words


def _start(name, command):
    # A group of its own: Ctrl-C reaches us, and we stop the children in order.
    with open(LOGS / f"{name}.log", "ab") as log:
        return subprocess.Popen(
            command, cwd=ROOT, stdout=log, stderr=log, stdin=subprocess.DEVNULL, start_new_session=True
        )


def _wait_until_ready(processes):
    end = time.monotonic() + READY_WITHIN
    while time.monotonic() < end:
        for name, process in processes.items():
            if process.poll() is not None:
                print(f"{name} did not start; see {LOGS / name}.log")
                return False
        try:
            with urllib.request.urlopen(f"{ADDRESS}readyz", timeout=2) as answer:  # noqa: S310
                if answer.status == 200:
                    return True
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    print(f"The shop did not get ready within {READY_WITHIN} s; see {LOGS}/")
    return False


def _say_welcome():
    from config.demo.logins import lines

    print(f"Zhanggui is open at {ADDRESS}")
    for line in lines(ADDRESS):
        print(line)
    print(f"Logs: {LOGS.relative_to(ROOT)}/   Stop: Ctrl-C", flush=True)


def _stop(processes):
    for process in processes:
        _signal(process, signal.SIGTERM)
    for process in processes:
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            _signal(process, signal.SIGKILL)
            process.wait()


def _signal(process, number):
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, number)


if __name__ == "__main__":
    main()
