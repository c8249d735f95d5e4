from django.contrib import admin, messages
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Merchant
from accounts.roles import is_global
from accounts.scoped_admin import ReadOnlyAdmin, ScopedModelAdmin
from catalog.admin.thumbnails import pill
from orders import promotions
from orders.admin.promotion_form import PromotionForm
from orders.admin.simulator import SimulatorPage
from orders.models import Promotion, PromotionVersion


@admin.register(Promotion)
class PromotionAdmin(SimulatorPage, ScopedModelAdmin):
    """Promotions: the form edits the draft; publishing freezes it as a version that shoppers get."""

    merchant_path = "merchant"
    form = PromotionForm
    list_display = ["__str__", "kind", "merchant", "state", "starts_at", "ends_at", "used_units", "used_fen"]
    list_filter = ["status", "kind"]
    list_select_related = ["merchant", "current"]
    search_fields = ["name", "name_en"]
    date_hierarchy = "starts_at"
    actions = ["publish", "stop"]
    raw_id_fields = ["gift_sku"]

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
        if promotion.changed_at > promotion.current.published_at:
            return pill(_("runs, the draft has changed"), "warn")
        return pill(_("runs"), "ok")

    @admin.action(description=gettext_lazy("Publish as a new version"), permissions=["publish"])
    def publish(self, request, queryset):
        for promotion in queryset:
            version = promotions.publish(promotion, request.user)
            messages.success(request, _("%(name)s: version %(n)d.") % {"name": promotion, "n": version.number})

    @admin.action(description=gettext_lazy("Stop now"), permissions=["publish"])
    def stop(self, request, queryset):
        for promotion in queryset:
            if promotions.stop(promotion, request.user):
                messages.success(request, _("%(name)s has ended.") % {"name": promotion})

    def has_publish_permission(self, request):
        """Whoever drafts an offer does not put it live: that is for those who answer for the margin."""
        return request.user.has_perm("orders.publish_promotion")

    def save_model(self, request, obj, form, change):
        if not is_global(request.user) and obj.merchant_id is None:
            obj.merchant = Merchant.objects.staffed_by(request.user).first()
        super().save_model(request, obj, form, change)


@admin.register(PromotionVersion)
class PromotionVersionAdmin(ReadOnlyAdmin):
    """What was published, for ever."""

    merchant_path = "promotion__merchant"
    list_display = ["promotion", "number", "published_at", "published_by"]
    list_select_related = ["promotion", "published_by"]
