"""Specification templates: managers say what a category's listings are asked for; everybody else may read it."""

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from accounts.scoped_admin import ScopedModelAdmin, ScopedTabularInline
from catalog import listings
from catalog.models import Attribute, AttributeChoice, Category


class ChoiceInline(ScopedTabularInline):
    model = AttributeChoice
    fields = ["value", "value_en", "position"]
    extra = 2


class AttributeForm(forms.ModelForm):
    class Meta:
        model = Attribute
        fields = "__all__"  # noqa: DJ007 - the admin names its fields in sections

    def clean_bounds(self):
        return self.cleaned_data.get("bounds") or []


@admin.register(Attribute)
class AttributeAdmin(ScopedModelAdmin):
    shared_with_merchants = True
    form = AttributeForm
    list_display = ["name", "name_en", "category", "kind", "unit", "group", "is_required", "is_highlight", "is_filter"]
    list_display_links = ["name"]
    list_filter = [("category", admin.RelatedOnlyFieldListFilter), "kind", "is_required", "is_filter"]
    list_select_related = ["category"]
    list_per_page = 200
    search_fields = ["name", "name_en"]
    autocomplete_fields = ["category"]
    inlines = [ChoiceInline]
    fieldsets = [
        (None, {"fields": ["category", "name", "name_en", "group", "group_en", "position"]}),
        (_("What may be written"), {"fields": ["kind", "unit", "unit_en", "is_required"]}),
        (_("Where it is used"), {"fields": ["is_highlight", "is_filter", "bounds"]}),
    ]

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        listings.tick(form.instance.category)
        # Moved to another category, it no longer narrows the lists of the first.
        if change and "category" in form.changed_data:
            listings.tick(Category.objects.get(pk=form.initial["category"]))

    def delete_model(self, request, attribute):
        super().delete_model(request, attribute)
        listings.tick(attribute.category)

    def delete_queryset(self, request, queryset):
        touched = {attribute.category for attribute in queryset.select_related("category")}
        super().delete_queryset(request, queryset)
        for category in touched:
            listings.tick(category)
