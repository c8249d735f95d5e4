from django.contrib.admin import AdminSite
from django.utils.translation import gettext_lazy as _


class OpsSite(AdminSite):
    """The back office: Django's own admin, with navigation by role and a today page."""

    site_title = _("Back office")
    site_header = _("Back office")
    index_title = _("Today")
