"""One timeline of an order for staff: changes of state, notes, messages and readings of personal data; newest first."""

from dataclasses import dataclass, field
from datetime import datetime

from django.apps import apps
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import AccessLog, Notification, StateLog
from accounts.notifications import KINDS, wording
from orders import reason_words, risk_words

# What happens to an order without changing its state.
EVENTS = {
    "more_time": gettext_lazy("three more days for receipt"),
    "address": gettext_lazy("address changed"),
    "resent": gettext_lazy("message sent again"),
}


@dataclass(frozen=True)
class Entry:
    """``thing: state``, by ``who`` and ``why``; ``facts`` may hold ``amount_fen`` and ``number``."""

    at: datetime
    thing: str
    state: str
    who: str = ""
    why: str = ""
    facts: dict = field(default_factory=dict)


PART_STATES = {"late": gettext_lazy("late"), "waits": gettext_lazy("the shopper waits")}


def of(order, boxes, *, everything):
    """All of it for those who see every merchant; else what is about the order and ``boxes`` (their parcels), without
    amounts."""
    theirs = {str(box.pk) for box in boxes}
    rows = StateLog.objects.filter(about=order.about).select_related("user").order_by("-at", "-pk")
    shown = [
        _change(row, everything)
        for row in rows
        if everything or row.entity == "orders.order" or (row.entity == "orders.parcel" and row.entity_id in theirs)
    ]
    if everything:
        shown += [*_notes(order), *_messages(order), *_readings(order)]
    # Sorting is stable: of changes in one moment the later one stays above.
    return sorted(shown, key=lambda entry: entry.at, reverse=True)


def _change(row, everything):
    meta = apps.get_model(row.entity)._meta
    event = row.data.get("event")
    state = EVENTS.get(event, event) if event else _state(meta, row)
    who = str(row.user) if row.user else row.get_actor_display()
    why = reason_words.words_of(row.reason) or "; ".join(risk_words.for_staff(row.data.get("reasons", [])))
    return Entry(row.at, meta.verbose_name, state, who, why, row.data if everything else {})


def _state(meta, row):
    if row.entity == "orders.orderpart":
        return PART_STATES.get(row.to_state, row.to_state)
    return dict(meta.get_field("status").choices).get(row.to_state, row.to_state)


def _notes(order):
    return [Entry(note.at, _("note"), note.text, str(note.by)) for note in order.staff_notes.select_related("by")]


def _messages(order):
    rows = Notification.objects.filter(user=order.user_id, url=order.get_absolute_url(), kind__in=KINDS)
    return [Entry(row.created_at, _("message"), wording(row)[0], _("system")) for row in rows]


def _readings(order):
    rows = AccessLog.objects.filter(subject=order.about).select_related("reader")
    return [Entry(row.at, _("personal data"), _("read in full"), str(row.reader), row.reason) for row in rows]
