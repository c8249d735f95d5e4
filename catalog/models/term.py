from django.db import models
from django.utils.translation import gettext_lazy as _


class Term(models.Model):
    """The English word for an axis, option or specification that merchants write in Chinese (釉色 → Glaze)."""

    chinese = models.CharField(_("Chinese"), max_length=200, unique=True)
    english = models.CharField(_("English"), max_length=200)

    class Meta:
        verbose_name = _("term")
        verbose_name_plural = _("terms")
        ordering = ["chinese"]

    def __str__(self):
        return f"{self.chinese} = {self.english}"
