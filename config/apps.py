from django.apps import AppConfig


class WiringConfig(AppConfig):
    """The wiring: it has commands and tasks, and no models."""

    name = "config"
