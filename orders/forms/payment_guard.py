from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from catalog.money import FenFormField

SHORTEST = 6
SIMPLE = {"123456", "654321", "123123", "12345678", "password"}


class PaymentGuardForm(forms.Form):
    """The shopper's choice: from which amount on, and by which password. ``has_password`` and ``may_text`` say what is
    there."""

    limit_fen = FenFormField(
        label=_("Ask me from this amount on (yuan)"), required=False, help_text=_("Leave it empty to be asked never.")
    )
    password = forms.CharField(
        label=_("New payment password"),
        required=False,
        max_length=64,
        strip=True,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least 6 characters, not the one you sign in with. Leave it empty to keep what you have."),
    )
    again = forms.CharField(
        label=_("The same again"),
        required=False,
        max_length=64,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args, user, has_password, may_text, **kwargs):
        super().__init__(*args, **kwargs)
        self.user, self.has_password, self.may_text = user, has_password, may_text

    def clean_limit_fen(self):
        limit = self.cleaned_data["limit_fen"]
        return None if limit in ("", None) else limit

    def clean_password(self):
        password = self.cleaned_data["password"]
        if password and (len(password) < SHORTEST or len(set(password)) < 3 or password.lower() in SIMPLE):
            raise ValidationError(_("Choose one that is harder to guess: at least 6 characters, not in a row."))
        if password and self.user.check_password(password):
            raise ValidationError(_("This is the password you sign in with; choose another one."))
        return password

    def clean(self):
        facts = super().clean()
        password = facts.get("password")
        if password and password != facts.get("again"):
            self.add_error("again", _("The two are not the same."))
        no_way = not (password or self.has_password or self.may_text)
        if facts.get("limit_fen") is not None and no_way and "password" not in self.errors:
            self.add_error("password", _("Choose a payment password, or confirm your mobile number first."))
        return facts
