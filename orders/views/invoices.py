from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access_log import log_reading
from accounts.history import TransitionNotAllowed
from accounts.models import Shop
from accounts.roles import is_global
from orders import invoice_mails, invoices
from orders.forms.invoice import InvoiceForm
from orders.invoice_paper import pdf_of
from orders.models import Invoice


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def order_invoice(request, number):
    """The invoice of an order: ask for it, correct its title before it is issued, load its documents."""
    order = get_object_or_404(request.user.orders.select_related("invoice"), number=number)
    wish = getattr(order, "invoice", None)
    form = InvoiceForm(request.POST if request.method == "POST" else None, initial=_known(wish))
    if request.method == "POST" and form.is_valid():
        return _ask(request, order, form.cleaned_data)
    context = {
        "order": order,
        "wish": wish,
        "documents": wish.documents.filter(status="issued") if wish else [],
        "form": form if (invoices.may_change(wish) if wish else invoices.may_ask(order)) else None,
        "net_fen": invoices.invoiceable(order),
        "days": invoices.MAY_ASK_DAYS,
    }
    return render(request, "orders/orders/invoice.html", context, status=422 if form.errors else 200)


def _known(wish):
    return {name: getattr(wish, name) for name in ("kind", "title", "tax_number", "email")} if wish else {}


def _ask(request, order, wish):
    try:
        invoices.ask(order, by=request.user, **wish)
    except TransitionNotAllowed:
        messages.warning(request, _("The invoice cannot be asked for or changed any more."))
    else:
        messages.success(request, _("Thank you. The invoice is issued when you have confirmed receipt."))
    return redirect("order_invoice", order.number)


@login_required
@require_POST
def invoice_mail(request, number, pk):
    """Send an issued document to the shopper's mailbox once more."""
    documents = Invoice.objects.select_related("request__order").filter(request__order__user=request.user)
    document = get_object_or_404(documents, pk=pk, request__order__number=number, status="issued")
    try:
        invoice_mails.again(document, by=request.user)
    except invoice_mails.NoMailbox:
        messages.error(request, _("The request names no mailbox."))
    except invoice_mails.TooOften:
        messages.warning(
            request, _("It went out three times within a day; please look into your mailbox and its spam.")
        )
    else:
        messages.success(request, _("It is on its way to your mailbox."))
    return redirect("order_invoice", number)


@login_required
@require_safe
def invoice_paper(request, number, pk):
    """An issued document as a PDF, for its owner; staff who may see orders of everybody are logged."""
    document = get_object_or_404(
        Invoice.objects.select_related("request__order", "reverses"),
        pk=pk,
        request__order__number=number,
        status="issued",
    )
    if document.request.order.user_id != request.user.pk:
        if not (request.user.is_staff and is_global(request.user) and request.user.has_perm("orders.view_invoice")):
            raise Http404
        log_reading(request.user, subject=document.request.order.about, fields=["invoice title"])
    answer = HttpResponse(pdf_of(document, seller=Shop.current().name_local), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{document.official_number}.pdf"'
    return answer
