"""Second steps of signing in: the list that comes with the package names two columns in English only."""

from allauth.mfa.admin import AuthenticatorAdmin as PackageAdmin
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

admin.site.unregister(Authenticator)


@admin.register(Authenticator)
class AuthenticatorAdmin(PackageAdmin):
    list_display = ["user", "type", "added", "used"]
    fields = readonly_fields = list_display  # its secret is for nobody to read

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    @admin.display(description=_("added"), ordering="created_at")
    def added(self, authenticator):
        return authenticator.created_at

    @admin.display(description=_("last used"), ordering="last_used_at")
    def used(self, authenticator):
        return authenticator.last_used_at
