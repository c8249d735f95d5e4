from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from allauth.core.exceptions import RateLimited
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import ownership, text_codes
from accounts.channels import sms
from accounts.form_fields import PhoneField
from accounts.models import Shop, User
from accounts.senders import sender_of

WRONG = _("The account or the password is not right. Please check both.")


class ShopAccountAdapter(DefaultAccountAdapter):
    """How allauth finds, keeps and proves phone numbers, and what it says."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": WRONG,
        "phone_password_mismatch": WRONG,
        "username_password_mismatch": WRONG,
        "incorrect_code": _("The code is not right. Please look again, or ask for a new one."),
        "too_many_login_attempts": _("Too many tries. Please wait a few minutes."),
        "rate_limited": _("A code was sent a moment ago. Please wait a minute before asking for another."),
        "email_taken": _("There is already an account with this e-mail address. Please sign in."),
        "phone_taken": _("There is already an account with this mobile number. Please sign in."),
    }

    # --- phones ---

    def phone_form_field(self, **kwargs):
        return PhoneField(**kwargs)

    def get_phone(self, user):
        return (user.phone, user.phone_verified_at is not None) if user.phone else None

    def set_phone(self, user, phone, verified):
        user.set_phone(phone)
        user.phone_verified_at = timezone.now() if verified else None
        if user.pk:
            user.save(update_fields=["phone", "phone_index", "phone_verified_at"])

    def set_phone_verified(self, user, phone):
        """Both the row and the instance: the sign-in that goes on with the instance would ask for the code again."""
        user.set_phone(phone)
        first_time = user.phone_verified_at is None
        user.phone_verified_at = timezone.now()
        user.save(update_fields=["phone", "phone_index", "phone_verified_at"])
        if first_time and self._signed_in_by_code(user, "phone", user.phone):
            ownership.keep_only_proven(user)

    def get_user_by_phone(self, phone):
        try:
            return User.objects.by_phone(phone).first()
        except ValidationError:
            return None

    def send_verification_code_sms(self, user, phone, code, **kwargs):
        if not text_codes.may_send(phone):
            raise RateLimited
        sms.send(phone, "code", code=code)

    def send_account_already_exists_sms(self, phone):
        if text_codes.may_send(phone):
            sms.send(phone, "account_exists")

    # --- signing in ---

    def login(self, request, user):
        email = request.session.pop(ownership.FIRST_PROOF, None)
        if email and self._signed_in_by_code(user, "email", email):
            ownership.keep_only_proven(user)
        super().login(request, user)

    def _signed_in_by_code(self, user, kind, value):
        records = get_authentication_records(context.request, user) if context.request is not None else []
        return bool(records) and records[-1].get("method") == "code" and records[-1].get(kind) == value

    # --- limits ---

    def get_client_ip(self, request):
        """Also where a proxy left its header out: allauth's own fails then, and signing in with it."""
        return sender_of(request)

    # --- mail ---

    def send_mail(self, template_prefix, email, context):
        super().send_mail(template_prefix, email, {"shop": Shop.current(), **context})
