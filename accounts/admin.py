from django import forms
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import BaseUserCreationForm
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts import admin_history, admin_sign_in  # noqa: F401 registered by being imported
from accounts.access_log import log_reading
from accounts.bell import ring
from accounts.masking import mask_email, mask_phone
from accounts.models import AccessLog, Delivery, Merchant, MerchantStaff, Shop, User
from accounts.roles import is_global
from accounts.scoped_admin import HIDDEN_FROM_MERCHANTS, ReadOnlyAdmin, RowScope, ScopedModelAdmin, ScopedTabularInline


@admin.register(Shop)
class ShopAdmin(ScopedModelAdmin):
    """One row: name, seal, colours, contact."""

    merchant_path = HIDDEN_FROM_MERCHANTS

    def has_add_permission(self, request):
        return super().has_add_permission(request) and not Shop.objects.exists()

    def has_delete_permission(self, request, obj=None):
        return False


class MerchantStaffInline(ScopedTabularInline):
    model = MerchantStaff
    extra = 1
    autocomplete_fields = ["user"]


@admin.register(Merchant)
class MerchantAdmin(ScopedModelAdmin):
    merchant_path = "self"
    list_display = ["name", "slug", "status", "self_operated", "licence_expires_on"]
    list_filter = ["status"]
    search_fields = ["name", "name_en", "slug", "company_name"]
    fieldsets = [
        (None, {"fields": ["name", "name_en", "slug", "status", "self_operated"]}),
        (_("Introduction"), {"fields": ["introduction", "introduction_en"]}),
        (_("Licence"), {"fields": ["company_name", "licence_number", "licence_expires_on"]}),
        (_("Where returns go"), {"fields": ["return_receiver", "return_phone", "return_address"]}),
    ]

    def get_readonly_fields(self, request, obj=None):
        if is_global(request.user):
            return []
        # What the shop has checked is the shop's to change.
        return [
            "name",
            "name_en",
            "slug",
            "status",
            "self_operated",
            "company_name",
            "licence_number",
            "licence_expires_on",
        ]

    def get_inlines(self, request, obj):
        return (
            [MerchantStaffInline]
            if is_global(request.user) and request.user.has_perm("accounts.change_merchantstaff")
            else []
        )

    def has_delete_permission(self, request, obj=None):
        return False  # listings and orders name it; it is suspended instead


class NewPersonForm(BaseUserCreationForm):
    class Meta:
        model = User
        fields = ["email"]
        field_classes = {}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["email"].required = True


class PersonForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ["display_name", "is_active", "is_staff", "groups"]


@admin.register(User)
class PersonAdmin(RowScope, UserAdmin):
    """Phone and e-mail are masked; reading them in clear is a button that asks why and is logged."""

    merchant_path = HIDDEN_FROM_MERCHANTS
    form = PersonForm
    add_form = NewPersonForm
    ordering = ["-date_joined"]
    list_display = ["name", "masked_email", "masked_phone", "is_staff", "is_active", "date_joined"]
    list_filter = ["is_staff", "is_active", "groups"]
    list_per_page = 50
    show_full_result_count = False
    search_fields = ["display_name", "=email"]
    search_help_text = _("Shown name, or the whole e-mail address or phone number")
    filter_horizontal = []
    readonly_fields = ["masked_email", "masked_phone", "date_joined", "last_login"]
    fieldsets = [
        (None, {"fields": ["display_name", "masked_email", "masked_phone", "date_joined", "last_login"]}),
        (_("Rights"), {"fields": ["is_active", "is_staff", "groups"]}),
    ]
    add_fieldsets = [(None, {"fields": ["email", "password1", "password2"]})]
    change_form_template = "admin/accounts/user/change_form.html"

    def get_search_results(self, request, queryset, term):
        found, distinct = super().get_search_results(request, queryset, term)
        digits = "".join(filter(str.isdigit, term))
        if len(digits) >= 11:
            found = found | queryset.filter(pk__in=User.objects.by_phone(term).values("pk"))
        return found, distinct

    @admin.display(description=_("name"), ordering="display_name")
    def name(self, person):
        return str(person)

    @admin.display(description=_("e-mail"))
    def masked_email(self, person):
        return mask_email(person.email)

    @admin.display(description=_("phone"))
    def masked_phone(self, person):
        return mask_phone(person.phone)

    # --- rights ----------------------------------------------------------------------------------------------------

    def has_change_permission(self, request, obj=None):
        # Only a superuser touches a superuser.
        above = obj is not None and obj.is_superuser and not request.user.is_superuser
        return not above and super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        return False  # orders name them; closing an account is a process of its own

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        if obj is not None and request.user.is_superuser:
            return [*fieldsets, (_("Above all roles"), {"fields": ["is_superuser"]})]
        return fieldsets

    def get_form(self, request, obj=None, change=False, **kwargs):
        if obj is not None and request.user.is_superuser:
            kwargs.setdefault("fields", [*PersonForm.Meta.fields, "is_superuser"])
        return super().get_form(request, obj, change=change, **kwargs)

    # --- reading in clear ------------------------------------------------------------------------------------------

    def get_urls(self):
        reveal = self.admin_site.admin_view(never_cache(require_POST(self.reveal_view)))
        return [path("<int:pk>/reading/", reveal, name="accounts_user_reading"), *super().get_urls()]

    def reveal_view(self, request, pk):
        if not self.has_view_permission(request):
            raise PermissionDenied
        person = self.get_object(request, str(pk))
        if person is None:
            raise Http404
        reason = request.POST.get("reason", "").strip()[:200]
        if reason:
            log_reading(request.user, subject=f"user:{person.pk}", fields=["email", "phone"], reason=reason)
        context = {
            **self.admin_site.each_context(request),
            "title": str(person),
            "opts": self.model._meta,
            "person": person if reason else None,
            "pk": pk,
        }
        return TemplateResponse(request, "admin/accounts/user/reading.html", context, status=200 if reason else 422)


@admin.register(Delivery)
class DeliveryAdmin(ReadOnlyAdmin):
    """Messages on their way; those given up can be sent again."""

    merchant_path = HIDDEN_FROM_MERCHANTS
    list_display = ["notification", "channel", "attempts", "done_at", "given_up_at", "last_error"]
    list_filter = ["channel", ("given_up_at", admin.EmptyFieldListFilter), ("done_at", admin.EmptyFieldListFilter)]
    list_select_related = ["notification"]
    list_per_page = 50
    show_full_result_count = False
    actions = ["send_again"]

    def has_retry_permission(self, request):
        return request.user.has_perm("accounts.change_delivery")

    @admin.action(description=_("Send again"), permissions=["retry"])
    def send_again(self, request, queryset):
        n = queryset.exclude(given_up_at=None).update(given_up_at=None, attempts=0, run_after=timezone.now())
        ring("accounts.tasks.send_messages")
        text = ngettext("%(n)d message will be sent again.", "%(n)d messages will be sent again.", n)
        self.message_user(request, text % {"n": n}, messages.SUCCESS)


@admin.register(AccessLog)
class AccessLogAdmin(ReadOnlyAdmin):
    merchant_path = HIDDEN_FROM_MERCHANTS
    list_display = ["at", "reader", "subject", "fields_read", "reason"]
    list_filter = ["at"]
    list_select_related = ["reader"]
    list_per_page = 50
    show_full_result_count = False
    search_fields = ["=subject"]
    search_help_text = _("Such as order:ZG… or user:12")

    @admin.display(description=_("what"))
    def fields_read(self, entry):
        return entry.fields
