"""Count sheets in the back office: begin one, type what was counted or bring the file back, look at it, book it."""

import re

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import Count, F, Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from accounts.history import TransitionNotAllowed
from accounts.models import StateLog
from accounts.scoped_admin import ReadOnlyAdmin
from catalog import stock_take_files, stock_takes
from catalog.admin.thumbnails import pill
from catalog.models import Category, StockTake, Warehouse

ROWS_A_PAGE = 200
TONES = {StockTake.Status.COUNTING: "warn", StockTake.Status.APPLIED: "ok"}


class BeginForm(forms.Form):
    warehouse = forms.ModelChoiceField(Warehouse.objects.none(), label=gettext_lazy("warehouse"))
    category = forms.ModelChoiceField(
        Category.objects.all(),
        label=gettext_lazy("category"),
        required=False,
        help_text=gettext_lazy("With all below it. Empty: everything in the warehouse."),
    )
    codes = forms.CharField(
        label=gettext_lazy("Only these SKU codes"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "class": "vLargeTextField"}),
    )

    def __init__(self, *args, warehouses, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["warehouse"].queryset = warehouses
        if len(warehouses) == 1:
            self.fields["warehouse"].initial = warehouses[0]

    def begin(self, by):
        said = self.cleaned_data
        category, codes = said["category"], re.split(r"[\s,，]+", said["codes"].strip()) if said["codes"] else []
        below = None
        if category:
            below = Category.objects.filter(ancestor_ids__contains=[category.pk]).values("pk")
        scope = [category.name_local] if category else []
        scope += [ngettext("%(n)d SKU", "%(n)d SKUs", len(codes)) % {"n": len(codes)}] if codes else []
        return stock_takes.begin(said["warehouse"], category_ids=below, codes=codes, scope=" · ".join(scope), by=by)


class SheetFile(forms.Form):
    file = forms.FileField(label=gettext_lazy("Filled-in sheet (CSV)"))


@admin.register(StockTake)
class StockTakeAdmin(ReadOnlyAdmin):
    merchant_path = "warehouse__merchant"
    list_display = ["sheet", "warehouse", "scope", "state", "progress", "different", "by", "confirmed_by", "ended_at"]
    list_display_links = None
    list_filter = ["status", "created_at"]
    list_select_related = ["warehouse", "by", "confirmed_by"]
    list_per_page = 50

    def get_queryset(self, request):
        done = Q(lines__counted__isnull=False)
        return super().get_queryset(request).annotate(
            total=Count("lines"),
            done=Count("lines", filter=done),
            wrong=Count("lines", filter=done & ~Q(lines__counted=F("lines__expected"))),
        )  # fmt: skip

    def get_urls(self):
        guard = self.admin_site.admin_view
        ours = [
            ("new/", self.begin_view, "begin"),
            ("<int:pk>/sheet/", self.sheet_view, "sheet"),
            ("<int:pk>/sheet.csv", self.file_view, "file"),
            ("<int:pk>/upload/", require_POST(self.upload_view), "upload"),
            ("<int:pk>/booking/", self.booking_view, "booking"),
            ("<int:pk>/cancellation/", require_POST(self.cancel_view), "cancellation"),
        ]
        return [
            *(path(at, guard(view), name=f"catalog_stocktake_{name}") for at, view, name in ours),
            *super().get_urls(),
        ]

    # --- the list --------------------------------------------------------------------------------------------------

    @admin.display(description=gettext_lazy("sheet made at"), ordering="created_at")
    def sheet(self, take):
        made = take.created_at.astimezone().strftime("%Y-%m-%d %H:%M")
        return format_html('<a href="{}">{}</a>', reverse("admin:catalog_stocktake_sheet", args=[take.pk]), made)

    @admin.display(description=gettext_lazy("status"), ordering="status")
    def state(self, take):
        return pill(take.get_status_display(), TONES.get(take.status, ""))

    @admin.display(description=gettext_lazy("counted"))
    def progress(self, take):
        return f"{take.done} / {take.total}"

    @admin.display(description=gettext_lazy("differences"))
    def different(self, take):
        return take.wrong

    # --- the pages -------------------------------------------------------------------------------------------------

    def take_or_404(self, request, pk, *, to_count=False):
        take = self.get_object(request, str(pk))
        if take is None or not self.has_view_permission(request, take):
            raise Http404
        if to_count and not request.user.has_perm("catalog.count_sku"):
            raise PermissionDenied
        return take

    def page(self, request, template, title, *, wrong=False, **context):
        common = {**self.admin_site.each_context(request), "title": title, "opts": self.model._meta, **context}
        common["may_count"] = request.user.has_perm("catalog.count_sku")
        return TemplateResponse(
            request, f"admin/catalog/stocktake/{template}.html", common, status=422 if wrong else 200
        )

    def begin_view(self, request):
        if not request.user.has_perm("catalog.count_sku"):
            raise PermissionDenied
        warehouses = self.admin_site.get_model_admin(Warehouse).get_queryset(request)
        form = BeginForm(request.POST if request.method == "POST" else None, warehouses=warehouses)
        if form.is_valid():
            try:
                return redirect("admin:catalog_stocktake_sheet", form.begin(request.user).pk)
            except ValidationError as error:
                form.add_error(None, error)
        return self.page(request, "begin", _("Begin a stock-take"), form=form, wrong=form.errors)

    def sheet_view(self, request, pk):
        take = self.take_or_404(request, pk, to_count=request.method == "POST")
        lines = take.lines.select_related("stock__sku__product", "counted_by")
        page = Paginator(lines, ROWS_A_PAGE).get_page(request.GET.get("page"))
        wrong = self._note(request, take, page.object_list) if request.method == "POST" else []
        if wrong is None:
            return redirect(request.get_full_path())
        rows = [(line, request.POST.get(f"counted-{line.pk}", _shown(line)).strip()) for line in page.object_list]
        return self._sheet(request, take, page, rows, wrong)

    def _sheet(self, request, take, page, rows, wrong):
        title = _("Count sheet of %(warehouse)s") % {"warehouse": take.warehouse}
        states = StateLog.objects.filter(about=take.about).select_related("user").order_by("pk")
        return self.page(
            request, "sheet", title, take=take, page=page, rows=rows, errors=wrong, file=SheetFile(), states=states, wrong=wrong
        )  # fmt: skip

    def _note(self, request, take, lines):
        """Keep what was typed on this page; the errors, or None when it is kept."""
        counts, wrong = {}, []
        for line in lines:
            typed = request.POST.get(f"counted-{line.pk}", _shown(line)).strip()
            if typed and not (typed.isascii() and typed.isdigit() and len(typed) < 9):
                wrong.append(f"{line.stock.sku.code}: {_('Write a whole number, 0 or more.')}")
            elif typed != _shown(line):
                counts[line.pk] = int(typed) if typed else None
        return wrong or self._keep(request, take, counts)

    def _keep(self, request, take, counts):
        try:
            noted = stock_takes.note(take, counts, by=request.user)
        except ValidationError as error:
            return error.messages
        said = ngettext("%(n)d count was noted.", "%(n)d counts were noted.", noted) % {"n": noted}
        self.message_user(request, said, messages.SUCCESS)
        return None

    def file_view(self, request, pk):
        take = self.take_or_404(request, pk)
        response = HttpResponse(stock_take_files.write(take), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="stock-take-{take.pk}.csv"'
        return response

    def upload_view(self, request, pk):
        take = self.take_or_404(request, pk, to_count=True)
        form = SheetFile(request.POST, request.FILES)
        try:
            if not form.is_valid():
                raise ValidationError(_("Choose a file."))
            wrong = self._keep(request, take, stock_take_files.read(take, form.cleaned_data["file"]))
        except ValidationError as error:
            wrong = error.messages
        if wrong is None:
            return redirect("admin:catalog_stocktake_sheet", take.pk)
        page = Paginator(take.lines.select_related("stock__sku__product", "counted_by"), ROWS_A_PAGE).get_page(1)
        return self._sheet(request, take, page, [(line, _shown(line)) for line in page.object_list], wrong)

    def booking_view(self, request, pk):
        take = self.take_or_404(request, pk, to_count=request.method == "POST")
        wrong = []
        if request.method == "POST":
            try:
                booked = stock_takes.confirm(take, by=request.user)
            except (ValidationError, TransitionNotAllowed) as error:
                wrong = getattr(error, "messages", None) or [_("This sheet is closed.")]
            else:
                said = ngettext("%(n)d difference was booked.", "%(n)d differences were booked.", booked) % {
                    "n": booked
                }
                self.message_user(request, said, messages.SUCCESS)
                return redirect("admin:catalog_stocktake_sheet", take.pk)
        found = list(stock_takes.differences(take).select_related("stock__sku__product", "counted_by"))
        counted = take.lines.exclude(counted=None).count()
        title = _("Differences: %(warehouse)s") % {"warehouse": take.warehouse}
        left = take.lines.count() - counted
        return self.page(
            request, "booking", title, take=take, lines=found, counted=counted, left=left, errors=wrong, wrong=wrong
        )

    def cancel_view(self, request, pk):
        take = self.take_or_404(request, pk, to_count=True)
        try:
            stock_takes.cancel(take, by=request.user)
        except TransitionNotAllowed:
            self.message_user(request, _("That is no longer possible."), messages.ERROR)
        else:
            self.message_user(request, _("It is cancelled."), messages.SUCCESS)
        return redirect("admin:catalog_stocktake_sheet", take.pk)


def _shown(line):
    return "" if line.counted is None else str(line.counted)
