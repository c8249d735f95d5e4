"""The refused lines of a preview as a CSV file to mend and keep."""

import csv
import io
import re

from django.utils.translation import gettext as _

from catalog.importing.reasons import worded

FORMULA = re.compile(r"'*[=+\-@\t\r]")
GUARDED = re.compile(r"'+[=+\-@\t\r]")


def guarded(text):
    """``text`` so that a spreadsheet shows it and does not run it; ``unguarded`` gives it back unchanged."""
    text = str(text)
    return f"'{text}" if FORMULA.match(text) else text


def unguarded(text):
    return text[1:] if GUARDED.match(text) else text


def errors_as_csv(run):
    """UTF-8 with mark, as Excel wants it: line, handle, column, value, reason."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow([_("Line"), "Handle", _("Column"), _("Value"), _("Error")])
    for row in run.rows.exclude(errors=[]).iterator(chunk_size=500):
        for error in row.errors:
            cells = [error["line"] or row.first_line, row.handle, error["column"], error["value"], worded(error)]
            writer.writerow([guarded(cell) for cell in cells])
    return "\ufeff" + buffer.getvalue()
