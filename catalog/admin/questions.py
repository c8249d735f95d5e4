from django import forms
from django.contrib import admin
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _

from catalog import questions
from catalog.admin.moderated import ModeratedAdmin
from catalog.models import Answer, Question


class MerchantAnswerForm(forms.ModelForm):
    answer = forms.CharField(
        label=_("Answer as the merchant"),
        required=False,
        min_length=2,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4, "cols": 80}),
    )

    class Meta:
        model = Question
        fields = []


class UnansweredFilter(admin.SimpleListFilter):
    title = _("answer of the merchant")
    parameter_name = "answered"

    def lookups(self, request, model_admin):
        return [("no", _("none yet")), ("yes", _("given"))]

    def queryset(self, request, queryset):
        given = Answer.objects.filter(from_merchant=True).values("question")
        if self.value() == "no":
            return queryset.exclude(pk__in=given)
        if self.value() == "yes":
            return queryset.filter(pk__in=given)
        return queryset


@admin.register(Question)
class QuestionAdmin(ModeratedAdmin):
    merchant_path = "product__merchant"
    form = MerchantAnswerForm
    list_display = ["created_at", "excerpt", "product", "masked_author", "state", "why"]
    list_filter = [UnansweredFilter, "status", "created_at"]
    list_select_related = ["product"]
    search_fields = ["product__title", "text"]
    readonly_fields = ["product", "text", "masked_author", "status", "why", "created_at", "given"]
    fields = [*readonly_fields, "answer"]

    def has_change_permission(self, request, obj=None):
        return request.user.has_perm("catalog.answer_question")

    def save_model(self, request, obj, form, change):
        text = form.cleaned_data.get("answer")
        if text:
            questions.answer_for_merchant(obj, by=request.user, text=text)

    @admin.display(description=_("answers"))
    def given(self, question):
        answers = question.answers.select_related("question__product__merchant")
        rows = ((said.masked_author, said.text, said.get_status_display()) for said in answers)
        return format_html_join("", "<p><b>{}</b> {} ({})</p>", rows)


@admin.register(Answer)
class AnswerAdmin(ModeratedAdmin):
    merchant_path = "question__product__merchant"
    list_display = ["created_at", "excerpt", "question", "from_merchant", "masked_author", "state", "why"]
    list_filter = ["status", "from_merchant", "created_at"]
    list_select_related = ["question__product__merchant"]
    search_fields = ["text", "question__text"]
    fields = ["question", "text", "from_merchant", "masked_author", "status", "why", "created_at"]
