from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _


class Synonym(models.Model):
    """Words that mean the same to a search: whoever types one finds the others too."""

    words = models.CharField(
        _("words"), max_length=200, help_text=_("Separated by commas or spaces, such as: 充电宝, 移动电源")
    )

    class Meta:
        verbose_name = _("synonyms")
        verbose_name_plural = _("synonyms")
        ordering = ["words"]

    def __str__(self):
        return self.words


class StopWord(models.Model):
    """A word that searches leave out, unless it is all that was typed."""

    word = models.CharField(_("word"), max_length=30, unique=True)

    class Meta:
        verbose_name = _("stop word")
        verbose_name_plural = _("stop words")
        ordering = ["word"]

    def __str__(self):
        return self.word


def _weight(name, default, help_text=""):
    return models.PositiveIntegerField(name, default=default, validators=[MaxValueValidator(1000)], help_text=help_text)


class SearchWeights(models.Model):
    """The one row that says what makes a result come first. Hundredths: 300 is 3.00."""

    place = _weight(
        _("where it matches"),
        300,
        _("The title counts fully, names 0.6, details and how the title sounds 0.3, how names sound 0.1 of it."),
    )
    exact = _weight(_("the title holds the query as typed"), 200)
    sales = _weight(_("sales"), 30, _("times the natural logarithm of 1 + units sold"))
    rating = _weight(_("rating"), 20, _("times the mean number of stars"))
    freshness = _weight(_("freshness"), 50, _("in full on the first day on sale, nothing after 180 days"))
    stock = _weight(_("in stock"), 100)

    class Meta:
        verbose_name = _("ranking of search results")
        verbose_name_plural = _("ranking of search results")
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="search_weights_is_one_row")]

    def __str__(self):
        return str(_("ranking of search results"))

    def save(self, *args, **kwargs):
        self.pk = 1
        super().save(*args, **kwargs)
