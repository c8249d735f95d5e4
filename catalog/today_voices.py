"""What shoppers said that waits for somebody: questions without an answer, reports, words to read."""

from django.db.models import Count, Min
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Merchant
from accounts.roles import is_global
from accounts.today_card import Card
from catalog.models import Answer, FollowUp, Question, Report


def unanswered(user):
    given = Answer.objects.filter(from_merchant=True).values("question")
    rows = Question.objects.filter(status=Question.Status.PUBLISHED).exclude(pk__in=given).order_by()
    if not is_global(user):
        rows = rows.filter(product__merchant__in=Merchant.objects.staffed_by(user).values("pk"))
    seen = rows.aggregate(count=Count("pk"), oldest=Min("created_at"))
    return Card(
        key="questions",
        title=_("Questions without the merchant's answer"),
        count=seen["count"],
        oldest_at=seen["oldest"],
        url=reverse("admin:catalog_question_changelist") + "?answered=no&status__exact=published",
        order=36,
        urgent_after_hours=48,
    )


def reports(user):
    seen = Report.objects.filter(status=Report.Status.OPEN).order_by().aggregate(Count("pk"), oldest=Min("created_at"))
    waiting = sum(model.objects.filter(status=model.Status.PENDING).count() for model in (FollowUp, Question, Answer))
    return Card(
        key="reports",
        title=_("Reports to decide"),
        count=seen["pk__count"],
        oldest_at=seen["oldest"],
        url=reverse("admin:catalog_report_changelist") + "?status__exact=open",
        note=_("%(n)d questions, answers and follow-ups wait to be read") % {"n": waiting} if waiting else "",
        order=37,
        urgent_after_hours=24,
    )
