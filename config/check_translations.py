"""Every text has its Chinese, and the compiled catalogue is the one of the source catalogue."""

import re
import sys
from pathlib import Path

import polib

CATALOGUE = Path(__file__).resolve().parent.parent / "locale/zh_Hans/LC_MESSAGES/django.po"
PLACE = re.compile(r"%\((\w+)\)|{(\w+)}")


def problems():
    catalogue = polib.pofile(str(CATALOGUE))
    for entry in catalogue:
        if entry.obsolete:
            continue
        if "fuzzy" in entry.flags or not (entry.msgstr or any(entry.msgstr_plural.values())):
            yield f"no Chinese for {entry.msgid!r}"
        for text in [entry.msgstr, *entry.msgstr_plural.values()]:
            missing = _places(entry.msgid) - _places(text)
            if text and missing and not entry.msgid_plural:
                yield f"the Chinese of {entry.msgid!r} lacks {sorted(missing)}"
    compiled = polib.mofile(str(CATALOGUE.with_suffix(".mo")))
    if {(e.msgctxt, e.msgid): e.msgstr for e in compiled if not e.msgid_plural} != {
        (e.msgctxt, e.msgid): e.msgstr for e in catalogue if e.translated() and not e.msgid_plural
    }:
        yield "django.mo is not in step: make messages"


def _places(text):
    return set(PLACE.findall(text))


def main():
    found = list(problems())
    print("\n".join(found))
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
