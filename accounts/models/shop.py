from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.bilingual import local
from accounts.memo import Memo

COLOUR = RegexValidator(r"^#[0-9a-fA-F]{6}$", _("Write a colour as # and six hexadecimal digits, such as #bf331c."))


@Memo(seconds=5)
def _current():
    return Shop.objects.filter(pk=1).first() or Shop(pk=1)


class Shop(models.Model):
    """The one row with which the owner makes the shop theirs: name, seal, colours, contact, legal numbers."""

    name = models.CharField(_("name"), max_length=40, default="屿集")
    name_en = models.CharField(_("name in English"), max_length=40, blank=True, default="Yuji")
    seal = models.CharField(_("seal character"), max_length=1, default="屿")
    slogan = models.CharField(_("slogan"), max_length=120, blank=True)
    slogan_en = models.CharField(_("slogan in English"), max_length=160, blank=True)
    hero_title = models.CharField(_("headline of the home page"), max_length=40, blank=True)
    hero_title_en = models.CharField(_("headline of the home page in English"), max_length=60, blank=True)
    hero_text = models.CharField(_("sentence under the headline"), max_length=120, blank=True)
    hero_text_en = models.CharField(_("sentence under the headline in English"), max_length=160, blank=True)
    seal_colour = models.CharField(_("seal colour"), max_length=7, blank=True, validators=[COLOUR])
    pine_colour = models.CharField(_("second colour"), max_length=7, blank=True, validators=[COLOUR])
    service_phone = models.CharField(_("service phone"), max_length=30, blank=True)
    service_email = models.EmailField(_("service e-mail"), blank=True)
    service_hours = models.CharField(_("service hours"), max_length=60, blank=True)
    service_hours_en = models.CharField(_("service hours in English"), max_length=60, blank=True)
    icp_number = models.CharField(_("ICP number"), max_length=40, blank=True)
    delivery_fee_fen = models.PositiveIntegerField(_("delivery fee (fen)"), default=800)

    class Meta:
        verbose_name = _("shop")
        verbose_name_plural = _("shop")
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="shop_is_one_row")]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        self.pk = 1
        super().save(*args, **kwargs)
        _current.forget()

    @classmethod
    def current(cls):
        """The shop's row as of a few seconds ago; defaults when it was never saved. Not to be changed by the caller."""
        return _current()

    @property
    def stamp(self):
        """All that the row says, as a key."""
        return tuple(value for name, value in vars(self).items() if name != "_state")

    @property
    def name_local(self):
        return local(self.name, self.name_en)

    @property
    def slogan_local(self):
        return local(self.slogan, self.slogan_en)

    @property
    def hero_title_local(self):
        """What the home page says first: the headline, else the slogan, else the name."""
        return local(self.hero_title, self.hero_title_en) or self.slogan_local or self.name_local

    @property
    def hero_text_local(self):
        return local(self.hero_text, self.hero_text_en)

    @property
    def service_hours_local(self):
        return local(self.service_hours, self.service_hours_en)
