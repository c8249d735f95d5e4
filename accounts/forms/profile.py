from django import forms
from django.conf import settings
from django.utils import formats, timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User


class ProfileForm(forms.ModelForm):
    """Name, birthday (once a year) and language of the signed-in person."""

    class Meta:
        model = User
        fields = ["display_name", "birthday", "language"]
        widgets = {
            "display_name": forms.TextInput(attrs={"autocomplete": "nickname"}),
            "birthday": forms.DateInput(attrs={"type": "date", "autocomplete": "bday"}, format="%Y-%m-%d"),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["language"] = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
        self.fields["display_name"].help_text = _("Shown beside your reviews.")
        self.fields["birthday"].help_text = _("For your birthday gift. You can change it once a year.")
        free = self.instance.birthday_may_change_from
        if free:
            self.fields["birthday"].disabled = True
            day = formats.date_format(timezone.localtime(free))
            self.fields["birthday"].help_text = _("You can change it again from %(day)s.") % {"day": day}

    def clean_birthday(self):
        birthday = self.cleaned_data["birthday"]
        today = timezone.localdate()
        if birthday and not self.fields["birthday"].disabled and not 1900 <= birthday.year <= today.year:
            raise forms.ValidationError(_("Please check the year of your birthday."))
        if birthday and birthday > today:
            raise forms.ValidationError(_("Your birthday lies in the future."))
        return birthday

    def save(self, commit=True):
        if "birthday" in self.changed_data:
            self.instance.birthday_set_at = timezone.now()
        return super().save(commit)
