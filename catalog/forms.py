"""What shoppers write: reviews, follow-ups, questions, answers, reports."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from catalog import review_tags
from catalog.models import Report
from catalog.photo_field import PhotosField

STARS = [
    (5, _("5 stars: very good")),
    (4, _("4 stars: good")),
    (3, _("3 stars: fair")),
    (2, _("2 stars: poor")),
    (1, _("1 star: bad")),
]
SHORTEST_REVIEW, LONGEST_REVIEW = 10, 1000


def words(label, *, least, most, rows=4, help_text=""):
    """A text of ``least`` to ``most`` characters, blanks around it not counted."""
    return forms.CharField(
        label=label,
        min_length=least,
        max_length=most,
        help_text=help_text,
        error_messages={
            "min_length": ngettext_lazy(
                "Please write at least %(limit_value)d character; you wrote %(show_value)d.",
                "Please write at least %(limit_value)d characters; you wrote %(show_value)d.",
                "limit_value",
            )
        },
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class ReviewForm(forms.Form):
    stars = forms.TypedChoiceField(label=_("Stars"), choices=STARS, coerce=int, widget=forms.RadioSelect)
    text = words(
        _("Your review"),
        least=SHORTEST_REVIEW,
        most=LONGEST_REVIEW,
        rows=6,
        help_text=_("What should the next shopper know? 10 to 1,000 characters, without phone numbers or links."),
    )
    tags = forms.MultipleChoiceField(label=_("It is"), required=False, widget=forms.CheckboxSelectMultiple)
    photos = PhotosField(label=_("Pictures"), help_text=_("JPEG, PNG or WebP, at most 8 MB each, up to 6."))
    anonymous = forms.BooleanField(label=_("Do not show my name"), required=False)

    def __init__(self, *args, category_id, **kwargs):
        super().__init__(*args, **kwargs)
        codes = review_tags.of_category(category_id)
        self.fields["tags"].choices = [(code, review_tags.label_of(code)) for code in codes]


class FollowUpForm(forms.Form):
    text = words(
        _("What do you want to add?"),
        least=SHORTEST_REVIEW,
        most=LONGEST_REVIEW,
        help_text=_("How is it after some time? You can add to a review once."),
    )


class QuestionForm(forms.Form):
    text = words(
        _("Your question"),
        least=5,
        most=200,
        rows=3,
        help_text=_("The merchant and people who bought it can answer. 5 to 200 characters."),
    )


class AnswerForm(forms.Form):
    text = words(_("Your answer"), least=2, most=500, rows=3)


class ReportForm(forms.Form):
    reason = forms.ChoiceField(label=_("What is wrong with it?"), choices=Report.Reason, widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("Anything else we should know"),
        max_length=200,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
