from django.contrib import admin, messages
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from accounts.history import TransitionNotAllowed
from accounts.reasoned_action import reasoned
from accounts.scoped_admin import HIDDEN_FROM_MERCHANTS, ScopedModelAdmin, ScopedTabularInline
from catalog.money import yuan
from loyalty import lottery_pages, odds, odds_tables
from loyalty.admin.programme import LedgerAdmin
from loyalty.forms_lottery import OddsTableForm, PrizeForm
from loyalty.models import LotteryCheck, LotteryDraw, LotterySeed, OddsLine, OddsTable, Prize


@admin.register(Prize)
class PrizeAdmin(ScopedModelAdmin):
    merchant_path = HIDDEN_FROM_MERCHANTS
    form = PrizeForm
    list_display = ["name", "kind", "worth", "stock", "given"]
    list_filter = ["kind"]
    search_fields = ["name", "name_en"]

    def has_delete_permission(self, request, obj=None):
        return False

    def get_readonly_fields(self, request, obj=None):
        fixed = obj is not None and obj.lines.exclude(table__status=OddsTable.Status.DRAFT).exists()
        return ["name", "name_en", "kind", "points", "coupon_template"] if fixed else []

    def save_model(self, request, obj, form, change):
        # Draws count what was given meanwhile: the form's copy of it must not be written back.
        obj.save(update_fields=[*form.changed_data, "value_fen"] if change else None)

    @admin.display(description=_("worth (¥)"))
    def worth(self, prize):
        return yuan(prize.value_fen)


class OddsLineInline(ScopedTabularInline):
    model = OddsLine
    fields = ["place", "prize", "weight", "substitute"]
    extra = 0


@admin.register(OddsTable)
class OddsTableAdmin(ScopedModelAdmin):
    """Drafts are edited; what is published is read, and changed by a new version in the members' favour."""

    merchant_path = HIDDEN_FROM_MERCHANTS
    form = OddsTableForm
    inlines = [OddsLineInline]
    list_display = ["name", "version", "status", "opens_at", "closes_at", "sum", "cost", "draws"]
    list_filter = ["status"]
    actions = ["publish", "revise", "close"]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("lines__prize", "lines__substitute")

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and (obj is None or obj.status == "draft")

    def has_delete_permission(self, request, obj=None):
        return False

    def has_publish_permission(self, request):
        return request.user.has_perm("loyalty.publish_oddstable")

    @admin.display(description=_("parts"))
    def sum(self, table):
        return f"{sum(line.weight for line in table.lines.all()):,}"

    @admin.display(description=_("a draw costs (fen)"))
    def cost(self, table):
        return lottery_pages.tenths(odds.cost([line.pure for line in table.lines.all()]))

    @admin.display(description=_("draws"))
    def draws(self, table):
        link = reverse("admin:loyalty_lotterydraw_changelist")
        return format_html('<a href="{}?table__id__exact={}">{}</a>', link, table.pk, _("draws"))

    @admin.action(description=_("Publish"), permissions=["publish"])
    def publish(self, request, queryset):
        for table in queryset:
            try:
                odds_tables.publish(table, by=request.user)
            except odds_tables.NotPublishable as refused:
                for trouble in refused.troubles:
                    messages.error(request, f"{table}: {trouble}")
            except TransitionNotAllowed:
                self._refuse(request, table)
            else:
                messages.success(request, f"{table}: {table.get_status_display()}")

    @admin.action(description=_("Make a new version to edit"), permissions=["change"])
    def revise(self, request, queryset):
        for table in queryset:
            draft = odds_tables.revise(table, by=request.user)
            link = reverse("admin:loyalty_oddstable_change", args=[draft.pk])
            messages.success(request, format_html('<a href="{}">{}</a>', link, draft))

    @admin.action(description=_("Close the lottery"), permissions=["publish"])
    @reasoned(_("Close the lottery"), _("Nobody draws any more; tickets stay good for the next one."))
    def close(self, request, queryset, reason):
        for table in queryset:
            try:
                odds_tables.close(table, by=request.user, reason=reason)
            except TransitionNotAllowed:
                self._refuse(request, table)

    def _refuse(self, request, table):
        words = _("%(template)s cannot be changed so: it is %(status)s.")
        messages.error(request, words % {"template": table, "status": table.get_status_display()})


@admin.register(LotteryDraw)
class LotteryDrawAdmin(LedgerAdmin):
    list_display = ["at", "id", "member", "table", "number", "line", "prize"]
    list_filter = ["table", "prize", "at"]
    list_select_related = ["member__user", "table", "line__prize", "prize"]
    search_fields = ["member__user__email"]


@admin.register(LotterySeed)
class LotterySeedAdmin(LedgerAdmin):
    list_display = ["date", "commitment", "published", "committed_at", "revealed_at"]
    list_select_related = []
    search_fields = ["commitment"]
    fields = ["date", "commitment", "published", "committed_at", "revealed_at"]

    @admin.display(description=_("published seed"))
    def published(self, seed):
        return seed.published or _("after the day")


@admin.register(LotteryCheck)
class LotteryCheckAdmin(LedgerAdmin):
    list_display = ["date", "table", "draws", "chi_square", "freedom", "p", "wrong_numbers", "alarm"]
    list_filter = ["alarm", "date"]
    list_select_related = ["table"]
    search_fields = ["table__name"]
