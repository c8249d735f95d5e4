from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from accounts.models import Merchant
from accounts.scoped_admin import ReadOnlyAdmin, ScopedModelAdmin
from catalog import forecast
from catalog.admin.thumbnails import pill
from catalog.models import StockOutlook, StockPolicy

State = StockOutlook.State
TONES = {State.OUT: "bad", State.LOW: "bad", State.OVER: "warn", State.STILL: "warn", State.FINE: "ok"}


class CoverFilter(admin.SimpleListFilter):
    title = _("days of cover")
    parameter_name = "cover"

    def lookups(self, request, model_admin):
        return [
            ("short", _("low or sold out")),
            ("week", _("less than a week")),
            ("long", _("too much or nothing sold")),
        ]

    def queryset(self, request, queryset):
        if self.value() == "short":
            return queryset.filter(state__in=[State.OUT, State.LOW])
        if self.value() == "week":
            return queryset.filter(days__lt=7)
        if self.value() == "long":
            return queryset.filter(state__in=[State.OVER, State.STILL])
        return queryset


@admin.register(StockOutlook)
class StockOutlookAdmin(ReadOnlyAdmin):
    """What is about to sell out and what lies too long, as of last night."""

    merchant_path = "sku__merchant"
    list_display = ["code", "listing", "state_now", "days", "units", "sold", "daily", "low_since", "computed_on"]
    list_display_links = None
    list_filter = [CoverFilter, "state", ("sku__product__category", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["sku__product"]
    list_per_page = 50
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    ordering = ["days", "-sold", "pk"]
    search_fields = ["sku__code", "sku__product__title", "sku__product__handle"]
    search_help_text = _("SKU code, title or handle")

    @admin.display(description=_("SKU code"), ordering="sku__code")
    def code(self, outlook):
        return format_html(
            '<a href="{}">{}</a>', reverse("admin:catalog_sku_change", args=[outlook.pk]), outlook.sku.code
        )

    @admin.display(description=_("listing"), ordering="sku__product__title")
    def listing(self, outlook):
        title, options = outlook.sku.product.title_local, outlook.sku.options_text
        return format_html('{}<br><small class="quiet">{}</small>', title, options)

    @admin.display(description=_("status"), ordering="state")
    def state_now(self, outlook):
        return pill(outlook.get_state_display(), TONES[outlook.state])

    @admin.display(description=_("sold a day"), ordering="sold")
    def daily(self, outlook):
        tenths = forecast.daily_tenths(outlook.weekdays)
        return f"{tenths // 10}.{tenths % 10}"


@admin.register(StockPolicy)
class StockPolicyAdmin(ScopedModelAdmin):
    merchant_path = "merchant"
    list_display = ["merchant", "low_days", "over_days"]
    list_select_related = ["merchant"]
    fields = ["merchant", "low_days", "over_days"]

    def get_readonly_fields(self, request, obj=None):
        return ["merchant"] if obj else []

    def get_changeform_initial_data(self, request):
        merchants = self.admin_site.get_model_admin(Merchant).get_queryset(request)[:2]
        return {"merchant": merchants[0].pk} if len(merchants) == 1 else {}
