from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.scoped_admin import OwnMerchantAdmin, ReadOnlyAdmin
from catalog.admin.thumbnails import pill
from catalog.money import yuan
from orders import promotion_checks, promotions
from orders.admin.presales import ExtensionPage
from orders.admin.promotion_form import PromotionForm
from orders.admin.simulator import SimulatorPage
from orders.models import Promotion, PromotionVersion

# Fields that only one kind needs, by the first: the style sheet shows their group when it is chosen, or has an error.
FOR_KIND = {"gift_sku": ["for-gift"], "balance_from": ["for-presale"]}
GROUPS = [
    (gettext_lazy("What it gives"), ["merchant", "kind", "name", "name_en", "steps_text", "prices_text", "cap_fen"]),
    (gettext_lazy("Gift"), ["gift_sku", "gift_value_fen"]),
    (gettext_lazy("Presale"), ["balance_from", "balance_until"]),
    (gettext_lazy("Which goods"), ["categories", "brands", "sku_codes", "except_codes"]),
    (gettext_lazy("When"), ["starts_at", "ends_at", "weekdays", "hours_from", "hours_until"]),
    (gettext_lazy("For whom"), ["tiers", "newcomers_only", "regions"]),
    (gettext_lazy("Limits"), ["quota_units", "units_a_member", "budget_fen", "excludes", "on_break"]),
]


@admin.register(Promotion)
class PromotionAdmin(SimulatorPage, ExtensionPage, OwnMerchantAdmin):
    """Promotions: the form edits the draft; publishing freezes it as a version that shoppers get."""

    form = PromotionForm
    list_display = ["__str__", "kind", "merchant", "state", "starts_at", "ends_at", "sold", "taken_off"]
    list_filter = ["status", "kind"]
    list_select_related = ["merchant", "current"]
    search_fields = ["name", "name_en"]
    date_hierarchy = "starts_at"
    actions = ["publish", "stop", "extend_balance"]
    raw_id_fields = ["gift_sku"]

    def get_fieldsets(self, request, obj=None):
        """By subject; a field that no group names stands with what it gives."""
        there = list(self.get_fields(request, obj))
        known = {name for _title, names in GROUPS for name in names}
        groups = [(title, [name for name in names if name in there]) for title, names in GROUPS]
        groups[0][1].extend(name for name in there if name not in known)
        return [(title, {"fields": names, "classes": FOR_KIND.get(names[0], [])}) for title, names in groups if names]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("pools")

    @admin.display(description=gettext_lazy("units sold"), ordering="used_units")
    def sold(self, promotion):
        """Of a sale with a stock of its own also how many there are."""
        if not promotion.is_pooled:
            return promotion.used_units
        pools = promotion.pools.all()
        return f"{sum(pool.sold for pool in pools)} / {sum(pool.quota for pool in pools)}"

    @admin.display(description=gettext_lazy("taken off"), ordering="used_fen")
    def taken_off(self, promotion):
        return f"¥{yuan(promotion.used_fen)}"

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description=gettext_lazy("state"))
    def state(self, promotion):
        now = timezone.now()
        if promotion.status != Promotion.Status.PUBLISHED:
            return pill(promotion.get_status_display(), "plain")
        if promotion.starts_at > now:
            return pill(_("starts later"), "warn")
        if promotion.ends_at and promotion.ends_at <= now:
            return pill(_("over"), "plain")
        if promotions.is_changed(promotion):
            return pill(_("runs, the draft has changed"), "warn")
        return pill(_("runs"), "ok")

    @admin.action(description=gettext_lazy("Publish as a new version"), permissions=["publish"])
    def publish(self, request, queryset):
        """What nothing speaks against goes live at once; about the rest a page asks, doubt by doubt."""
        doubtful = []
        for promotion in queryset:
            accepted = set(request.POST.getlist(f"spite-{promotion.pk}"))
            try:
                version = promotion_checks.publish(promotion, by=request.user, in_spite_of=accepted)
            except promotion_checks.Doubtful as doubt:
                doubtful.append((promotion, doubt.doubts))
            else:
                words = _("Published: %(name)s, version %(n)d.")
                messages.success(request, words % {"name": promotion, "n": version.number})
        return self._ask(request, doubtful) if doubtful else None

    def _ask(self, request, doubtful):
        context = {
            **self.admin_site.each_context(request),
            "title": _("Publish in spite of this?"),
            "doubtful": doubtful,
            "missed": any(name.startswith("spite-") for name in request.POST) or "asked" in request.POST,
            "opts": self.model._meta,
            "checkbox_name": ACTION_CHECKBOX_NAME,
        }
        return TemplateResponse(request, "admin/orders/promotion/publish.html", context)

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        promotion = self.get_object(request, object_id) if object_id and request.method == "GET" else None
        more = {"may_publish": self.has_publish_permission(request)}
        if promotion:
            more |= {"doubts": promotion_checks.doubts(promotion), "state": self.state(promotion)}
        return super().changeform_view(request, object_id, form_url, {**more, **(extra_context or {})})

    def response_add(self, request, obj, post_url_continue=None):
        return self._published(request, obj) or super().response_add(request, obj, post_url_continue)

    def response_change(self, request, obj):
        return self._published(request, obj) or super().response_change(request, obj)

    def _published(self, request, obj):
        """The form was sent by "save and publish": what to show then, else None."""
        if "_publish" not in request.POST or not self.has_publish_permission(request):
            return None
        asked = self.publish(request, self.get_queryset(request).filter(pk=obj.pk))
        return asked or redirect("admin:orders_promotion_change", obj.pk)

    @admin.action(description=gettext_lazy("Stop now"), permissions=["publish"])
    def stop(self, request, queryset):
        for promotion in queryset:
            if promotions.stop(promotion, request.user):
                messages.success(request, _("%(name)s has ended.") % {"name": promotion})

    def has_publish_permission(self, request):
        """Whoever drafts an offer does not put it live: that is for those who answer for the margin."""
        return request.user.has_perm("orders.publish_promotion")

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if "_publish" in request.POST:
            return
        if obj.status != Promotion.Status.PUBLISHED:
            messages.info(request, _("It is a draft: shoppers see nothing of it until it is published."))
        elif promotions.is_changed(obj):
            words = _("Shoppers still get version %(n)d; publish to let the change take effect.")
            messages.info(request, words % {"n": obj.current.number})
        for doubt in promotion_checks.doubts(obj):
            messages.warning(request, doubt.text)


@admin.register(PromotionVersion)
class PromotionVersionAdmin(ReadOnlyAdmin):
    """What was published, for ever."""

    merchant_path = "promotion__merchant"
    list_display = ["promotion", "number", "published_at", "published_by"]
    list_select_related = ["promotion", "published_by"]
