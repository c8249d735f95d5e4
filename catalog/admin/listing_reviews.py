"""The review queue: what changed, what the rules found, approve or return with reasons."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

from accounts.history import TransitionNotAllowed
from accounts.models import StateLog
from accounts.roles import is_global
from accounts.scoped_admin import ReadOnlyAdmin
from catalog import listing_reviews, listings, standing
from catalog.admin.rule_findings import panel
from catalog.admin.thumbnails import pill
from catalog.listing_rules import desk
from catalog.listing_rules.finding import FIELDS
from catalog.listing_rules.plain_text import without_html
from catalog.models import ListingReview, Product

TONES = {"submitted": "warn", "approved": "ok", "returned": "bad", "withdrawn": ""}


class DecisionForm(forms.Form):
    reasons = forms.MultipleChoiceField(
        label=_("Reasons"), choices=ListingReview.Reason.choices, widget=forms.CheckboxSelectMultiple, required=False
    )
    note = forms.CharField(
        label=_("Note to the merchant"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def clean(self):
        cleaned = super().clean()
        if self.data.get("decision") == "return" and not cleaned.get("reasons"):
            self.add_error("reasons", _("Choose at least one reason, so that the merchant knows what to mend."))
        return cleaned


@admin.register(ListingReview)
class ListingReviewAdmin(ReadOnlyAdmin):
    merchant_path = "product__merchant"
    list_display = ["product", "merchant", "kind", "state", "submitted_at", "submitted_by", "decided_by", "why"]
    list_filter = ["status", "kind", "submitted_at"]
    list_select_related = ["product__merchant", "submitted_by", "decided_by"]
    list_per_page = 50
    search_fields = ["product__title", "product__handle"]
    change_form_template = "admin/catalog/listingreview/review.html"

    @admin.display(description=_("merchant"))
    def merchant(self, review):
        return review.product.merchant

    @admin.display(description=_("status"), ordering="status")
    def state(self, review):
        return pill(review.get_status_display(), TONES[review.status])

    @admin.display(description=_("reasons"))
    def why(self, review):
        return ", ".join(str(label) for label in review.reason_labels) or "—"

    def may_decide(self, request):
        return is_global(request.user) and request.user.has_perm("catalog.change_listingreview")

    def change_view(self, request, object_id, form_url="", extra_context=None):
        review = self.get_object(request, object_id)
        if review is None or not self.has_view_permission(request, review):
            raise Http404
        form = DecisionForm(request.POST if request.method == "POST" else None)
        if request.method == "POST":
            if not self.may_decide(request):
                raise PermissionDenied
            if form.is_valid() and self.decide(request, review, form.cleaned_data):
                return redirect("admin:catalog_listingreview_changelist")
        return self.page(request, review, form)

    def decide(self, request, review, chosen):
        """Do what was chosen and say so; False when the page is shown again."""
        try:
            if request.POST.get("decision") == "approve":
                moved = listing_reviews.approve(review, request.user)
                text = _("%(name)s was approved.")
            else:
                moved = listing_reviews.return_to_merchant(review, request.user, **chosen)
                text = _("%(name)s was returned.")
        except listings.NotPublishable as refusal:
            self.message_user(request, " ".join(str(each) for each in refusal.reasons), messages.ERROR)
            review.refresh_from_db()
            return False
        except TransitionNotAllowed:
            self.message_user(request, _("Somebody else has decided this meanwhile."), messages.WARNING)
            return True
        if moved:
            self.message_user(request, text % {"name": review.product}, messages.SUCCESS)
        else:
            self.message_user(request, _("That was decided already."), messages.INFO)
        return True

    def page(self, request, review, form):
        product = Product.objects.select_related("merchant", "category", "brand", "cover").get(pk=review.product_id)
        proposed = review.proposed if review.status == ListingReview.Status.SUBMITTED else {}
        duty = standing.duty_of(product.merchant)
        context = {
            **self.admin_site.each_context(request),
            "title": str(review.product),
            "opts": self.opts,
            "review": review,
            "product": product,
            "texts": self.texts(product, review.proposed),
            "specifications": product.specifications.all(),
            "findings": panel(product, proposed),
            "duty": duty,
            "states": StateLog.objects.filter(about=review.about).select_related("user").order_by("-pk")[:20],
            "form": form,
            "may_decide": self.may_decide(request) and review.status == ListingReview.Status.SUBMITTED,
            "tone": TONES[review.status],
        }
        status = 422 if form.errors else 200
        return TemplateResponse(request, "admin/catalog/listingreview/review.html", context, status=status)

    def texts(self, product, proposed):
        """[(label, words now, new words or None)] of what is written."""
        rows = []
        for field in listing_reviews.WORDS:
            now, new = getattr(product, field), proposed.get(field)
            if field in desk.HTML:
                now, new = without_html(now), None if new is None else without_html(new)
            if now or new:
                rows.append((FIELDS[field], now, new))
        return rows
