"""Views of the parcel admin for many parcels at once: paper as PDF, and shipping by a table."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.access_log import log_reading
from orders import batch_shipping, parcel_paper
from orders.models import Parcel

MOST_PAPERS = 100


class TableForm(forms.Form):
    table = forms.FileField(
        label=gettext_lazy("Table (CSV)"),
        help_text=gettext_lazy("Order or parcel number, carrier by name or code, waybill. UTF-8 or GBK, 500 rows."),
    )


def _may_ship(request):
    if not request.user.has_perm("orders.change_parcel"):
        raise PermissionDenied


def papers(request, visible):
    """A POST: packing lists or labels of the ``parcel`` ids among ``visible``, in one PDF."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    _may_ship(request)
    asked = [pk for pk in request.POST.getlist("parcel") if pk.isdecimal()][:MOST_PAPERS]
    found = visible.filter(pk__in=asked, direction=Parcel.Direction.OUTBOUND).exclude(status=Parcel.Status.VOID)
    boxes = list(found.select_related("order", "merchant").prefetch_related("lines__line").order_by("packed_at", "pk"))
    if not boxes:
        messages.warning(request, _("Choose at least one parcel."))
        return redirect("admin:orders_parcel_shipping")
    label = "label" in request.POST
    if label:
        for box in boxes:
            log_reading(
                request.user, subject=box.order.about, fields=["receiver", "address"], reason=_("shipping label")
            )
    data = parcel_paper.labels(boxes) if label else parcel_paper.packing_lists(boxes)
    response = HttpResponse(data, content_type="application/pdf")
    name = "labels" if label else "packing-lists"
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    response["Cache-Control"] = "no-store"
    return response


def table(request, visible, context):
    """Upload, look at what would happen, confirm. The confirmed text is checked again, row by row."""
    _may_ship(request)
    if "template" in request.GET:
        response = HttpResponse(batch_shipping.template(visible), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = 'attachment; filename="shipping.csv"'
        return response
    form, rows, text, status, shipped = TableForm(), [], "", 200, None
    if request.method == "POST":
        form = TableForm(request.POST, request.FILES)
        text, rows = _read(request, form, visible)
        if "confirm" in request.POST and rows:
            shipped = batch_shipping.ship(rows, request.user)
            words = ngettext("%(n)d parcel is on its way.", "%(n)d parcels are on their way.", shipped)
            messages.success(request, words % {"n": shipped})
            form = TableForm()  # the confirmed text came without a file, and that is no fault
        status = 200 if rows else 422
    counts = {state: sum(row.state == state for row in rows) for state in ("ready", "done", "bad")}
    context |= {"form": form, "rows": rows, "text": text, "counts": counts, "shipped": shipped}
    return TemplateResponse(request, "admin/orders/parcel/table.html", context, status=status)


def _read(request, form, visible):
    """(text, checked rows) of the file, or of the text that was shown for confirmation."""
    try:
        if "confirm" in request.POST:
            text = request.POST.get("text", "")[: batch_shipping.MOST_BYTES]
        elif form.is_valid():
            text = batch_shipping.text_of(form.cleaned_data["table"].read(batch_shipping.MOST_BYTES + 1))
        else:
            return "", []
        return text, batch_shipping.check(batch_shipping.read(text), visible)
    except batch_shipping.Unreadable as error:
        form.add_error("table", str(error))
        return "", []
