"""What staff may do to a request now, and doing it from a posted form."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.history import TransitionNotAllowed
from aftersales import postage, returns
from aftersales.models import ReturnLine, ReturnRequest
from aftersales.reasons import REFUSALS
from aftersales.settlement import WrongUnits
from catalog.money import parse_yuan

Status = ReturnRequest.Status
LAWFUL = {
    Status.SUBMITTED: ("approve", "reject"),
    Status.ESCALATED: ("approve", "close"),
    Status.RETURN_IN_TRANSIT: ("check-in",),
    Status.INSPECTING: ("inspection",),
    Status.DISPUTED: ("inspection", "close"),
}


class Refused(Exception):
    """The step cannot be taken; ``str()`` says why to staff."""


class Desk:
    """The desk of one request."""

    refusals = REFUSALS
    bins = ReturnLine.Bin.choices

    def __init__(self, asked):
        self.asked = asked
        self.steps = LAWFUL.get(asked.status, ())
        self.postage = postage.of(asked)
        if postage.may_enter(asked):
            self.steps = (*self.steps, "postage")
        self.may_write = asked.is_open

    def do(self, step, posted, *, by):
        """Take ``step`` with the posted form; returns what to tell. Raises ``Refused``."""
        doers = {
            "approve": self._approve,
            "reject": self._reject,
            "check-in": self._check_in,
            "inspection": self._inspect,
            "close": self._close,
            "message": self._write,
            "postage": self._enter_postage,
        }
        if step not in doers:
            raise Refused(_("There is no such step."))
        try:
            return doers[step](posted, by)
        except returns.Stale:
            raise Refused(_("The request has changed meanwhile. Please look again and decide then.")) from None
        except TransitionNotAllowed:
            raise Refused(_("The state of the request does not allow this any more.")) from None

    def _approve(self, posted, by):
        returns.approve(self.asked, by=by, version=_number(posted.get("version")))
        return _("Approved.")

    def _reject(self, posted, by):
        words = posted.get("text", "").strip()
        if posted.get("reason") not in REFUSALS or not words:
            raise Refused(_("Choose a reason and write what the shopper should know."))
        reason = f"{REFUSALS[posted['reason']]}: {words}"[:300]
        returns.reject(self.asked, by=by, reason=reason, version=_number(posted.get("version")))
        return _("Rejected; the shopper was told why.")

    def _check_in(self, posted, by):
        returns.check_in(self.asked, by=by)
        return _("Checked in. Please inspect it within 48 hours.")

    def _inspect(self, posted, by):
        parts = list(self.asked.lines.all())
        accepted = {part.line_id: _number(posted.get(f"accepted-{part.line_id}")) for part in parts}
        words = posted.get("condition", "").strip()[:200]
        if None in accepted.values() or posted.get("bin") not in ReturnLine.Bin.values:
            raise Refused(_("Write how many units of each line are accepted and where they go."))
        if any(accepted[part.line_id] < part.quantity for part in parts) and not words:
            raise Refused(_("Write why not all units are accepted; the shopper reads it."))
        try:
            returns.inspect(self.asked, accepted=accepted, by=by, goes_to=posted["bin"], condition=words)
        except WrongUnits:
            raise Refused(_("More units than were sent cannot be accepted.")) from None
        return (
            _("The inspection is written down and the refund is on its way.")
            if any(accepted.values())
            else _("Nothing was accepted; the shopper was told why.")
        )

    def _close(self, posted, by):
        words = posted.get("text", "").strip()[:300]
        if not words:
            raise Refused(_("Write what the shopper should know."))
        returns.close_disputed(self.asked, by=by, reason=words)
        return _("Closed; the shopper was told why.")

    def _enter_postage(self, posted, by):
        receipt = posted.get("receipt", "").strip()[:100]
        try:
            fen = parse_yuan(posted.get("amount", ""))
        except (ValueError, ValidationError):
            fen = 0
        if not receipt:
            raise Refused(_("Write the number of the receipt, or where it lies."))
        try:
            postage.enter(self.asked, fen, receipt, by=by)
        except postage.OverCap:
            raise Refused(_("Postage is paid by its receipt, from ¥0.01 to ¥25.00.")) from None
        return _("The postage is owed now; finance pays it by bank and the shopper was told.")

    def _write(self, posted, by):
        words = posted.get("text", "").strip()[:500]
        if not words or not self.may_write:
            raise Refused(_("Write what the shopper should know."))
        returns.remark(self.asked, by=by, text=words, from_staff=True)
        return _("The message was sent.")


def desk_of(asked):
    return Desk(asked)


def _number(text):
    return int(text) if text and text.isdecimal() and len(text) < 7 else None
