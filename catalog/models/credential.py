"""What a merchant shows to be believed: licences, and proof of what a listing says. Scans are kept in private."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Merchant
from catalog.models.brand import Brand
from catalog.models.product import Product
from catalog.models.review import private_storage
from catalog.models.word_rule import WordRule


class CredentialQuerySet(models.QuerySet):
    def valid(self, day=None):
        """What has been accepted and holds on ``day`` (today)."""
        day = day or timezone.localdate()
        return self.filter(
            models.Q(valid_from=None) | models.Q(valid_from__lte=day),
            status=Credential.Status.APPROVED,
            valid_until__gte=day,
        )


class Credential(models.Model):
    class Status(models.TextChoices):
        PENDING = "pending", _("waiting to be checked")
        APPROVED = "approved", pgettext_lazy("document", "accepted")
        REFUSED = "refused", pgettext_lazy("document", "refused")

    merchant = models.ForeignKey(Merchant, models.PROTECT, related_name="%(class)ss", verbose_name=_("merchant"))
    file = models.FileField(_("document"), upload_to="credentials/", storage=private_storage, blank=True)
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_until = models.DateField(_("valid until"))
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.PENDING, editable=False)
    decision = models.CharField(_("why so decided"), max_length=200, blank=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("decided by"),
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, editable=False)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    objects = CredentialQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def about(self):
        return f"{self._meta.model_name}:{self.pk}"

    @property
    def is_valid(self):
        today = timezone.localdate()
        begun = self.valid_from is None or self.valid_from <= today
        return self.status == self.Status.APPROVED and begun and self.valid_until >= today

    def clean(self):
        if self.valid_from and self.valid_until and self.valid_until < self.valid_from:
            raise ValidationError({"valid_until": _("It ends before it begins.")})


class Licence(Credential):
    """A permit of a merchant: some categories may only be sold by who has it."""

    class Kind(models.TextChoices):
        FOOD = "food", _("food business licence")
        HEALTH_FOOD = "health_food", _("health food registration")
        ALCOHOL = "alcohol", _("alcohol retail licence")
        TOBACCO = "tobacco", _("tobacco retail licence")
        MEDICAL_DEVICE = "medical_device", _("medical device record")
        COSMETICS = "cosmetics", _("cosmetics record")
        PUBLICATIONS = "publications", _("publications business licence")
        CCC = "ccc", _("compulsory product certificate (CCC)")

    kind = models.CharField(_("kind"), max_length=16, choices=Kind)
    number = models.CharField(_("number"), max_length=60)

    class Meta:
        verbose_name = _("licence")
        verbose_name_plural = _("licences")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["merchant", "kind"], name="licence_of_merchant")]

    def __str__(self):
        return f"{self.get_kind_display()} {self.number}"


class Proof(Credential):
    """A document for what a listing says: it covers a rule or words, of all listings or of one brand or listing."""

    title = models.CharField(_("what it proves"), max_length=120)
    rule = models.ForeignKey(
        WordRule, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("word rule")
    )
    words = ArrayField(
        models.CharField(max_length=40),
        default=list,
        blank=True,
        verbose_name=_("words it covers"),
        help_text=_("Separated by commas, written as in the listing."),
    )
    brand = models.ForeignKey(
        Brand, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("only this brand")
    )
    product = models.ForeignKey(
        Product, models.CASCADE, null=True, blank=True, related_name="proofs", verbose_name=_("only this listing")
    )

    class Meta:
        verbose_name = _("proof")
        verbose_name_plural = _("proofs")
        ordering = ["-pk"]

    def __str__(self):
        return self.title

    def clean(self):
        super().clean()
        if not self.rule_id and not self.words:
            raise ValidationError({"words": _("Say which words it covers.")})
