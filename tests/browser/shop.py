"""A whole shop for browser tests: its own database, pictures, broker, web processes, worker and beat."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
from psycopg import sql

from config import embedded
from config.launch import collect_static, procfile

ROOT = Path(__file__).resolve().parents[2]
READY_WITHIN = 60


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@dataclass
class RunningShop:
    """Processes of a shop under ``folder``; ``environment`` overrides its settings."""

    folder: Path
    database: str
    environment: dict = field(default_factory=dict)
    processes: dict = field(default_factory=dict)

    def __post_init__(self):
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.env = {
            **{name: value for name, value in os.environ.items() if name not in {"TEST_DB", "DJANGO_SETTINGS_MODULE"}},
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
            "ZHANGGUI_DB": self.database,
            "PORT": str(self.port),
            "DATA_DIR": str(self.folder / "data"),
            "MEDIA_ROOT": str(self.folder / "media"),
            "SANDBOX_CARRIER_STEP_SECONDS": "1",
            "LOG_LEVEL": "INFO",
            **self.environment,
        }

    def open(self):
        """Empty database, demo shop, all processes; returns when the shop answers."""
        self._fresh_database()
        (self.folder / "data").mkdir(parents=True, exist_ok=True)
        self.manage("migrate", "-v", "0")
        self.manage("createcachetable")
        self.manage("seed_demo")
        collect_static(self.manage)
        for name, command in procfile(self.env):
            self.start(name, command)
        self._wait()
        return self

    def start(self, name, command):
        with open(self.folder / f"{name}.log", "ab") as log:
            self.processes[name] = subprocess.Popen(
                command,
                cwd=ROOT,
                env=self.env,
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
            )

    def manage(self, *arguments):
        """Run a management command; returns what it printed."""
        command = [sys.executable, "manage.py", *arguments]
        done = subprocess.run(command, cwd=ROOT, env=self.env, capture_output=True, text=True, timeout=180)
        if done.returncode:
            raise RuntimeError(f"{' '.join(arguments)} exited {done.returncode}\n{done.stdout}\n{done.stderr}")
        return done.stdout

    def log(self, name):
        return (self.folder / f"{name}.log").read_text(errors="replace")

    def close(self):
        for number in (signal.SIGTERM, signal.SIGKILL):
            for process in self.processes.values():
                if process.poll() is None:
                    os.killpg(process.pid, number)
            end = time.monotonic() + 10
            for process in self.processes.values():
                try:
                    process.wait(max(end - time.monotonic(), 0.1))
                except subprocess.TimeoutExpired:
                    continue
        shutil.rmtree(self.folder / "media", ignore_errors=True)
        self._drop_database()

    def _fresh_database(self):
        if "DATABASE_URL" in self.environment:
            return
        self._drop_database()
        with psycopg.connect(embedded.database_url("postgres"), autocommit=True) as connection:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(self.database)))

    def _drop_database(self):
        if "DATABASE_URL" in self.environment:
            return
        with psycopg.connect(embedded.database_url("postgres"), autocommit=True) as connection:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(self.database)))

    def _wait(self):
        end = time.monotonic() + READY_WITHIN
        while time.monotonic() < end:
            for name, process in self.processes.items():
                if process.poll() is not None:
                    raise RuntimeError(f"{name} did not start:\n{self.log(name)[-4000:]}")
            try:
                with urllib.request.urlopen(f"{self.url}/readyz", timeout=2) as answer:
                    if answer.status == 200:
                        return
            except (urllib.error.URLError, OSError):
                time.sleep(0.2)
        raise RuntimeError(f"the shop is not ready:\n{self.log('web')[-4000:]}")
