"""The forms of the doors: allauth's, worded and arranged for this shop. Named in ``settings.ACCOUNT_FORMS``."""

import unicodedata

from allauth.account import forms as doors
from allauth.core import context
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from accounts import ownership, text_codes
from accounts.passwords import RULES
from accounts.phones import normalise_phone


def _login_field():
    return forms.CharField(
        label=_("Mobile number or e-mail"),
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )


def _plain(form):
    """Labels stand above their fields, so no placeholder repeats them."""
    for field in form.fields.values():
        field.widget.attrs.pop("placeholder", None)


class SignupForm(doors.SignupForm):
    """E-mail or mobile number or both, and a password."""

    field_order = ["phone", "email", "password1"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # allauth wants one of the two to be always required; here either will do, and clean() says so.
        self.fields["email"].label = _("E-mail")
        self.fields["email"].required = "phone" not in self.fields
        if "phone" in self.fields:
            self.fields["phone"].label = _("Mobile number")
            self.fields["phone"].required = False
            self.fields["phone"].help_text = _("A mobile number or an e-mail address: one is enough.")
        self.fields["password1"].help_text = RULES
        _plain(self)

    def clean(self):
        cleaned = super().clean()
        if not (self.errors or cleaned.get("phone") or cleaned.get("email")):
            self.add_error("phone", _("Please fill in a mobile number or an e-mail address."))
        return cleaned

    def try_save(self, request):
        try:
            with transaction.atomic():
                return super().try_save(request)
        except IntegrityError:
            # Somebody registered the same number or address between our look and our write.
            self.account_already_exists = True
            return super().try_save(request)


class LoginForm(doors.LoginForm):
    """One field for both kinds of names."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["login"] = _login_field()
        self.order_fields(["login", "password"])
        _plain(self)

    def clean_login(self):
        return unicodedata.normalize("NFKC", self.cleaned_data["login"]).strip()


class RequestLoginCodeForm(doors.RequestLoginCodeForm):
    """Where to send the code: one field, and the code takes the way that fits."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields = {"login": _login_field()}

    def clean(self):
        typed = unicodedata.normalize("NFKC", self.cleaned_data.get("login", "")).strip()
        if not typed:
            return self.cleaned_data
        try:
            if "@" in typed:
                self._use_email(typed.lower())
            else:
                self._use_phone(typed)
        except ValidationError as error:
            self.add_error("login", error)
        return self.cleaned_data

    def _use_email(self, typed):
        validate_email(typed)
        self.cleaned_data["email"] = typed
        self.cleaned_data["email"] = self.clean_email()
        if self._user and ownership.unproven(self._user, typed):
            context.request.session[ownership.FIRST_PROOF] = typed

    def _use_phone(self, typed):
        if not text_codes.available():
            raise ValidationError(_("We cannot send text messages at present. Please use your e-mail address."))
        phone = normalise_phone(typed)
        if not text_codes.may_send(phone):
            raise ValidationError(_("A code was sent a moment ago. Please wait a minute before asking for another."))
        self.cleaned_data["phone"] = phone
        self.cleaned_data["phone"] = self.clean_phone()
