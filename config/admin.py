from django.contrib.admin import AdminSite
from django.contrib.admin.forms import AdminAuthenticationForm
from django.utils.translation import gettext_lazy as _

from accounts.models import Shop
from config import navigation, today


class StaffSignInForm(AdminAuthenticationForm):
    """E-mail and password; the field says what it wants."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("E-mail")
        self.fields["username"].widget.input_type = "email"


class OpsSite(AdminSite):
    """The back office: Django's own admin, with navigation by job and a today page."""

    site_title = _("Back office")
    index_title = _("Today")
    index_template = "admin/today.html"
    login_form = StaffSignInForm
    empty_value_display = "—"

    def each_context(self, request):
        shop = Shop.current()
        return super().each_context(request) | {"site_header": shop.name_local, "ops_shop": shop}

    def get_app_list(self, request, app_label=None):
        app_list = super().get_app_list(request, app_label)
        return app_list if app_label else navigation.grouped(app_list)

    def index(self, request, extra_context=None):
        return super().index(request, {**today.page(request.user), **(extra_context or {})})
