from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.work import WorkRow


class Deadline(WorkRow):
    """A timer. ``run_after`` is when it is due; the handler re-checks, so a late or double timer does nothing.

    ``entity`` is a model label, ``kind`` names the handler in ``orders.deadlines.HANDLERS`` (other apps register theirs).
    """

    entity = models.CharField(_("kind of thing"), max_length=60)
    entity_id = models.BigIntegerField(_("which"))
    kind = models.CharField(_("timer"), max_length=40)
    seq = models.PositiveSmallIntegerField(_("number in a row"), default=0)
    paused_at = models.DateTimeField(_("paused at"), null=True, blank=True)
    cancelled_at = models.DateTimeField(_("cancelled at"), null=True, blank=True)

    class Meta:
        verbose_name = _("deadline")
        verbose_name_plural = _("deadlines")
        ordering = ["run_after"]
        constraints = [models.UniqueConstraint(fields=["entity", "entity_id", "kind", "seq"], name="deadline_once")]
        indexes = [
            models.Index(
                fields=["run_after"],
                condition=models.Q(done_at=None, given_up_at=None, paused_at=None, cancelled_at=None),
                name="deadline_due",
            )
        ]

    def __str__(self):
        return f"{self.kind} {self.entity} {self.entity_id}"

    def perform(self):
        from orders.deadlines import fire

        fire(self)
