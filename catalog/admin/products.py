from django.conf import settings
from django.contrib import admin, messages
from django.db import transaction
from django.db.models import Count, F, OuterRef, Subquery, Sum
from django.forms.widgets import Script
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.bell import ring
from accounts.history import TransitionNotAllowed
from accounts.models import Merchant
from accounts.reasoned_action import reasoned
from accounts.roles import is_global
from accounts.scoped_admin import ScopedModelAdmin, ScopedTabularInline
from catalog import attributes, listings, specification_form, variants
from catalog.admin import exports
from catalog.admin.changes import ChangesPage
from catalog.admin.grid import GridPages
from catalog.admin.preview import PreviewPage
from catalog.admin.rule_findings import FindingsFilter, RulesMixin
from catalog.admin.thumbnails import pill, thumbnail
from catalog.admin.timetable import PlanningPages
from catalog.forms_back_office import ProductForm, SkuForm, SkuFormSet
from catalog.forms_video import ListingVideoForm
from catalog.models import ExportRun, ListingVideo, Picture, Product, Sku, Specification, Stock
from catalog.money import yuan
from catalog.specification_form import FreeRowForm

MOST_INLINE_SKUS = 30
TONES = {Product.Status.PUBLISHED: "ok", Product.Status.IN_REVIEW: "warn", Product.Status.TAKEN_DOWN: "bad"}


class StockFilter(admin.SimpleListFilter):
    title = _("stock")
    parameter_name = "stock"

    def lookups(self, request, model_admin):
        return [("out", _("sold out")), ("low", _("fewer than 10"))]

    def queryset(self, request, queryset):
        if self.value() == "out":
            return queryset.filter(in_stock=False)
        if self.value() == "low":
            return queryset.filter(left__lt=10)
        return queryset


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


@admin.register(Product)
class ProductAdmin(ChangesPage, PreviewPage, GridPages, PlanningPages, RulesMixin, ScopedModelAdmin):
    merchant_path = "merchant"
    form = ProductForm
    list_display = ["picture", "title_and_handle", "price", "stock", "state", "merchant", "category", "sold_count"]
    list_display_links = ["title_and_handle"]
    list_filter = [
        "status",
        FindingsFilter,
        StockFilter,
        ("category", admin.RelatedOnlyFieldListFilter),
        "merchant",
        "brand",
    ]
    list_select_related = ["merchant", "category__parent", "cover"]
    list_per_page = 50
    show_facets = admin.ShowFacets.NEVER
    search_fields = ["title", "title_en", "handle", "skus__code"]
    search_help_text = _("Title, handle or SKU code")
    autocomplete_fields = ["category", "brand"]
    actions = ["put_on_sale", "take_off_sale", "duplicate", "export_workbook", "export_shopify"]
    readonly_fields = [
        "state_and_reasons",
        "rule_findings",
        "no_template",
        "variants_elsewhere",
        "sold_count",
        "published_at",
        "created_at",
        "updated_at",
    ]
    fieldsets = [
        (
            _("Basics"),
            {
                "fields": [
                    "state_and_reasons",
                    "merchant",
                    "handle",
                    "title",
                    "title_en",
                    "subtitle",
                    "subtitle_en",
                    "category",
                    "brand",
                    "tags",
                ]
            },
        ),
        (_("Description"), {"fields": ["description", "description_en"]}),
        (_("Pictures"), {"fields": ["new_pictures"]}),
        (_("Variants"), {"fields": ["axes", "size_guide", "variants_elsewhere"]}),
        (
            _("Delivery, returns and limits"),
            {
                "fields": [
                    "ships_within_hours",
                    "presale_on",
                    "return_policy",
                    "return_policy_reason",
                    "warranty_months",
                    "max_per_order",
                ],
                "classes": ["collapse"],
            },
        ),
        (_("Figures"), {"fields": ["sold_count", "published_at", "created_at", "updated_at"], "classes": ["collapse"]}),
    ]

    class Media:
        js = [Script("js/ops-pictures.js", type="module")]

    def view_on_site(self, product):
        return product.get_absolute_url()

    def has_delete_permission(self, request, obj=None):
        return False  # orders and ledgers name it; it is taken off sale instead

    # --- the list --------------------------------------------------------------------------------------------------

    def get_queryset(self, request):
        left = (
            Stock.objects.filter(sku__product=OuterRef("pk"), sku__is_active=True)
            .order_by()
            .values("sku__product")
            .annotate(units=Sum(F("on_hand") - F("reserved") + F("presale")))
        )
        return super().get_queryset(request).annotate(left=Subquery(left.values("units")))

    def get_list_filter(self, request):
        return [f for f in self.list_filter if f != "merchant" or is_global(request.user)]

    @admin.display(description=_("picture"))
    def picture(self, product):
        return thumbnail(product.cover)

    @admin.display(description=_("listing"), ordering="title")
    def title_and_handle(self, product):
        return format_html('{}<br><small class="quiet">{}</small>', product.title_local, product.handle)

    @admin.display(description=_("price"), ordering="price_min_fen")
    def price(self, product):
        if product.price_min_fen == product.price_max_fen:
            return f"¥{yuan(product.price_min_fen)}"
        return f"¥{yuan(product.price_min_fen)}–{yuan(product.price_max_fen)}"

    @admin.display(description=_("stock"), ordering="left")
    def stock(self, product):
        units = product.left or 0
        return units if units >= 10 else pill(units, "bad" if units <= 0 else "warn")

    @admin.display(description=_("status"), ordering="status")
    def state(self, product):
        return pill(product.get_status_display(), TONES.get(product.status, ""))

    # --- the editor ------------------------------------------------------------------------------------------------

    def get_readonly_fields(self, request, obj=None):
        readonly = list(self.readonly_fields)
        if obj is not None or self.only_merchant(request):
            readonly.append("merchant")
        return readonly

    def get_form(self, request, obj=None, change=False, **kwargs):
        kwargs.setdefault("form", specification_form.form_for(self.form, self.template(request, obj), obj))
        form = super().get_form(request, obj, change=change, **kwargs)
        form.merchant = obj.merchant_id if obj else self.only_merchant(request)
        return form

    def template(self, request, obj):
        """The attributes that the form asks for: of the listing's category, of a new one's as far as the address says it."""
        if obj is not None and not self.has_change_permission(request, obj):
            return []
        asked = request.GET.get("category", "")
        category_id = obj.category_id if obj else int(asked) if asked.isascii() and asked.isdigit() else None
        return attributes.read().of(category_id)

    def get_fieldsets(self, request, obj=None):
        sections = list(super().get_fieldsets(request, obj))
        names = [specification_form.name_of(each) for each in self.template(request, obj)]
        asked = {"fields": [*names] or ["no_template"]}
        return [*sections[:4], (_("Specifications"), asked), *sections[4:]]

    def get_inline_instances(self, request, obj=None):
        inlines = super().get_inline_instances(request, obj)
        for inline in inlines:
            if isinstance(inline, SpecificationInline):
                inline.taken = [each.name for each in self.template(request, obj)]
        return inlines

    @admin.display(description=_("specifications"))
    def no_template(self, product):
        if product.category_id is None:
            return _("Choose a category and save: then its specifications are asked for here.")
        return _("The category asks for none; write your own below.")

    def only_merchant(self, request):
        """The one merchant whose staff the user is; None for staff of several and of the shop itself."""
        if is_global(request.user):
            return None
        merchants = Merchant.objects.staffed_by(request.user)[:2]
        return merchants[0] if len(merchants) == 1 else None

    def get_inlines(self, request, obj):
        few = obj is None or obj.skus.count() <= MOST_INLINE_SKUS
        return [*([SkuInline] if few else []), SpecificationInline, PictureInline, VideoInline]

    @admin.display(description=_("status"))
    def state_and_reasons(self, product):
        if product.pk is None:
            return pill(Product.Status.DRAFT.label)
        reasons = [] if product.is_published else listings.reasons_against(product)
        return format_html("{} {}", self.state(product), " ".join(str(each) for each in reasons))

    @admin.display(description=_("variants"))
    def variants_elsewhere(self, product):
        if product.pk is None:
            return _("Below; more once it is saved.")
        count = product.skus.count()
        address = reverse("admin:catalog_product_skus", args=[product.pk])
        text = ngettext("%(n)d variant: prices and stock", "%(n)d variants: prices and stock", count) % {"n": count}
        plan = reverse("admin:catalog_product_timers", args=[product.pk])
        return format_html('<a href="{}">{}</a> · <a href="{}">{}</a>', address, text, plan, _("Plan the sale"))

    def save_model(self, request, product, form, change):
        if not change and product.merchant_id is None:
            product.merchant = self.only_merchant(request)
        super().save_model(request, product, form, change)
        files = form.cleaned_data.get("new_pictures") or []
        after = product.pictures.aggregate(n=Count("pk"))["n"]
        for number, file in enumerate(files):
            Picture.objects.create(
                product=product, file=file, position=after + number, status=Picture.Status.PROCESSING
            )
        if files:
            ring("catalog.tasks.draw_pictures")

    def save_formset(self, request, form, formset, change):
        if formset.model is not Sku:
            super().save_formset(request, form, formset, change)
            return
        formset.new_objects, formset.changed_objects, formset.deleted_objects = [], [], []
        for each in formset.forms:
            if not each.has_changed():
                continue
            new = each.instance.pk is None
            each.instance.product = form.instance
            each.keep(request.user)
            (
                formset.new_objects.append(each.instance)
                if new
                else formset.changed_objects.append((each.instance, each.changed_data))
            )

    def save_related(self, request, form, formsets, change):
        form.keep_specifications()
        super().save_related(request, form, formsets, change)
        listings.refresh([form.instance.pk])

    # --- on sale and off -------------------------------------------------------------------------------------------

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

    # --- as files --------------------------------------------------------------------------------------------------

    @admin.action(description=_("Export as a workbook (.xlsx)"), permissions=["export"])
    def export_workbook(self, request, queryset):
        return exports.export(self, request, queryset, ExportRun.Kind.XLSX)

    @admin.action(description=_("Export as Shopify CSV"), permissions=["export"])
    def export_shopify(self, request, queryset):
        return exports.export(self, request, queryset, ExportRun.Kind.SHOPIFY)

    def has_export_permission(self, request):
        return request.user.has_perm("catalog.add_exportrun")
