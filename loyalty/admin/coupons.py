from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from accounts.history import TransitionNotAllowed
from accounts.reasoned_action import reasoned
from accounts.scoped_admin import HIDDEN_FROM_MERCHANTS, OwnMerchantAdmin, ReadOnlyAdmin
from catalog.money import yuan
from loyalty import coupon_batches, coupon_templates, packets
from loyalty import coupons as rules
from loyalty.forms import CouponTemplateForm, HandOutForm, PacketForm
from loyalty.models import Coupon, CouponBatch, CouponEntry, CouponTemplate, LuckyPacket

WORTH = ["kind", "merchant", "name", "name_en", "note", "note_en", "threshold_fen", "amount_fen", "rate_bp", "cap_fen"]
GOODS = [
    "scope_kind",
    "category_ids",
    "brand_ids",
    "tags",
    "product_ids",
    "sku_ids",
    "except_product_ids",
    "except_sku_ids",
]
TIME = ["valid_days", "valid_from", "valid_until", "claim_from", "claim_until"]
WHO = ["claimable", "quota", "per_member", "tier_ranks", "newcomer_only", "budget_fen"]


@admin.register(CouponTemplate)
class CouponTemplateAdmin(OwnMerchantAdmin):
    """Drafts are edited; what is published is read, and changed by a new version.

    Merchants draft coupons for their own goods; whoever answers for the margin publishes them.
    """

    change_form_template = "admin/loyalty/coupontemplate/change_form.html"
    form = CouponTemplateForm
    fieldsets = [
        (_("What it is worth"), {"fields": WORTH}),
        (_("Which goods"), {"fields": GOODS}),
        (_("When"), {"fields": TIME}),
        (_("Who and how many"), {"fields": WHO}),
    ]
    list_display = [
        "name",
        "merchant",
        "version",
        "kind",
        "status",
        "issued",
        "used",
        "saved",
        "brought",
        "published_at",
    ]
    list_filter = ["status", "kind", "claimable"]
    list_select_related = ["merchant"]
    search_fields = ["name", "name_en"]
    actions = ["publish", "pause", "end", "revise"]

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and (obj is None or obj.status == "draft")

    def has_delete_permission(self, request, obj=None):
        return False

    def has_publish_permission(self, request):
        return request.user.has_perm("loyalty.publish_coupontemplate")

    def get_changelist_instance(self, request):
        changes = super().get_changelist_instance(request)
        found = coupon_templates.figures([template.pk for template in changes.result_list])
        for template in changes.result_list:
            template.figures = found.get(template.pk, {})
        return changes

    @admin.display(description=_("issued"))
    def issued(self, template):
        return f"{template.claimed} / {template.quota}"

    @admin.display(description=_("used"))
    def used(self, template):
        return template.figures.get("used", 0)

    @admin.display(description=_("took off (¥)"))
    def saved(self, template):
        return yuan(template.figures.get("saved_fen", 0))

    @admin.display(description=_("orders paid (¥)"))
    def brought(self, template):
        return yuan(template.figures.get("paid_fen", 0))

    @admin.action(description=_("Publish"), permissions=["publish"])
    def publish(self, request, queryset):
        self._each(request, queryset, coupon_templates.publish)

    @admin.action(description=_("Pause claims"), permissions=["publish"])
    def pause(self, request, queryset):
        self._each(request, queryset, coupon_templates.pause)

    @admin.action(description=_("Make a new version to edit"), permissions=["change"])
    def revise(self, request, queryset):
        for template in queryset:
            draft = coupon_templates.revise(template, by=request.user)
            link = reverse("admin:loyalty_coupontemplate_change", args=[draft.pk])
            messages.success(request, format_html('<a href="{}">{}</a>', link, draft))

    @admin.action(description=_("End"), permissions=["publish"])
    @reasoned(_("End coupons"), _("No more are issued; those that people have stay good."))
    def end(self, request, queryset, reason):
        self._each(request, queryset, coupon_templates.end, reason=reason)

    def _each(self, request, queryset, deed, **more):
        for template in queryset:
            try:
                deed(template, by=request.user, **more)
                words = f"{template}: {template.get_status_display()}"
                messages.success(request, words)
            except TransitionNotAllowed:
                words = _("%(template)s cannot be changed so: it is %(status)s.")
                facts = {"template": template, "status": template.get_status_display()}
                messages.error(request, words % facts)

    def get_urls(self):
        deeds = [("handing-out", self.hand_out, "hand_out"), ("packet", self.make_packet, "packet")]
        return [
            *(
                path(f"<int:pk>/{way}/", self.admin_site.admin_view(view), name=f"loyalty_coupontemplate_{name}")
                for way, view, name in deeds
            ),
            *super().get_urls(),
        ]

    def hand_out(self, request, pk):
        """Coupons for a tier or a list of people, by a worker."""
        template, form = self._asked(request, pk, HandOutForm)
        if request.method == "POST" and form.is_valid():
            chosen = form.cleaned_data
            coupon_batches.ask(
                template, by=request.user, key=chosen["key"], tier_ranks=chosen["tier_ranks"], user_ids=chosen["people"]
            )
            messages.success(request, _("The worker hands them out; the list shows how far it is."))
            return redirect("admin:loyalty_couponbatch_changelist")
        return self._form_page(request, template, form, _("Hand out %(template)s"), _("Hand out"))

    def make_packet(self, request, pk):
        """A shared red packet of this template, with the address to give away."""
        template, form = self._asked(request, pk, PacketForm)
        if request.method == "POST" and form.is_valid():
            facts = dict(form.cleaned_data)
            packet = packets.make(template, source=f"staff:{facts.pop('key')}", **facts)
            messages.success(request, _("Its address: %(url)s") % {"url": _address(request, packet)})
            return redirect("admin:loyalty_luckypacket_changelist")
        return self._form_page(request, template, form, _("Share %(template)s"), _("Make the packet"))

    def _asked(self, request, pk, form):
        template = get_object_or_404(self.get_queryset(request), pk=pk, status__in=["published", "paused"])
        if not self.has_publish_permission(request):
            raise PermissionDenied
        if form is PacketForm and template.kind != CouponTemplate.Kind.RED_PACKET:
            raise PermissionDenied
        return template, form(request.POST if request.method == "POST" else None)

    def _form_page(self, request, template, form, title, button):
        context = {
            **self.admin_site.each_context(request),
            "title": title % {"template": template},
            "form": form,
            "button": button,
            "opts": self.model._meta,
        }
        return render(request, "admin/loyalty/coupontemplate/deed.html", context, status=422 if form.errors else 200)


def _address(request, packet):
    return request.build_absolute_uri(packet.get_absolute_url())


class LedgerOfCoupons(ReadOnlyAdmin):
    merchant_path = HIDDEN_FROM_MERCHANTS
    list_per_page = 50
    show_full_result_count = False


@admin.register(Coupon)
class CouponAdmin(LedgerOfCoupons):
    list_display = ["template", "user", "status", "valid_from", "valid_until", "source", "locked_for"]
    list_filter = ["status", "kind", "valid_until"]
    list_select_related = ["template", "user"]
    search_fields = ["user__email", "source", "locked_for"]
    actions = ["void"]

    def has_void_permission(self, request):
        return request.user.has_perm("loyalty.change_coupon")

    @admin.action(description=_("Make void"), permissions=["void"])
    @reasoned(_("Make coupons void"), _("Only those that are free; their owners see the reason."))
    def void(self, request, queryset, reason):
        done = sum(rules.void(coupon, reason=reason, by=request.user) for coupon in queryset)
        messages.success(request, _("%(done)s made void.") % {"done": done})


@admin.register(CouponEntry)
class CouponEntryAdmin(LedgerOfCoupons):
    list_display = ["at", "coupon", "kind", "from_state", "to_state", "source", "reason"]
    list_filter = ["kind", "at"]
    list_select_related = ["coupon__template"]
    search_fields = ["source", "coupon__user__email"]


@admin.register(CouponBatch)
class CouponBatchAdmin(LedgerOfCoupons):
    list_display = ["created_at", "template", "issued", "sold_out", "done_at", "given_up_at", "last_error", "by"]
    list_select_related = ["template", "by"]


@admin.register(LuckyPacket)
class LuckyPacketAdmin(LedgerOfCoupons):
    list_display = ["title", "template", "sum", "how_far", "expires_at", "link"]
    list_select_related = ["template"]

    @admin.display(description=_("sum (¥)"))
    def sum(self, packet):
        return yuan(packet.total_fen)

    @admin.display(description=_("opened"))
    def how_far(self, packet):
        return f"{packet.opened} / {len(packet.shares)}"

    @admin.display(description=_("link"))
    def link(self, packet):
        return format_html('<a href="{}">{}</a>', packet.get_absolute_url(), packet.get_absolute_url())
