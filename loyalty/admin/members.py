from uuid import uuid4

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from accounts.notifications import notify
from accounts.scoped_admin import HIDDEN_FROM_MERCHANTS, ReadOnlyAdmin
from loyalty import points
from loyalty.models import Member


class GrantForm(forms.Form):
    points = forms.IntegerField(label=_("Points"), min_value=1, max_value=100_000)
    note = forms.CharField(label=_("Reason"), max_length=200, help_text=_("The member reads this."))
    # The form's own number: sent twice it grants once.
    key = forms.UUIDField(widget=forms.HiddenInput)


@admin.register(Member)
class MemberAdmin(ReadOnlyAdmin):
    """Balances are caches of the ledgers: they are looked at here and written by the rules only."""

    merchant_path = HIDDEN_FROM_MERCHANTS
    change_form_template = "admin/loyalty/member/change_form.html"
    list_display = ["user", "tier", "growth", "points", "points_pending", "tier_valid_until", "frozen_at"]
    list_filter = ["tier", ("frozen_at", admin.EmptyFieldListFilter)]
    list_select_related = ["user", "tier"]
    search_fields = ["user__email", "user__display_name"]
    readonly_fields = ["ledgers"]

    @admin.display(description=_("entries"))
    def ledgers(self, member):
        links = (("pointsentry", _("points")), ("pointslot", _("points lots")), ("growthentry", _("growth")))
        more = (("tierevaluation", _("tier decisions")),)
        return format_html(
            "{}" * 4,
            *(
                format_html(
                    '<a href="{}?member={}">{}</a> · ', reverse(f"admin:loyalty_{name}_changelist"), member.pk, words
                )
                for name, words in links + more
            ),
        )

    def get_urls(self):
        grant = path("<int:pk>/points/", self.admin_site.admin_view(self.grant_points), name="loyalty_member_points")
        return [grant, *super().get_urls()]

    def grant_points(self, request, pk):
        member = get_object_or_404(self.get_queryset(request), pk=pk)
        if not request.user.has_perm("loyalty.change_member"):
            raise PermissionDenied
        form = GrantForm(request.POST or None, initial={"key": uuid4()})
        if request.method == "POST" and form.is_valid():
            self._grant(request, member, **form.cleaned_data)
            return redirect("admin:loyalty_member_change", pk)
        title = _("Grant points to %(member)s") % {"member": member.user}
        context = {**self.admin_site.each_context(request), "title": title, "form": form, "member": member}
        return render(request, "admin/loyalty/member/grant.html", context, status=422 if form.errors else 200)

    def _grant(self, request, member, *, points: int, note, key):
        lot = grant(member, points, note=note, key=key, by=request.user)
        messages.success(request, _("%(points)s points were granted.") % {"points": lot.granted})


def grant(member, amount, *, note, key, by):
    """Staff give points; told to the member; once per ``key``."""
    lot = points.grant(member.user, f"staff:{key}", amount, "staff", note=note, by=by)
    notify(
        member.user,
        "points_granted",
        key=f"staff:{key}",
        facts={"points": f"{amount:,}", "note": note},
        url=reverse("member_points"),
    )
    return lot
