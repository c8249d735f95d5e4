"""The variants of one listing on pages of their own: a table to edit, bulk changes, the generator of combinations."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import F, Prefetch, Q
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from catalog import matrix, sku_grid
from catalog.admin.grid_forms import BulkForm, MatrixForm
from catalog.models import Stock
from catalog.money import parse_yuan, yuan

ROWS_A_PAGE = 100
DEFAULT_PLACES = Prefetch("stocks", Stock.objects.filter(warehouse__is_default=True), to_attr="places")


class GridPages:
    """Mixed into the admin of listings."""

    def get_urls(self):
        guard = self.admin_site.admin_view
        return [
            path("<int:pk>/skus/", guard(self.grid_view), name="catalog_product_skus"),
            path("<int:pk>/matrix/", guard(self.matrix_view), name="catalog_product_matrix"),
            *super().get_urls(),
        ]

    def listing_or_404(self, request, pk):
        product = self.get_object(request, str(pk))
        if product is None:
            raise Http404
        if not self.has_change_permission(request, product):
            raise PermissionDenied
        return product

    def grid_page(self, request, title, product, **context):
        common = {"title": title, "product": product, "opts": self.model._meta}
        return {**self.admin_site.each_context(request), **common, **context}

    # --- the table -------------------------------------------------------------------------------------------------

    def grid_view(self, request, pk):
        product = self.listing_or_404(request, pk)
        skus, asked = _chosen(product, request.GET)
        page = Paginator(skus.prefetch_related(DEFAULT_PLACES), ROWS_A_PAGE).get_page(request.GET.get("page"))
        bulk, wrong = BulkForm(auto_id="bulk_%s"), []
        if request.method == "POST" and "bulk" in request.POST:
            bulk = BulkForm(request.POST, auto_id="bulk_%s")
            wrong = self._bulk(request, product, skus, bulk) if bulk.is_valid() else []
        elif request.method == "POST":
            wrong = self._rows(request, product, page.object_list)
        if request.method == "POST" and wrong is None:
            return redirect(request.get_full_path())
        rows = [_row(sku, request.POST if wrong else {}) for sku in page.object_list]
        context = self.grid_page(
            request,
            _("Variants: %(title)s") % {"title": product.title_local},
            product,
            rows=rows,
            page=page,
            asked=asked,
            axes=_values(product),
            bulk=bulk,
            wrong=wrong,
            may_price=request.user.has_perm("catalog.price_sku"),
            may_count=request.user.has_perm("catalog.count_sku"),
        )
        status = 422 if request.method == "POST" else 200
        return TemplateResponse(request, "admin/catalog/product/skus.html", context, status=status)

    def _rows(self, request, product, skus):
        """Write what differs in the rows of one page; the errors, or None when it is written."""
        fen, units, seen, active, wrong = {}, {}, {}, {}, []
        for sku in skus:
            if f"shown-{sku.pk}" not in request.POST:
                continue
            row = _row(sku, request.POST)
            try:
                if request.user.has_perm("catalog.price_sku") and row["price"] != yuan(sku.price_fen):
                    fen[sku.pk] = parse_yuan(row["price"])
                if request.user.has_perm("catalog.count_sku") and row["stock"] != row["seen"]:
                    units[sku.pk], seen[sku.pk] = _number(row["stock"]), _number(row["seen"])
            except ValidationError as error:
                wrong += [f"{sku.code}: {' '.join(error.messages)}"]
            if row["active"] is not sku.is_active:
                active[sku.pk] = row["active"]
        reason = request.POST.get("reason", "").strip()[:200]
        return wrong or self._save(request, product, fen=fen, units=units, seen=seen, active=active, reason=reason)

    def _bulk(self, request, product, skus, form):
        said = form.cleaned_data
        if (said["price_how"] and not request.user.has_perm("catalog.price_sku")) or (
            said["stock_how"] and not request.user.has_perm("catalog.count_sku")
        ):
            raise PermissionDenied
        if "everything" not in request.POST:
            picked = [int(pk) for pk in request.POST.getlist("sku") if pk.isdecimal() and len(pk) < 18]
            skus = skus.filter(pk__in=picked)
        chosen = list(skus.prefetch_related(DEFAULT_PLACES))
        if not chosen:
            return [_("Choose at least one variant.")]
        fen = {
            s.pk: sku_grid.priced(s.price_fen, said["price_how"], said["price"]) for s in chosen if said["price_how"]
        }
        seen = {sku.pk: _on_hand(sku) for sku in chosen if said["stock_how"]}
        more = said["stock_how"] == sku_grid.ADD
        units = {pk: said["stock"] + (has if more else 0) for pk, has in seen.items()}
        active = {sku.pk: said["sale"] == "on" for sku in chosen if said["sale"]}
        return self._save(request, product, fen=fen, units=units, seen=seen, active=active, reason=said["reason"])

    def _save(self, request, product, **changes):
        try:
            dearer, counted, moved = sku_grid.save(product, by=request.user, **changes)
        except ValidationError as error:
            return error.messages
        said = _("Prices changed: %(prices)d, stocks: %(stocks)d, on or off sale: %(moved)d.")
        said = said % {"prices": dearer, "stocks": counted, "moved": moved}
        if dearer or counted or moved:
            self.log_change(request, product, said)
        self.message_user(request, said, messages.SUCCESS)
        return None

    # --- the generator ---------------------------------------------------------------------------------------------

    def matrix_view(self, request, pk):
        product = self.listing_or_404(request, pk)
        if not request.user.has_perm("catalog.price_sku"):
            raise PermissionDenied
        form, plan = MatrixForm(request.POST or None, product=product), None
        if form.is_valid():
            try:
                plan = matrix.plan(product, form.axes)
                if "confirm" in request.POST:
                    done = matrix.generate(
                        product, form.axes, price_fen=form.cleaned_data["price_fen"], by=request.user
                    )
                    return self._made(request, product, done)
            except ValidationError as error:
                form.add_error(None, error)
        context = self.grid_page(
            request, _("Combinations: %(title)s") % {"title": product.title_local}, product, form=form, plan=plan
        )
        status = 422 if form.errors else 200
        return TemplateResponse(request, "admin/catalog/product/matrix.html", context, status=status)

    def _made(self, request, product, plan):
        made = ngettext("%(n)d variant was made.", "%(n)d variants were made.", len(plan.missing)) % {
            "n": len(plan.missing)
        }
        gone = _("Off sale: %(off)d, on sale again: %(on)d.") % {"off": len(plan.retired), "on": len(plan.revived)}
        self.log_change(request, product, f"{made} {gone}")
        self.message_user(request, f"{made} {gone}", messages.SUCCESS)
        return redirect("admin:catalog_product_skus", product.pk)


def _chosen(product, asked):
    """The variants that the address narrows down, and what it says: options, words, only those on sale or sold out."""
    skus = product.skus.order_by("position", "pk")
    said = {name: asked.get(name, "") for name in ("o1", "o2", "o3", "q", "only") if asked.get(name)}
    for n in (1, 2, 3):
        if value := said.get(f"o{n}", "").replace("\0", ""):
            skus = skus.filter(**{f"option{n}": value})
    if words := said.get("q", "").replace("\0", ""):
        skus = skus.filter(Q(code__icontains=words) | Q(barcode__icontains=words))
    if said.get("only") == "on":
        skus = skus.filter(is_active=True)
    if said.get("only") == "out":
        skus = skus.exclude(stocks__on_hand__gt=F("stocks__reserved"))
    return skus, said


def _values(product):
    """(field, name, values) of each axis, for the filters."""
    rows = list(product.skus.values_list("option1", "option2", "option3"))
    return [
        (f"o{n}", name, list(dict.fromkeys(row[n - 1] for row in rows if row[n - 1])))
        for n, name in enumerate(product.axes, 1)
    ]


def _on_hand(sku):
    return sku.places[0].on_hand if sku.places else 0


def _row(sku, typed):
    """One row as texts: as it is or, after an error, as it was typed."""
    on_hand = str(_on_hand(sku))
    again = f"shown-{sku.pk}" in typed
    return {
        "sku": sku,
        "reserved": sku.places[0].reserved if sku.places else 0,
        "price": typed.get(f"price-{sku.pk}", yuan(sku.price_fen)).strip(),
        "stock": typed.get(f"stock-{sku.pk}", on_hand).strip(),
        "seen": typed.get(f"seen-{sku.pk}", on_hand).strip(),
        "active": f"active-{sku.pk}" in typed if again else sku.is_active,
    }


def _number(text):
    if not (text.isascii() and text.isdigit() and len(text) < 12):
        raise ValidationError(gettext_lazy("Write a whole number, 0 or more."))
    return int(text)
