from django.db import models
from django.utils.translation import gettext_lazy as _
from pictures.models import PictureField

from accounts.bilingual import local
from accounts.work import WorkRow
from catalog.models.product import Product


class Picture(WorkRow):
    """A picture of a listing: fetched (when it came as an address) and drawn in all sizes by a worker, then shown."""

    # An address that does not answer is tried for about three days (pauses grow to an hour).
    MAX_ATTEMPTS = 80

    class Status(models.TextChoices):
        WAITING = "waiting", _("waiting to be fetched")
        PROCESSING = "processing", _("being drawn")
        READY = "ready", _("ready")
        FAILED = "failed", _("cannot be used")

    product = models.ForeignKey(Product, models.CASCADE, related_name="pictures", verbose_name=_("listing"))
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    alt = models.CharField(_("alternative text"), max_length=160, blank=True)
    alt_en = models.CharField(_("alternative text in English"), max_length=200, blank=True)
    source_url = models.URLField(_("address it came from"), max_length=500, blank=True)
    file = PictureField(
        _("file"),
        upload_to="products/",
        aspect_ratios=["1/1"],
        width_field="width",
        height_field="height",
        blank=True,
    )
    width = models.PositiveIntegerField(null=True, blank=True, editable=False)
    height = models.PositiveIntegerField(null=True, blank=True, editable=False)
    status = models.CharField(_("status"), max_length=12, choices=Status, default=Status.WAITING)
    # Ready means that the file may be shown; drawn means that its smaller renditions exist too.
    drawn = models.BooleanField(_("drawn in all sizes"), default=False, editable=False)

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        ordering = ["position", "pk"]
        indexes = [
            models.Index(fields=["run_after"], condition=models.Q(done_at=None, given_up_at=None), name="picture_due")
        ]

    def __str__(self):
        return self.alt_local or f"#{self.pk}"

    @property
    def alt_local(self):
        return local(self.alt, self.alt_en)

    @property
    def is_ready(self):
        return self.status == self.Status.READY

    def perform(self):
        from catalog.pictures import fetch_and_draw

        fetch_and_draw(self)

    def work_given_up(self):
        from catalog.pictures import fail

        if not self.is_ready:
            fail(self, self.last_error)
