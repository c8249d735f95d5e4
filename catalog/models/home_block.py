from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.bilingual import local
from catalog.models.banner import Banner
from catalog.models.category import Category
from catalog.models.product import Product
from catalog.own_address import refuse_foreign_address


class HomeBlock(models.Model):
    """One part of the home page, between its neighbours by ``position``, shown while it is active and its dates allow.

    Empty texts mean the usual words of the kind. Products are those named by hand, in their order, else by ``rule``.
    """

    class Kind(models.TextChoices):
        HERO = "hero", _("opening picture")
        PROMISES = "promises", _("what we promise")
        CATEGORIES = "categories", _("category icons")
        CAMPAIGN = "campaign", _("campaign")
        HOT = "hot", _("hot")
        NEW = "new", _("new")
        FOR_YOU = "for_you", _("for you")
        PRODUCTS = "products", _("chosen listings")
        GUIDES = "guides", _("guides")
        STORY = "story", _("story of one listing")

    class Rule(models.TextChoices):
        BY_HAND = "", _("those named below")
        NEWEST = "newest", _("the newest")
        BEST_SOLD = "best_sold", _("the best sold")
        BEST_RATED = "best_rated", _("the best rated")
        REDUCED = "reduced", _("with a strike-through price")

    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    is_active = models.BooleanField(_("shown"), default=True)
    shown_from = models.DateTimeField(_("from"), null=True, blank=True)
    shown_until = models.DateTimeField(
        _("until"), null=True, blank=True, help_text=_("From this moment on it is gone.")
    )
    title = models.CharField(_("title"), max_length=40, blank=True)
    title_en = models.CharField(_("title in English"), max_length=60, blank=True)
    text = models.CharField(_("sentence"), max_length=120, blank=True)
    text_en = models.CharField(_("sentence in English"), max_length=160, blank=True)
    button = models.CharField(_("words of the link"), max_length=20, blank=True)
    button_en = models.CharField(_("words of the link in English"), max_length=40, blank=True)
    link = models.CharField(
        _("leads to"),
        max_length=300,
        blank=True,
        validators=[refuse_foreign_address],
        help_text=_("An address of this shop, such as /c/teaware/ or /search/?sort=new."),
    )
    picture = models.ForeignKey(
        Banner, models.SET_NULL, null=True, blank=True, editable=False, related_name="+", verbose_name=_("wide picture")
    )
    picture_tall = models.ForeignKey(
        Banner, models.SET_NULL, null=True, blank=True, editable=False, related_name="+", verbose_name=_("tall picture")
    )
    rule = models.CharField(_("which listings"), max_length=12, choices=Rule, default=Rule.BY_HAND, blank=True)
    category = models.ForeignKey(
        Category, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("only of this category")
    )
    how_many = models.PositiveSmallIntegerField(
        _("how many"), default=4, validators=[MinValueValidator(1), MaxValueValidator(12)]
    )
    products = models.ManyToManyField(Product, through="HomeBlockProduct", related_name="+", verbose_name=_("listings"))

    class Meta:
        verbose_name = _("block of the home page")
        verbose_name_plural = _("home page")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(shown_from=None) | Q(shown_until=None) | Q(shown_until__gt=F("shown_from")),
                name="home_block_ends_after_it_begins",
            )
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.title_local}".strip()

    @property
    def title_local(self):
        return local(self.title, self.title_en)

    @property
    def text_local(self):
        return local(self.text, self.text_en)

    @property
    def button_local(self):
        return local(self.button, self.button_en)

    def is_shown_at(self, moment):
        """Whether shoppers see it at ``moment``; at ``shown_until`` itself no more."""
        begun = self.shown_from is None or self.shown_from <= moment
        return self.is_active and begun and (self.shown_until is None or moment < self.shown_until)

    def clean(self):
        if self.shown_from and self.shown_until and self.shown_until <= self.shown_from:
            raise ValidationError({"shown_until": _("It must end after it begins.")})
        if self.kind == self.Kind.CAMPAIGN:
            missing = [name for name in ("title", "shown_until") if not getattr(self, name)]
            if missing:
                raise ValidationError({name: _("A campaign needs this.") for name in missing})


class HomeBlockProduct(models.Model):
    """A listing named by hand for a block."""

    block = models.ForeignKey(HomeBlock, models.CASCADE, related_name="named", verbose_name=_("block"))
    product = models.ForeignKey(Product, models.CASCADE, related_name="+", verbose_name=_("listing"))
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("listing of a block")
        verbose_name_plural = _("listings of a block")
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["block", "product"], name="home_block_names_it_once")]

    def __str__(self):
        return f"{self.block_id}: {self.product_id}"
