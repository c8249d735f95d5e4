from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.access_log import log_reading
from accounts.history import TransitionNotAllowed
from accounts.roles import is_global
from accounts.scoped_admin import ReadOnlyAdmin
from orders import parcels, resends
from orders.admin import desk, queues
from orders.admin.changes import OrderChanges
from orders.admin.deeds import DEEDS, MODELS, offered
from orders.admin.forms import NoteForm, PackForm, ReasonForm, ResendForm, ShipForm, UnitsForm
from orders.admin.order_columns import OrderColumns
from orders.admin.outcomes import divide_by_form, perform, send_again_by_form, ship_by_form
from orders.models import Order, Parcel


@admin.register(Order)
class OrderAdmin(OrderColumns, OrderChanges, ReadOnlyAdmin):
    """The list with its queues, and one page for everything about an order."""

    merchant_path = "lines__merchant"
    list_filter = [queues.QueueFilter, "status", "priority", ("placed_at", admin.DateFieldListFilter)]
    search_fields = ["number", "parcels__waybill", "parcels__number", "payments__number", "lines__sku_code"]
    search_help_text = gettext_lazy("Number of an order, a parcel or a payment, a waybill, or a SKU code")
    list_per_page = 50
    show_full_result_count = False

    # --- addresses -------------------------------------------------------------------------------------------------

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/reading/", view(self.reveal), name="orders_order_reveal"),
            path("<int:pk>/notes/", view(self.add_note), name="orders_order_note"),
            path("<int:pk>/packing/<int:merchant>/", view(self.pack), name="orders_order_pack"),
            path("<int:pk>/shipping/<int:parcel>/", view(self.ship), name="orders_order_ship"),
            path("<int:pk>/boxes/<int:parcel>/", view(self.divide), name="orders_order_box"),
            path("<int:pk>/again/<int:parcel>/", view(self.send_again), name="orders_order_again"),
            path("<int:pk>/deeds/<slug:name>/", view(self.act), name="orders_order_deed"),
            path("<int:pk>/price/", view(self.lower_price), name="orders_order_price"),
            path("<int:pk>/address/", view(self.change_address), name="orders_order_address"),
            path("<int:pk>/messages/<int:message>/", view(self.tell_again), name="orders_order_message"),
            *super().get_urls(),
        ]

    def changelist_view(self, request, extra_context=None):
        chosen = request.GET.get("queue", "")
        links = queues.shown(super().get_queryset(request), request.user, chosen)
        return super().changelist_view(request, {"queues": links, **(extra_context or {})})

    def change_view(self, request, object_id, form_url="", extra_context=None):
        order = self.get_object(request, object_id)
        if order is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_view_permission(request, order):
            raise PermissionDenied
        return self._page(request, order)

    def _page(self, request, order, status=200, **more):
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Order %(number)s") % {"number": order.number},
            **desk.page_of(order, request.user),
            **queues.context(request, self.get_queryset(request), order),
            **more,
        }
        return TemplateResponse(request, "admin/orders/order/desk.html", context, status=status)

    def _order(self, request, pk, permission):
        """The order of a POST, within the person's scope and with the permission."""
        if request.method != "POST":
            return None
        if not request.user.has_perm(permission):
            raise PermissionDenied
        return get_object_or_404(self.get_queryset(request), pk=pk)

    def _back(self, request, order):
        """The page of the order, which goes on knowing the queue that the person works off."""
        return redirect(f"{reverse('admin:orders_order_change', args=[order.pk])}{queues.keep(request)}")

    # --- deeds -----------------------------------------------------------------------------------------------------

    def reveal(self, request, pk):
        order = self._order(request, pk, "orders.view_order")
        if order is None:
            return HttpResponseNotAllowed(["POST"])
        log_reading(request.user, subject=order.about, fields=["receiver", "phone", "address"], reason=_("order desk"))
        return self._page(request, order, revealed=True)

    def add_note(self, request, pk):
        order = self._order(request, pk, "orders.change_order")
        if order is None:
            return HttpResponseNotAllowed(["POST"])
        form = NoteForm(request.POST)
        if form.is_valid():
            order.staff_notes.create(text=form.cleaned_data["text"], by=request.user)
            messages.success(request, _("The note is added; only colleagues see it."))
            return self._back(request, order)
        return self._page(request, order, status=422, note_form=form)

    def pack(self, request, pk, merchant):
        order = self._order(request, pk, "orders.change_parcel")
        if order is None:
            return HttpResponseNotAllowed(["POST"])
        mine = desk.merchants_of(request.user)
        lines = list(order.lines.filter(merchant=merchant).select_related("merchant"))
        if not lines or (mine is not None and merchant not in mine):
            raise Http404
        left = parcels.to_pack(order, lines[0].merchant)
        form = PackForm(
            request.POST, lines=[line for line in lines if line.pk in left], left=left, prefix=f"pack-{merchant}"
        )
        try:
            if not form.is_valid():
                raise parcels.NothingToPack(left)
            parcel = parcels.pack(order, lines[0].merchant, request.user, form.wanted())
            messages.success(request, _("Parcel %(number)s is packed.") % {"number": parcel.number})
        except parcels.NothingToPack:
            messages.error(request, _("Nothing was packed: choose at least one unit and not more than wait."))
        except TransitionNotAllowed:
            messages.error(request, _("The order has moved on; nothing was done."))
        return self._back(request, order)

    def ship(self, request, pk, parcel):
        order = self._order(request, pk, "orders.change_parcel")
        if order is None:
            return HttpResponseNotAllowed(["POST"])
        row = get_object_or_404(scoped(order.parcels, request.user), pk=parcel)
        form = ShipForm(request.POST, prefix=f"parcel-{row.pk}")
        problem = ship_by_form(row, form, request.user)
        if problem:
            messages.error(request, problem)
        else:
            messages.success(request, _("Parcel %(number)s is on its way.") % {"number": row.number})
        return self._back(request, order)

    def divide(self, request, pk, parcel):
        """Take units out of a packed parcel, or check in one that came back."""
        order = self._order(request, pk, "orders.change_parcel")
        if order is None:
            return HttpResponseNotAllowed(["POST"])
        row = get_object_or_404(scoped(order.parcels, request.user), pk=parcel)
        form = UnitsForm(request.POST, parcel=row)
        divide_by_form(request, row, form)
        return self._back(request, order)

    def send_again(self, request, pk, parcel):
        """Lost, broken or missing units of a parcel go to the shopper once more, at no cost."""
        order = self._order(request, pk, "orders.change_parcel")
        if order is None:
            return HttpResponseNotAllowed(["POST"])
        row = get_object_or_404(scoped(order.parcels.select_related("order"), request.user), pk=parcel)
        send_again_by_form(request, row, ResendForm(request.POST, parcel=row, left=resends.sendable(row)))
        return self._back(request, order)

    def act(self, request, pk, name):
        deed = DEEDS.get(name)
        if deed is None:
            raise Http404
        order = self._order(request, pk, deed.permission)
        if order is None:
            return HttpResponseNotAllowed(["POST"])
        target = self._target(request, order, deed)
        if deed not in offered(target, request.user, deed.on):
            messages.error(request, _("The order has moved on; nothing was done."))
            return self._back(request, order)
        form = ReasonForm(request.POST if request.POST.get("confirmed") else None)
        form.fields["reason"].label = deed.reason_label
        if deed.question and not form.is_valid():
            return self._confirm(request, order, target, deed, form)
        perform(request, deed, target, form.cleaned_data["reason"] if deed.question else "")
        return self._back(request, order)

    def _target(self, request, order, deed):
        if deed.on == "order":
            if not is_global(request.user):
                raise Http404
            return order
        rows = scoped(MODELS[deed.on].objects.filter(order=order), request.user)
        return get_object_or_404(rows, pk=request.POST.get("target") or 0)

    def _confirm(self, request, order, target, deed, form):
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": deed.label_of(target),
            "order": order,
            "target": target,
            "deed": deed,
            "question": deed.question(target),
            "form": form,
            "keep": queues.keep(request),
        }
        status = 422 if form.is_bound else 200
        return TemplateResponse(request, "admin/orders/order/confirm.html", context, status=status)


def scoped(rows, user):
    """Parcels of the person's own merchants; payments and refunds belong to the shop and are nobody else's."""
    mine = desk.merchants_of(user)
    if mine is None:
        return rows.all()
    return rows.filter(merchant__in=mine) if rows.model is Parcel else rows.none()
