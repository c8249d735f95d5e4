from django.contrib.auth.password_validation import MinimumLengthValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

# One sentence instead of a list of four; what is wrong with a certain password is said after it was tried.
RULES = gettext_lazy("At least 8 characters, not only digits, and nothing easy to guess.")


class LengthValidator(MinimumLengthValidator):
    """Django's, in words that this shop's catalogue has."""

    def get_error_message(self):
        return ngettext(
            "Please use at least %(count)d character for the password.",
            "Please use at least %(count)d characters for the password.",
            self.min_length,
        ) % {"count": self.min_length}

    def get_help_text(self):
        return _("At least %(count)d characters.") % {"count": self.min_length}
