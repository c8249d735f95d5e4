"""Licences that a category asks of its merchants."""

from catalog.listing_rules.finding import BLOCK, Finding
from catalog.models import Licence

LAWS = {
    Licence.Kind.FOOD: "食品安全法 35",
    Licence.Kind.HEALTH_FOOD: "食品安全法 76",
    Licence.Kind.ALCOHOL: "电子商务法 12",
    Licence.Kind.TOBACCO: "烟草专卖法 16",
    Licence.Kind.MEDICAL_DEVICE: "医疗器械监督管理条例 41",
    Licence.Kind.COSMETICS: "化妆品监督管理条例 17",
    Licence.Kind.PUBLICATIONS: "出版管理条例 35",
    Licence.Kind.CCC: "认证认可条例 27",
}


def check(sheet, book):
    held = book.licences.get(sheet.merchant_id, frozenset())
    for kind in book.required_licences(sheet.category_id):
        if kind not in held:
            label = str(Licence.Kind(kind).label) if kind in Licence.Kind.values else kind
            yield Finding(
                rule="licence", severity=BLOCK, field="category", law=LAWS.get(kind, ""), facts={"name": label}
            )
