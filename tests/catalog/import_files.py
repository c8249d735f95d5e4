"""Small catalogue files for tests."""

import csv
import io

from django.core.files.base import ContentFile

from catalog.importing import runs

HEAD = ["Handle", "Title", "Body (HTML)", "Vendor", "Type", "Tags", "Published", "Option1 Name", "Option1 Value"]
HEAD += ["Option2 Name", "Option2 Value", "Variant SKU", "Variant Grams", "Variant Inventory Qty", "Variant Price"]
HEAD += ["Variant Compare At Price", "Image Src", "Image Alt Text", "Status", "材质 (product.metafields.custom.材质)"]

POT = {
    "Handle": "pot",
    "Title": "山影 侧提茶壶",
    "Type": "茶器 > 茶壶",
    "Vendor": "山影",
    "Option1 Name": "釉色",
    "Option1 Value": "霁青",
    "Variant SKU": "POT-1",
    "Variant Inventory Qty": "5",
    "Variant Price": "268.00",
    "Image Src": "https://pictures.example/pot.jpg",
    "Status": "active",
    "材质 (product.metafields.custom.材质)": "瓷",
}


def text_of(*rows, head=HEAD):
    buffer = io.StringIO(newline="")
    writer = csv.DictWriter(buffer, head, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return buffer.getvalue()


def pot(**changes):
    return POT | {key.replace("_", " "): value for key, value in changes.items()}


def upload(merchant, *rows, raw=None, **options):
    """A previewed run."""
    body = raw if raw is not None else text_of(*rows).encode()
    run = runs.start(merchant, ContentFile(body, "file.csv"), here=True, **options)
    runs.work_on(run)
    run.refresh_from_db()
    return run


def confirm(run, by=None):
    runs.confirm(run, by, here=True)
    runs.work_on(run)
    run.refresh_from_db()
    return run


def codes(run):
    """(line, code) of every error of a run."""
    return [(error["line"], error["code"]) for row in run.rows.all() for error in row.errors]
