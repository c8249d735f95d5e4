from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.bilingual import local


class Brand(models.Model):
    """The maker's name on a product; shared by all merchants."""

    name = models.CharField(_("name"), max_length=60, unique=True)
    name_en = models.CharField(_("name in English"), max_length=60, blank=True)
    slug = models.SlugField(_("slug"), max_length=80, unique=True, allow_unicode=True)

    class Meta:
        verbose_name = _("brand")
        verbose_name_plural = _("brands")
        ordering = ["name"]

    def __str__(self):
        return self.name_local

    @property
    def name_local(self):
        return local(self.name, self.name_en)
