"""``make check``: everything that must hold before a change is taken, each step named, all steps run."""

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent

# A production environment that is safe to start in, with values of no worth.
PRODUCTION = {
    "ZHANGGUI_ENV": "production",
    "SECRET_KEY": "check-only-" + "abcdefghij" * 6 + "0123456789",
    "ALLOWED_HOSTS": "shop.example",
    "CSRF_TRUSTED_ORIGINS": "https://shop.example",
    "SITE_URL": "https://shop.example",
    "PII_KEYS": "check:Y2hlY2stb25seS1ub3QtYS1zZWNyZXQtMDAwMDAwMDA=",
    "PII_INDEX_KEY": "check-only",
    "DATABASE_URL": "postgres://check@127.0.0.1:1/check",
}

STEPS = [
    ("code style", [BIN / "ruff", "check", "."], {}),
    ("code format", [BIN / "ruff", "format", "--check", "-q", "."], {}),
    ("import directions", [BIN / "lint-imports", "--no-cache"], {}),
    ("template format", [sys.executable, "-m", "config.check_templates"], {}),
    (
        "stylesheet bundle",
        [sys.executable, "-m", "pytest", "-q", "tests/architecture/test_css_bundle.py"],
        {"DJANGO_SETTINGS_MODULE": "config.settings_test"},
    ),
    (
        "missing migrations",
        [sys.executable, "manage.py", "makemigrations", "--check", "--dry-run"],
        {"ZHANGGUI_DB": "empty"},
    ),
    (
        "deployment settings",
        [sys.executable, "-m", "django", "check", "--deploy", "--fail-level", "WARNING"],
        PRODUCTION,
    ),
    ("translations", [sys.executable, "-m", "config.check_translations"], {}),
]


def main():
    failed = []
    for name, command, extra in STEPS:
        started = time.monotonic()
        environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings", "PYTHONPATH": str(ROOT), **extra}
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
        mark = "ok" if done.returncode == 0 else "FAILED"
        print(f"{mark:7}{name} ({time.monotonic() - started:.1f} s)", flush=True)
        if done.returncode:
            failed.append(name)
            print(done.stdout[-6000:], done.stderr[-6000:], sep="\n", flush=True)
    if failed:
        sys.exit(f"make check: {', '.join(failed)} failed")


if __name__ == "__main__":
    main()
