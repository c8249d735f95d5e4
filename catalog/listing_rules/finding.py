"""What the rules judge and what they find, as plain data."""

from dataclasses import asdict, dataclass, field
from datetime import date

from django.utils.translation import gettext_lazy as _

from accounts.bilingual import local
from catalog.models.severity import Severity

BLOCK, PROOF, WARN = Severity.BLOCK, Severity.PROOF, Severity.WARN
GRAVITY = {BLOCK: 0, PROOF: 1, WARN: 2}

FIELDS = {
    "title": _("title"),
    "title_en": _("title in English"),
    "subtitle": _("subtitle"),
    "subtitle_en": _("subtitle in English"),
    "description": _("description"),
    "description_en": _("description in English"),
    "tags": _("tags"),
    "specifications": _("specifications"),
    "options": _("options"),
    "pictures": _("pictures"),
    "category": _("category"),
    "price": _("price"),
}
REASONS = {
    "word:superlative": _("Absolute claims are forbidden in advertising."),
    "word:authority": _("Organs of state, honours and grades may not be used, or only with a document."),
    "word:medical": _("Only medicines may claim to prevent or treat illness."),
    "word:inducement": _("Untrue pressure misleads shoppers."),
    "word:guarantee": _("Nobody may promise an effect or a gain."),
    "word:price": _("A price may only be compared with one that can be proved."),
    "word:disparaging": _("Others' goods may not be run down."),
    "word:superstition": _("Superstition has no place in advertising."),
    "word:contact": _("Shoppers are not led out of the shop."),
    "word:forbidden": _("This may not be sold or said here."),
    "specification": _("The category requires “%(name)s” in the specification table."),
    "specification_unfit": _("“%(name)s” does not fit the category's table: %(why)s"),
    "licence": _("The category may only be sold with a valid licence: %(name)s."),
    "strike_through": _(
        "%(sku)s: the strike-through price ¥%(claimed)s is not shown. Lawful is at most the lowest price really dealt in"
        " the 7 days before the present price began: ¥%(lawful)s."
    ),
    "strike_through_unproved": _(
        "%(sku)s: the strike-through price ¥%(claimed)s is not shown, because nobody has bought at a higher price before."
    ),
    "picture_small": _("Picture %(number)s is %(width)s × %(height)s pixels; at least %(least)s on the shorter side."),
    "picture_soft": _("Picture %(number)s is %(width)s × %(height)s pixels; from %(least)s on it can be enlarged."),
    "picture_ratio": _("Picture %(number)s is %(width)s × %(height)s pixels; lists show squares and cut off the rest."),
}


@dataclass(frozen=True)
class Finding:
    """One thing a rule found. ``start`` and ``end`` count characters in the field's text without HTML; -1 is nowhere.

    ``proved_until`` is the day until which an accepted proof covers it: then it neither blocks nor asks.
    """

    rule: str
    severity: str
    field: str
    start: int = -1
    end: int = -1
    found: str = ""
    law: str = ""
    suggestion: str = ""
    suggestion_en: str = ""
    facts: dict = field(default_factory=dict)
    rule_id: int | None = None
    proved_until: str = ""

    @property
    def stops(self):
        """Whether a listing cannot go on sale because of it."""
        return self.severity in (BLOCK, PROOF) and not self.proved_until

    @property
    def reason(self):
        return str(REASONS.get(self.rule, self.rule)) % self.facts

    @property
    def field_label(self):
        return FIELDS.get(self.field, self.field)

    @property
    def severity_label(self):
        return Severity(self.severity).label

    @property
    def advice(self):
        return local(self.suggestion, self.suggestion_en)

    @property
    def proved_day(self):
        return date.fromisoformat(self.proved_until) if self.proved_until else None

    @property
    def sentence(self):
        """All of it in one sentence or two, for lists and messages."""
        place = f"{self.field_label}: " if self.start < 0 else f"{self.field_label} {self.start + 1}–{self.end}: "
        word = f"“{self.found}” " if self.found else ""
        return f"{place}{word}{self.reason} {self.advice}".strip()

    def as_json(self):
        return asdict(self) | {"severity": str(self.severity)}


@dataclass(frozen=True)
class Sheet:
    """A listing as the rules read it, whether it is stored or still a line of a file.

    ``texts`` maps field → (text, is_html); ``specifications`` name → value; ``pictures`` are (width, height), None
    where it is not known yet; ``strikes`` are (SKU, claimed fen, lawful fen or None) of prices that are not lawful.
    """

    merchant_id: int
    texts: dict
    category_id: int | None = None
    brand_id: int | None = None
    brand_names: tuple = ()
    product_id: int | None = None
    specifications: dict = field(default_factory=dict)
    pictures: tuple = ()
    strikes: tuple = ()
