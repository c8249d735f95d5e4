from django import forms
from django.contrib import admin
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from accounts.bell import ring
from accounts.scoped_admin import HIDDEN_FROM_MERCHANTS, ScopedModelAdmin, ScopedTabularInline
from catalog import banners, home_blocks, home_page
from catalog.admin.thumbnails import banner_thumbnail, pill
from catalog.forms_back_office import refuse_no_picture
from catalog.models import HomeBlock, HomeBlockProduct


class PictureField(forms.ImageField):
    """One picture, judged by its header here, decoded and drawn anew by a worker."""

    widget = forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"})

    def to_python(self, data):
        file = forms.FileField.to_python(self, data)
        if file is not None:
            refuse_no_picture(file)
        return file


class HomeBlockForm(forms.ModelForm):
    new_picture = PictureField(
        label=_("wide picture"), required=False, help_text=_("About 1600 × 760. Without one, a drawn one is shown.")
    )
    new_picture_tall = PictureField(
        label=_("tall picture"), required=False, help_text=_("For phones, about 780 × 900; else the wide one is shown.")
    )
    drop_pictures = forms.BooleanField(label=_("take the pictures away"), required=False)

    class Meta:
        model = HomeBlock
        fields = "__all__"  # noqa: DJ007 - the admin names its fields in sections


class HomeBlockProductInline(ScopedTabularInline):
    model = HomeBlockProduct
    fields = ["product", "position"]
    autocomplete_fields = ["product"]
    extra = 1
    verbose_name_plural = _("listings named by hand")


@admin.register(HomeBlock)
class HomeBlockAdmin(ScopedModelAdmin):
    """The home page in its order; the shop's staff arrange it, merchants do not."""

    merchant_path = HIDDEN_FROM_MERCHANTS
    form = HomeBlockForm
    list_display = ["position", "what", "thumbnail", "when", "state"]
    list_display_links = ["what"]
    list_filter = ["kind", "is_active"]
    ordering = ["position", "pk"]
    actions = ["move_up", "move_down", "show_them", "hide_them"]
    inlines = [HomeBlockProductInline]
    readonly_fields = ["pictures_now"]
    change_list_template = "admin/catalog/homeblock/change_list.html"
    fieldsets = [
        (None, {"fields": ["kind", "position", "is_active", "shown_from", "shown_until"]}),
        (_("Words"), {"fields": ["title", "title_en", "text", "text_en", "button", "button_en", "link"]}),
        (_("Picture"), {"fields": ["pictures_now", "new_picture", "new_picture_tall", "drop_pictures"]}),
        (_("Listings"), {"fields": ["rule", "category", "how_many"]}),
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("picture", "picture_tall")

    def get_urls(self):
        preview = self.admin_site.admin_view(self.preview)
        return [path("preview/", preview, name="catalog_homeblock_preview"), *super().get_urls()]

    def preview(self, request):
        """The home page as shoppers see it at ``?at=`` (now when it cannot be read)."""
        if not self.has_view_permission(request):
            return HttpResponse(status=403)
        at = _moment(request.GET.get("at", ""))
        context = home_page.context_of(home_blocks.shown(at, fresh=True)) | {"preview_at": timezone.localtime(at)}
        return TemplateResponse(request, "catalog/home.html", context | {"head": None, "structured_data": ""})

    @admin.display(description=_("block"))
    def what(self, block):
        title = block.title_local
        return format_html("{}{}", block.get_kind_display(), f" · {title}" if title else "")

    @admin.display(description=_("picture"))
    def thumbnail(self, block):
        return banner_thumbnail(block.picture) if block.picture_id else "–"

    @admin.display(description=_("pictures now"))
    def pictures_now(self, block):
        if not (block.picture_id or block.picture_tall_id):
            return "–"
        return format_html("{} {}", banner_thumbnail(block.picture), banner_thumbnail(block.picture_tall))

    @admin.display(description=_("dates"))
    def when(self, block):
        dates = [timezone.localtime(d).strftime("%Y-%m-%d %H:%M") if d else "" for d in _dates(block)]
        return " – ".join(dates) if any(dates) else _("always")

    @admin.display(description=_("status"))
    def state(self, block):
        now = timezone.now()
        if not block.is_active:
            return pill(_("hidden"))
        if block.is_shown_at(now):
            return pill(_("shown"), "ok")
        waiting = block.shown_from and block.shown_from > now
        return pill(_("waits for its date"), "warn") if waiting else pill(_("over"))

    def get_changeform_initial_data(self, request):
        last = HomeBlock.objects.order_by("-position").first()
        return {"position": (last.position if last else 0) + 1, **super().get_changeform_initial_data(request)}

    def save_model(self, request, block, form, change):
        if form.cleaned_data.get("drop_pictures"):
            block.picture = block.picture_tall = None
        for name, field in (("new_picture", "picture"), ("new_picture_tall", "picture_tall")):
            if form.cleaned_data.get(name):
                setattr(block, field, banners.uploaded(form.cleaned_data[name]))
                ring("catalog.tasks.draw_pictures")
        super().save_model(request, block, form, change)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        home_blocks.forget()

    @admin.action(description=_("Move up"), permissions=["change"])
    def move_up(self, request, queryset):
        home_blocks.move(queryset, -1)

    @admin.action(description=_("Move down"), permissions=["change"])
    def move_down(self, request, queryset):
        home_blocks.move(queryset, 1)

    @admin.action(description=_("Show"), permissions=["change"])
    def show_them(self, request, queryset):
        queryset.update(is_active=True)
        home_blocks.forget()

    @admin.action(description=_("Hide"), permissions=["change"])
    def hide_them(self, request, queryset):
        queryset.update(is_active=False)
        home_blocks.forget()

    def changelist_view(self, request, extra_context=None):
        preview = reverse("admin:catalog_homeblock_preview")
        return super().changelist_view(request, {"preview_url": preview, **(extra_context or {})})


def _dates(block):
    return block.shown_from, block.shown_until


def _moment(text):
    try:
        at = parse_datetime(text)
        at = timezone.make_aware(at) if at and timezone.is_naive(at) else at
        return at if at and 2000 < at.year < 2100 else timezone.now()
    except (ValueError, OverflowError):
        return timezone.now()
