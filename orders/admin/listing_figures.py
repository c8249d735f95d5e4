"""Sales and views: a list to sort by any figure, and the days of one listing as bars and as a table."""

from datetime import timedelta

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import FilteredRelation, Q, Sum
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.scoped_admin import ReadOnlyAdmin
from catalog.admin.thumbnails import thumbnail
from catalog.money import yuan
from orders import listing_figures
from orders.models import ListingFigures

USUAL = 30
WIDTH, HEIGHT, FOOT = 720, 200, 22
MOST_LABELS = 15


def period_in(request):
    asked = request.GET.get("days", "")
    return int(asked) if asked in map(str, listing_figures.PERIODS) else USUAL


class PeriodFilter(admin.SimpleListFilter):
    title = gettext_lazy("period")
    parameter_name = "days"

    def lookups(self, request, model_admin):
        return [(str(days), _("%(n)d days") % {"n": days}) for days in listing_figures.PERIODS]

    def choices(self, changelist):
        chosen = self.value() if self.value() in map(str, listing_figures.PERIODS) else str(USUAL)
        for value, title in self.lookup_choices:
            link = changelist.get_query_string({self.parameter_name: value})
            yield {"selected": value == chosen, "query_string": link, "display": title}

    def queryset(self, request, queryset):
        return queryset


@admin.register(ListingFigures)
class ListingFiguresAdmin(ReadOnlyAdmin):
    """Every listing of a merchant with what happened to it in the period."""

    merchant_path = "merchant"
    list_display = ["picture", "listing", "views", "carts", "paid_orders", "units", "revenue", "conversion"]
    list_display_links = ["listing"]
    list_filter = [PeriodFilter, "status", ("category", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["cover"]
    list_per_page = 50
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    ordering = ["-pk"]
    search_fields = ["title", "title_en", "handle"]
    search_help_text = gettext_lazy("Title or handle")

    def get_queryset(self, request):
        since = timezone.localdate() - timedelta(days=period_in(request) - 1)
        recent = FilteredRelation("days", condition=Q(days__day__gte=since))
        names = ("views", "carts", "orders", "units", "revenue_fen")
        sums = {f"sum_{name}": Sum(f"recent__{name}", default=0) for name in names}
        unread = ("description", "description_en", "search", "choices")
        # Not the manager's order first: it names sums that are not there yet.
        rows = self.narrow(self.model._default_manager.all(), request)
        return rows.annotate(recent=recent).annotate(**sums).defer(*unread)

    def get_ordering(self, request):
        return ["-sum_revenue_fen", "-sum_views", "-pk"]

    def changelist_view(self, request, extra_context=None):
        titled = {"title": str(self.opts.verbose_name_plural).capitalize()}
        return super().changelist_view(request, titled | (extra_context or {}))

    def change_view(self, request, object_id, form_url="", extra_context=None):
        product = self.get_object(request, object_id)
        if product is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_view_permission(request, product):
            raise PermissionDenied
        period = period_in(request)
        days = listing_figures.days_of(product, period)
        totals = listing_figures.totals(days)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Sales and views: %(title)s") % {"title": product.title_local},
            "opts": self.opts,
            "product": product,
            "period": period,
            "periods": listing_figures.PERIODS,
            "days": days,
            "totals": totals,
            "conversion": percent(totals["conversion_bp"]),
            "charts": [
                (_("Shoppers who looked"), "views", bars(days, "views")),
                (_("Revenue"), "revenue", bars(days, "revenue_fen")),
            ],
        }
        return TemplateResponse(request, "admin/orders/listingfigures/days.html", context)

    @admin.display(description=gettext_lazy("picture"))
    def picture(self, product):
        return thumbnail(product.cover)

    @admin.display(description=gettext_lazy("listing"), ordering="title")
    def listing(self, product):
        return product.title_local

    @admin.display(description=gettext_lazy("shoppers who looked"), ordering="sum_views")
    def views(self, product):
        return product.sum_views

    @admin.display(description=gettext_lazy("put into carts"), ordering="sum_carts")
    def carts(self, product):
        return product.sum_carts

    @admin.display(description=gettext_lazy("orders"), ordering="sum_orders")
    def paid_orders(self, product):
        return product.sum_orders

    @admin.display(description=gettext_lazy("units sold"), ordering="sum_units")
    def units(self, product):
        return product.sum_units

    @admin.display(description=gettext_lazy("revenue"), ordering="sum_revenue_fen")
    def revenue(self, product):
        return f"¥{yuan(product.sum_revenue_fen)}"

    @admin.display(description=gettext_lazy("conversion"))
    def conversion(self, product):
        return percent(listing_figures.conversion(product.sum_orders, product.sum_views))


def percent(basis_points):
    """Basis points as "1.2 %", nothing known as a dash."""
    return "—" if basis_points is None else f"{basis_points // 100}.{basis_points % 100 // 10} %"


def bars(days, name):
    """The days as bars of an SVG: whole numbers for its attributes, because a page of ours has no inline style."""
    values = [getattr(day, name) for day in days]
    most = max(values) or 1
    step, every = WIDTH / len(days), -(-len(days) // MOST_LABELS)
    found = []
    for number, (day, value) in enumerate(zip(days, values, strict=True)):
        tall = round((HEIGHT - FOOT - 8) * value / most)
        found.append(
            {
                "day": day,
                "value": value,
                "x": round(number * step) + 2,
                "y": HEIGHT - FOOT - tall,
                "width": max(2, round(step) - 4),
                "height": tall,
                "middle": round((number + 0.5) * step),
                "label": number % every == 0,
            }
        )
    return {"bars": found, "width": WIDTH, "height": HEIGHT, "foot": HEIGHT - 6}
