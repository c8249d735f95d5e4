from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _


class SearchTerm(models.Model):
    """What may be suggested while somebody types, and what slips are mended to. Rebuilt from the catalogue at night.

    ``key`` is the normalised text that typing is compared with; ``pinyin`` and ``initials`` are how it sounds.
    """

    class Kind(models.TextChoices):
        PRODUCT = "product", _("listing")
        CATEGORY = "category", _("category")
        BRAND = "brand", _("brand")
        QUERY = "query", _("popular search")
        WORD = "word", _("word of titles")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    text = models.CharField(_("text"), max_length=160)
    key = models.CharField(max_length=80)
    pinyin = models.CharField(max_length=120, blank=True)
    initials = models.CharField(max_length=40, blank=True)
    weight = models.FloatField(_("weight"), default=0)
    target = models.PositiveBigIntegerField(_("leads to"), null=True, blank=True)

    class Meta:
        verbose_name = _("search term")
        verbose_name_plural = _("search terms")
        indexes = [
            models.Index(fields=["key"], name="term_by_key", opclasses=["varchar_pattern_ops"]),
            models.Index(fields=["pinyin"], name="term_by_pinyin", opclasses=["varchar_pattern_ops"]),
            models.Index(fields=["initials"], name="term_by_initials", opclasses=["varchar_pattern_ops"]),
            GinIndex(fields=["pinyin"], name="term_alike", opclasses=["gin_trgm_ops"]),
        ]

    def __str__(self):
        return self.text
