from io import BytesIO

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.models import Merchant
from accounts.scoped_admin import ScopedModelAdmin
from catalog.admin.thumbnails import pill
from catalog.exporting import runs
from catalog.models import ExportRun

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class ExportForm(forms.Form):
    merchant = forms.ModelChoiceField(Merchant.objects.none(), label=_("Merchant"))
    kind = forms.ChoiceField(
        label=_("Kind of file"),
        choices=ExportRun.Kind.choices,
        initial=ExportRun.Kind.XLSX,
        widget=forms.RadioSelect,
        help_text=_("All listings of the merchant. Some of them only: choose them in the list of listings."),
    )

    def __init__(self, *args, merchants, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["merchant"].queryset = merchants
        if len(merchants) == 1:
            self.fields["merchant"].initial = merchants[0]


@admin.register(ExportRun)
class ExportRunAdmin(ScopedModelAdmin):
    """Ask for a file, watch it being written, fetch it."""

    merchant_path = "merchant"
    list_display = ["created_at", "merchant", "kind", "total", "state", "download"]
    list_select_related = ["merchant"]
    list_per_page = 50

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description=_("status"))
    def state(self, run):
        if run.given_up_at:
            return pill(_("failed"), "bad")
        if run.is_waiting:
            return pill(_("being written"), "warn")
        return pill(_("ready"), "ok") if run.can_be_fetched else pill(_("expired"))

    @admin.display(description=_("file"))
    def download(self, run):
        if not run.can_be_fetched:
            return "—"
        return format_html('<a href="{}">{}</a>', reverse("admin:catalog_exportrun_file", args=[run.pk]), run.file_name)

    def get_urls(self):
        guard = self.admin_site.admin_view
        return [
            path("<int:pk>/file/", guard(self.file_view), name="catalog_exportrun_file"),
            path("template.xlsx", guard(self.template_view), name="catalog_exportrun_template"),
            *super().get_urls(),
        ]

    def run_or_404(self, request, pk):
        run = self.get_object(request, str(pk))
        if run is None:
            raise Http404
        return run

    def add_view(self, request, form_url="", extra_context=None):
        if not self.has_add_permission(request):
            raise PermissionDenied
        merchants = self.admin_site.get_model_admin(Merchant).get_queryset(request)
        form = ExportForm(request.POST or None, merchants=merchants)
        if form.is_valid():
            run = runs.start(
                form.cleaned_data["merchant"],
                kind=form.cleaned_data["kind"],
                language=get_language(),
                by=request.user,
            )
            return redirect("admin:catalog_exportrun_change", run.pk)
        context = self.page(request, _("Export listings"), form=form)
        status = 422 if form.errors else 200
        return TemplateResponse(request, "admin/catalog/exportrun/start.html", context, status=status)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        if not self.has_view_permission(request):
            raise PermissionDenied
        run = self.run_or_404(request, object_id)
        context = self.page(request, str(run), run=run, state=self.state(run))
        response = TemplateResponse(request, "admin/catalog/exportrun/progress.html", context)
        if run.is_waiting:
            response["Refresh"] = "2"
        return response

    def page(self, request, title, **context):
        return {**self.admin_site.each_context(request), "title": title, "opts": self.model._meta, **context}

    def file_view(self, request, pk):
        run = self.run_or_404(request, pk)
        if not self.has_view_permission(request, run):
            raise PermissionDenied
        if not run.can_be_fetched:
            raise Http404
        kind = XLSX if run.kind == ExportRun.Kind.XLSX else "text/csv; charset=utf-8"
        return FileResponse(run.file.open(), as_attachment=True, filename=run.file_name, content_type=kind)

    def template_view(self, request):
        if not self.has_view_permission(request):
            raise PermissionDenied
        body = BytesIO()
        runs.template(body, get_language())
        response = HttpResponse(body.getvalue(), content_type=XLSX)
        response["Content-Disposition"] = 'attachment; filename="zhanggui-template.xlsx"'
        return response


def export(model_admin, request, queryset, kind):
    """Have the chosen listings written, one file a merchant; returns where to look."""
    if not request.user.has_perm("catalog.add_exportrun"):
        raise PermissionDenied
    chosen = {}
    for pk, merchant in queryset.order_by().values_list("pk", "merchant_id"):
        chosen.setdefault(merchant, []).append(pk)
    made = [
        runs.start(merchant, kind=kind, language=get_language(), by=request.user, product_ids=chosen[merchant.pk])
        for merchant in Merchant.objects.filter(pk__in=chosen)
    ]
    if len(made) == 1:
        return redirect("admin:catalog_exportrun_change", made[0].pk)
    return redirect("admin:catalog_exportrun_changelist")
