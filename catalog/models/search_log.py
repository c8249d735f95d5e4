from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class SearchLog(models.Model):
    """How often something was searched for on a day, and how much was found the last time. Nobody's name is in it."""

    query = models.CharField(_("query"), max_length=60)
    day = models.DateField(_("day"))
    count = models.PositiveIntegerField(_("searches"), default=1)
    hits = models.PositiveIntegerField(_("found"), default=0)

    class Meta:
        verbose_name = _("searches of a day")
        verbose_name_plural = _("searches")
        ordering = ["-day", "-count"]
        constraints = [models.UniqueConstraint(fields=["day", "query"], name="search_once_a_day")]

    def __str__(self):
        return self.query


class FruitlessSearch(SearchLog):
    """The same rows, for the report of searches that found nothing."""

    class Meta:
        proxy = True
        verbose_name = _("search that found nothing")
        verbose_name_plural = _("searches that found nothing")


class PastSearch(models.Model):
    """What a signed-in shopper searched for; theirs alone, removable one by one or all at once."""

    MOST = 10

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="past_searches")
    query = models.CharField(_("query"), max_length=60)
    at = models.DateTimeField(_("at"), auto_now=True)

    class Meta:
        verbose_name = _("past search")
        verbose_name_plural = _("past searches")
        ordering = ["-at"]
        constraints = [models.UniqueConstraint(fields=["user", "query"], name="past_search_once")]

    def __str__(self):
        return self.query
