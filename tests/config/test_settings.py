"""Production refuses to start on unsafe settings; each is tried on its own, in a process of its own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from config.check import PRODUCTION

ROOT = Path(__file__).resolve().parents[2]


def start(**changes):
    environment = {name: value for name, value in os.environ.items() if name not in {"CI", "ZHANGGUI_BUILD"}}
    environment |= {**PRODUCTION, "DJANGO_SETTINGS_MODULE": "config.settings"}
    for name, value in changes.items():
        if value is None:
            environment.pop(name, None)
        else:
            environment[name] = value
    command = [sys.executable, "-W", "error", "-c", "from django.conf import settings; settings.DEBUG"]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)


def test_safe_production_settings_start():
    done = start()
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", None),
        ("SECRET_KEY", "short"),
        ("DEBUG", "true"),
        ("ALLOWED_HOSTS", None),
        ("ALLOWED_HOSTS", "*"),
        ("PII_KEYS", None),
        ("PII_INDEX_KEY", None),
        ("DATABASE_URL", None),
        ("SITE_URL", "http://shop.example"),
        ("HTTPS", "false"),
        ("SANDBOX_CHANNELS", "true"),
    ],
)
def test_unsafe_production_settings_refuse_to_start(name, value):
    done = start(**{name: value})
    assert done.returncode != 0
    assert f"{name} must be" in done.stderr


@pytest.mark.parametrize(("name", "value"), [("DEBUG", "perhaps"), ("ZHANGGUI_ENV", "staging")])
def test_nonsense_is_refused(name, value):
    assert start(**{name: value}).returncode != 0


STRIPE = {"STRIPE_SECRET_KEY": "sk_live_1", "STRIPE_ACCOUNT": "acct_1", "STRIPE_WEBHOOK_SECRETS": "whsec_1"}


def test_a_payment_channel_that_is_set_up_starts():
    done = start(**STRIPE)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("STRIPE_API_BASE", "https://elsewhere.example"),
        ("STRIPE_API_BASE", "http://api.stripe.com"),
        ("STRIPE_SECRET_KEY", "sk_test_1"),
        ("STRIPE_ACCOUNT", None),
        ("STRIPE_WEBHOOK_SECRETS", None),
    ],
)
def test_a_payment_channel_half_set_up_or_elsewhere_refuses_to_start(name, value):
    done = start(**{**STRIPE, name: value})
    assert done.returncode != 0
    assert f"{name} must be" in done.stderr
