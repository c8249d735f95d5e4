from django.contrib import admin
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from accounts.models import Merchant
from accounts.roles import is_global
from accounts.scoped_admin import ScopedModelAdmin
from catalog.models import SizeGuide
from catalog.size_guides import shown


@admin.register(SizeGuide)
class SizeGuideAdmin(ScopedModelAdmin):
    """Merchants write guides for their own listings; those of nobody are the shop's."""

    merchant_path = "merchant"
    list_display = ["title", "title_en", "category", "merchant"]
    list_filter = [("category", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["category", "merchant"]
    search_fields = ["title", "title_en"]
    autocomplete_fields = ["category"]
    readonly_fields = ["as_shown"]
    fieldsets = [
        (None, {"fields": ["merchant", "title", "title_en", "category"]}),
        (
            _("Table"),
            {
                "fields": ["table", "table_en", "as_shown"],
                "description": _(
                    "Paste it from a spreadsheet. A column named “… (cm)” or “… (kg)” is shown in inches or pounds too."
                ),
            },
        ),
        (_("How to measure"), {"fields": ["measuring", "measuring_en"]}),
    ]

    def get_readonly_fields(self, request, obj=None):
        return self.readonly_fields if is_global(request.user) else [*self.readonly_fields, "merchant"]

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        if obj is None and not is_global(request.user):
            # Known before the form checks that the category has no other guide of this merchant.
            mine = Merchant.objects.staffed_by(request.user).first()
            form = type(form.__name__, (form,), {"_post_clean": _of_merchant(form, mine)})
        return form

    @admin.display(description=_("as shoppers see it"))
    def as_shown(self, guide):
        if not guide.pk:
            return _("Once it is saved.")
        found = shown(guide)
        head = format_html_join("", "<th>{}</th>", ((cell,) for cell in found.head))
        rows = format_html_join("", "<tr>{}</tr>", ((_cells(row),) for row in found.rows))
        return format_html("<table><tr>{}</tr>{}</table>", head, rows)


def _cells(row):
    return format_html_join("", "<td>{}</td>", ((f"{text} · {other}" if other else text,) for text, other in row))


def _of_merchant(form, merchant):
    def post_clean(self):
        self.instance.merchant = merchant
        form._post_clean(self)

    return post_clean
