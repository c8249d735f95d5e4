from datetime import timedelta

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.encryption import EncryptedTextField, blind_index
from accounts.masking import mask_email, mask_phone
from accounts.phones import normalise_phone
from accounts.prepared import SOME, Prepared

BIRTHDAY_PAUSE = timedelta(days=365)


class UserManager(BaseUserManager):
    def get(self, *args, **kwargs):
        """As always; by key alone, which every page of somebody signed in asks, without composing it anew."""
        if args or set(kwargs) != {"pk"} or type(kwargs["pk"]) is not int:
            return super().get(*args, **kwargs)
        for found in _by_key(pk=kwargs["pk"]):
            return found
        raise self.model.DoesNotExist("User matching query does not exist.")

    def create_user(self, *, email=None, phone=None, password=None, **fields):
        """A person made by staff or a seed: phone and e-mail count as verified. Registration goes through allauth."""
        user = self.model(email=email, **fields)
        user.set_phone(phone)
        if user.phone and "phone_verified_at" not in fields:
            user.phone_verified_at = timezone.now()
        user.set_password(password)
        user.save()
        if user.email:
            from allauth.account.models import EmailAddress

            EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
        return user

    def create_superuser(self, *, email, password=None, **fields):
        return self.create_user(email=email, password=password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, email):
        return self.get(email=(email or "").lower())

    def by_phone(self, phone):
        """Users with this phone number in any spelling (at most one)."""
        return self.filter(phone_index=blind_index(normalise_phone(phone), field="user.phone"))


_by_key = Prepared(lambda pk: User.objects.filter(pk=pk), pk=SOME)


class User(AbstractBaseUser, PermissionsMixin):
    """A person: shopper, merchant's staff or operations staff. Known by e-mail, phone or both."""

    email = models.EmailField(_("e-mail"), null=True, blank=True, unique=True)
    phone = EncryptedTextField(_("phone"), null=True, blank=True, help_text=_("E.164, encrypted"))
    phone_index = models.CharField(max_length=64, null=True, blank=True, unique=True, editable=False)
    phone_verified_at = models.DateTimeField(_("phone verified at"), null=True, blank=True)
    display_name = models.CharField(_("display name"), max_length=40, blank=True)
    birthday = models.DateField(_("birthday"), null=True, blank=True)
    birthday_set_at = models.DateTimeField(_("birthday set at"), null=True, blank=True, editable=False)
    language = models.CharField(_("language"), max_length=10, default="zh-hans")
    is_staff = models.BooleanField(_("may enter the admin"), default=False)
    is_active = models.BooleanField(_("active"), default=True)
    date_joined = models.DateTimeField(_("joined"), default=timezone.now)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = []

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")

    def __str__(self):
        return self.display_name or mask_email(self.email) or mask_phone(self.phone) or f"#{self.pk}"

    def save(self, *args, **kwargs):
        # Lower case, so that one mailbox is one person; NULL, so that blanks do not collide.
        self.email = self.email.lower() if self.email else None
        super().save(*args, **kwargs)

    def set_phone(self, phone):
        """Set the number (any spelling, or nothing) together with its blind index; does not save."""
        self.phone = normalise_phone(phone) if phone else None
        self.phone_index = blind_index(self.phone, field="user.phone") if self.phone else None

    @property
    def birthday_may_change_from(self):
        """The moment from which the birthday may be set again (once a year), or None when it may be set now."""
        if self.birthday_set_at is None:
            return None
        free = self.birthday_set_at + BIRTHDAY_PAUSE
        return free if free > timezone.now() else None

    def get_full_name(self):
        return str(self)

    def get_short_name(self):
        return str(self)
