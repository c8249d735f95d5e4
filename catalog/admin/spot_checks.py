"""Rounds of spot checks: drawing one, and the page on which a listing passes or fails."""

from uuid import uuid4

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.db.models import Count, Q
from django.http import FileResponse, Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from accounts.history import TransitionNotAllowed
from accounts.models import StateLog
from accounts.roles import is_global
from accounts.scoped_admin import HIDDEN_FROM_MERCHANTS, ReadOnlyAdmin, ScopedModelAdmin
from catalog import spot_checks
from catalog.admin.rule_findings import panel
from catalog.admin.thumbnails import pill
from catalog.models import Product, SpotCheck, SpotCheckRound
from catalog.photo_field import PhotosField

TONES = {SpotCheck.Status.OPEN: "warn", SpotCheck.Status.PASSED: "ok", SpotCheck.Status.FAILED: "bad"}
MOST = 500


class RoundForm(forms.ModelForm):
    size = forms.IntegerField(label=_("how many listings"), min_value=1, max_value=MOST, initial=20)

    class Meta:
        model = SpotCheckRound
        fields = ["name", "size", "category", "merchant"]


@admin.register(SpotCheckRound)
class SpotCheckRoundAdmin(ScopedModelAdmin):
    merchant_path = HIDDEN_FROM_MERCHANTS
    form = RoundForm
    list_display = [
        "name",
        "created_at",
        "drawn",
        "category",
        "merchant",
        "open_count",
        "failed_count",
        "to_the_checks",
    ]
    list_select_related = ["category", "merchant"]
    search_fields = ["name"]
    autocomplete_fields = ["category", "merchant"]
    drawn_fields = ["seed", "drawn", "again", "by", "created_at", "to_the_checks"]

    def get_queryset(self, request):
        return (
            super()
            .get_queryset(request)
            .annotate(
                n_all=Count("checks"),
                n_open=Count("checks", filter=Q(checks__status="open")),
                n_failed=Count("checks", filter=Q(checks__status="failed")),
            )
        )

    def get_fields(self, request, obj=None):
        return ["name", "size", "category", "merchant", *(self.drawn_fields if obj else [])]

    def get_readonly_fields(self, request, obj=None):
        return self.drawn_fields

    def has_change_permission(self, request, obj=None):
        return False  # a sample that could be changed would be no sample

    def has_delete_permission(self, request, obj=None):
        return False

    def save_model(self, request, obj, form, change):
        drawn = spot_checks.draw(obj.name, size=obj.size, category=obj.category, merchant=obj.merchant, by=request.user)
        obj.pk, obj._state.adding = drawn.pk, False
        obj.refresh_from_db()

    def response_add(self, request, obj, post_url_continue=None):
        return redirect(self.address(obj))

    def address(self, drawn):
        return f"{reverse('admin:catalog_spotcheck_changelist')}?round__id__exact={drawn.pk}"

    @admin.display(description=_("sample"))
    def drawn(self, drawn):
        return _("%(n)d of %(all)d") % {"n": getattr(drawn, "n_all", 0), "all": drawn.population}

    @admin.display(description=_("drawn again today"))
    def again(self, drawn):
        now = spot_checks.sample(drawn)
        then = list(drawn.checks.order_by("position").values_list("product_id", flat=True))
        if now == then:
            return pill(_("the same listings"), "ok")
        return pill(_("other listings are on sale by now"), "")

    @admin.display(description=_("to be checked"), ordering="n_open")
    def open_count(self, drawn):
        return drawn.n_open

    @admin.display(description=_("failed"), ordering="n_failed")
    def failed_count(self, drawn):
        return pill(drawn.n_failed, "bad") if drawn.n_failed else 0

    @admin.display(description=_("checks"))
    def to_the_checks(self, drawn):
        return format_html('<a href="{}">{}</a>', self.address(drawn), _("Open the list"))


class ResultForm(forms.Form):
    fault = forms.ChoiceField(label=_("What is wrong"), choices=[("", "—"), *SpotCheck.Fault.choices], required=False)
    gravity = forms.ChoiceField(label=_("How grave"), choices=[("", "—"), *SpotCheck.Gravity.choices], required=False)
    note = forms.CharField(
        label=_("What was found"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    evidence = PhotosField(label=_("Picture of it"), help_text=_("JPEG, PNG or WebP, at most 8 MB."))
    take_down = forms.BooleanField(label=_("Take the listing off sale"), required=False)

    def clean(self):
        cleaned = super().clean()
        if self.data.get("result") == "fail":
            for field in ("fault", "gravity", "note"):
                if not cleaned.get(field) and field not in self.errors:
                    self.add_error(field, _("Please fill this in."))
        return cleaned


@admin.register(SpotCheck)
class SpotCheckAdmin(ReadOnlyAdmin):
    """Merchants see the results on their own goods; only staff note them."""

    merchant_path = "product__merchant"
    list_display = [
        "product",
        "merchant",
        "round",
        "state",
        "fault",
        "gravity",
        "taken_down",
        "checked_by",
        "checked_at",
    ]
    list_filter = ["status", "fault", "gravity", "round"]
    list_select_related = ["product__merchant", "round", "checked_by"]
    list_per_page = 50
    search_fields = ["product__title", "note"]

    def get_queryset(self, request):
        rows = super().get_queryset(request)
        # What is about to be looked at is nobody's business before.
        return rows if is_global(request.user) else rows.exclude(status=SpotCheck.Status.OPEN)

    def get_list_filter(self, request):
        return [each for each in self.list_filter if each != "round" or is_global(request.user)]

    def get_urls(self):
        view = self.admin_site.admin_view(self.evidence_view)
        return [path("<int:pk>/evidence/", view, name="catalog_spotcheck_evidence"), *super().get_urls()]

    def evidence_view(self, request, pk):
        check = self.get_object(request, str(pk))
        if check is None or not check.evidence or not self.has_view_permission(request, check):
            raise Http404
        response = FileResponse(check.evidence.open(), content_type="image/webp")
        response["Cache-Control"] = "private, no-store"
        return response

    @admin.display(description=_("merchant"))
    def merchant(self, check):
        return check.product.merchant

    @admin.display(description=_("result"), ordering="status")
    def state(self, check):
        return pill(check.get_status_display(), TONES[check.status])

    def may_decide(self, request):
        return is_global(request.user) and request.user.has_perm("catalog.change_spotcheck")

    def change_view(self, request, object_id, form_url="", extra_context=None):
        check = self.get_object(request, object_id)
        if check is None or not self.has_view_permission(request, check):
            raise Http404
        form = ResultForm(request.POST if request.method == "POST" else None, request.FILES or None)
        if request.method == "POST":
            if not self.may_decide(request):
                raise PermissionDenied
            if form.is_valid():
                self.note_result(request, check, form.cleaned_data)
                return redirect(f"{reverse('admin:catalog_spotcheck_changelist')}?round__id__exact={check.round_id}")
        return self.page(request, check, form)

    def note_result(self, request, check, found):
        photos = found.pop("evidence")
        evidence = ContentFile(photos[0], name=f"{uuid4().hex}.webp") if photos else None
        try:
            if request.POST.get("result") == "fail":
                moved = spot_checks.fail(check, request.user, evidence=evidence, **found)
            else:
                moved = spot_checks.pass_(check, request.user, note=found["note"])
        except TransitionNotAllowed:
            self.message_user(request, _("Somebody else has noted another result meanwhile."), messages.WARNING)
            return
        text = _("The result was noted.") if moved else _("That was noted already.")
        self.message_user(request, text, messages.SUCCESS if moved else messages.INFO)

    def page(self, request, check, form):
        product = Product.objects.select_related("merchant", "category", "brand").get(pk=check.product_id)
        context = {
            **self.admin_site.each_context(request),
            "title": str(product),
            "opts": self.opts,
            "check": check,
            "product": product,
            "tone": TONES[check.status],
            "findings": panel(product),
            "specifications": product.specifications.all(),
            "states": StateLog.objects.filter(about=check.about).select_related("user").order_by("-pk")[:20],
            "form": form,
            "may_decide": self.may_decide(request) and check.status == SpotCheck.Status.OPEN,
        }
        status = 422 if form.errors else 200
        return TemplateResponse(request, "admin/catalog/spotcheck/check.html", context, status=status)
