"""Regular expressions that staff write: simple ones, so that no text can keep the shop busy."""

import re
from functools import lru_cache

from django.utils.translation import gettext as _

# A group that repeats and is repeated again takes exponential time on some texts.
NESTED = re.compile(r"\([^)]*[+*}][^)]*\)\s*[+*{]")


@lru_cache(maxsize=1_000)
def compiled(pattern):
    """The compiled pattern; raises ValueError with a sentence for who wrote it."""
    if NESTED.search(pattern) or "(?" in pattern.replace("(?:", "").replace("(?!", "").replace("(?<!", ""):
        raise ValueError(_("Repeat no group that repeats something inside; use only plain groups."))
    try:
        made = re.compile(pattern)
    except re.error as error:
        raise ValueError(_("This is no regular expression: %(why)s") % {"why": error}) from None
    if made.search(""):
        raise ValueError(_("The pattern also fits where nothing is written."))
    return made
