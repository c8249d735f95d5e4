"""Who changed what: on the page of each listing with its changes of state, and over all listings."""

from urllib.parse import quote

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import CharField, F, Q, Value
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import StateLog, User
from accounts.scoped_admin import ReadOnlyAdmin
from catalog import listing_changes
from catalog.models import ListingChange, ListingTimer, PriceChange, Product, Sku, StockMovement

ROWS_A_PAGE = 50
STATUS = "status"
WORDS = {
    "variant": gettext_lazy("variant"),
    "copy": gettext_lazy("copy"),
    "video": gettext_lazy("video"),
    "pictures": gettext_lazy("order of pictures"),
    "picture": gettext_lazy("picture"),
    "specification": gettext_lazy("specification"),
    "plan": gettext_lazy("plan"),
    STATUS: gettext_lazy("status"),
}
SOURCES = {
    "editor": gettext_lazy("editor"),
    "table": gettext_lazy("table of variants"),
    "combinations": gettext_lazy("combinations"),
    "timer": gettext_lazy("plan"),
    "import": gettext_lazy("import"),
    "copy": gettext_lazy("copy"),
    "listing-review": gettext_lazy("review"),
}
# What the filter offers: title → (a field, or the beginning of several).
FIELDS = ("title", "subtitle", "description", "category", "brand", "tags", "specification", "picture", "video")
FIELDS += ("variant", "option", "is_active", "code", "reference_price_fen", "plan", STATUS)


def name_of(field, model=Product):
    """A field in words: "title", "specification 主材质", "picture 12"."""
    if field in WORDS:
        return str(WORDS[field])
    kind, _colon, which = field.partition(":")
    if kind == "plan":
        return f"{WORDS[kind]}: {ListingTimer.Action(which).label}"
    if which:
        return f"{WORDS.get(kind, kind)} {which}"
    found = next((m._meta.get_field(field) for m in (model, Product, Sku) if _has(m, field)), None)
    return str(found.verbose_name) if found else field


def _has(model, name):
    return any(field.attname == name or field.name == name for field in model._meta.concrete_fields)


def source_of(source):
    """By what way, in words; an import with its number."""
    kind, colon, which = source.partition(":")
    return f"{SOURCES.get(kind, kind)}{' ' + which if colon and kind == 'import' else ''}"


def value_of(field, text):
    labels = {"return_policy": Product.ReturnPolicy, STATUS: Product.Status}.get(field)
    return str(dict(labels.choices).get(text, text)) if labels else text


class ChangesPage:
    """Mixed into the admin of listings: its history is that of every field."""

    def history_view(self, request, object_id, extra_context=None):
        product = self.get_object(request, object_id)
        if product is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_view_or_change_permission(request, product):
            raise PermissionDenied
        asked = request.GET.get("field", "")
        page = Paginator(story_of(product, asked), ROWS_A_PAGE).get_page(request.GET.get("page"))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Changes: %(title)s") % {"title": product.title_local},
            "product": product,
            "opts": self.opts,
            "page": page,
            "rows": _rows(page),
            "asked": asked,
            "fields": [(name, name_of("option1" if name == "option" else name)) for name in FIELDS],
            "ledgers": _ledgers(request, product),
        }
        return TemplateResponse(request, "admin/catalog/product/changes.html", context)

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        if request.method != "POST" or not str(object_id or "").isdecimal():
            return super().changeform_view(request, object_id, form_url, extra_context)
        with listing_changes.noting([int(object_id)], by=request.user, source="editor"):
            return super().changeform_view(request, object_id, form_url, extra_context)


def story_of(product, field=""):
    """Changes of fields and of state as dictionaries, newest first; ``field`` as the filter says it, or all."""
    columns = {"when": F("at"), "what": F("field"), "was": F("before"), "now": F("after")}
    who = {"who": F("by"), "code": F("sku__code"), "way": F("source")}
    changes = ListingChange.objects.filter(product=product).order_by()
    if field and field != STATUS:
        begins = Q(field=field) | Q(field__startswith=f"{field}_") | Q(field__startswith=f"{field}:")
        changes = changes.filter(begins | Q(field__regex=rf"^{field}s?[0-9]?$"))
    fields = changes.values(**columns, **who)
    states = StateLog.objects.filter(about=f"listing:{product.pk}").order_by()
    states = states.values(
        when=F("at"),
        what=Value(STATUS, CharField()),
        was=F("from_state"),
        now=F("to_state"),
        who=F("user"),
        code=Value("", CharField()),
        way=F("reason"),
    )
    if field == STATUS:
        return states.order_by("-when")
    return fields.order_by("-when") if field else fields.union(states, all=True).order_by("-when")


def _rows(page):
    page = list(page)
    people = User.objects.in_bulk({row["who"] for row in page if row["who"]})
    return [_row(row, people.get(row["who"])) for row in page]


def _row(row, person):
    states = row["what"] == STATUS
    return {
        "at": row["when"],
        "who": person or "—",
        "code": row["code"] or "",
        "field": name_of(row["what"], Sku if row["code"] else Product),
        "before": value_of(row["what"], row["was"]),
        "after": value_of(row["what"], row["now"]),
        "source": row["way"] if states else source_of(row["way"]),
    }


def _ledgers(request, product):
    """(label, address, how many) of the books that prices, stock and pictures have of their own."""
    counts = [
        ("pricechange", _("Changes of price"), PriceChange.objects.filter(sku__product=product)),
        ("stockmovement", _("Stock movements"), StockMovement.objects.filter(stock__sku__product=product)),
    ]
    return [
        (label, f"{reverse(f'admin:catalog_{name}_changelist')}?q={quote(product.handle)}", rows.count())
        for name, label, rows in counts
        if request.user.has_perm(f"catalog.view_{name}")
    ]


@admin.register(ListingChange)
class ListingChangeAdmin(ReadOnlyAdmin):
    """Every change of a field of every listing, newest first."""

    merchant_path = "product__merchant"
    list_display = ["at", "listing", "sku", "what", "before", "after", "way", "by"]
    list_display_links = ["at"]
    list_filter = ["at", ("by", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["product", "sku", "by"]
    list_per_page = 50
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    search_fields = ["=field", "product__title", "product__handle", "sku__code"]
    search_help_text = gettext_lazy("Title, handle, SKU code or the name of a field")
    fields = ["at", "listing", "sku", "what", "before", "after", "way", "by"]

    @admin.display(description=gettext_lazy("listing"))
    def listing(self, change):
        return change.product.title_local

    @admin.display(description=gettext_lazy("field"), ordering="field")
    def what(self, change):
        return name_of(change.field, Sku if change.sku_id else Product)

    @admin.display(description=gettext_lazy("by way of"), ordering="source")
    def way(self, change):
        return source_of(change.source)
