"""What the head of a page tells search engines and social networks: its one address, its other language, its picture.

Chinese is the language of the plain address, English that of ``?lang=en`` (see docs/decisions). Every page that may be
found names itself and both languages; a page that may not be found says so and names nothing else.
"""

from urllib.parse import urlencode

from django.conf import settings
from django.core.files.storage import default_storage
from django.utils.translation import get_language

from catalog.cards import CARD, card_name

LANGUAGES = (("zh-Hans", ""), ("en", "en"))


def address(path, *, page=1, language=""):
    """The full canonical address of ``path`` in a ``language`` ("" is Chinese)."""
    pairs = [("lang", language)] if language else []
    pairs += [("page", page)] if page > 1 else []
    return settings.SITE_URL + path + (f"?{urlencode(pairs)}" if pairs else "")


def social_card(file):
    """(address, width, height) of the card of a picture or banner; None while there is none."""
    if file is None or not file.is_ready:
        return None
    if file.drawn:
        return _full(card_name(file.file.name)), *CARD
    return _full(file.file.name), file.width, file.height


def _full(name):
    url = default_storage.url(name)
    return url if url.startswith("http") else settings.SITE_URL + url


class Head:
    """``path`` without a query; ``page`` of ``pages``; ``indexed``: whether it may be found.

    ``title`` and ``text`` are what a card says; ``banner`` (a Banner or Picture) what it shows.
    """

    def __init__(self, path, *, page=1, pages=1, indexed=True, kind="website", title="", text="", banner=None):
        self.path, self.page, self.pages, self.indexed = path, page, pages, indexed
        self.kind, self.title, self.text = kind, title, text
        self.card = social_card(banner)

    @property
    def stamp(self):
        """All that the head of a page says, as a key."""
        return self.path, self.page, self.pages, self.indexed, self.kind, self.title, self.text, self.card

    @property
    def language(self):
        return "en" if (get_language() or "").startswith("en") else ""

    @property
    def canonical(self):
        return address(self.path, page=self.page, language=self.language)

    @property
    def alternates(self):
        """(hreflang, address) of every language, and of whoever reads none of them."""
        found = [(name, address(self.path, page=self.page, language=code)) for name, code in LANGUAGES]
        return [*found, ("x-default", address(self.path, page=self.page))]

    @property
    def previous(self):
        return address(self.path, page=self.page - 1, language=self.language) if self.page > 1 else ""

    @property
    def next(self):
        return address(self.path, page=self.page + 1, language=self.language) if self.page < self.pages else ""

    @property
    def locale(self):
        return "en_US" if self.language else "zh_CN"

    @property
    def other_locale(self):
        return "zh_CN" if self.language else "en_US"
