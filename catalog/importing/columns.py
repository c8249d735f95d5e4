"""The columns of product files: our short name of each → the headings it is known by.

Shopify's classic export first, then its newer template, then our own workbook in Chinese and in English. Headings are
compared without regard to case, width and spaces.
"""

import re
import unicodedata

COLUMNS = {
    "handle": ["Handle", "URL handle", "商品标识"],
    "title": ["Title", "商品标题"],
    "title_en": ["Title in English", "英文标题"],
    "subtitle": ["Subtitle", "副标题"],
    "subtitle_en": ["Subtitle in English", "英文副标题"],
    "body": ["Body (HTML)", "Description", "商品描述"],
    "body_en": ["Description in English", "英文描述"],
    "vendor": ["Vendor", "Brand", "品牌"],
    "category": ["Product Category", "Category", "类目"],
    "type": ["Type"],
    "tags": ["Tags", "标签"],
    "published": ["Published", "Published on online store"],
    "status": ["Status", "状态"],
    "warranty": ["Warranty (months)", "质保（月）"],
    "most": ["At most per order", "每单限购"],
    "axis1": ["Option1 Name", "规格1名称"],
    "option1": ["Option1 Value", "规格1值"],
    "axis2": ["Option2 Name", "规格2名称"],
    "option2": ["Option2 Value", "规格2值"],
    "axis3": ["Option3 Name", "规格3名称"],
    "option3": ["Option3 Value", "规格3值"],
    "axis4": ["Option4 Name", "规格4名称"],
    "option4": ["Option4 Value", "规格4值"],
    "code": ["Variant SKU", "SKU", "SKU code", "SKU编码"],
    "price": ["Variant Price", "Price", "Price (yuan)", "价格（元）"],
    "reference": ["Variant Compare At Price", "Compare-at price", "Strike-through price (yuan)", "划线价（元）"],
    "quantity": ["Variant Inventory Qty", "Inventory quantity", "Stock", "库存"],
    "grams": ["Variant Grams", "Weight value (grams)", "Weight (g)", "重量（克）"],
    "barcode": ["Variant Barcode", "Barcode", "条码"],
    "active": ["Variant on sale", "SKU在售"],
    "image": ["Image Src", "Product image URL", "Picture address", "图片地址"],
    "image_position": ["Image Position", "Picture order", "图片顺序"],
    "image_alt": ["Image Alt Text", "Picture text", "图片说明"],
    "variant_image": ["Variant Image", "Variant image URL", "Variant picture address", "SKU图片地址"],
}
REQUIRED = ["handle", "title"]
SHOPIFY_METAFIELD = re.compile(r"^(?P<name>.+?)\s*\(product\.metafields\.[^)]+\)$")
OUR_SPECIFICATION = re.compile(r"^(参数|specification)\s*[:：]\s*(?P<name>.+)$", re.IGNORECASE)


def plain(heading):
    """``heading`` as it is compared."""
    return "".join(unicodedata.normalize("NFKC", heading).lower().split())


def specification_of(heading):
    """The specification that a column holds, or an empty text."""
    match = SHOPIFY_METAFIELD.match(heading) or OUR_SPECIFICATION.match(heading)
    return match["name"].strip() if match else ""


def ours(language):
    """The headings of our own workbook: short name → heading, in the order of the columns."""
    at = -1 if language.startswith("zh") else -2
    left_out = {"type", "published", "axis4", "option4"}
    same = {"handle": "Handle", "title": "Title", "tags": "Tags", "status": "Status", "barcode": "Barcode"}
    named = {}
    for name, headings in COLUMNS.items():
        if name not in left_out:
            named[name] = headings[-1] if at == -1 else same.get(name) or headings[-2]
    return named
