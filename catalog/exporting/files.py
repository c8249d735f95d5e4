"""Lines of listings written as a CSV file for Shopify or as our own workbook; neither is held in memory."""

import csv
import io

from django.utils import translation
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from catalog.exporting.lines import STATUS_ZH
from catalog.importing.columns import COLUMNS, ours
from catalog.importing.report import guarded

WIDE = {"title": 32, "body": 40, "body_en": 40, "category": 24, "image": 40, "code": 22}
NUMBERS = {"price", "reference", "quantity", "grams", "image_position", "warranty", "most"}
NOT_SHOPIFYS = {"title_en", "subtitle", "subtitle_en", "body_en", "warranty", "most", "axis4", "option4", "active"}
YES_ZH = {"yes": "是", "no": "否"}


class ShopifyFile:
    """UTF-8 with mark. Text that a spreadsheet would run as a formula gets an apostrophe, which the import takes off."""

    def __init__(self, target, specifications, language="en"):
        self.columns = {name: heads[0] for name, heads in COLUMNS.items() if name not in NOT_SHOPIFYS}
        # Shopify's own category is a choice from its tree; ours fits the free text of the type.
        self.columns.pop("category")
        self.specifications = specifications
        self.text = io.TextIOWrapper(target, "utf-8-sig", newline="", write_through=True)
        self.rows = csv.writer(self.text)
        metafields = [f"{name} (product.metafields.custom.{name})" for name in specifications]
        self.rows.writerow([*self.columns.values(), *metafields])

    def write(self, line):
        line = {**line, "type": line.get("category", "")}
        if "status" in line:
            line["published"] = "true" if line["status"] == "active" else "false"
        has = line.get("specifications", {})
        cells = [line.get(name, "") for name in self.columns] + [has.get(name, "") for name in self.specifications]
        self.rows.writerow([guarded(cell) if isinstance(cell, str) else cell for cell in cells])

    def close(self):
        self.text.flush()
        self.text.detach()


class OurWorkbook:
    """Headings in the reader's language, one sheet of listings and one that explains the columns."""

    def __init__(self, target, specifications, language="zh-hans"):
        self.target, self.specifications = target, specifications
        self.chinese = language.startswith("zh")
        self.columns = ours(language)
        with translation.override(language):
            self.book = Workbook(write_only=True)
            self.sheet = self.book.create_sheet(_("Listings"))
            mark = "参数" if self.chinese else "Specification"
            heading = [*self.columns.values(), *(f"{mark}:{name}" for name in specifications)]
            self.sheet.freeze_panes = "B2"
            for at, name in enumerate([*self.columns, *specifications], 1):
                self.sheet.column_dimensions[get_column_letter(at)].width = WIDE.get(name, 14)
            self.sheet.append([self._cell(text, bold=True) for text in heading])
            self._explain()

    def _explain(self):
        sheet = self.book.create_sheet(_("How to fill it in"))
        sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 24, 90
        for name, sentence in explained():
            sheet.append([self._cell(self.columns.get(name, name), bold=True), self._cell(str(sentence))])

    def _cell(self, text, *, bold=False):
        cell = WriteOnlyCell(self.sheet, text)
        cell.data_type = "s"  # never a formula, whatever it begins with
        if bold:
            cell.font = Font(bold=True)
        return cell

    def write(self, line):
        if self.chinese:
            line = {**line, "status": STATUS_ZH.get(line.get("status"), ""), "active": YES_ZH.get(line.get("active"))}
        has = line.get("specifications", {})
        cells = [self._filled(name, line.get(name)) for name in self.columns]
        self.sheet.append(cells + [self._filled("", has.get(name)) for name in self.specifications])

    def _filled(self, name, value):
        if value in (None, ""):
            return None
        if name in NUMBERS:
            return float(value) if name in {"price", "reference"} else int(value)
        text = str(value)
        return self._cell(text) if text[0] == "=" else text

    def close(self):
        self.book.save(self.target)


def explained():
    """(column, sentence) for the second sheet of the workbook and the handbook."""
    return [
        ("handle", _("Your own key of the listing. Lines with the same key are one listing. Needed on every line.")),
        ("title", _("On the first line of a listing. An empty cell keeps what the listing has; so with all texts.")),
        ("category", _("The path, such as “Tea > Teapots”. What does not exist yet is made.")),
        ("status", _("active (在售), draft (草稿) or archived (下架).")),
        ("axis1", _("The name of a specification axis, on the first line: “Colour”. At most three axes.")),
        ("option1", _("The value of this variant. Every line with a value is one variant.")),
        ("code", _("Empty for a new variant: the shop makes a code that stays the same.")),
        ("price", _("In yuan, more than 0. Numbers only, no formulas.")),
        ("quantity", _("Units on hand. Set for new variants; for existing ones only when the import says so.")),
        ("image", _("A web address. One picture a line; further pictures of a listing on further lines.")),
        (_("Specification: material"), _("One column for each specification; the name stands after the colon.")),
    ]
