"""Size and shape of pictures. What a worker has not measured yet is not judged."""

from catalog.listing_rules.finding import BLOCK, WARN, Finding

LEAST, SHARP = 300, 800
# Lists show squares: up to 4:3 or 3:4 little is lost.
WIDEST = (4, 3)


def check(sheet, book):
    for number, (width, height) in enumerate(sheet.pictures, 1):
        if not width or not height:
            continue
        facts = {"number": number, "width": width, "height": height}
        if min(width, height) < LEAST:
            yield Finding(rule="picture_small", severity=BLOCK, field="pictures", facts=facts | {"least": LEAST})
        elif min(width, height) < SHARP:
            yield Finding(rule="picture_soft", severity=WARN, field="pictures", facts=facts | {"least": SHARP})
        if max(width, height) * WIDEST[1] > min(width, height) * WIDEST[0]:
            yield Finding(rule="picture_ratio", severity=WARN, field="pictures", facts=facts)
