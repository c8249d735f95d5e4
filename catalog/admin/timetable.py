from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminSplitDateTime
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from accounts.scoped_admin import ReadOnlyAdmin
from catalog import duplicates, timetable
from catalog.admin.thumbnails import pill
from catalog.models import ListingTimer


class TimerForm(forms.Form):
    action = forms.ChoiceField(label=gettext_lazy("What"), choices=ListingTimer.Action.choices)
    at = forms.SplitDateTimeField(label=gettext_lazy("When"), widget=AdminSplitDateTime)


def state_of(timer):
    if timer.cancelled_at:
        return pill(_("cancelled"))
    if timer.refused_because or timer.given_up_at:
        return pill(_("not possible"), "bad")
    return pill(_("done"), "ok") if timer.done_at else pill(_("planned"), "warn")


@admin.register(ListingTimer)
class ListingTimerAdmin(ReadOnlyAdmin):
    """What is planned for all listings; it is planned and cancelled on the page of each."""

    merchant_path = "product__merchant"
    list_display = ["run_after", "product", "action", "state", "refused_because", "by"]
    list_filter = ["action"]
    list_select_related = ["product", "by"]
    list_per_page = 50
    date_hierarchy = None
    fields = ["product", "action", "run_after", "state", "refused_because", "by", "created_at"]

    @admin.display(description=gettext_lazy("status"))
    def state(self, timer):
        return state_of(timer)


class PlanningPages:
    """Mixed into the admin of listings: plan when one goes on or off sale, and make a copy."""

    def get_urls(self):
        guard = self.admin_site.admin_view
        return [
            path("<int:pk>/timers/", guard(self.timers_view), name="catalog_product_timers"),
            path(
                "<int:pk>/timers/<int:timer>/cancellation/",
                guard(require_POST(self.cancel_timer_view)),
                name="catalog_product_timer_cancellation",
            ),
            *super().get_urls(),
        ]

    def timers_view(self, request, pk):
        product = self.listing_or_404(request, pk)
        form = TimerForm(request.POST if request.method == "POST" else None)
        if form.is_valid():
            try:
                timer = timetable.plan(product, form.cleaned_data["action"], form.cleaned_data["at"], by=request.user)
            except ValidationError as error:
                form.add_error("at", error)
            else:
                self.log_change(request, product, _("Planned: %(what)s.") % {"what": timer.get_action_display()})
                return redirect("admin:catalog_product_timers", product.pk)
        timers = [(timer, state_of(timer)) for timer in product.timers.select_related("by").order_by("-run_after")[:50]]
        title = _("When it is on sale: %(title)s") % {"title": product.title_local}
        context = self.grid_page(request, title, product, form=form, timers=timers, media=self.media + form.media)
        status = 422 if form.errors else 200
        return TemplateResponse(request, "admin/catalog/product/timers.html", context, status=status)

    def cancel_timer_view(self, request, pk, timer):
        product = self.listing_or_404(request, pk)
        found = product.timers.filter(pk=timer).first()
        if found is None:
            raise Http404
        if timetable.cancel(found, by=request.user):
            self.log_change(request, product, _("Cancelled: %(what)s.") % {"what": found.get_action_display()})
            self.message_user(request, _("It is cancelled."), messages.SUCCESS)
        else:
            self.message_user(request, _("That is no longer possible."), messages.ERROR)
        return redirect("admin:catalog_product_timers", product.pk)

    @admin.action(description=gettext_lazy("Make a copy (draft, without stock)"), permissions=["add"])
    def duplicate(self, request, queryset):
        if not request.user.has_perm("catalog.price_sku"):
            raise PermissionDenied
        chosen = list(queryset[:11])
        if len(chosen) > 10:
            self.message_user(request, _("At most ten listings are copied at once."), messages.ERROR)
            return None
        twins = [duplicates.duplicate(product, by=request.user) for product in chosen]
        for product, twin in zip(chosen, twins, strict=True):
            self.log_addition(request, twin, _("Copied from %(title)s.") % {"title": product.title_local})
        if len(twins) == 1:
            return redirect("admin:catalog_product_change", twins[0].pk)
        return None
