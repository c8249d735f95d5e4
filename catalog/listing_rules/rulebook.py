"""All that the rules need to know about the shop, read in a constant number of queries for any number of listings."""

from dataclasses import dataclass, field

from django.db.models import Count, Max

from catalog import attributes
from catalog.listing_rules.words import Lexicon, word_of
from catalog.models import CategoryRule, Licence, Proof, WordRule

# The lexicon that was compiled last, by what it was made of.
_compiled = {}


@dataclass
class Book:
    lexicon: Lexicon
    paths: dict = field(default_factory=dict)
    asked: dict = field(default_factory=dict)
    templates: attributes.Templates = field(default_factory=lambda: attributes.Templates({}, {}))
    licences: dict = field(default_factory=dict)
    proofs: dict = field(default_factory=dict)

    def line(self, category_id):
        """The ids from the top of the tree down to the category."""
        return self.paths.get(category_id, frozenset())

    def required_specifications(self, category_id):
        """The names that the templates require of a category's listings, and those of the categories' requirements."""
        named = [*self.templates.required(category_id), *self._inherited(category_id, "specifications")]
        return list(dict.fromkeys(named))

    def required_licences(self, category_id):
        return self._inherited(category_id, "licences")

    def _inherited(self, category_id, what):
        found = [
            name for pk in sorted(self.line(category_id)) if pk in self.asked for name in getattr(self.asked[pk], what)
        ]
        return list(dict.fromkeys(found))


def book(merchant_ids):
    """The ``Book`` for listings of these merchants; seven queries, eight when the words have changed."""
    merchants = set(merchant_ids)
    licences, proofs = {}, {}
    for licence in Licence.objects.valid().filter(merchant__in=merchants):
        licences.setdefault(licence.merchant_id, set()).add(licence.kind)
    for proof in Proof.objects.valid().filter(merchant__in=merchants):
        proofs.setdefault(proof.merchant_id, []).append(proof)
    templates = attributes.read()
    return Book(
        lexicon=lexicon(WordRule.Where.LISTINGS),
        paths={pk: frozenset(line) for pk, line in templates.paths.items()},
        templates=templates,
        asked={rule.category_id: rule for rule in CategoryRule.objects.order_by()},
        licences=licences,
        proofs=proofs,
    )


def lexicon(where):
    """The words for listings, or for what shoppers write; compiled again whenever a rule has changed."""
    rules = WordRule.objects.filter(is_active=True, where__in=[where, WordRule.Where.BOTH])
    made = rules.order_by().aggregate(n=Count("pk"), at=Max("updated_at"), last=Max("pk"))
    stamp = (made["n"], made["at"], made["last"])
    known, words = _compiled.get(where, (None, None))
    if known != stamp or not made["n"]:
        scopes = {}
        for rule_id, category_id in WordRule.categories.through.objects.values_list("wordrule_id", "category_id"):
            scopes.setdefault(rule_id, set()).add(category_id)
        each = (word_of(rule, frozenset(scopes[rule.pk]) if rule.pk in scopes else None) for rule in rules)
        words = Lexicon([word for word in each if word is not None])
        _compiled[where] = (stamp, words)
    return words
