"""What shoppers said that waits for somebody: questions without an answer, reports, words to read."""

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.today_card import narrowed, waiting
from catalog.models import Answer, FollowUp, Question, Report


def unanswered(user):
    given = Answer.objects.filter(from_merchant=True).values("question")
    rows = Question.objects.filter(status=Question.Status.PUBLISHED).exclude(pk__in=given).order_by()
    return waiting(
        narrowed(rows, user, "product__merchant"),
        since="created_at",
        key="questions",
        title=_("Questions without the merchant's answer"),
        url=reverse("admin:catalog_question_changelist") + "?answered=no&status__exact=published",
        order=36,
        urgent_after_hours=48,
    )


def reports(user):
    unread = sum(model.objects.filter(status=model.Status.PENDING).count() for model in (FollowUp, Question, Answer))
    return waiting(
        Report.objects.filter(status=Report.Status.OPEN),
        since="created_at",
        key="reports",
        title=_("Reports to decide"),
        url=reverse("admin:catalog_report_changelist") + "?status__exact=open",
        note=_("%(n)d questions, answers and follow-ups wait to be read") % {"n": unread} if unread else "",
        order=37,
        urgent_after_hours=24,
    )
