"""The standing of merchants: levels, scores, the ledger and objections. Merchants see and question their own."""

from django import forms
from django.contrib import admin, messages
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.history import TransitionNotAllowed
from accounts.reasoned_action import reasoned
from accounts.roles import is_global
from accounts.scoped_admin import HIDDEN_FROM_MERCHANTS, ReadOnlyAdmin, ScopedModelAdmin
from catalog import standing
from catalog.admin.thumbnails import pill
from catalog.models import MerchantStanding, Objection, StandingEntry, StandingLevel

TONES = {"trusted": "ok", "new": "", "watched": "warn", "restricted": "bad", "frozen": "bad"}
ANSWERED = {Objection.Status.OPEN: "warn", Objection.Status.UPHELD: "ok", Objection.Status.DISMISSED: "bad"}


@admin.register(StandingLevel)
class StandingLevelAdmin(ScopedModelAdmin):
    merchant_path = HIDDEN_FROM_MERCHANTS
    list_display = ["code", "from_score", "reviews_listings", "reviews_edits", "may_publish"]

    def has_delete_permission(self, request, obj=None):
        return False

    def has_add_permission(self, request):
        return super().has_add_permission(request) and StandingLevel.objects.count() < len(StandingLevel.Code)

    def get_readonly_fields(self, request, obj=None):
        return ["code"] if obj else []


@admin.register(MerchantStanding)
class MerchantStandingAdmin(ScopedModelAdmin):
    merchant_path = "merchant"
    list_display = ["merchant", "points", "level", "trust", "updated_at"]
    list_select_related = ["merchant"]
    readonly_fields = ["merchant", "points", "level", "what_follows", "entries"]
    fields = ["merchant", "points", "level", "what_follows", "entries", "trust"]

    def has_add_permission(self, request):
        return False  # every merchant has one by itself

    def has_delete_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return is_global(request.user) and super().has_change_permission(request, obj)

    @admin.display(description=_("score"), ordering="score")
    def points(self, row):
        return _("%(n)d of 100") % {"n": row.score}

    @admin.display(description=_("level"))
    def level(self, row):
        duty = standing.duty_of(row.merchant)
        return pill(duty.label, TONES.get(duty.code, ""))

    @admin.display(description=_("what follows"))
    def what_follows(self, row):
        return standing.EXPLAINED[standing.duty_of(row.merchant).code]

    @admin.display(description=_("ledger of the standing"))
    def entries(self, row):
        address = f"{reverse('admin:catalog_standingentry_changelist')}?merchant__id__exact={row.merchant_id}"
        return format_html('<a href="{}">{}</a>', address, _("Every line, with the reasons"))


@admin.register(StandingEntry)
class StandingEntryAdmin(ReadOnlyAdmin):
    merchant_path = "merchant"
    list_display = ["at", "merchant", "points", "reason", "note", "product", "until", "objection_or_button"]
    list_filter = ["reason", "at", "merchant"]
    list_select_related = ["merchant", "product", "objection"]
    list_per_page = 50
    search_fields = ["note", "merchant__name"]
    fields = ["at", "merchant", "points", "reason", "note", "product", "until", "objection_or_button"]

    def get_list_filter(self, request):
        return [each for each in self.list_filter if each != "merchant" or is_global(request.user)]

    def lookup_allowed(self, lookup, value, request=None):
        return lookup == "merchant__id__exact" or super().lookup_allowed(lookup, value, request)

    @admin.display(description=_("objection"))
    def objection_or_button(self, entry):
        objection = getattr(entry, "objection", None)
        if objection is not None:
            address = reverse("admin:catalog_objection_change", args=[objection.pk])
            return format_html('<a href="{}">{}</a>', address, objection.get_status_display())
        if entry.points >= 0:
            return "—"
        address = f"{reverse('admin:catalog_objection_add')}?entry={entry.pk}"
        return format_html('<a href="{}">{}</a>', address, _("Object"))


class ObjectionForm(forms.ModelForm):
    class Meta:
        model = Objection
        fields = ["entry", "text"]
        widgets = {"text": forms.Textarea(attrs={"rows": 6, "cols": 80, "maxlength": 1000})}


@admin.register(Objection)
class ObjectionAdmin(ScopedModelAdmin):
    """A merchant writes once; staff answer once."""

    merchant_path = "entry__merchant"
    form = ObjectionForm
    list_display = ["created_at", "merchant", "entry", "excerpt", "state", "answer"]
    list_filter = ["status", "created_at"]
    list_select_related = ["entry__merchant"]
    list_per_page = 50
    actions = ["uphold", "dismiss"]
    answered = ["state", "by", "created_at", "answer", "answered_by", "answered_at"]

    def get_fields(self, request, obj=None):
        return ["entry", "text", *(self.answered if obj else [])]

    def get_readonly_fields(self, request, obj=None):
        return self.answered

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def formfield_for_foreignkey(self, field, request, **kwargs):
        made = super().formfield_for_foreignkey(field, request, **kwargs)
        if field.name == "entry":
            made.queryset = made.queryset.filter(points__lt=0, objection=None).select_related("merchant")
        return made

    def save_model(self, request, obj, form, change):
        made = standing.object_to(obj.entry, obj.text, request.user)
        obj.pk, obj._state.adding = made.pk, False
        obj.refresh_from_db()

    @admin.display(description=_("merchant"))
    def merchant(self, objection):
        return objection.entry.merchant

    @admin.display(description=_("text"))
    def excerpt(self, objection):
        return objection.text[:60]

    @admin.display(description=_("status"), ordering="status")
    def state(self, objection):
        return pill(objection.get_status_display(), ANSWERED[objection.status])

    def has_decide_permission(self, request):
        return is_global(request.user) and request.user.has_perm("catalog.change_objection")

    @admin.action(description=_("Uphold"), permissions=["decide"])
    @reasoned(_("Uphold the objection"), _("The points come back and the merchant is told."))
    def uphold(self, request, queryset, reason):
        self._decide(request, queryset, standing.uphold, reason)

    @admin.action(description=_("Dismiss"), permissions=["decide"])
    @reasoned(_("Dismiss the objection"), _("The deduction stays; the merchant is told why."))
    def dismiss(self, request, queryset, reason):
        self._decide(request, queryset, standing.dismiss, reason)

    def _decide(self, request, queryset, decide, reason):
        n = late = 0
        for objection in queryset:
            try:
                n += decide(objection, request.user, reason=reason)
            except TransitionNotAllowed:
                late += 1
        self.message_user(request, ngettext("%(n)d decided.", "%(n)d decided.", n) % {"n": n}, messages.SUCCESS)
        if late:
            self.message_user(request, _("Some had been decided before."), messages.WARNING)
