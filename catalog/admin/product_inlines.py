"""What belongs to a listing and is edited on its page: variants, free specification rows, pictures, the video."""

from django.conf import settings
from django.contrib import admin
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.scoped_admin import ScopedTabularInline
from catalog import variants
from catalog.admin.thumbnails import pill, thumbnail
from catalog.forms_back_office import SkuForm, SkuFormSet
from catalog.forms_video import ListingVideoForm
from catalog.models import ListingVideo, Picture, Sku, Specification
from catalog.specification_form import FreeRowForm


class SkuInline(ScopedTabularInline):
    model = Sku
    form = SkuForm
    formset = SkuFormSet
    fields = [
        "code",
        "option1",
        "option2",
        "option3",
        "price_fen",
        "reference_price_fen",
        "on_hand",
        "stock_reason",
        "weight_g",
        "is_active",
    ]
    can_delete = False
    show_change_link = True
    verbose_name_plural = _("variants (SKUs)")

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("stocks__warehouse")

    def get_readonly_fields(self, request, obj=None):
        readonly = [] if request.user.has_perm("catalog.price_sku") else ["price_fen", "reference_price_fen"]
        return [*readonly, *([] if request.user.has_perm("catalog.count_sku") else ["units"])]

    def get_fields(self, request, obj=None):
        may_count = request.user.has_perm("catalog.count_sku")
        if may_count:
            return self.fields
        return [{"on_hand": "units"}.get(name, name) for name in self.fields if name != "stock_reason"]

    def get_formset(self, request, obj=None, **kwargs):
        return super().get_formset(request, obj, **{"form": SkuForm.for_user(request.user), **kwargs})

    @admin.display(description=_("on hand"))
    def units(self, sku):
        return variants.on_hand_of(sku)


class SpecificationInline(ScopedTabularInline):
    """The rows that the category's template does not ask for; its own are fields of the form."""

    model = Specification
    form = FreeRowForm
    fields = ["name", "value", "position"]
    extra = 1
    verbose_name_plural = _("more specifications")
    taken = ()

    def get_queryset(self, request):
        return super().get_queryset(request).exclude(name__in=self.taken)

    def get_formset(self, request, obj=None, **kwargs):
        form = type("FreeRow", (FreeRowForm,), {"taken": frozenset(self.taken)})
        return super().get_formset(request, obj, **{"form": form, **kwargs})


class PictureInline(ScopedTabularInline):
    model = Picture
    fields = ["preview", "position", "alt", "alt_en", "state"]
    readonly_fields = ["preview", "state"]

    def has_add_permission(self, request, obj=None):
        return False  # pictures are added several at once by the field above

    @admin.display(description=_("picture"))
    def preview(self, picture):
        words = _("Move this picture: drag it, or press the arrow keys")
        handle = '<button type="button" class="ops-handle" aria-label="{0}" title="{0}" hidden>⠿</button> {1}'
        return format_html(handle, words, thumbnail(picture, 72))

    @admin.display(description=_("status"))
    def state(self, picture):
        tone = {Picture.Status.READY: "ok", Picture.Status.FAILED: "bad"}.get(picture.status, "warn")
        return format_html("{} {}", pill(picture.get_status_display(), tone), picture.last_error[:80])


class VideoInline(ScopedTabularInline):
    model = ListingVideo
    form = ListingVideoForm
    fields = ["file", "poster", "captions", "captions_en", "preview"]
    readonly_fields = ["preview"]
    max_num = 1
    extra = 1
    verbose_name_plural = _("video")

    @admin.display(description=_("preview"))
    def preview(self, video):
        if video.pk is None:
            return format_html(
                _("MP4 or WebM, at most {} MB and {} seconds."),
                settings.LISTING_VIDEO_MOST_BYTES // (1024 * 1024),
                settings.LISTING_VIDEO_MOST_SECONDS,
            )
        shown = '<video controls preload="none" width="240" src="{}" poster="{}"></video><br>{}'
        seconds = ngettext("%(n)d second", "%(n)d seconds", video.seconds) % {"n": video.seconds}
        return format_html(shown, video.file.url, video.poster.url if video.poster else "", seconds)
