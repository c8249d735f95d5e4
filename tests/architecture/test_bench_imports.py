"""The measuring commands import late, where no other test looks: every name they ask for must be there."""

import ast
import importlib
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
