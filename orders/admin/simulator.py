"""The simulator: staff put a basket together and read every line of the reasoning. A page of questions, nothing is written."""

import re

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import place_names
from accounts.models import User
from accounts.roles import is_global
from accounts.scoped_admin import RowScope
from catalog.models import Sku
from loyalty.members import Benefits
from loyalty.models import CouponTemplate, Tier
from orders import simulator
from orders.models import Promotion

MOST_LINES, MOST_FOUND, MOST_UNITS = 30, 12, 999
UNITS = re.compile(r"u(\d{1,18})")


class SimulatorForm(forms.Form):
    """Who asks, from where, when, and with what in hand."""

    shopper = forms.EmailField(
        label=gettext_lazy("Shopper (e-mail)"),
        required=False,
        help_text=gettext_lazy(
            "Their tier, coupons and what they had of limited offers; leave it empty to choose below."
        ),
    )
    tier = forms.ChoiceField(label=gettext_lazy("Tier"), required=False)
    newcomer = forms.BooleanField(label=gettext_lazy("Never bought before"), required=False)
    region = forms.ChoiceField(label=gettext_lazy("Delivery to"), required=False)
    at = forms.DateTimeField(
        label=gettext_lazy("Date and time"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
        help_text=gettext_lazy("Empty: now."),
    )
    points = forms.IntegerField(label=gettext_lazy("Points"), required=False, min_value=0, max_value=10_000_000)
    coupons = forms.ModelMultipleChoiceField(
        CouponTemplate.objects.none(),
        label=gettext_lazy("Coupons in hand"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    drafts = forms.ModelMultipleChoiceField(
        Promotion.objects.none(),
        label=gettext_lazy("Drafts, as if published"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args, user, drafts, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["tier"].choices = [(tier.code, tier.name_local) for tier in Tier.objects.order_by("rank")]
        self.fields["region"].choices = [("", _("anywhere")), *place_names.choices()]
        known = CouponTemplate.objects.filter(status=CouponTemplate.Status.PUBLISHED)
        if not is_global(user):
            known = known.filter(Q(merchant=None) | Q(merchant__staff__user=user))
            del self.fields["shopper"]
        self.fields["coupons"].queryset = known.order_by("-pk")
        self.fields["drafts"].queryset = drafts

    def clean_shopper(self):
        email = self.cleaned_data["shopper"]
        found = User.objects.filter(email__iexact=email).first() if email else None
        if email and found is None:
            raise forms.ValidationError(_("Nobody has this e-mail."))
        return found

    def wish(self, lines):
        asked = self.cleaned_data
        tier = Tier.objects.filter(code=asked.get("tier")).first() or Tier.objects.order_by("rank").first()
        return simulator.Wish(
            lines=tuple(lines),
            at=timezone.localtime(asked.get("at") or timezone.now()),
            benefits=Benefits(
                tier.code, tier.earn_bp, tier.free_delivery_from_fen, tier.return_days, tier.priority_shipping
            ),
            newcomer=asked.get("newcomer", False),
            user=asked.get("shopper"),
            region_code=asked.get("region") or "",
            templates=tuple(asked.get("coupons") or ()),
            drafts=tuple(asked.get("drafts") or ()),
            points=asked.get("points") or 0,
        )


class SimulatorPage:
    """Mixed into the admin of promotions."""

    def get_urls(self):
        page = self.admin_site.admin_view(self.simulator_view)
        return [path("simulator/", page, name="orders_promotion_simulator"), *super().get_urls()]

    def simulator_view(self, request):
        if not self.has_change_permission(request):
            raise PermissionDenied
        basket = _basket(request.GET, self._skus(request))
        tried = self.get_queryset(request).exclude(kind=Promotion.Kind.PRESALE)
        drafts = tried.order_by("status", "-pk")[:60]
        form = SimulatorForm(
            request.GET if "at" in request.GET else None,
            user=request.user,
            drafts=tried.filter(pk__in=[each.pk for each in drafts]).order_by("status", "-pk"),
        )
        ready = bool(basket) and (not form.is_bound or form.is_valid())
        if ready and not form.is_bound:
            form.cleaned_data = {}
        context = {
            **self.admin_site.each_context(request),
            "title": _("Price simulator"),
            "opts": self.model._meta,
            "form": form,
            "basket": basket,
            "asked": request.GET.get("find", "").strip()[:60],
            "found": self._found(request, {sku.pk for sku, _units in basket}),
            "report": simulator.simulate(form.wish(basket)) if ready else None,
        }
        status = 422 if form.is_bound and not form.is_valid() else 200
        return TemplateResponse(request, "admin/orders/promotion/simulator.html", context, status=status)

    def _skus(self, request):
        related = self.admin_site._registry[Sku]
        own = related.narrow(Sku.objects.all(), request) if isinstance(related, RowScope) else Sku.objects.all()
        return own.filter(is_active=True).select_related("product", "merchant")

    def _found(self, request, there):
        asked = request.GET.get("find", "").replace("\0", "").strip()[:60]
        if not asked:
            return []
        like = Q(code__icontains=asked) | Q(product__title__icontains=asked) | Q(product__title_en__icontains=asked)
        return list(self._skus(request).filter(like).exclude(pk__in=there).order_by("code", "pk")[:MOST_FOUND])


def _basket(asked, skus):
    """[(SKU, units)] of the parameters ``u<id>=<units>`` and ``add=<id>``; what cannot be read is left out."""
    units = {}
    for name, value in asked.items():
        found = UNITS.fullmatch(name)
        if found and value.isascii() and value.isdecimal() and len(value) < 5:
            units[int(found[1])] = min(int(value), MOST_UNITS)
    added = asked.get("add", "")
    if added.isascii() and added.isdecimal() and len(added) < 19:
        units.setdefault(int(added), 1)
    wanted = {pk: n for pk, n in units.items() if n and pk < 2**63}
    by_id = {sku.pk: sku for sku in skus.filter(pk__in=list(wanted)[:MOST_LINES])}
    return [(by_id[pk], n) for pk, n in wanted.items() if pk in by_id]
