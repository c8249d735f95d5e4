"""Questions about a listing and their answers."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from catalog import product_page, questions
from catalog.forms import AnswerForm, QuestionForm
from catalog.models import Answer, Question, ShopperChoice

PER_PAGE = 10


@require_http_methods(["GET", "HEAD", "POST"])
def product_questions(request, slug, pk):
    """All questions about a listing; a POST asks one more."""
    listing = product_page.find(pk)
    if listing is None:
        raise Http404
    if request.method == "POST" and not request.user.is_authenticated:
        return redirect(f"/account/login/?next={listing.get_absolute_url()}")
    form = QuestionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return _ask(request, listing, form.cleaned_data["text"])
    page = Paginator(questions.shown(listing), PER_PAGE).get_page(request.GET.get("page"))
    context = {"product": listing, "page": page, "form": form}
    return render(request, "catalog/questions.html", context, status=422 if form.errors else 200)


def _ask(request, listing, text):
    try:
        question = questions.ask(listing, request.user, text)
    except questions.TooMany:
        messages.warning(request, _("Ten questions a day are enough. Please ask again tomorrow."))
        return redirect("product_questions", listing.slug or "p", listing.pk)
    if question.is_shown:
        messages.success(request, _("Your question is on the page. We tell you when there is an answer."))
        return redirect(question)
    messages.success(
        request, _("Thank you. Somebody of the shop reads it first, and then it is shown; we tell you when.")
    )
    return redirect("my_questions")


@require_http_methods(["GET", "HEAD", "POST"])
def question(request, pk):
    """One question with its answers; a POST of somebody who bought the item answers it."""
    shown = Question.objects.select_related("product__merchant", "product__cover")
    asked = get_object_or_404(shown, pk=pk)
    if not asked.is_shown and asked.user_id != request.user.pk:
        raise Http404
    may = request.user.is_authenticated and asked.is_shown and questions.may_answer(asked.product_id, request.user)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return _answer(request, asked, form.cleaned_data["text"])
    answers = list(questions.shown_answers().filter(question=asked))
    for said in answers:
        said.question = asked
    context = {"question": asked, "product": asked.product, "answers": answers, "form": form, "may_answer": may}
    return render(request, "catalog/question.html", context, status=422 if form.errors else 200)


def _answer(request, asked, text):
    try:
        if not request.user.is_authenticated:
            raise questions.NotABuyer
        said = questions.answer(asked, request.user, text)
    except questions.NotABuyer:
        messages.warning(request, _("Only people who bought it can answer."))
    except questions.AnsweredAlready:
        messages.info(request, _("You have answered this question already."))
    except questions.TooMany:
        messages.warning(request, _("That is enough for today. Thank you."))
    else:
        waits = _("Thank you. Somebody of the shop reads it first, and then it is shown; we tell you when.")
        messages.success(request, _("Thank you. Your answer is shown.") if said.is_shown else waits)
    return redirect(asked)


@require_safe
@login_required
def my_questions(request):
    """What the person asked, what they answered, and whether they want to be asked."""
    mine = request.user.questions.select_related("product").prefetch_related(
        Prefetch("answers", questions.shown_answers(), to_attr="shown_answers")
    )
    page = Paginator(mine, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "answers": Answer.objects.filter(user=request.user, from_merchant=False).select_related("question__product")[
            :20
        ],
        "asked": not ShopperChoice.objects.filter(user=request.user, may_be_asked=False).exists(),
    }
    return render(request, "catalog/account/questions.html", context)


@require_POST
@login_required
def question_choice(request):
    """Whether other shoppers' questions may be sent to the person: "yes" or not."""
    wanted = request.POST.get("asked") == "yes"
    ShopperChoice.objects.update_or_create(user=request.user, defaults={"may_be_asked": wanted})
    said = _("We may ask you about things you bought.") if wanted else _("We do not send you questions any more.")
    messages.success(request, said)
    return redirect("my_questions")
