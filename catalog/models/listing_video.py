from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from catalog.models.product import Product


class ListingVideo(models.Model):
    """The short video of a listing. Files have names that cannot be guessed; ``poster`` is shown before it plays."""

    product = models.OneToOneField(Product, models.CASCADE, related_name="video", verbose_name=_("listing"))
    file = models.FileField(_("video"), upload_to="videos/")
    seconds = models.PositiveSmallIntegerField(_("length (seconds)"), editable=False)
    poster = models.FileField(_("picture before it plays"), upload_to="videos/", blank=True)
    captions = models.FileField(_("captions in Chinese (.vtt)"), upload_to="videos/", blank=True)
    captions_en = models.FileField(_("captions in English (.vtt)"), upload_to="videos/", blank=True)

    class Meta:
        verbose_name = _("video of a listing")
        verbose_name_plural = _("videos of listings")

    def __str__(self):
        return str(self.product)

    def save(self, *args, **kwargs):
        before = type(self).objects.filter(pk=self.pk).first() if self.pk else None
        super().save(*args, **kwargs)
        if before is not None:
            self._drop(set(before.files) - set(self.files))

    def delete(self, *args, **kwargs):
        self._drop(set(self.files))
        return super().delete(*args, **kwargs)

    def _drop(self, names):
        # Only when the row is really gone: a rolled back change needs its files.
        for name in names:
            transaction.on_commit(lambda name=name: self.file.storage.delete(name))

    @property
    def files(self):
        """The names of the files there are."""
        return [each.name for each in (self.file, self.poster, self.captions, self.captions_en) if each]

    @property
    def kind(self):
        """ "video/mp4" or "video/webm"."""
        return f"video/{self.file.name.rpartition('.')[2]}"

    @property
    def tracks(self):
        """(language, file) of the captions there are."""
        return [(code, each) for code, each in (("zh", self.captions), ("en", self.captions_en)) if each]
