"""Templates: formatted, no inline style or handler, no untranslated Chinese."""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))

# A strict Content-Security-Policy forbids these; e-mails have no stylesheet and are excepted.
FORBIDDEN = [
    (re.compile(r"<[^>]*\sstyle="), "inline style"),
    (re.compile(r"<[^>]*\son[a-z]+=\""), "inline handler"),
    (re.compile(r"<script(?![^>]*(?:nonce|src=))[^>]*>"), "inline script without nonce"),
]
CHINESE = re.compile(r"[\u4e00-\u9fff]")
# Words that stand in their own language on purpose, and the page that must need neither database nor translations.
ALLOWED_CHINESE = re.compile(r"简体中文|中文|屿集?|掌")
IN_BOTH_LANGUAGES = {"500.html"}


def problems():
    for path in TEMPLATES:
        text = re.sub(r"{#.*?#}|{% comment %}.*?{% endcomment %}", "", path.read_text(), flags=re.S)
        is_email = "emails" in path.parts
        for number, line in enumerate(text.splitlines(), 1):
            where = f"{path.relative_to(ROOT)}:{number}"
            for pattern, name in FORBIDDEN if not is_email else []:
                if pattern.search(line):
                    yield f"{where}: {name}"
            if path.name not in IN_BOTH_LANGUAGES and CHINESE.search(ALLOWED_CHINESE.sub("", line)):
                yield f"{where}: Chinese text outside the translations"


def main():
    found = list(problems())
    print("\n".join(found))
    djade = subprocess.run([Path(sys.executable).parent / "djade", "--target-version", "5.2", "--check", *TEMPLATES])
    sys.exit(1 if found or djade.returncode else 0)


if __name__ == "__main__":
    main()
