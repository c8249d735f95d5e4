"""The message centre."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.notifications import worded

PER_PAGE = 20


@require_safe
@login_required
def inbox(request):
    unread_only = "unread" in request.GET
    rows = request.user.notifications.all()
    page = Paginator(rows.unread() if unread_only else rows, PER_PAGE).get_page(request.GET.get("page"))
    page.object_list = [worded(row) for row in page.object_list]
    return render(request, "accounts/messages.html", {"page": page, "unread_only": unread_only})


@require_safe
@login_required
def message(request, pk):
    """One message; to open it is to read it."""
    row = get_object_or_404(request.user.notifications, pk=pk)
    if "prefetch" not in request.headers.get("Sec-Purpose", ""):
        request.user.notifications.unread().filter(pk=pk).update(read_at=timezone.now())
    return render(request, "accounts/message.html", {"message_row": worded(row)})


@require_POST
@login_required
def read_all(request):
    """Mark as read: the message ``pk`` of the post, else all."""
    rows = request.user.notifications.unread()
    pk = request.POST.get("pk", "")
    if pk:
        rows = rows.filter(pk=int(pk) if pk.isdecimal() and len(pk) < 18 else 0)
    if rows.update(read_at=timezone.now()) and not pk:
        messages.success(request, _("All messages are marked as read."))
    return redirect("messages")
