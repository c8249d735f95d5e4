"""What can be done with several listings at once: put on sale, taken off it, exported."""

from django.contrib import admin, messages
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.history import TransitionNotAllowed
from accounts.reasoned_action import reasoned
from catalog import listings
from catalog.admin import exports
from catalog.models import ExportRun


class ListingActions:
    """Mixin of ``ProductAdmin``; the names of its methods are the names in ``actions``."""

    @admin.action(description=_("Put on sale"), permissions=["change"])
    def put_on_sale(self, request, queryset):
        for product in queryset:
            try:
                moved = listings.publish(product, by=request.user)
            except listings.NotPublishable as refusal:
                why = " ".join(str(each) for each in refusal.reasons)
                self.message_user(request, f"{product}: {why}", messages.ERROR)
            else:
                if not moved and self.tell_waiting(request, product):
                    continue
                text = _("%(name)s is on sale.") if moved else _("%(name)s was on sale already.")
                self.message_user(request, text % {"name": product}, messages.SUCCESS if moved else messages.INFO)

    @admin.action(description=_("Take off sale"), permissions=["change"])
    @reasoned(_("Take off sale"), _("The page stays for those who bought it; nobody can buy it."))
    def take_off_sale(self, request, queryset, reason):
        for product in queryset:
            try:
                with transaction.atomic():
                    moved = listings.take_down(product, by=request.user, reason=reason)
            except TransitionNotAllowed:
                self.message_user(request, _("%(name)s cannot be taken off sale.") % {"name": product}, messages.ERROR)
            else:
                text = _("%(name)s is off sale.") if moved else _("%(name)s was off sale already.")
                self.message_user(request, text % {"name": product}, messages.SUCCESS if moved else messages.INFO)

    @admin.action(description=_("Export as a workbook (.xlsx)"), permissions=["export"])
    def export_workbook(self, request, queryset):
        return exports.export(self, request, queryset, ExportRun.Kind.XLSX)

    @admin.action(description=_("Export as Shopify CSV"), permissions=["export"])
    def export_shopify(self, request, queryset):
        return exports.export(self, request, queryset, ExportRun.Kind.SHOPIFY)

    def has_export_permission(self, request):
        return request.user.has_perm("catalog.add_exportrun")
