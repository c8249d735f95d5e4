from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate

from accounts import roles


class WiringConfig(AppConfig):
    """The wiring: it has commands and tasks, and no models."""

    name = "config"

    def ready(self):
        # The last app with models: by then every permission of every app exists.
        post_migrate.connect(keep_roles_in_step, sender=apps.get_app_config("aftersales"), dispatch_uid="roles")


def keep_roles_in_step(using, **kwargs):
    roles.keep_in_step(using)
