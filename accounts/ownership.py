"""Whose account it is: whoever proves a number or an address first gets an account that nobody else can enter.

Somebody may have registered with a number or an address that is not theirs. When its owner signs in with a code, all
that was put there without proof goes: other addresses, the password, second factors. The password also ends every
other session.
"""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import transaction

# The session key that says: the code now under way is the first proof of this e-mail address.
FIRST_PROOF = "first_proof"


@transaction.atomic
def keep_only_proven(user):
    """Drop everything unproven from ``user``, who has just proved a number or an address with a code."""
    EmailAddress.objects.filter(user=user, verified=False).delete()
    proven = EmailAddress.objects.filter(user=user).order_by("-primary", "pk").first()
    user.email = proven.email if proven else None
    if user.phone_verified_at is None:
        user.set_phone(None)
    user.set_unusable_password()
    user.save(update_fields=["email", "phone", "phone_index", "password"])
    Authenticator.objects.filter(user=user).delete()


def unproven(user, email):
    """Whether ``email`` of ``user`` was typed at registration and never proved; what staff typed counts as proved."""
    return EmailAddress.objects.filter(user=user, email__iexact=email, verified=False).exists()
