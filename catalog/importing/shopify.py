"""The Shopify product file as lines: heading, physical line numbers, groups of lines that make one product."""

import csv
import io
import re
from dataclasses import dataclass, field

from catalog.importing.reasons import FileRefused, reason

MOST_LINES = 50_000

# Our short name of a column → the headings it is known by (the classic export first, then Shopify's newer template).
COLUMNS = {
    "handle": ["Handle", "URL handle"],
    "title": ["Title"],
    "body": ["Body (HTML)", "Description"],
    "vendor": ["Vendor"],
    "category": ["Product Category", "Product category"],
    "type": ["Type"],
    "tags": ["Tags"],
    "published": ["Published", "Published on online store"],
    "status": ["Status"],
    "axis1": ["Option1 Name"],
    "option1": ["Option1 Value"],
    "axis2": ["Option2 Name"],
    "option2": ["Option2 Value"],
    "axis3": ["Option3 Name"],
    "option3": ["Option3 Value"],
    "axis4": ["Option4 Name"],
    "option4": ["Option4 Value"],
    "code": ["Variant SKU", "SKU"],
    "grams": ["Variant Grams", "Weight value (grams)"],
    "quantity": ["Variant Inventory Qty", "Inventory quantity"],
    "price": ["Variant Price", "Price"],
    "reference": ["Variant Compare At Price", "Compare-at price"],
    "barcode": ["Variant Barcode", "Barcode"],
    "image": ["Image Src", "Product image URL"],
    "image_position": ["Image Position", "Image position"],
    "image_alt": ["Image Alt Text", "Image alt text"],
    "variant_image": ["Variant Image", "Variant image URL"],
}
REQUIRED = ["handle", "title"]
METAFIELD = re.compile(r"^(?P<name>.+?)\s*\(product\.metafields\.[^)]+\)$")


@dataclass
class Line:
    """One record of the file: ``number`` is the line in the file where it begins, as an editor counts."""

    number: int
    last: int
    cells: dict
    metafields: dict
    errors: list = field(default_factory=list)


@dataclass
class Sheet:
    """The file as groups: ``headings`` maps our names to the headings found; ``groups`` maps handle → its lines."""

    headings: dict
    metafields: list
    groups: dict
    homeless: list
    index: dict = field(default_factory=dict)
    lines: int = 0

    def has(self, *names):
        return any(name in self.headings for name in names)


def read(text):
    """The groups of a decoded file. Raises ``FileRefused`` when no line of it can be trusted."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        heading = next(reader, [])
        sheet, width = _understand(heading), len(heading)
        after = reader.line_num
        for cells in reader:
            first, after = after + 1, reader.line_num
            if after > MOST_LINES:
                raise FileRefused("too_many_lines", limit=f"{MOST_LINES:,}")
            _place(sheet, cells, width, first, after)
    except csv.Error:
        raise FileRefused("quotes_broken", line=reader.line_num) from None
    sheet.lines = after
    if not sheet.groups and not sheet.homeless:
        raise FileRefused("no_products")
    return sheet


def _understand(heading):
    names = [" ".join(name.split()) for name in heading]
    seen, twice = set(), []
    for name in filter(None, names):
        (twice.append(name) if name.lower() in seen else seen.add(name.lower()))
    if twice:
        raise FileRefused("columns_twice", columns=", ".join(twice))
    index = {name.lower(): position for position, name in enumerate(names)}
    found = {}
    for ours, theirs in COLUMNS.items():
        hit = next((name for name in theirs if name.lower() in index), None)
        if hit:
            found[ours] = (hit, index[hit.lower()])
    missing = [COLUMNS[name][0] for name in REQUIRED if name not in found]
    if missing:
        raise FileRefused("columns_missing", columns=", ".join(missing))
    metafields = [(match["name"], at, names[at]) for at, name in enumerate(names) if (match := METAFIELD.match(name))]
    return Sheet(
        headings={ours: hit for ours, (hit, _at) in found.items()},
        index={ours: at for ours, (_hit, at) in found.items()},
        metafields=metafields,
        groups={},
        homeless=[],
    )


def _place(sheet, cells, width, first, last):
    if not any(cell.strip() for cell in cells):
        return
    padded = cells + [""] * (width - len(cells))
    line = Line(
        number=first,
        last=last,
        cells={name: padded[at].strip() for name, at in sheet.index.items()},
        metafields={name: padded[at].strip() for name, at, _heading in sheet.metafields},
    )
    if any(cell.strip() for cell in cells[width:]):
        line.errors.append(reason("too_many_cells", line=first, facts={"found": len(cells), "expected": width}))
    if any("\0" in cell for cell in cells):
        bad = next(at for at, cell in enumerate(padded) if "\0" in cell)
        heading = next((sheet.headings[name] for name, at in sheet.index.items() if at == bad), "")
        line.errors.append(reason("nul", line=first, column=heading))
        line.cells = {name: cell.replace("\0", "") for name, cell in line.cells.items()}
        line.metafields = {name: cell.replace("\0", "") for name, cell in line.metafields.items()}
    handle = line.cells["handle"]
    if handle:
        sheet.groups.setdefault(handle, []).append(line)
    else:
        line.errors.append(reason("handle_missing", line=first, column=sheet.headings["handle"]))
        sheet.homeless.append(line)
