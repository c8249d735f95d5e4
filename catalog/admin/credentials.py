"""Licences and proofs: merchants attach them, staff look at the document and decide."""

from pathlib import Path
from uuid import uuid4

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.http import FileResponse, Http404
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.models import Merchant
from accounts.reasoned_action import reasoned
from accounts.roles import is_global
from accounts.scoped_admin import ScopedModelAdmin
from catalog import credentials
from catalog.admin.thumbnails import pill
from catalog.models import Licence, Proof
from catalog.models.credential import Credential
from catalog.pictures import PictureRefused, made_safe

MOST_BYTES = 8 * 1024 * 1024
TONES = {Credential.Status.APPROVED: "ok", Credential.Status.PENDING: "warn", Credential.Status.REFUSED: "bad"}
TYPES = {".pdf": "application/pdf", ".webp": "image/webp"}


def safe_document(file):
    """The uploaded scan as a file to keep: a picture drawn anew, or a PDF as it is (only ever sent as a download)."""
    if file.size > MOST_BYTES:
        raise ValidationError(_("“%(name)s” is larger than 8 MB."), params={"name": file.name})
    body = file.read()
    if body.startswith(b"%PDF-"):
        return ContentFile(body, name=f"{uuid4().hex}.pdf")
    try:
        return ContentFile(made_safe(body), name=f"{uuid4().hex}.webp")
    except PictureRefused:
        raise ValidationError(
            _("“%(name)s” is neither a PDF nor a JPEG, PNG or WebP picture."), params={"name": file.name}
        ) from None


class CredentialForm(forms.ModelForm):
    scan = forms.FileField(
        label=_("Document"),
        required=False,
        help_text=_("PDF, JPEG, PNG or WebP, up to 8 MB. Only you and the shop's staff can open it."),
        widget=forms.FileInput(attrs={"accept": "application/pdf,image/jpeg,image/png,image/webp"}),
    )

    def clean_scan(self):
        file = self.cleaned_data["scan"]
        return safe_document(file) if file else None

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("scan") and not self.instance.file and "scan" not in self.errors:
            self.add_error("scan", _("Attach the document."))
        return cleaned


class CredentialAdmin(ScopedModelAdmin):
    merchant_path = "merchant"
    form = CredentialForm
    list_per_page = 50
    list_select_related = ["merchant"]
    actions = ["accept", "refuse"]
    decided = ["state", "document", "decision", "decided_by", "decided_at"]

    def get_urls(self):
        name = f"catalog_{self.opts.model_name}_document"
        return [
            path("<int:pk>/document/", self.admin_site.admin_view(self.document_view), name=name),
            *super().get_urls(),
        ]

    def document_view(self, request, pk):
        shown = self.get_object(request, str(pk))
        if shown is None or not shown.file or not self.has_view_permission(request, shown):
            raise Http404
        kind = TYPES.get(Path(shown.file.name).suffix, "application/octet-stream")
        response = FileResponse(shown.file.open(), content_type=kind, as_attachment=kind != "image/webp")
        response["Cache-Control"] = "private, no-store"
        return response

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("merchant")

    def get_readonly_fields(self, request, obj=None):
        fixed = ["merchant"] if obj else []
        return [*self.decided, *fixed]

    def get_fields(self, request, obj=None):
        return ["merchant", *self.own_fields, "valid_from", "valid_until", "scan", *(self.decided if obj else [])]

    def has_change_permission(self, request, obj=None):
        # What staff have accepted is not changed under their signature; the merchant attaches a new one.
        may = super().has_change_permission(request, obj)
        return may and (obj is None or obj.status == Credential.Status.PENDING)

    def has_delete_permission(self, request, obj=None):
        return False  # listings went on sale with it

    def formfield_for_foreignkey(self, field, request, **kwargs):
        made = super().formfield_for_foreignkey(field, request, **kwargs)
        if field.name == "merchant" and not is_global(request.user):
            mine = list(Merchant.objects.staffed_by(request.user)[:2])
            made.initial = mine[0].pk if len(mine) == 1 else None
        return made

    def save_model(self, request, obj, form, change):
        if form.cleaned_data.get("scan"):
            obj.file = form.cleaned_data["scan"]
        super().save_model(request, obj, form, change)

    @admin.display(description=_("status"), ordering="status")
    def state(self, shown):
        if shown.status == Credential.Status.APPROVED and shown.valid_until < timezone.localdate():
            return pill(_("expired"), "bad")
        return pill(shown.get_status_display(), TONES[shown.status])

    @admin.display(description=_("document"))
    def document(self, shown):
        if not shown.file:
            return "—"
        address = reverse(f"admin:catalog_{self.opts.model_name}_document", args=[shown.pk])
        return format_html('<a href="{}">{}</a>', address, _("Open the document"))

    def has_decide_permission(self, request):
        return is_global(request.user) and request.user.has_perm(f"catalog.change_{self.opts.model_name}")

    @admin.action(description=_("Accept"), permissions=["decide"])
    def accept(self, request, queryset):
        self._tell(request, [credentials.accept(each, request.user) for each in queryset])

    @admin.action(description=_("Refuse"), permissions=["decide"])
    @reasoned(_("Refuse"), _("The merchant is told why; listings that need it cannot go on sale."))
    def refuse(self, request, queryset, reason):
        self._tell(request, [credentials.refuse(each, request.user, reason=reason) for each in queryset])

    def _tell(self, request, moved):
        n = sum(moved)
        self.message_user(request, ngettext("%(n)d decided.", "%(n)d decided.", n) % {"n": n}, messages.SUCCESS)


@admin.register(Licence)
class LicenceAdmin(CredentialAdmin):
    own_fields = ["kind", "number"]
    list_display = ["kind", "number", "merchant", "valid_until", "document", "state"]
    list_filter = ["status", "kind", "valid_until"]
    search_fields = ["number", "merchant__name"]


@admin.register(Proof)
class ProofAdmin(CredentialAdmin):
    own_fields = ["title", "rule", "words", "brand", "product"]
    list_display = ["title", "merchant", "words", "brand", "product", "valid_until", "document", "state"]
    list_filter = ["status", "valid_until"]
    list_select_related = ["merchant", "brand", "product"]
    search_fields = ["title", "merchant__name"]
    autocomplete_fields = ["rule", "brand", "product"]
