from django.contrib import admin
from django.db.models import Count
from django.forms.widgets import Script
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.bell import ring
from accounts.models import Merchant
from accounts.roles import is_global
from accounts.scoped_admin import ScopedModelAdmin
from catalog import attributes, listings, specification_form
from catalog.admin.changes import ChangesPage
from catalog.admin.grid import GridPages
from catalog.admin.preview import PreviewPage
from catalog.admin.product_actions import ListingActions
from catalog.admin.product_inlines import PictureInline, SkuInline, SpecificationInline, VideoInline
from catalog.admin.product_list import ListColumns
from catalog.admin.rule_findings import FindingsFilter, RulesMixin
from catalog.admin.stock_filter import StockFilter
from catalog.admin.thumbnails import pill
from catalog.admin.timetable import PlanningPages
from catalog.forms_back_office import ProductForm
from catalog.models import Picture, Product, Sku

MOST_INLINE_SKUS = 30


@admin.register(Product)
class ProductAdmin(
    ListColumns, ListingActions, ChangesPage, PreviewPage, GridPages, PlanningPages, RulesMixin, ScopedModelAdmin
):
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
        seen = product.published_at and product.status != Product.Status.DRAFT
        return product.get_absolute_url() if seen else None

    def has_delete_permission(self, request, obj=None):
        return False  # orders and ledgers name it; it is taken off sale instead

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
