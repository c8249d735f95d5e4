"""The stylesheet: one file, in step with its parts, small, and free of what breaks pages."""

import gzip
import re

from django.conf import settings
from django.contrib.staticfiles import finders

from config.management.commands.bundle_css import BUNDLE, CSS_DIR, PARTS, bundle, squeeze

CSS_BUDGET = 30_000
JS_BUDGET = 25_000


def test_the_committed_stylesheet_is_in_step_with_its_parts():
    assert BUNDLE.read_text(encoding="utf-8") == bundle(), "run manage.py bundle_css"


def test_every_part_is_in_the_bundle():
    on_disk = {path.stem for path in (CSS_DIR / "parts").glob("*.css")}
    assert on_disk == set(PARTS)
    assert len(PARTS) == len(set(PARTS))


def test_the_stylesheet_stays_within_its_budget():
    assert len(gzip.compress(BUNDLE.read_bytes(), 9)) <= CSS_BUDGET


def test_every_part_stays_readable():
    too_long = {
        path.name: lines
        for path in (CSS_DIR / "parts").glob("*.css")
        if (lines := len(path.read_text().splitlines())) > 200
        or max(len(line) for line in path.read_text().splitlines()) > 140
    }
    assert too_long == {}


def test_no_track_waits_for_its_neighbours():
    """A slow phone draws what it has read so far: columns that share what is left would move with each one that follows."""
    waiting = [
        path.name
        for path in (CSS_DIR / "parts").glob("*.css")
        if re.search("auto-fit|grid-auto-columns", path.read_text())
    ]
    assert waiting == []


def test_squeezing_keeps_what_is_between_quotes_and_inside_calc():
    css = 'a {\n  content: "x ;  y"; /* why */\n  width: calc(1px + -2px);\n}\n'
    assert squeeze(css) == 'a{content:"x ;  y";width:calc(1px + -2px)}\n'


def test_every_variable_that_is_used_is_defined():
    css = bundle()
    defined = set(re.findall(r"(--[\w-]+):", css))
    used = set(re.findall(r"var\((--[\w-]+)\)", css))
    # --gap, --p and the like have fallbacks where they are read: var(--gap,…) is not in `used`.
    assert used - defined == set()


def test_both_dark_palettes_are_the_same():
    tokens = squeeze((CSS_DIR / "parts" / "tokens.css").read_text(encoding="utf-8"))
    by_system = re.search(r':root:not\(\[data-theme="light"\]\)\{(.*?)\}', tokens)[1]
    by_choice = re.search(r':root\[data-theme="dark"\]\{(.*?)\}', tokens)[1]
    assert by_system == by_choice


def test_scripts_stay_within_their_budget():
    files = [*(settings.BASE_DIR / "static" / "js").rglob("*.js")]
    assert files
    sizes = {path.name: len(gzip.compress(path.read_bytes(), 9)) for path in files}
    assert sizes["enhance.js"] <= 6_000
    assert sum(sizes.values()) <= JS_BUDGET, sizes


def test_static_files_of_every_page_are_found():
    for name in ["css/shop.css", "js/enhance.js", "js/vendor/htmx.min.js", "img/ui/icons.svg", "img/ui/favicon.svg"]:
        assert finders.find(name), name
