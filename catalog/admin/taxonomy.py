from django import forms
from django.contrib import admin
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from accounts.scoped_admin import ScopedModelAdmin
from catalog import review_tags
from catalog.models import Brand, Category, Term


class CategoryForm(forms.ModelForm):
    review_tags = forms.MultipleChoiceField(
        label=_("tags for reviews"),
        help_text=_("What buyers may tick; nothing means the tags of the category above."),
        required=False,
        choices=list(review_tags.LABELS.items()),
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Category
        fields = ["parent", "name", "name_en", "slug", "position", "is_active", "image", "tax_bp", "review_tags"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "parent" in self.fields and self.instance.pk:
            # A category below itself would be a ring; such parents are not even offered.
            below = Category.objects.filter(path__startswith=self.instance.path)
            self.fields["parent"].queryset = self.fields["parent"].queryset.exclude(pk__in=below.values("pk"))


@admin.register(Category)
class CategoryAdmin(ScopedModelAdmin):
    shared_with_merchants = True
    form = CategoryForm
    list_display = ["indented", "name_en", "slug", "position", "is_active"]
    list_filter = ["is_active"]
    list_per_page = 200
    ordering = ["path"]
    search_fields = ["name", "name_en"]
    prepopulated_fields = {"slug": ["name_en"]}

    @admin.display(description=_("category"), ordering="path")
    def indented(self, category):
        depth = len(category.ancestor_ids) - 1
        return format_html("{}{}", "— " * depth, category.name)


@admin.register(Brand)
class BrandAdmin(ScopedModelAdmin):
    shared_with_merchants = True
    list_display = ["name", "name_en", "slug"]
    search_fields = ["name", "name_en"]
    prepopulated_fields = {"slug": ["name_en"]}


@admin.register(Term)
class TermAdmin(ScopedModelAdmin):
    shared_with_merchants = True
    list_display = ["chinese", "english"]
    search_fields = ["chinese", "english"]
