from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accounts.bell import ring
from accounts.history import TransitionNotAllowed
from accounts.models import Merchant
from accounts.scoped_admin import ReadOnlyAdmin, ScopedModelAdmin
from catalog.admin.thumbnails import pill, thumbnail
from catalog.importing import runs
from catalog.importing.reasons import FileRefused, worded
from catalog.importing.report import errors_as_csv
from catalog.importing.wording import change_in_words, new_in_words
from catalog.models import Category, ImportRow, ImportRun, Picture

ROWS_A_PAGE = 200
TONES = {"done": "ok", "previewed": "warn", "refused": "bad"}


class UploadForm(forms.Form):
    merchant = forms.ModelChoiceField(Merchant.objects.none(), label=_("Merchant"))
    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "Our workbook (.xlsx) or CSV in the Shopify shape; CSV in UTF-8, UTF-16 or GB18030; up to 20 MB and 50,000 lines."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.xlsx,text/csv"}),
    )
    stock = forms.ChoiceField(
        label=_("Stock of variants that exist already"),
        choices=ImportRun.StockChoice.choices,
        initial=ImportRun.StockChoice.LEAVE,
        widget=forms.RadioSelect,
        help_text=_("New variants always get the quantity in the file."),
    )
    category = forms.ModelChoiceField(
        Category.objects.order_by("path"),
        label=_("Category for new products without one"),
        required=False,
    )

    def __init__(self, *args, merchants, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["merchant"].queryset = merchants
        if len(merchants) == 1:
            self.fields["merchant"].initial = merchants[0]

    def clean_file(self):
        try:
            runs.check_size(self.cleaned_data["file"])
        except FileRefused as error:
            raise ValidationError(worded(error.as_json())) from None
        return self.cleaned_data["file"]


@admin.register(ImportRun)
class ImportRunAdmin(ScopedModelAdmin):
    """Upload, look at the preview, confirm: three pages in place of Django's form."""

    merchant_path = "merchant"
    list_display = ["file_name", "merchant", "state", "created", "updated", "unchanged", "refused", "created_at"]
    list_filter = ["status"]
    list_select_related = ["merchant"]
    list_per_page = 50

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description=_("status"), ordering="status")
    def state(self, run):
        return pill(run.get_status_display(), TONES.get(run.status, ""))

    def get_urls(self):
        def guard(view):
            return self.admin_site.admin_view(view)

        return [
            path(
                "<int:pk>/confirmation/", guard(require_POST(self.confirm_view)), name="catalog_importrun_confirmation"
            ),
            path(
                "<int:pk>/cancellation/", guard(require_POST(self.cancel_view)), name="catalog_importrun_cancellation"
            ),
            path("<int:pk>/errors.csv", guard(self.errors_view), name="catalog_importrun_errors"),
            *super().get_urls(),
        ]

    def run_or_404(self, request, pk):
        run = self.get_object(request, str(pk))
        if run is None:
            raise Http404
        return run

    # --- upload ----------------------------------------------------------------------------------------------------

    def add_view(self, request, form_url="", extra_context=None):
        if not self.has_add_permission(request):
            raise PermissionDenied
        merchants = self.admin_site.get_model_admin(Merchant).get_queryset(request)
        form = UploadForm(request.POST or None, request.FILES or None, merchants=merchants)
        if form.is_valid():
            chosen = form.cleaned_data
            run = runs.start(
                chosen["merchant"], chosen["file"], by=request.user, stock=chosen["stock"], category=chosen["category"]
            )
            return redirect("admin:catalog_importrun_change", run.pk)
        context = self.page(request, _("Import products"), form=form)
        return TemplateResponse(
            request, "admin/catalog/importrun/upload.html", context, status=422 if form.errors else 200
        )

    def page(self, request, title, **context):
        return {**self.admin_site.each_context(request), "title": title, "opts": self.model._meta, **context}

    # --- preview, progress, result ---------------------------------------------------------------------------------

    def change_view(self, request, object_id, form_url="", extra_context=None):
        if not self.has_view_permission(request):
            raise PermissionDenied
        run = self.run_or_404(request, object_id)
        chosen = request.GET.get("action", "")
        rows = run.rows.filter(action=chosen) if chosen in ImportRow.Action.values else run.rows.all()
        page = Paginator(rows, ROWS_A_PAGE).get_page(request.GET.get("page"))
        for row in page.object_list:
            row.told = [change_in_words(change) for change in row.changes]
            row.facts = new_in_words(row.payload) if row.action == ImportRow.Action.CREATE else None
            row.error_words = [(error, worded(error)) for error in row.errors]
            row.note_words = [(note, worded(note)) for note in row.notes]
        context = self.page(
            request,
            run.file_name,
            run=run,
            rows=page,
            chosen=chosen,
            counts=self.counts(run),
            total=run.created + run.updated,
            problem=worded(run.problem) if run.problem else "",
            may_confirm=self.has_add_permission(request) and run.status == ImportRun.Status.PREVIEWED,
        )
        response = TemplateResponse(request, "admin/catalog/importrun/review.html", context)
        if run.is_working and run.given_up_at is None:
            response["Refresh"] = "2"
        return response

    def counts(self, run):
        numbers = {"create": run.created, "update": run.updated, "unchanged": run.unchanged, "refuse": run.refused}
        return [(value, label, numbers[value]) for value, label in ImportRow.Action.choices]

    def confirm_view(self, request, pk):
        return self.act(request, pk, runs.confirm)

    def cancel_view(self, request, pk):
        return self.act(request, pk, runs.cancel)

    def act(self, request, pk, what):
        run = self.run_or_404(request, pk)
        if not self.has_add_permission(request):
            raise PermissionDenied
        try:
            what(run, by=request.user)
        except TransitionNotAllowed:
            self.message_user(request, _("That is no longer possible: the import is at another step."), messages.ERROR)
        return redirect("admin:catalog_importrun_change", run.pk)

    def errors_view(self, request, pk):
        run = self.run_or_404(request, pk)
        if not self.has_view_permission(request, run):
            raise PermissionDenied
        response = HttpResponse(errors_as_csv(run), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="import-{run.pk}-errors.csv"'
        return response


@admin.register(Picture)
class PictureAdmin(ReadOnlyAdmin):
    """Which pictures wait or cannot be used; they are edited in their listing."""

    merchant_path = "product__merchant"
    list_display = ["preview", "product", "state", "attempts", "last_error", "source_url"]
    list_display_links = ["product"]  # a link on a picture without words would have no name
    list_filter = ["status"]
    list_select_related = ["product"]
    list_per_page = 50
    search_fields = ["product__title", "product__handle"]
    fields = ["preview", "product", "state", "source_url", "attempts", "run_after", "last_error"]
    actions = ["try_again"]

    @admin.display(description=_("picture"))
    def preview(self, picture):
        return thumbnail(picture)

    @admin.display(description=_("status"), ordering="status")
    def state(self, picture):
        tone = {Picture.Status.READY: "ok", Picture.Status.FAILED: "bad"}.get(picture.status, "warn")
        return pill(picture.get_status_display(), tone)

    def has_retry_permission(self, request):
        return request.user.has_perm("catalog.change_picture")

    @admin.action(description=_("Try again"), permissions=["retry"])
    def try_again(self, request, queryset):
        again = Picture.objects.filter(pk__in=queryset.values("pk")).exclude(status=Picture.Status.READY)
        n = again.update(
            status=Picture.Status.WAITING,
            run_after=timezone.now(),
            attempts=0,
            done_at=None,
            given_up_at=None,
            last_error="",
        )
        ring("catalog.tasks.draw_pictures")
        self.message_user(
            request, ngettext("%(n)d picture will be tried again.", "%(n)d pictures will be tried again.", n) % {"n": n}
        )
