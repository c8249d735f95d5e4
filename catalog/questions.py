"""Questions about a listing: anyone asks, the merchant and people who received it answer."""

from django.db import IntegrityError, transaction
from django.db.models import OuterRef, Prefetch, Q, Subquery
from django.db.models.functions import JSONObject
from django.utils import timezone

from accounts import history
from accounts.models import StateLog
from accounts.notifications import notify
from accounts.prepared import SOME, Prepared
from accounts.rate_limit import allow
from catalog import moderation, screening
from catalog.models import Answer, Question, ReviewInvitation, ShopperChoice

A_DAY = 10
BUYERS_ASKED = 10
NEWEST = 3
Status = Question.Status


class TooMany(Exception):
    """Enough for today."""


class NotABuyer(Exception):
    """Only people who received the item, and the merchant, answer."""


class AnsweredAlready(Exception):
    """One answer a buyer and question."""


def ask(product, by, text):
    """A question of ``by``, shown at once unless a rule wants it read first. Raises ``TooMany``."""
    if not allow(f"question:{by.pk}", A_DAY, 24 * 3600):
        raise TooMany
    with transaction.atomic():
        return _say(Question(product=product, user=by, text=text, author_name=by.display_name), by)


def may_answer(product_id, user):
    """Whether ``user`` received the item (and so was invited to review it)."""
    return ReviewInvitation.objects.filter(product=product_id, user=user).exists()


def answer(question, by, text):
    """A buyer's answer. Raises ``NotABuyer``, ``AnsweredAlready`` and ``TooMany``; then nothing is written."""
    if not question.is_shown or not may_answer(question.product_id, by):
        raise NotABuyer
    if not allow(f"answer:{by.pk}", A_DAY * 3, 24 * 3600):
        raise TooMany
    try:
        with transaction.atomic():
            return _say(Answer(question=question, user=by, text=text, author_name=by.display_name), by)
    except IntegrityError as twice:
        raise AnsweredAlready from twice


def answer_for_merchant(question, by, text):
    """The merchant's answer, written by staff; shown at once."""
    with transaction.atomic():
        said = Answer.objects.create(
            question=question,
            user=by,
            text=text,
            from_merchant=True,
            status=Status.PUBLISHED,
            created_at=timezone.now(),
        )
        history.record(said, about=said.about, to=said.status, by=by, actor=StateLog.Actor.STAFF)
        tell_asker(said)
        return said


def _say(said, by):
    said.held_because = screening.held_because(said.text)
    said.status = Status.PENDING if said.held_because else Status.PUBLISHED
    said.created_at = timezone.now()
    said.save()
    facts = {"held": said.held_because} if said.held_because else {}
    history.record(said, about=said.about, to=said.status, by=by, actor=StateLog.Actor.BUYER, data=facts)
    if said.is_shown:
        moderation.after_showing(said)
    return said


def ask_buyers(question):
    """Send the question to the latest buyers who have not said that they want none; each is asked once."""
    quiet = ShopperChoice.objects.filter(may_be_asked=False).values("user")
    buyers = ReviewInvitation.objects.filter(product=question.product_id).exclude(
        Q(user=question.user_id) | Q(user__in=quiet) | Q(user__is_active=False)
    )
    seen = {}
    for invitation in buyers.select_related("user").order_by("-created_at")[: BUYERS_ASKED * 3]:
        seen.setdefault(invitation.user_id, invitation.user)
    facts = {"title": question.product.title[:60], "question": question.text[:100]}
    for user in list(seen.values())[:BUYERS_ASKED]:
        key = f"question:{question.pk}:asked:{user.pk}"
        notify(user, "question_for_buyer", key=key, facts=facts, url=question.get_absolute_url())


def tell_asker(said):
    """Tell who asked that there is an answer; once an answer."""
    question = said.question
    if question.user_id == said.user_id:
        return
    facts = {"title": question.product.title[:60], "question": question.text[:100]}
    key = f"answer:{said.pk}:told"
    notify(question.user, "question_answered", key=key, facts=facts, url=question.get_absolute_url())


def shown(product):
    """The questions of a listing that everybody may see, newest first, with their shown answers in ``shown_answers``."""
    found = Question.objects.filter(product=product, status=Status.PUBLISHED)
    return found.prefetch_related(Prefetch("answers", shown_answers(), to_attr="shown_answers"))


def shown_answers():
    """Answers that everybody may see, the merchant's first."""
    return Answer.objects.filter(status=Status.PUBLISHED).order_by("-from_merchant", "created_at", "pk")


def _with_first_answer(product_id):
    of_it = shown_answers().filter(question=OuterRef("pk"))
    fields = JSONObject(text="text", from_merchant="from_merchant", author_name="author_name")
    found = Question.objects.filter(product_id=product_id, status=Status.PUBLISHED)
    return found.annotate(said=Subquery(of_it.values(said=fields)[:1]))[:NEWEST]


newest_of = Prepared(_with_first_answer, product_id=SOME)


def told(product, questions):
    """``questions`` as ``newest_of`` gives them, each with its first shown answer as ``first`` (or None)."""
    for question in questions:
        question.product = product
        question.first = Answer(question=question, **question.said) if question.said else None
    return questions
