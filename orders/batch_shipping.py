"""Shipping by a table: order or parcel number, carrier, waybill. Checked first, then every row in its own transaction."""

import csv
import io
import re
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.history import TransitionNotAllowed
from orders import parcels
from orders.carriers import CARRIERS
from orders.models import Parcel
from orders.parcels import normal_waybill

MOST_ROWS, MOST_BYTES = 500, 512 * 1024
HEADINGS = ("number", "carrier", "waybill")
READY, DONE, BAD = "ready", "done", "bad"
SHORTENED = re.compile(r"\d([.,]\d+)?E\+?\d+", re.IGNORECASE)  # 7.53123E+14


class Unreadable(Exception):
    """The file is no table of ours; ``str()`` is a sentence for people."""


@dataclass
class Row:
    """One line of the table; ``state`` is ready, done (shipped like this before) or bad, then ``why`` says why."""

    line: int
    number: str
    carrier: str
    waybill: str
    state: str = READY
    why: str = ""
    parcel: object = None


def template(visible):
    """The table to fill in, as bytes that spreadsheet programs open as UTF-8: a row for each packed parcel among
    ``visible``, those that go first on top. What stands right of the waybill is for people and not read."""
    waiting = visible.filter(status=Parcel.Status.PACKED, direction=Parcel.Direction.OUTBOUND)
    waiting = waiting.select_related("order").order_by("-order__priority", "packed_at")[:MOST_ROWS]
    table = io.StringIO()
    rows = csv.writer(table)
    rows.writerow([_("Order or parcel number"), _("Carrier"), _("Waybill"), _("Order"), _("Packed")])
    for box in waiting:
        packed = f"{timezone.localtime(box.packed_at):%m-%d %H:%M}"
        rows.writerow([box.number, "", "", f"№{box.order.number}", packed])
    return ("\ufeff" + table.getvalue()).encode()


def text_of(data):
    """The text of a file in UTF-8 or GB 18030. Raises ``Unreadable``."""
    if len(data) > MOST_BYTES:
        raise Unreadable(_("The file is too large: at most 512 kB."))
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise Unreadable(_("This is not a text table. Please save it as CSV, in UTF-8 or GBK."))


def read(text):
    """The ``Row`` list of a CSV text; the first line is the heading. Raises ``Unreadable``."""
    found = []
    dialect = "excel-tab" if "\t" in text.partition("\n")[0] else "excel"
    try:
        lines = list(csv.reader(io.StringIO(text), dialect))
    except csv.Error:
        raise Unreadable(_("This is not a text table. Please save it as CSV, in UTF-8 or GBK.")) from None
    for number, cells in enumerate(lines[1:], 2):
        cells = [cell.strip().lstrip("'=").strip('"') for cell in cells]
        if any(cells):
            found.append(Row(number, *(cells + ["", "", ""])[:3]))
    if not found:
        raise Unreadable(_("The table has no rows below its heading."))
    if len(found) > MOST_ROWS:
        raise Unreadable(_("At most %(n)s rows at once.") % {"n": MOST_ROWS})
    return found


def check(rows, visible):
    """Find the parcel of every row among ``visible`` parcels and say what is wrong; writes nothing."""
    seen = {}
    for row in rows:
        row.state, row.why = READY, ""
        if SHORTENED.fullmatch(row.number) or SHORTENED.fullmatch(row.waybill):
            row.state, row.why = BAD, _("A spreadsheet has shortened this number. Format its column as text.")
            continue
        row.carrier = _carrier(row.carrier)
        row.waybill = normal_waybill(row.waybill)
        _find(row, visible)
        if row.state == READY:
            row.why = _problem(row, seen)
            row.state = BAD if row.why else row.state
        if row.parcel and row.state == READY:
            seen[row.parcel.pk] = seen[(row.carrier, row.waybill)] = row.line
            if row.parcel.status != Parcel.Status.PACKED:
                row.state = DONE
    return rows


def _carrier(text):
    """A carrier's code for its code or its name in any language of the shop; the text itself when there is none."""
    wanted = text.strip().casefold()
    for code, names in _carrier_names().items():
        if wanted in {code.casefold(), *names} or (len(wanted) > 1 and any(name.startswith(wanted) for name in names)):
            return code
    return text


@cache
def _carrier_names():
    """{code: names}: tables come from other programs, whose language is not that of the page."""
    names = {code: set() for code in CARRIERS}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            for code, carrier in CARRIERS.items():
                names[code].add(str(carrier.name).casefold())
    return names


def _find(row, visible):
    boxes = visible.filter(direction=Parcel.Direction.OUTBOUND).exclude(status=Parcel.Status.VOID)
    row.parcel = boxes.filter(number=row.number).first()
    if row.parcel is not None:
        return
    of_order = list(boxes.filter(order__number=row.number))
    packed = [box for box in of_order if box.status == Parcel.Status.PACKED]
    same = [box for box in of_order if (box.carrier, box.waybill) == (row.carrier, row.waybill)]
    if same or len(packed) == 1:
        row.parcel = (same or packed)[0]
    else:
        row.state = BAD
        row.why = (
            _("This order has several packed parcels: name one.") if packed else _("No packed parcel has this number.")
        )


def _problem(row, seen):
    carrier = CARRIERS.get(row.carrier)
    if carrier is None:
        return _("Unknown carrier: %(name)s.") % {"name": row.carrier or "—"}
    if not carrier.takes(row.waybill):
        return _("This does not look like a waybill of %(carrier)s.") % {"carrier": carrier.name}
    earlier = seen.get(row.parcel.pk) or seen.get((row.carrier, row.waybill))
    if earlier:
        return _("The same parcel or waybill as in line %(n)s.") % {"n": earlier}
    if row.parcel.status == Parcel.Status.PACKED:
        taken = Parcel.objects.filter(carrier=row.carrier, waybill=row.waybill).exclude(status=Parcel.Status.VOID)
        return _("Another parcel travels under this waybill.") if taken.exists() else ""
    if (row.parcel.carrier, row.parcel.waybill) != (row.carrier, row.waybill):
        return _("It was sent under another waybill already.")
    return ""


def ship(rows, by):
    """Ship the rows that are ready, each on its own; returns how many left now. Failed rows are bad afterwards."""
    shipped = 0
    for row in rows:
        if row.state != READY:
            continue
        try:
            parcels.ship(row.parcel, row.carrier, row.waybill, by)
        except parcels.WaybillTaken:
            row.state, row.why = BAD, _("Another parcel travels under this waybill.")
        except (TransitionNotAllowed, parcels.BadWaybill):
            row.state, row.why = BAD, _("It cannot be shipped any more.")
        else:
            row.state, shipped = DONE, shipped + 1
    return shipped
