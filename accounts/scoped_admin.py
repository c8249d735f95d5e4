"""The base of every model admin: a merchant's staff see only their own merchant's rows."""

from django.contrib import admin
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.forms import BaseInlineFormSet

from accounts.models import Merchant
from accounts.roles import is_global

HIDDEN_FROM_MERCHANTS = None


class RowScope:
    """Narrows querysets and choices by ``merchant_path``, the lookup that leads to the merchant.

    ``merchant_path = "product__merchant"`` scopes; ``merchant_path = HIDDEN_FROM_MERCHANTS`` gives merchants nothing;
    ``shared_with_merchants = True`` says that the rows belong to nobody (categories, brands). Forgetting to say is an error.
    """

    merchant_path = ""
    shared_with_merchants = False

    def get_queryset(self, request):
        return self.narrow(super().get_queryset(request), request)

    def narrow(self, rows, request):
        if self.shared_with_merchants or is_global(request.user):
            return rows
        if self.merchant_path is HIDDEN_FROM_MERCHANTS:
            return rows.none()
        if not self.merchant_path:
            raise ImproperlyConfigured(f"{type(self).__name__} does not say whose rows it shows.")
        lookup = "pk__in" if self.merchant_path == "self" else f"{self.merchant_path}__in"
        mine = self.model._default_manager.filter(**{lookup: Merchant.objects.staffed_by(request.user).values("pk")})
        # A subquery and no distinct(): a path may run over many rows, and a queryset with distinct() cannot be deleted.
        return rows.filter(pk__in=mine.values("pk"))

    def formfield_for_foreignkey(self, field, request, **kwargs):
        """Choices of a foreign key come from the related model's own admin, and so with its scope."""
        related = self.admin_site._registry.get(field.remote_field.model)
        if "queryset" not in kwargs and isinstance(related, RowScope):
            kwargs["queryset"] = related.get_queryset(request)
        return super().formfield_for_foreignkey(field, request, **kwargs)


class ScopedModelAdmin(RowScope, admin.ModelAdmin):
    """Every registered model admin derives from this (a test walks them all)."""


class LabelledFormSet(BaseInlineFormSet):
    """Rows of a table whose controls say their column: a header cell is no label to a screen reader."""

    def add_fields(self, form, index):
        super().add_fields(form, index)
        for field in form.fields.values():
            field.widget.attrs.setdefault("aria-label", field.label)


class OwnMerchantAdmin(ScopedModelAdmin):
    """For what a merchant may keep besides the house: staff of a merchant always make theirs, never the house's."""

    merchant_path = "merchant"

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        if not is_global(request.user) and "merchant" in form.base_fields:
            mine = Merchant.objects.staffed_by(request.user)
            field = form.base_fields["merchant"]
            field.queryset, field.required, field.empty_label, field.initial = mine, True, None, mine.first()
        return form

    def save_model(self, request, obj, form, change):
        if (
            not is_global(request.user)
            and not Merchant.objects.staffed_by(request.user).filter(pk=obj.merchant_id).exists()
        ):
            raise PermissionDenied
        super().save_model(request, obj, form, change)


class ScopedTabularInline(RowScope, admin.TabularInline):
    """Rows of a scoped parent: the parent's scope is theirs."""

    formset = LabelledFormSet
    shared_with_merchants = True
    extra = 0


class ReadOnlyAdmin(ScopedModelAdmin):
    """For ledgers, logs and everything that only rule modules write."""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
