from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.work import WorkRow


class Banner(WorkRow):
    """A picture of the shop itself (home page, guides), made safe and drawn in all widths by a worker, then shown.

    Unlike the picture of a listing it keeps its proportions. A name belongs to one file: a new upload is a new row.
    """

    class Status(models.TextChoices):
        PROCESSING = "processing", _("being drawn")
        READY = "ready", _("ready")
        FAILED = "failed", _("cannot be used")

    file = models.ImageField(_("file"), upload_to="banners/", width_field="width", height_field="height")
    width = models.PositiveIntegerField(null=True, blank=True, editable=False)
    height = models.PositiveIntegerField(null=True, blank=True, editable=False)
    status = models.CharField(_("status"), max_length=12, choices=Status, default=Status.PROCESSING)
    # Ready means that the file may be shown; drawn means that its smaller renditions and its card exist too.
    drawn = models.BooleanField(_("drawn in all sizes"), default=False, editable=False)

    class Meta:
        verbose_name = _("picture of the shop")
        verbose_name_plural = _("pictures of the shop")
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["run_after"], condition=models.Q(done_at=None, given_up_at=None), name="banner_due")
        ]

    def __str__(self):
        return f"#{self.pk}"

    @property
    def is_ready(self):
        return self.status == self.Status.READY

    def perform(self):
        from catalog.banners import make_safe_and_draw

        make_safe_and_draw(self)

    def work_given_up(self):
        if not self.is_ready:
            type(self).objects.filter(pk=self.pk).update(status=self.Status.FAILED)
