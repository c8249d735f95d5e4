"""The rules that staff write: words, and what categories ask for."""

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from accounts.scoped_admin import HIDDEN_FROM_MERCHANTS, ScopedModelAdmin
from catalog.admin.thumbnails import pill
from catalog.models import CategoryRule, Licence, WordRule

TONES = {"block": "bad", "proof": "warn", "warn": ""}


@admin.register(WordRule)
class WordRuleAdmin(ScopedModelAdmin):
    """Merchants may read why; only staff of the shop write rules."""

    shared_with_merchants = True
    list_display = ["text", "kind", "happens", "where", "law", "is_active"]
    list_filter = ["kind", "severity", "where", "is_active"]
    list_per_page = 100
    search_fields = ["text", "suggestion"]
    autocomplete_fields = ["categories"]

    @admin.display(description=_("what happens"), ordering="severity")
    def happens(self, rule):
        return pill(rule.get_severity_display(), TONES[rule.severity])


class CategoryRuleForm(forms.ModelForm):
    licences = forms.MultipleChoiceField(
        label=_("licences"), required=False, choices=Licence.Kind.choices, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = CategoryRule
        fields = ["category", "licences", "specifications"]


@admin.register(CategoryRule)
class CategoryRuleAdmin(ScopedModelAdmin):
    merchant_path = HIDDEN_FROM_MERCHANTS
    form = CategoryRuleForm
    list_display = ["category", "asked_licences", "asked_specifications"]
    list_select_related = ["category"]
    autocomplete_fields = ["category"]

    @admin.display(description=_("licences"))
    def asked_licences(self, rule):
        labels = dict(Licence.Kind.choices)
        return ", ".join(str(labels.get(kind, kind)) for kind in rule.licences) or "—"

    @admin.display(description=_("required specifications"))
    def asked_specifications(self, rule):
        return ", ".join(rule.specifications) or "—"
