"""The measuring commands import late, where no other test looks: every name they ask for must be there."""

import ast
import importlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

HOME = Path(__file__).resolve().parents[1] / "bench"
OURS = ("accounts", "catalog", "loyalty", "orders", "aftersales", "config", "tests")


def wanted_of(path):
    """(module, name) of everything of the project that the file imports, also inside its functions."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module.split(".")[0] in OURS:
            yield from ((node.module, alias.name) for alias in node.names)


@pytest.mark.parametrize("name", sorted(path.name for path in HOME.glob("*.py")))
def test_a_measuring_command_imports_what_is_there(name):
    missing = []
    for module, wanted in wanted_of(HOME / name):
        if not hasattr(importlib.import_module(module), wanted):
            try:
                importlib.import_module(f"{module}.{wanted}")
            except ModuleNotFoundError:
                missing.append(f"{module}.{wanted}")
    assert missing == []


def test_a_name_that_is_gone_is_noticed(tmp_path):
    (tmp_path / "late.py").write_text("def later():\n    from catalog import gone_for_good\n")
    assert list(wanted_of(tmp_path / "late.py")) == [("catalog", "gone_for_good")]


def test_quotes_are_measured_by_the_bare_command():
    """Under pytest the settings are always there; the command has to find them itself."""
    bare = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    command = [sys.executable, "-m", "tests.bench.quote_figures", "2", "1"]
    done = subprocess.run(command, cwd=HOME.parents[1], env=bare, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-500:]
    assert "quote" in done.stdout
