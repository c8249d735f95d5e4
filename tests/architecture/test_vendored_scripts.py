"""Scripts from elsewhere are pinned to the byte, and pages never need eval or an inline handler."""

import hashlib
import re

from django.conf import settings

VENDOR = settings.BASE_DIR / "static" / "js" / "vendor"
TEMPLATES = settings.BASE_DIR / "templates"


def test_vendored_scripts_are_the_ones_we_read():
    listed = dict(re.findall(r"\| `([\w.]+)` \|.*\| `([0-9a-f]{64})` \|", (VENDOR / "README.md").read_text()))
    assert listed == {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in VENDOR.glob("*.js")}


def shop_templates():
    return [path for path in TEMPLATES.rglob("*.html") if "admin" not in path.parts]


def test_no_template_carries_inline_styles_or_handlers():
    offenders = []
    for path in shop_templates():
        text = re.sub(r"\{#.*?#\}|\{% comment.*?endcomment %\}", "", path.read_text(), flags=re.DOTALL)
        if re.search(r"""<[^>]*\s(?:style|on[a-z]+)\s*=""", text):
            offenders.append(str(path.relative_to(TEMPLATES)))
    assert offenders == []


def test_no_template_asks_htmx_to_evaluate_text():
    offenders = [
        str(path.relative_to(TEMPLATES))
        for path in shop_templates()
        if re.search(r"hx-on|[\"']js:|hx-trigger=\"[^\"]*\[", path.read_text())
    ]
    assert offenders == []


def test_every_inline_script_that_runs_has_a_nonce():
    offenders = []
    for path in shop_templates():
        for attributes in re.findall(r"<script\b([^>]*)>", path.read_text()):
            harmless = "src=" in attributes or 'type="application/' in attributes
            if not harmless and "nonce=" not in attributes:
                offenders.append(str(path.relative_to(TEMPLATES)))
    assert offenders == []
