from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.bilingual import local
from accounts.models import Merchant
from catalog.models.banner import Banner
from catalog.models.product import Product
from catalog.videos import refuse_unsafe_address


class Topic(models.Model):
    """What guides are about, written as #topic."""

    slug = models.SlugField(_("slug"), max_length=60, unique=True, allow_unicode=True)
    name = models.CharField(_("name"), max_length=20, unique=True, help_text=_("Without the #."))
    name_en = models.CharField(_("name in English"), max_length=30, blank=True)
    text = models.CharField(_("sentence"), max_length=120, blank=True)
    text_en = models.CharField(_("sentence in English"), max_length=160, blank=True)

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["name"]

    def __str__(self):
        return f"#{self.name_local}"

    def get_absolute_url(self):
        return reverse("topic", args=[self.slug])

    @property
    def name_local(self):
        return local(self.name, self.name_en)

    @property
    def text_local(self):
        return local(self.text, self.text_en)


class GuideQuerySet(models.QuerySet):
    def shown(self, now=None):
        """What shoppers may read ``now``: published, its time has come, its merchant may sell."""
        others = Merchant.objects.exclude(status=Merchant.Status.ACTIVE)
        published = self.filter(status=Guide.Status.PUBLISHED, published_at__lte=now or timezone.now())
        return published.filter(Q(merchant=None) | ~Q(merchant__in=others))


class Guide(models.Model):
    """An article or short video with the listings in it. ``merchant`` is empty for the shop's own."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("draft")
        IN_REVIEW = "in_review", _("in review")
        PUBLISHED = "published", _("published")
        TAKEN_DOWN = "taken_down", _("taken down")

    merchant = models.ForeignKey(
        Merchant,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="guides",
        verbose_name=_("merchant"),
        help_text=_("Nobody: a guide of the shop itself."),
    )
    slug = models.SlugField(_("slug"), max_length=80, unique=True, allow_unicode=True)
    title = models.CharField(_("title"), max_length=60)
    title_en = models.CharField(_("title in English"), max_length=100, blank=True)
    lead = models.CharField(_("first sentence"), max_length=160, blank=True)
    lead_en = models.CharField(_("first sentence in English"), max_length=240, blank=True)
    body = models.TextField(_("text"), blank=True, help_text=_("Simple HTML; scripts and styles are removed."))
    body_en = models.TextField(_("text in English"), blank=True)
    author = models.CharField(_("author"), max_length=40, blank=True)
    author_en = models.CharField(_("author in English"), max_length=40, blank=True)
    cover = models.ForeignKey(
        Banner, models.SET_NULL, null=True, blank=True, editable=False, related_name="+", verbose_name=_("cover")
    )
    video = models.FileField(_("video"), upload_to="videos/", blank=True)
    video_address = models.CharField(
        _("address of a video"),
        max_length=300,
        blank=True,
        validators=[refuse_unsafe_address],
        help_text=_("A page of a video site; it opens there."),
    )
    topics = models.ManyToManyField(Topic, blank=True, related_name="guides", verbose_name=_("topics"))
    products = models.ManyToManyField(
        Product, through="GuideProduct", related_name="guides", verbose_name=_("listings")
    )
    status = models.CharField(_("status"), max_length=12, choices=Status, default=Status.DRAFT)
    published_at = models.DateTimeField(
        _("shown from"), null=True, blank=True, help_text=_("Empty: from the moment it is published.")
    )
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    updated_at = models.DateTimeField(_("changed at"), auto_now=True)

    objects = GuideQuerySet.as_manager()

    class Meta:
        verbose_name = _("guide")
        verbose_name_plural = _("guides")
        ordering = ["-published_at", "-pk"]
        permissions = [("approve_guide", "Can publish guides and take them down")]
        indexes = [models.Index(fields=["status", "-published_at"], name="guide_newest")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status="published") | Q(published_at__isnull=False), name="published_guide_has_a_time"
            )
        ]

    def __str__(self):
        return self.title_local

    def get_absolute_url(self):
        return reverse("guide", args=[self.slug])

    @property
    def about(self):
        """The key of its story in the history."""
        return f"guide:{self.pk}"

    @property
    def has_video(self):
        return bool(self.video or self.video_address)

    @property
    def title_local(self):
        return local(self.title, self.title_en)

    @property
    def lead_local(self):
        return local(self.lead, self.lead_en)

    @property
    def body_local(self):
        return local(self.body, self.body_en)

    @property
    def author_local(self):
        if self.author:
            return local(self.author, self.author_en)
        return self.merchant.name_local if self.merchant_id else ""


class GuideProduct(models.Model):
    """A listing that a guide shows, in the order of the guide."""

    guide = models.ForeignKey(Guide, models.CASCADE, related_name="shows", verbose_name=_("guide"))
    product = models.ForeignKey(Product, models.CASCADE, related_name="+", verbose_name=_("listing"))
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("listing of a guide")
        verbose_name_plural = _("listings of a guide")
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["guide", "product"], name="guide_shows_it_once")]

    def __str__(self):
        return f"{self.guide_id}: {self.product_id}"
