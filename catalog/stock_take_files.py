"""A count sheet as a CSV file: taken along to the shelves, filled in, and brought back."""

import csv
import io

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from catalog.importing.encoding import decode
from catalog.importing.reasons import FileRefused, worded
from catalog.importing.report import guarded, unguarded

MOST_BYTES = 5 * 1024 * 1024
MOST_UNITS = 10_000_000
MOST_ERRORS = 20
CODE, COUNTED = "SKU", "Counted"


def write(take):
    """UTF-8 with mark, as Excel wants it. What the books say is not on it: who counts should not see what is expected."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow([CODE, _("listing"), _("Options"), COUNTED])
    for line in take.lines.select_related("stock__sku__product").iterator(chunk_size=1000):
        sku = line.stock.sku
        cells = [sku.code, sku.product.title_local, sku.options_text, "" if line.counted is None else line.counted]
        writer.writerow([guarded(cell) for cell in cells])
    return "\ufeff" + buffer.getvalue()


def read(take, file):
    """Line id → units of a filled-in sheet; rows with an empty count are left as they are. Raises ValidationError."""
    if file.size > MOST_BYTES:
        raise ValidationError(_("The file is larger than 5 MB."))
    try:
        rows = list(
            csv.reader(io.StringIO(decode(file.read()).lstrip("\ufeff").replace("\0", ""), newline=""), strict=True)
        )
    except FileRefused as refusal:
        raise ValidationError(worded(refusal.as_json())) from None
    except csv.Error:
        raise ValidationError(_("This is not a CSV file.")) from None
    heading = [unguarded(cell).strip() for cell in rows[0]] if rows else []
    if CODE not in heading or COUNTED not in heading:
        raise ValidationError(_("The columns “SKU” and “Counted” are missing. Fill in the sheet that was downloaded."))
    return _understand(take, rows[1:], heading.index(CODE), heading.index(COUNTED))


def _understand(take, rows, at_code, at_count):
    known = dict(take.lines.values_list("stock__sku__code", "pk"))
    counts, wrong = {}, []
    for number, cells in enumerate(rows, 2):
        code, typed = (unguarded(cells[at]).strip() if at < len(cells) else "" for at in (at_code, at_count))
        typed = typed.removesuffix(".0")
        if not typed:
            continue
        if code not in known:
            wrong.append(_("Line %(n)d: “%(code)s” is not on this sheet.") % {"n": number, "code": code[:64]})
        elif not (typed.isascii() and typed.isdigit() and len(typed) < 9 and int(typed) <= MOST_UNITS):
            wrong.append(_("Line %(n)d: write a whole number, 0 or more.") % {"n": number})
        elif known[code] in counts:
            wrong.append(_("Line %(n)d: this SKU code stands above already.") % {"n": number})
        else:
            counts[known[code]] = int(typed)
    if wrong:
        raise ValidationError(wrong[:MOST_ERRORS])
    if not counts:
        raise ValidationError(_("Nothing was counted in this file."))
    return counts
