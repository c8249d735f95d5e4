from django.db import models
from django.utils.translation import gettext_lazy as _


class Severity(models.TextChoices):
    """What a finding of the listing rules does: it blocks, it asks for proof, or it warns."""

    BLOCK = "block", _("blocks")
    PROOF = "proof", _("needs proof")
    WARN = "warn", _("warns")
