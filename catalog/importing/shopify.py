"""A product file as lines: heading, physical line numbers, groups of lines that make one product."""

import csv
import io
from dataclasses import dataclass, field

from catalog.importing.columns import COLUMNS, REQUIRED, plain, specification_of
from catalog.importing.reasons import FileRefused, reason
from catalog.importing.report import unguarded

MOST_LINES = 50_000


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
    """The groups of a decoded CSV file. Raises ``FileRefused`` when no line of it can be trusted."""
    return gather(_records(text))


def gather(records):
    """The groups of ``records``: (first line, last line, cells as texts, errors of the line), the heading first.

    Raises ``FileRefused``.
    """
    records = iter(records)
    _first, after, heading, _errors = next(records, (1, 0, [], []))
    sheet, width, filled = _understand(heading), len(heading), 0
    for first, after, cells, errors in records:
        filled += any(cell.strip() for cell in cells)
        if filled >= MOST_LINES:
            raise FileRefused("too_many_lines", limit=f"{MOST_LINES:,}")
        _place(sheet, cells, width, first, after, errors)
    sheet.lines = after
    if not sheet.groups and not sheet.homeless:
        raise FileRefused("no_products")
    return sheet


def _records(text):
    reader, after = csv.reader(io.StringIO(text, newline=""), strict=True), 0
    try:
        for cells in reader:
            first, after = after + 1, reader.line_num
            if after > MOST_LINES:
                raise FileRefused("too_many_lines", limit=f"{MOST_LINES:,}")
            yield first, after, [unguarded(cell) for cell in cells], []
    except csv.Error:
        raise FileRefused("quotes_broken", line=reader.line_num) from None


def _understand(heading):
    names = [" ".join(name.split()) for name in heading]
    seen, twice = set(), []
    for name in filter(None, names):
        (twice.append(name) if plain(name) in seen else seen.add(plain(name)))
    if twice:
        raise FileRefused("columns_twice", columns=", ".join(twice))
    index = {plain(name): position for position, name in enumerate(names)}
    found = {}
    for ours, theirs in COLUMNS.items():
        hit = next((name for name in theirs if plain(name) in index), None)
        if hit:
            found[ours] = (names[index[plain(hit)]], index[plain(hit)])
    missing = [COLUMNS[name][0] for name in REQUIRED if name not in found]
    if missing:
        raise FileRefused("columns_missing", columns=", ".join(missing))
    metafields = [(named, at, names[at]) for at, name in enumerate(names) if (named := specification_of(name))]
    return Sheet(
        headings={ours: hit for ours, (hit, _at) in found.items()},
        index={ours: at for ours, (_hit, at) in found.items()},
        metafields=metafields,
        groups={},
        homeless=[],
    )


def _place(sheet, cells, width, first, last, errors):
    if not any(cell.strip() for cell in cells):
        return
    padded = cells + [""] * (width - len(cells))
    line = Line(
        number=first,
        last=last,
        cells={name: padded[at].strip() for name, at in sheet.index.items()},
        metafields={name: padded[at].strip() for name, at, _heading in sheet.metafields},
        errors=list(errors),
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
