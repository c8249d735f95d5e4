"""Join static/css/parts/*.css into static/css/shop.css, the one stylesheet that pages load.

There is no build step: the bundle is committed, and tests/architecture/test_css_bundle.py fails when it is out of step.
"""

import re
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand

# The order matters only inside a cascade layer; tokens come first because they declare the order of the layers.
PARTS = [
    "tokens", "reset", "base", "layout",
    "header", "tabbar", "footer", "icon", "buttons", "chips", "price", "text", "panel", "details", "product-card",
    "forms", "choices", "sheet", "progress", "notice", "lines", "ticket", "wayfinding", "tables",
    "home", "guides", "listing", "recommended", "product", "size-guide", "offers", "order", "member", "account", "payment",
    "check-in", "lottery", "error-page",
    "utilities",
]  # fmt: skip

CSS_DIR = Path(settings.BASE_DIR) / "static" / "css"
BUNDLE = CSS_DIR / "shop.css"
STRING_OR_COMMENT = re.compile(r"""("[^"]*"|'[^']*')|/\*.*?\*/""", re.DOTALL)


class Command(BaseCommand):
    help = "Join the parts of the stylesheet into static/css/shop.css."

    def handle(self, *args, **options):
        css = bundle()
        BUNDLE.write_text(css, encoding="utf-8")
        self.stdout.write(f"{BUNDLE.relative_to(settings.BASE_DIR)}: {len(css):,} characters")


def bundle() -> str:
    """The whole stylesheet as one text, in the declared order."""
    parts = [(CSS_DIR / "parts" / f"{name}.css").read_text(encoding="utf-8") for name in PARTS]
    return "".join(squeeze(part) for part in parts)


def squeeze(css: str) -> str:
    """Drop comments and needless white space; text between quotes and the space around + and - stay."""
    strings: list[str] = []

    def set_aside(match):
        if not match[1]:
            return " "
        strings.append(match[1])
        return f"\x00{len(strings) - 1}\x00"

    css = STRING_OR_COMMENT.sub(set_aside, css)
    css = re.sub(r"\s+", " ", css)
    css = re.sub(r"\s*([{};,])\s*", r"\1", css)
    css = re.sub(r":\s+", ":", css).replace(";}", "}")
    css = re.sub(r"\x00(\d+)\x00", lambda match: strings[int(match[1])], css)
    return css.strip() + "\n"
