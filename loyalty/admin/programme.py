from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from accounts.scoped_admin import HIDDEN_FROM_MERCHANTS, ReadOnlyAdmin, ScopedModelAdmin
from loyalty.models import GrowthEntry, LoyaltyRun, PointsEntry, PointsLot, Tier, TierEvaluation


@admin.register(Tier)
class TierAdmin(ScopedModelAdmin):
    merchant_path = HIDDEN_FROM_MERCHANTS
    list_display = ["rank", "name", "name_en", "threshold", "earn_bp", "return_days", "priority_shipping"]
    list_display_links = ["name"]

    def has_add_permission(self, request):
        return False  # ranks are a ladder without gaps; the rules count on it

    def has_delete_permission(self, request, obj=None):
        return False

    def get_readonly_fields(self, request, obj=None):
        return ["rank", "code"]


class LedgerAdmin(ReadOnlyAdmin):
    merchant_path = HIDDEN_FROM_MERCHANTS
    list_select_related = ["member__user"]
    list_per_page = 50
    show_full_result_count = False
    search_fields = ["source", "member__user__email"]


@admin.register(PointsEntry)
class PointsEntryAdmin(LedgerAdmin):
    list_display = ["at", "member", "kind", "amount", "source"]
    list_filter = ["kind", "at"]


@admin.register(PointsLot)
class PointsLotAdmin(LedgerAdmin):
    list_display = ["created_at", "member", "status", "granted", "remaining", "reserved", "expires_at", "source"]
    list_filter = ["status", "expires_at"]


@admin.register(GrowthEntry)
class GrowthEntryAdmin(LedgerAdmin):
    list_display = ["effective_date", "member", "reason", "amount", "source"]
    list_filter = ["reason", "effective_date"]


@admin.register(TierEvaluation)
class TierEvaluationAdmin(LedgerAdmin):
    list_display = ["date", "member", "outcome", "tier_before", "tier_after", "growth"]
    list_filter = ["outcome", "date"]
    list_select_related = ["member__user", "tier_before", "tier_after"]
    search_fields = ["member__user__email"]


@admin.register(LoyaltyRun)
class LoyaltyRunAdmin(ReadOnlyAdmin):
    merchant_path = HIDDEN_FROM_MERCHANTS
    list_display = ["date", "status", "step", "rolled", "started_at", "finished_at"]
    list_filter = ["status"]

    @admin.display(description=_("members rolled"))
    def rolled(self, run):
        return run.counts.get("members_rolled", 0)
