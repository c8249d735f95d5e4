from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.history import TransitionNotAllowed
from accounts.models import Merchant
from accounts.roles import is_global
from aftersales import postage, progress, returns, timers
from aftersales.forms import RemarkForm, WaybillForm
from aftersales.models import ReturnPhoto
from orders import parcels


@require_safe
@login_required
def return_page(request, number):
    return _page(request, _mine(request, number), WaybillForm(), RemarkForm())


@require_POST
@login_required
def withdrawal(request, number):
    asked = _mine(request, number)
    try:
        returns.withdraw(asked, by=request.user)
    except TransitionNotAllowed:
        messages.error(request, _("It is too late to withdraw this request."))
    else:
        messages.success(request, _("The request was withdrawn. You can ask again while the time for returns runs."))
    return redirect(asked)


@require_POST
@login_required
def waybill(request, number):
    asked = _mine(request, number)
    form = WaybillForm(request.POST)
    if form.is_valid() and _shipped(request, asked, form):
        return redirect(asked)
    return _page(request, asked, form, RemarkForm(), status=422)


def _shipped(request, asked, form):
    try:
        returns.ship_back(asked, by=request.user, **form.cleaned_data)
    except parcels.BadWaybill:
        form.add_error("waybill", _("This does not look like a waybill of this carrier."))
        return False
    except parcels.WaybillTaken:
        form.add_error("waybill", _("This waybill is in use for another parcel."))
        return False
    except TransitionNotAllowed:
        messages.error(request, _("This return does not wait for a parcel any more."))
        return True
    messages.success(request, _("Thank you. We will tell you when the parcel has arrived."))
    return True


@require_POST
@login_required
def remarks(request, number):
    asked = _mine(request, number)
    form = RemarkForm(request.POST)
    if not form.is_valid():
        return _page(request, asked, WaybillForm(), form, status=422)
    returns.remark(asked, by=request.user, text=form.cleaned_data["text"])
    return redirect(f"{asked.get_absolute_url()}#log")


@require_safe
@login_required
def photo(request, number, pk):
    """A photo, for the shopper it belongs to, for operations staff and for the merchant's own staff; 404 for others."""
    picture = get_object_or_404(ReturnPhoto.objects.select_related("request"), pk=pk, request__number=number)
    asked = picture.request
    staffed = Merchant.objects.staffed_by(request.user).filter(pk=asked.merchant_id)
    works_here = request.user.is_staff and (is_global(request.user) or staffed.exists())
    if asked.user_id != request.user.pk and not works_here:
        raise Http404
    return FileResponse(picture.file.open(), content_type="image/webp")


def _mine(request, number):
    mine = request.user.return_requests.select_related("order", "merchant", "inbound_parcel")
    return get_object_or_404(mine, number=number)


def _page(request, asked, waybill_form, remark_form, status=200):
    parts, paid_back = list(asked.lines.select_related("line__picture")), postage.of(asked)
    context = {
        "asked": asked,
        "parts": parts,
        "steps": progress.steps(asked),
        "due": timers.due(asked),
        "story": progress.story(asked),
        "remarks": asked.remarks.select_related("by"),
        "photos": asked.photos.all(),
        "refunds": asked.order.refunds.filter(source__startswith=f"return:{asked.number}"),
        "summary": progress.summary(parts, paid_back),
        "postage": paid_back,
        "postage_is_ours": postage.is_ours(asked),
        "may_withdraw": asked.status in progress.MAY_WITHDRAW,
        "waybill_form": waybill_form if asked.status == asked.Status.AWAIT_BUYER_SHIP else None,
        "remark_form": remark_form if asked.is_open else None,
    }
    return render(request, "aftersales/return.html", context, status=status)
