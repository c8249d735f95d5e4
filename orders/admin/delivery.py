from django.contrib import admin
from django.db.models import Count
from django.utils.translation import gettext_lazy

from accounts.models import Merchant
from accounts.roles import is_global
from accounts.scoped_admin import ScopedModelAdmin, ScopedTabularInline
from orders import delivery_promise, delivery_templates
from orders.admin.delivery_forms import PreviewForm, ZoneForm, names_of
from orders.models import DeliveryTemplate, DeliveryZone, Holiday, ShippingTerms, SpecialDelivery

# Where the preview sends to besides the regions that the template names.
SAMPLES = ("330100", "110000", "440300", "510100", "650100", "540100")


class ZoneInline(ScopedTabularInline):
    model = DeliveryZone
    form = ZoneForm
    extra = 1
    fields = [
        "places",
        "first",
        "first_fen",
        "further",
        "further_fen",
        "free_from_fen",
        "free_from_pieces",
        "days",
        "refused",
        "why",
        "why_en",
    ]


class SpecialInline(ScopedTabularInline):
    """The listings that use this template in place of the default one."""

    model = SpecialDelivery
    autocomplete_fields = ["product"]


@admin.register(DeliveryTemplate)
class DeliveryTemplateAdmin(ScopedModelAdmin):
    """Delivery fees by region, with a table that tries the saved zones."""

    merchant_path = "merchant"
    list_display = ["name", "merchant", "by", "is_default", "zone_count"]
    list_filter = ["by", "is_default"]
    list_select_related = ["merchant"]
    search_fields = ["name", "merchant__name"]
    fields = ["merchant", "name", "by", "is_default"]
    inlines = [ZoneInline, SpecialInline]
    change_form_template = "admin/orders/deliverytemplate/change_form.html"

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(zone_n=Count("zones"))

    @admin.display(description=gettext_lazy("zones"))
    def zone_count(self, template):
        return template.zone_n

    def get_changeform_initial_data(self, request):
        initial = super().get_changeform_initial_data(request)
        if not is_global(request.user):
            initial.setdefault("merchant", Merchant.objects.staffed_by(request.user).first())
        return initial

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        delivery_templates.forget()

    def change_view(self, request, object_id, form_url="", extra_context=None):
        template = self.get_object(request, object_id)
        more = _preview(template, request.GET) if template else {}
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), **more})


def _preview(template, asked):
    form = PreviewForm(asked if "pieces" in asked else None)
    pieces, grams = form.amount()
    zones = list(template.zones.all())
    terms = delivery_templates.terms_of(template, zones)
    named = [zone.regions[0] for zone in zones if zone.regions]
    rows = [_try(terms, code, pieces, grams) for code in dict.fromkeys([*named, *SAMPLES])]
    return {"preview_form": form, "preview": rows, "preview_pieces": pieces, "preview_grams": grams}


def _try(terms, code, pieces, grams):
    zone = terms.zone_at(code)
    place = names_of([code]) or code
    if zone is None or zone.refused:
        return {"place": place, "why": str(zone.refused if zone else delivery_templates.NOT_THERE)}
    fee = zone.fee(terms.by, pieces=pieces, grams=grams)
    return {"place": place, "fee": fee, "free_from": zone.free_from_fen, "days": zone.days}


@admin.register(ShippingTerms)
class ShippingTermsAdmin(ScopedModelAdmin):
    """How fast a merchant sends, and what a late parcel brings the shopper."""

    merchant_path = "merchant"
    list_display = ["merchant", "within_hours", "works_weekends", "late_gift"]
    list_select_related = ["merchant"]
    fields = ["merchant", "within_hours", "works_weekends", "late_gift", "late_points", "late_coupon"]

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        delivery_promise.forget()


@admin.register(Holiday)
class HolidayAdmin(ScopedModelAdmin):
    """The days on which promises stand still."""

    shared_with_merchants = True
    list_display = ["day", "name", "works"]
    list_filter = ["works"]
    date_hierarchy = "day"

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        delivery_promise.forget()
