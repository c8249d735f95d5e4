from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.masking import mask_name


class Moderated(models.Model):
    """Words of a shopper under a listing. They are shown, wait to be read, or are hidden with a reason; never changed.

    ``held_because`` says which rule made them wait (``catalog.screening``).
    """

    class Status(models.TextChoices):
        PENDING = "pending", _("waiting for moderation")
        PUBLISHED = "published", _("published")
        HIDDEN = "hidden", _("hidden, with a reason")

    author_name = models.CharField(_("shown name"), max_length=40, blank=True)
    status = models.CharField(_("status"), max_length=12, choices=Status, default=Status.PENDING)
    held_because = models.CharField(_("why it waits"), max_length=12, blank=True, editable=False)
    hidden_reason = models.CharField(_("why hidden"), max_length=200, blank=True)
    created_at = models.DateTimeField(_("written at"))

    class Meta:
        abstract = True

    @property
    def masked_author(self):
        return mask_name(self.author_name) or _("Shopper")

    @property
    def is_shown(self):
        return self.status == self.Status.PUBLISHED

    @property
    def about(self):
        """The key of its story in the history."""
        return f"{self._meta.model_name}:{self.pk}"
