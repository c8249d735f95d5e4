from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.scoped_admin import ReadOnlyAdmin
from catalog.admin.thumbnails import pill
from orders.admin import parcel_desk
from orders.admin.forms import ShipForm
from orders.admin.outcomes import ship_by_form
from orders.carriers import name_of
from orders.models import Parcel

AT_ONCE = 50
TONES = {"packed": "warn", "exception": "bad", "lost": "bad", "delivered": "ok", "void": "plain"}


@admin.register(Parcel)
class ParcelAdmin(ReadOnlyAdmin):
    """All parcels, and the shipping desk (发货台) where waybills of several are typed in at once."""

    merchant_path = "merchant"
    list_display = [
        "number",
        "order_link",
        "merchant",
        "direction",
        "state",
        "carrier_name",
        "waybill",
        "shipped_at",
        "last_event_at",
    ]
    list_filter = ["status", "direction", "carrier"]
    list_select_related = ["order", "merchant"]
    search_fields = ["number", "waybill", "order__number"]
    list_per_page = 50
    show_full_result_count = False
    change_list_template = "admin/orders/parcel/change_list.html"

    @admin.display(description=gettext_lazy("order"), ordering="order__number")
    def order_link(self, parcel):
        return format_html(
            '<a href="{}">{}</a>', reverse("admin:orders_order_change", args=[parcel.order_id]), parcel.order.number
        )

    @admin.display(description=gettext_lazy("status"), ordering="status")
    def state(self, parcel):
        return pill(parcel.get_status_display(), TONES.get(parcel.status, ""))

    @admin.display(description=gettext_lazy("carrier"), ordering="carrier")
    def carrier_name(self, parcel):
        return name_of(parcel.carrier)

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("shipping/", view(self.shipping_desk), name="orders_parcel_shipping"),
            path("papers/", view(self.papers), name="orders_parcel_papers"),
            path("table/", view(self.table), name="orders_parcel_table"),
            *super().get_urls(),
        ]

    def papers(self, request):
        return parcel_desk.papers(request, self.get_queryset(request))

    def table(self, request):
        context = {**self.admin_site.each_context(request), "opts": self.opts, "title": _("Ship by a table")}
        return parcel_desk.table(request, self.get_queryset(request), context)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        parcel = self.get_object(request, object_id)
        if parcel is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        return redirect("admin:orders_order_change", parcel.order_id)

    def shipping_desk(self, request):
        """Packed parcels, oldest and preferred first; those with a waybill typed in are shipped, each on its own."""
        if not request.user.has_perm("orders.change_parcel"):
            raise PermissionDenied
        waiting = self._waiting(request)
        rows = [(parcel, ShipForm(request.POST or None, prefix=f"parcel-{parcel.pk}")) for parcel in waiting]
        for _parcel, form in rows[:1]:  # a scanner types and sends, one parcel after another
            form.fields["waybill"].widget.attrs["autofocus"] = True
        status = 200
        if request.method == "POST":
            problems, shipped = self._ship(request, rows)
            if not problems:
                return redirect("admin:orders_parcel_shipping")
            gone = {parcel.pk for parcel in shipped}
            rows, status = [(parcel, form) for parcel, form in rows if parcel.pk not in gone], 422
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Shipping desk"),
            "rows": [{"parcel": parcel, "form": form} for parcel, form in rows],
        }
        return TemplateResponse(request, "admin/orders/parcel/shipping.html", context, status=status)

    def _waiting(self, request):
        packed = self.get_queryset(request).filter(status=Parcel.Status.PACKED, direction=Parcel.Direction.OUTBOUND)
        return packed.order_by("-order__priority", "packed_at").prefetch_related("lines__line")[:AT_ONCE]

    def _ship(self, request, rows):
        problems, shipped = [], []
        for parcel, form in rows:
            if not (request.POST.get(f"{form.prefix}-waybill") or "").strip():
                continue
            problem = ship_by_form(parcel, form, request.user)
            problems += [problem] if problem else []
            shipped += [] if problem else [parcel]
        for problem in problems:
            messages.error(request, problem)
        if shipped:
            words = ngettext("%(n)d parcel is on its way.", "%(n)d parcels are on their way.", len(shipped))
            messages.success(request, words % {"n": len(shipped)})
        elif not problems:
            messages.warning(request, _("Type in at least one waybill."))
        return problems, shipped
