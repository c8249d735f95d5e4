from django import forms
from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _

from catalog import reviews
from catalog.admin.moderated import ModeratedAdmin
from catalog.models import FollowUp, Review


class ReplyForm(forms.ModelForm):
    class Meta:
        model = Review
        fields = ["reply"]
        widgets = {"reply": forms.Textarea(attrs={"rows": 4, "cols": 80})}


@admin.register(Review)
class ReviewAdmin(ModeratedAdmin):
    """The merchant replies; only staff of the shop show and hide."""

    merchant_path = "product__merchant"
    form = ReplyForm
    list_display = [
        "created_at",
        "stars",
        "excerpt",
        "product",
        "masked_author",
        "picture_count",
        "replied",
        "state",
        "why",
    ]
    list_filter = ["status", "stars", ("replied_at", admin.EmptyFieldListFilter), "created_at"]
    list_select_related = ["product"]
    search_fields = ["product__title", "text"]
    readonly_fields = ["product", "sku", "stars", "text", "labels", "photos", "masked_author", "status", "why",
                       "helpful_count", "created_at"]  # fmt: skip
    fields = [*readonly_fields, "reply"]

    def has_change_permission(self, request, obj=None):
        return request.user.has_perm("catalog.reply_review")

    def save_model(self, request, obj, form, change):
        if "reply" in form.changed_data:
            reviews.reply(obj, form.cleaned_data["reply"], by=request.user)

    @admin.display(description=_("replied"), boolean=True)
    def replied(self, review):
        return bool(review.reply)

    @admin.display(description=_("tags"))
    def labels(self, review):
        return ", ".join(str(label) for label in review.tag_labels)

    @admin.display(description=_("pictures"))
    def photos(self, review):
        addresses = [
            (reverse("review_picture", args=[pk, "full"]), reverse("review_picture", args=[pk, "small"]))
            for pk in review.pictures.values_list("pk", flat=True)
        ]
        picture = '<a href="{}"><img class="ops-thumb" src="{}" width="96" height="96" alt=""></a> '
        return format_html_join("", picture, addresses)


@admin.register(FollowUp)
class FollowUpAdmin(ModeratedAdmin):
    merchant_path = "review__product__merchant"
    list_display = ["created_at", "excerpt", "review", "masked_author", "state", "why"]
    list_filter = ["status", "created_at"]
    list_select_related = ["review"]
    search_fields = ["text", "review__product__title"]
    fields = ["review", "text", "masked_author", "status", "why", "created_at"]
