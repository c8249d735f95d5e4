"""Words of the sign-in pages that the library words differently from the rest of the shop.

Naming them here puts them into our own catalogue, which Django asks before the library's.
"""

from django.utils.translation import gettext_noop as _

WORDS = [
    _("Email Addresses"),
    _("The following email addresses are associated with your account:"),
    _("Make Primary"),
    _("Re-send Verification"),
    _("Remove"),
    _("Add Email Address"),
    _("Add Email"),
    _("Primary"),
    _("Email"),
    _("Email address"),
    _("Sign Out"),
    _("Are you sure you want to sign out?"),
    _("Two-Factor Authentication"),
    _("Authenticator App"),
    _("Security Keys"),
    _("Recovery Codes"),
    _("Password Reset"),
    _("Reset My Password"),
    _("Forgotten your password? Enter your email address below, and we'll send you an email allowing you to reset it."),
    _("Please contact us if you have any trouble resetting your password."),
]
