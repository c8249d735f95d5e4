from django import forms
from django.contrib import admin, messages
from django.core.files.uploadedfile import UploadedFile
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from accounts.bell import ring
from accounts.history import TransitionNotAllowed
from accounts.models import Merchant, StateLog
from accounts.reasoned_action import reasoned
from accounts.roles import is_global
from accounts.scoped_admin import ScopedModelAdmin, ScopedTabularInline
from catalog import banners, guides, videos
from catalog.admin.home import PictureField
from catalog.admin.thumbnails import banner_thumbnail, pill
from catalog.models import Guide, GuideProduct, Topic
from catalog.rich_text import clean_html

TONES = {Guide.Status.PUBLISHED: "ok", Guide.Status.IN_REVIEW: "warn", Guide.Status.TAKEN_DOWN: "bad"}


class GuideForm(forms.ModelForm):
    new_cover = PictureField(label=_("cover"), required=False, help_text=_("About 1200 × 800."))

    class Meta:
        model = Guide
        fields = "__all__"  # noqa: DJ007 - the admin names its fields in sections

    def clean_body(self):
        return clean_html(self.cleaned_data["body"])

    def clean_body_en(self):
        return clean_html(self.cleaned_data["body_en"])

    def clean_video(self):
        video = self.cleaned_data.get("video")
        return videos.accept(video) if isinstance(video, UploadedFile) else video


class GuideProductInline(ScopedTabularInline):
    model = GuideProduct
    fields = ["product", "position"]
    autocomplete_fields = ["product"]
    extra = 1


@admin.register(Guide)
class GuideAdmin(ScopedModelAdmin):
    """Merchants write their own guides and ask for review; staff read, publish and take down."""

    merchant_path = "merchant"
    form = GuideForm
    list_display = ["thumbnail", "title", "merchant", "state", "published_at", "updated_at"]
    list_display_links = ["title"]  # a link on a picture without words would have no name
    list_filter = ["status", "topics"]
    list_select_related = ["cover", "merchant"]
    search_fields = ["title", "title_en", "slug"]
    prepopulated_fields = {"slug": ["title_en"]}
    filter_horizontal = ["topics"]
    actions = ["ask_for_review", "publish", "take_down"]
    inlines = [GuideProductInline]
    readonly_fields = ["state_and_reasons", "cover_now", "created_at", "updated_at"]
    fieldsets = [
        (None, {"fields": ["state_and_reasons", "merchant", "title", "title_en", "slug", "lead", "lead_en"]}),
        (_("Text"), {"fields": ["body", "body_en", "author", "author_en"]}),
        (_("Picture and video"), {"fields": ["cover_now", "new_cover", "video", "video_address"]}),
        (_("Where and when"), {"fields": ["topics", "published_at", "created_at", "updated_at"]}),
    ]

    def get_urls(self):
        preview = self.admin_site.admin_view(self.preview)
        return [path("<int:pk>/preview/", preview, name="catalog_guide_preview"), *super().get_urls()]

    def preview(self, request, pk):
        """The page as readers will see it, for those who may see the row."""
        guide = get_object_or_404(self.get_queryset(request).select_related("cover", "merchant"), pk=pk)
        context = {"guide": guide, "topics": list(guide.topics.all()), "products": guides.products_of(guide)}
        return TemplateResponse(request, "catalog/guides/guide.html", context | {"preview": True})

    def get_readonly_fields(self, request, obj=None):
        readonly = list(self.readonly_fields)
        if not is_global(request.user):
            # The merchant is theirs, and what is being read or on show is not rewritten unseen.
            readonly.append("merchant")
            if obj is not None and obj.status in (Guide.Status.IN_REVIEW, Guide.Status.PUBLISHED):
                readonly += [f.name for f in Guide._meta.fields if f.editable and f.name not in ("id", "status")]
                readonly += ["topics"]
        return list(dict.fromkeys(readonly))

    def get_prepopulated_fields(self, request, obj=None):
        return {} if "slug" in self.get_readonly_fields(request, obj) else self.prepopulated_fields

    def get_exclude(self, request, obj=None):
        return ["status"]

    def save_model(self, request, guide, form, change):
        if not is_global(request.user) and guide.merchant_id is None:
            guide.merchant = Merchant.objects.staffed_by(request.user).first()
        if form.cleaned_data.get("new_cover"):
            guide.cover = banners.uploaded(form.cleaned_data["new_cover"])
            ring("catalog.tasks.draw_pictures")
        super().save_model(request, guide, form, change)

    @admin.display(description=_("cover"))
    def thumbnail(self, guide):
        return banner_thumbnail(guide.cover) if guide.cover_id else "–"

    @admin.display(description=_("cover now"))
    def cover_now(self, guide):
        return self.thumbnail(guide)

    @admin.display(description=_("status"), ordering="status")
    def state(self, guide):
        return pill(guide.get_status_display(), TONES.get(guide.status, ""))

    @admin.display(description=_("status"))
    def state_and_reasons(self, guide):
        if guide.pk is None:
            return pill(Guide.Status.DRAFT.label)
        preview = reverse("admin:catalog_guide_preview", args=[guide.pk])
        reasons = " ".join(str(each) for each in guides.reasons_against(guide))
        return format_html('{} {} <a href="{}">{}</a>', self.state(guide), reasons, preview, _("Preview"))

    def history_view(self, request, object_id, extra_context=None):
        states = StateLog.objects.filter(about=f"guide:{object_id}").select_related("user").order_by("-pk")[:100]
        return super().history_view(request, object_id, {"states": states, **(extra_context or {})})

    def has_approve_permission(self, request):
        return request.user.has_perm("catalog.approve_guide")

    @admin.action(description=_("Ask for review"), permissions=["change"])
    def ask_for_review(self, request, queryset):
        self._each(request, queryset, guides.submit, _("%(name)s is in review."))

    @admin.action(description=_("Publish"), permissions=["approve"])
    def publish(self, request, queryset):
        self._each(request, queryset, guides.publish, _("%(name)s is published."))

    @admin.action(description=_("Take down"), permissions=["approve"])
    @reasoned(_("Take down"), _("Readers no longer find it; its author reads the reason in its history."))
    def take_down(self, request, queryset, reason):
        def down(guide, by):
            return guides.take_down(guide, by=by, reason=reason)

        self._each(request, queryset, down, _("%(name)s is taken down."))

    def _each(self, request, queryset, act, done):
        for guide in queryset:
            try:
                act(guide, by=request.user)
            except guides.NotReady as refusal:
                self.message_user(request, f"{guide}: {' '.join(refusal.reasons)}", messages.ERROR)
            except TransitionNotAllowed:
                text = _("%(name)s is %(state)s; this cannot be done with it now.")
                named = {"name": guide, "state": guide.get_status_display()}
                self.message_user(request, text % named, messages.ERROR)
            else:
                self.message_user(request, done % {"name": guide}, messages.SUCCESS)


@admin.register(Topic)
class TopicAdmin(ScopedModelAdmin):
    shared_with_merchants = True
    list_display = ["name", "name_en", "slug"]
    search_fields = ["name", "name_en"]
    prepopulated_fields = {"slug": ["name_en"]}
