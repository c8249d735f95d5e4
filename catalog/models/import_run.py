from django.conf import settings
from django.core.files.storage import storages
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Merchant
from accounts.work import WorkRow
from catalog.models.category import Category


def private():
    return storages["private"]


class ImportRun(WorkRow):
    """One uploaded catalogue file: first previewed, then, when confirmed, exactly that preview is applied."""

    class Status(models.TextChoices):
        PREVIEWING = "previewing", _("being checked")
        PREVIEWED = "previewed", _("ready to confirm")
        APPLYING = "applying", _("being imported")
        DONE = "done", _("imported")
        REFUSED = "refused", _("cannot be read")
        CANCELLED = "cancelled", _("cancelled")

    class StockChoice(models.TextChoices):
        LEAVE = "leave", _("leave it as it is")
        SET = "set", _("set it to the quantity in the file")

    merchant = models.ForeignKey(Merchant, models.PROTECT, related_name="imports", verbose_name=_("merchant"))
    file = models.FileField(_("file"), upload_to="imports/", storage=private)
    file_name = models.CharField(_("file name"), max_length=200, blank=True)
    status = models.CharField(_("status"), max_length=12, choices=Status, default=Status.PREVIEWING)
    stock = models.CharField(
        _("stock of existing variants"), max_length=5, choices=StockChoice, default=StockChoice.LEAVE
    )
    category = models.ForeignKey(
        Category,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("category for products without one"),
    )
    problem = models.JSONField(
        _("problem"), default=dict, blank=True, help_text=_("why the file as a whole cannot be read: code, facts")
    )
    lines = models.PositiveIntegerField(_("lines"), default=0)
    products = models.PositiveIntegerField(_("products"), default=0)
    checked = models.PositiveIntegerField(_("checked so far"), default=0)
    created = models.PositiveIntegerField(_("created"), default=0)
    updated = models.PositiveIntegerField(_("updated"), default=0)
    unchanged = models.PositiveIntegerField(_("unchanged"), default=0)
    refused = models.PositiveIntegerField(_("refused"), default=0)
    applied = models.PositiveIntegerField(_("applied so far"), default=0)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("by")
    )
    created_at = models.DateTimeField(_("uploaded at"), auto_now_add=True)
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-pk"]

    def __str__(self):
        return f"{self.file_name} ({self.get_status_display()})"

    @property
    def about(self):
        """The key of this import's story in the history."""
        return f"import:{self.pk}"

    @property
    def is_working(self):
        return self.status in {self.Status.PREVIEWING, self.Status.APPLYING}

    def perform(self):
        from catalog.importing.runs import work_on

        work_on(self)

    def work_given_up(self):
        from catalog.importing.runs import give_up

        give_up(self)


class ImportRow(models.Model):
    """One product of an import: its lines in the file, what will happen, and why not if it is refused."""

    class Action(models.TextChoices):
        CREATE = "create", _("create")
        UPDATE = "update", _("update")
        UNCHANGED = "unchanged", _("no change")
        REFUSE = "refuse", _("refused")

    class Outcome(models.TextChoices):
        WAITING = "", _("not imported yet")
        DONE = "done", _("imported")
        SAME = "same", _("was the same already")
        CHANGED = "changed", _("not imported: changed after the preview")
        FAILED = "failed", _("not imported: refused")

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="rows", verbose_name=_("import"))
    first_line = models.PositiveIntegerField(_("first line"))
    last_line = models.PositiveIntegerField(_("last line"))
    handle = models.CharField(_("handle"), max_length=255)
    title = models.CharField(_("title"), max_length=255, blank=True)
    action = models.CharField(_("action"), max_length=10, choices=Action)
    payload = models.JSONField(_("content"), default=dict)
    changes = models.JSONField(_("changes"), default=list, help_text=_("what, before, after"))
    errors = models.JSONField(_("errors"), default=list, help_text=_("line, column, value, reason"))
    notes = models.JSONField(_("notes"), default=list, help_text=_("accepted, but worth a look"))
    outcome = models.CharField(_("outcome"), max_length=8, choices=Outcome, default=Outcome.WAITING, blank=True)
    applied_at = models.DateTimeField(_("applied at"), null=True, blank=True)

    class Meta:
        verbose_name = _("row of an import")
        verbose_name_plural = _("rows of imports")
        ordering = ["first_line"]
        constraints = [models.UniqueConstraint(fields=["run", "first_line"], name="import_row_once")]
        indexes = [models.Index(fields=["run", "action", "first_line"], name="import_row_by_action")]

    def __str__(self):
        return f"{self.handle} ({self.get_action_display()})"
