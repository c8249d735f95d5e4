from django.contrib import admin, messages
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.reasoned_action import reasoned
from accounts.scoped_admin import ReadOnlyAdmin
from catalog import moderation
from catalog.admin.thumbnails import pill
from catalog.models import Review

TONES = {Review.Status.PUBLISHED: "ok", Review.Status.PENDING: "warn", Review.Status.HIDDEN: "bad"}


@admin.register(Review)
class ReviewAdmin(ReadOnlyAdmin):
    """Reviews are shown or hidden with a reason, never changed or deleted (the law asks for that)."""

    merchant_path = "product__merchant"
    list_display = ["created_at", "stars", "excerpt", "product", "masked_author", "state"]
    list_filter = ["status", "stars", "created_at"]
    list_select_related = ["product"]
    list_per_page = 50
    search_fields = ["product__title", "text"]
    actions = ["publish", "hide"]
    fields = ["product", "sku", "stars", "text", "masked_author", "status", "hidden_reason", "created_at"]

    @admin.display(description=_("text"))
    def excerpt(self, review):
        return review.text[:60]

    @admin.display(description=_("status"), ordering="status")
    def state(self, review):
        return pill(review.get_status_display(), TONES.get(review.status, ""))

    def has_moderate_permission(self, request):
        return request.user.has_perm("catalog.change_review")

    @admin.action(description=_("Publish"), permissions=["moderate"])
    def publish(self, request, queryset):
        self._tell(request, [moderation.publish(review, by=request.user) for review in queryset])

    @admin.action(description=_("Hide"), permissions=["moderate"])
    @reasoned(_("Hide reviews"), _("The reason is kept with the review."))
    def hide(self, request, queryset, reason):
        self._tell(request, [moderation.hide(review, by=request.user, reason=reason) for review in queryset])

    def _tell(self, request, moved):
        n = sum(moved)
        self.message_user(
            request, ngettext("%(n)d review changed.", "%(n)d reviews changed.", n) % {"n": n}, messages.SUCCESS
        )
