"""What a process holds after its start is left out of collections: asked in processes of their own, as it is for good."""

import gc
import subprocess
import sys
from pathlib import Path

import pytest

from accounts import collector

ROOT = Path(__file__).resolve().parents[2]
ASK = "import gc; print(gc.get_freeze_count() > 50_000, gc.get_threshold()[0])"
WORKER = (
    "from config.celery import app; app.loader.import_default_modules(); "
    "from celery.signals import worker_process_init as made; made.send(None); "
)


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        ("import config.wsgi; ", "True 10000"),
        (WORKER, "True 10000"),
        ("import config.celery; ", "False 700"),
    ],
    ids=["web", "worker", "whoever only imports"],
)
def test_what_was_loaded_is_set_aside(start, expected):
    asked = [sys.executable, "-c", f"import warnings; warnings.simplefilter('ignore'); {start}{ASK}"]
    told = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert told.splitlines()[-1] == expected


def test_work_in_a_process_that_goes_on_leaves_the_collector_as_it_was():
    before = gc.get_threshold(), gc.get_freeze_count()
    with pytest.raises(ZeroDivisionError), collector.aside():
        assert gc.get_freeze_count() > before[1]
        raise ZeroDivisionError
    assert (gc.get_threshold(), gc.get_freeze_count()) == before
