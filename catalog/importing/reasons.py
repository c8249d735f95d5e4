"""Why a file, a line or a cell is refused: kept as a code with facts, worded for the reader when it is read."""

from django.utils.translation import gettext_lazy as _

REASONS = {
    # the file
    "file_empty": _("The file is empty."),
    "file_is_workbook": _("This is a workbook of an old kind (.xls). Save it as .xlsx or “CSV UTF-8”."),
    "zip_is_no_workbook": _("This is a zip file but not a workbook. Upload an .xlsx or a CSV file."),
    "workbook_broken": _("The workbook cannot be read. Open it, save it again as .xlsx and upload that file."),
    "workbook_too_big": _("Unpacked, the workbook is larger than %(limit)s MB. Divide it into several files."),
    "file_encoding": _("Line %(line)s cannot be read: the file is neither UTF-8, UTF-16 nor GB18030."),
    "file_too_big": _("The file is larger than %(limit)s MB. Divide it into several files."),
    "too_many_lines": _("The file has more than %(limit)s lines. Divide it into several files."),
    "columns_missing": _("These columns are missing in the first line: %(columns)s."),
    "columns_twice": _("These columns appear twice in the first line: %(columns)s."),
    "no_products": _("There is no product below the first line."),
    "quotes_broken": _("Line %(line)s: a quotation mark is not closed or stands in the wrong place."),
    "worker_gave_up": _(
        "The file could not be read after several tries. The shop's staff have been told; please upload it again."
    ),
    # lines
    "handle_missing": _("The line has no Handle, so nobody can tell which product it belongs to."),
    "too_many_cells": _(
        "The line has %(found)s cells, the first line has %(expected)s. Is a comma or a quotation mark missing?"
    ),
    "nul": _("The cell holds characters that are no text."),
    "too_many_variants": _("A product has at most %(limit)s variants; this one has %(found)s."),
    # cells
    "formula_cell": _("The cell holds a formula. Copy it and paste its value instead."),
    "error_cell": _("The cell holds an error of the spreadsheet."),
    "required": _("Please fill this in."),
    "too_long": _("At most %(limit)s characters fit here; these are %(found)s."),
    "price_wrong": _("Write an amount in yuan, such as 99.00."),
    "price_not_positive": _("A price is more than 0."),
    "price_too_high": _("A price is less than ¥10,000,000."),
    "number_wrong": _("Write a whole number, 0 or more."),
    "number_too_high": _("The number is at most %(limit)s."),
    "yes_or_no": _("Write true or false."),
    "status_unknown": _("The status is active (在售), draft (草稿) or archived (下架)."),
    "address_wrong": _("Write a web address that begins with http:// or https://."),
    "category_too_deep": _("A category path has at most %(limit)s levels."),
    "option_without_axis": _("There is a value but the first line of the product does not name the option."),
    "option_missing": _("The variant has no value for the option “%(axis)s”."),
    "axis_twice": _("Two options have the same name."),
    "axis_gap": _("Options are named without a gap: first, second, third."),
    "too_many_axes": _("A product has at most three options."),
    "combination_twice": _("Line %(line)s already has the variant “%(options)s”."),
    "code_twice": _("Line %(line)s already uses this SKU code."),
    # against the shop
    "code_elsewhere": _("This SKU code belongs to your listing “%(title)s”."),
    "axes_differ": _("The listing has other options (%(axes)s) and variants that this file does not name."),
    "combination_taken": _("The listing already has the variant “%(options)s” under the code %(code)s."),
    "stock_below_promised": _("%(reserved)s units are promised to orders, so the stock cannot be set to less."),
    "refused_when_applied": _("The shop refused it: %(why)s"),
    "changed_since": _(
        "The listing was changed after the preview, so nothing was imported for it. Upload the file again."
    ),
    # notes: the line is accepted, but somebody should look
    "reference_ignored": _("The compare-at price is not higher than the price and is left out."),
    "reference_far": _("The compare-at price is more than five times the price. Is it a slip?"),
    "formula": _("The cell begins like a formula. It is kept as plain text."),
    "html_removed": _("HTML was taken out of a plain text."),
    "body_cleaned": _("Scripts, styles or unknown HTML were taken out of the description."),
    "picture_twice": _("The picture was named before; this line is left out."),
    "line_without_content": _("The line holds neither a variant nor a picture."),
    "variants_left_alone": _("%(count)s variants of the listing are not in the file and stay as they are."),
    "stays_draft": _("It stays a draft, because a listing on sale needs: %(missing)s."),
    "rule_stops": _("“%(found)s” (characters %(from)s–%(to)s) is not allowed (%(law)s): it stays a draft."),
    "rule_warns": _("“%(found)s” (characters %(from)s–%(to)s) had better be written otherwise (%(law)s)."),
    "specification_unfit": _("“%(name)s” does not fit the category's table: %(why)s"),
    "stays_down": _("The listing was taken down; an import does not put it back on sale."),
}

NEEDED = {"category": _("a category"), "picture": _("a picture"), "sku": _("a SKU on sale")}


class FileRefused(Exception):  # noqa: N818 - named as the house names its refusals
    """The file as a whole cannot be read. ``code`` and ``facts`` go into the run's ``problem``."""

    def __init__(self, code, **facts):
        super().__init__(f"{code} {facts}" if facts else code)
        self.code = code
        self.facts = facts

    def as_json(self):
        return {"code": self.code, "facts": self.facts}


def reason(code, *, line=None, column="", value="", facts=None):
    """One error or note as it is stored: line number in the file, column heading, the value found, code and facts."""
    return {"line": line, "column": column, "value": str(value)[:120], "code": code, "facts": facts or {}}


def worded(stored):
    """The sentence for a stored reason, in the present language; an unknown code shows itself."""
    sentence = REASONS.get(stored.get("code"))
    if sentence is None:
        return str(stored.get("code", ""))
    facts = dict(stored.get("facts", {}))
    if "missing" in facts:
        facts["missing"] = ", ".join(str(NEEDED[name]) for name in facts["missing"])
    return str(sentence) % facts
