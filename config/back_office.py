from django.contrib.admin.apps import AdminConfig


class BackOfficeConfig(AdminConfig):
    """Django's admin with our site: navigation by role, a today page, the shop's colours."""

    default_site = "config.admin.OpsSite"
