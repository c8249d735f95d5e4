from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from catalog.models.question import Answer, Question
from catalog.models.review import FollowUp, Review

TARGETS = ("review", "follow_up", "question", "answer")
ONE_TARGET = Q()
for _target in TARGETS:
    ONE_TARGET |= Q(**{f"{other}__isnull": other != _target for other in TARGETS})


class Report(models.Model):
    """Somebody finds that a text should not stand there; staff decide, with a reason either way."""

    class Reason(models.TextChoices):
        ADVERTISING = "advertising", _("advertising or contact details")
        INSULT = "insult", _("insulting")
        PRIVATE = "private", _("shows somebody's personal data")
        UNTRUE = "untrue", _("not true, or not about this item")
        UNLAWFUL = "unlawful", _("against the law")
        OTHER = "other", _("something else")

    class Status(models.TextChoices):
        OPEN = "open", _("to be looked at")
        UPHELD = "upheld", _("hidden")
        DISMISSED = "dismissed", _("dismissed")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("reported by"))
    review = models.ForeignKey(Review, models.PROTECT, null=True, related_name="reports", verbose_name=_("review"))
    follow_up = models.ForeignKey(FollowUp, models.PROTECT, null=True, related_name="reports")
    question = models.ForeignKey(Question, models.PROTECT, null=True, related_name="reports")
    answer = models.ForeignKey(Answer, models.PROTECT, null=True, related_name="reports")
    reason = models.CharField(_("reason"), max_length=12, choices=Reason)
    note = models.CharField(_("note"), max_length=200, blank=True)
    status = models.CharField(_("status"), max_length=12, choices=Status, default=Status.OPEN)
    decision = models.CharField(_("why so decided"), max_length=200, blank=True)
    created_at = models.DateTimeField(_("reported at"), auto_now_add=True)

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports of reviews and questions")
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(condition=ONE_TARGET, name="a_report_has_one_target"),
            *(
                models.UniqueConstraint(fields=["user", target], name=f"one_report_a_person_of_{target}")
                for target in TARGETS
            ),
        ]
        indexes = [models.Index(fields=["created_at"], condition=Q(status="open"), name="report_open")]

    def __str__(self):
        return f"{self.get_reason_display()}: {self.target}"

    @property
    def target(self):
        """The review, follow-up, question or answer that it is about."""
        return self.review or self.follow_up or self.question or self.answer

    @property
    def about(self):
        return f"report:{self.pk}"
