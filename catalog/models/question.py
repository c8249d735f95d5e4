from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from catalog.models.moderated import Moderated
from catalog.models.product import Product


class Question(Moderated):
    """What somebody wants to know about a listing before buying it."""

    product = models.ForeignKey(Product, models.PROTECT, related_name="questions", verbose_name=_("listing"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="questions", verbose_name=_("shopper")
    )
    text = models.CharField(_("question"), max_length=200)

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["-created_at", "-pk"]
        permissions = [("answer_question", "Can answer questions")]
        indexes = [models.Index(fields=["product", "-created_at"], name="question_of_product")]

    def __str__(self):
        return self.text[:60]

    def get_absolute_url(self):
        return reverse("question", args=[self.pk])


class Answer(Moderated):
    """An answer by somebody who bought it, or by the merchant (``from_merchant``)."""

    question = models.ForeignKey(Question, models.PROTECT, related_name="answers", verbose_name=_("question"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="answers", verbose_name=_("answered by")
    )
    text = models.CharField(_("answer"), max_length=500)
    from_merchant = models.BooleanField(_("by the merchant"), default=False)

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        ordering = ["-from_merchant", "created_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["question", "user"],
                condition=models.Q(from_merchant=False),
                name="one_answer_a_buyer",
            )
        ]

    def __str__(self):
        return self.text[:60]

    @property
    def masked_author(self):
        return self.question.product.merchant.name_local if self.from_merchant else super().masked_author

    @property
    def product(self):
        return self.question.product
