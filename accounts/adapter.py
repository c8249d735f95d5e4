from allauth.account.adapter import DefaultAccountAdapter

from accounts.models import User


class ShopAccountAdapter(DefaultAccountAdapter):
    """How allauth finds and keeps phone numbers."""

    def get_phone(self, user):
        return (user.phone, user.phone_verified_at is not None) if user.phone else None

    def set_phone(self, user, phone, verified):
        user.set_phone(phone)
        if user.pk:
            user.save(update_fields=["phone", "phone_index"])

    def set_phone_verified(self, user, phone):
        from django.utils import timezone

        user.phone_verified_at = timezone.now()
        user.save(update_fields=["phone_verified_at"])

    def get_user_by_phone(self, phone):
        return User.objects.by_phone(phone).first()

    def send_verification_code_sms(self, user, phone, code, **kwargs):
        raise NotImplementedError
