"""What buyers may tick beside their words. Codes are stored; labels are texts of the shop in both languages."""

from django.utils.translation import gettext_lazy as _

from catalog.tree import tree

LABELS = {
    "as_described": _("as described"),
    "well_made": _("well made"),
    "good_looking": _("good-looking"),
    "well_packed": _("well packed"),
    "sent_fast": _("sent fast"),
    "good_value": _("good value"),
    "easy_to_use": _("easy to use"),
    "right_size": _("the right size"),
    "nice_to_touch": _("nice to the touch"),
    "smells_good": _("smells good"),
    "no_smell": _("no smell"),
    "good_gift": _("a good gift"),
}
STANDARD = ("as_described", "well_made", "good_looking", "well_packed", "good_value", "sent_fast")


def of_category(category_id):
    """The codes that a review in this category may carry: its own list, else that of the nearest category above."""
    for category in reversed(tree().line(category_id)):
        if category.review_tags:
            return [code for code in category.review_tags if code in LABELS]
    return list(STANDARD)


def label_of(code):
    """The words of a tag; an old code that is no longer offered says itself."""
    return LABELS.get(code, code)
