"""The size guides of the demo shop: one that a listing names, one of a category."""

from catalog.models import Product, SizeGuide

SLIPPERS = {
    "title": "拖鞋尺码",
    "title_en": "Slipper sizes",
    "table": "尺码 | 脚长 (cm) | 内长 (cm) | 平时的鞋码\n36–37 | 22.5–23.5 | 24.5 | 35–37\n"
    "38–39 | 24–25 | 26 | 38–39\n42–43 | 26.5–27.5 | 28.5 | 41–43",
    "table_en": "Size | Foot (cm) | Inside (cm) | Your usual size (EU)\n36–37 | 22.5–23.5 | 24.5 | 35–37\n"
    "38–39 | 24–25 | 26 | 38–39\n42–43 | 26.5–27.5 | 28.5 | 41–43",
    "measuring": "脚跟靠墙站在纸上，身体站直。\n在最长的脚趾前画一道线，量墙到线的距离。\n两只脚都量，按长的那只选。",
    "measuring_en": "Stand on a sheet of paper with your heel against a wall.\n"
    "Draw a line before the longest toe and measure from the wall to the line.\n"
    "Measure both feet and go by the longer one.",
}
BLANKETS = {
    "title": "毯子怎么选",
    "title_en": "Which blanket",
    "table": "尺寸 | 宽 (cm) | 长 (cm) | 适合\n150×200 cm | 150 | 200 | 单人沙发、午睡\n200×230 cm | 200 | 230 | 1.5–1.8 米的床",
    "table_en": "Size | Width (cm) | Length (cm) | For\n150 × 200 cm | 150 | 200 | An armchair, a nap\n"
    "200 × 230 cm | 200 | 230 | A bed of 150 to 180 cm",
    "measuring": "量床垫的宽，两边各留 20 厘米垂下。\n第一次水洗后会缩约 3%。",
    "measuring_en": "Measure the width of the mattress and let 20 cm hang on either side.\n"
    "The first wash shrinks it by about 3%.",
}


def load_size_guides(categories):
    """Write the guides that are not there yet, and let the slippers name theirs."""
    slippers = Product.objects.filter(handle="linen-house-slippers").first()
    if slippers and slippers.size_guide_id is None:
        slippers.size_guide, _made = SizeGuide.objects.get_or_create(
            merchant_id=slippers.merchant_id, category=None, title=SLIPPERS["title"], defaults=SLIPPERS
        )
        slippers.save(update_fields=["size_guide"])
    if "cushions-throws" in categories:
        SizeGuide.objects.get_or_create(merchant=None, category=categories["cushions-throws"], defaults=BLANKETS)
