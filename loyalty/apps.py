from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class LoyaltyConfig(AppConfig):
    name = "loyalty"
    verbose_name = _("Members")

    def ready(self):
        from loyalty import messages, standard_tiers  # noqa: F401  (messages registers its kinds)

        post_migrate.connect(standard_tiers.ensure, sender=self)
