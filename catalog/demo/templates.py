"""Specification templates of the demo categories: what each asks of its listings, in both languages."""

from catalog.models import Attribute, AttributeChoice

TEXT, NUMBER, CHOICE, YES_NO = Attribute.Kind.TEXT, Attribute.Kind.NUMBER, Attribute.Kind.CHOICE, Attribute.Kind.YES_NO
LOOK, USE, ORIGIN = ("外观与材质", "Look & material"), ("使用", "In use"), ("产地与认证", "Origin & certificates")
MATERIALS = {
    "ceramic": ("陶瓷", "Ceramic"),
    "glass": ("玻璃", "Glass"),
    "metal": ("金属", "Metal"),
    "wood": ("木竹", "Wood & bamboo"),
    "textile": ("织物", "Textile"),
    "paper": ("纸", "Paper"),
    "plastic": ("塑料", "Plastic"),
    "plant": ("植物纤维", "Plant fibre"),
}
FIBRES = (("棉", "Cotton"), ("亚麻", "Linen"), ("羊毛", "Wool"), ("混纺", "Blend"), ("其他", "Other"))
ORIGINS = (
    ("江西景德镇", "Jingdezhen, Jiangxi"),
    ("福建德化", "Dehua, Fujian"),
    ("江苏宜兴", "Yixing, Jiangsu"),
    ("江苏南通", "Nantong, Jiangsu"),
    ("浙江", "Zhejiang"),
    ("广东", "Guangdong"),
    ("山东", "Shandong"),
    ("安徽", "Anhui"),
)
ENERGY = (("一级", "Grade 1"), ("二级", "Grade 2"), ("三级", "Grade 3"))


def _materials(*keys):
    return tuple(MATERIALS[key] for key in keys)


def _row(group, zh, en, kind=TEXT, **more):
    return {"group": group, "name": (zh, en), "kind": kind, **more}


def _main(*keys, **more):
    return _row(LOOK, "主材质", "Main material", CHOICE, choices=_materials(*keys), filter=True, **more)


MATERIAL, SIZE = _row(LOOK, "材质", "Material"), _row(LOOK, "尺寸", "Size")
MADE_IN = _row(ORIGIN, "产地", "Made in", CHOICE, choices=ORIGINS, filter=True)
CARE = _row(USE, "清洁", "Care")
DISHWASHER = _row(USE, "可进洗碗机", "Dishwasher-safe", YES_NO, filter=True)
LOAD = _row(USE, "承重", "Load", NUMBER, unit=("kg", "kg"), bounds=[50, 120], filter=True, highlight=True)
WASHABLE = _row(USE, "可机洗", "Machine-washable", YES_NO, filter=True, highlight=True)

# Category → its rows in their order; what stands at the top is asked of everything below it.
TEMPLATES = {
    "teaware": (
        _main("ceramic", "glass", "metal", "wood", highlight=True),
        MATERIAL | {"required": True},
        SIZE,
        DISHWASHER,
        CARE,
        MADE_IN | {"highlight": True},
    ),
    "kitchen": (
        _main("ceramic", "glass", "metal", "wood", highlight=True),
        MATERIAL | {"required": True},
        SIZE,
        _row(USE, "适用炉具", "Works on"),
        DISHWASHER | {"highlight": True},
        CARE,
        MADE_IN,
    ),
    "lighting": (
        _main("metal", "glass", "ceramic", "paper", "wood", "textile"),
        MATERIAL,
        SIZE,
        _row(USE, "光源", "Light source"),
        _row(USE, "额定功率", "Power", NUMBER, unit=("W", "W"), bounds=[6, 10], filter=True, highlight=True),
        _row(USE, "色温", "Colour temperature", NUMBER, unit=("K", "K"), highlight=True),
        _row(USE, "可调光", "Dimmable", YES_NO, filter=True),
        _row(ORIGIN, "能效等级", "Energy class", CHOICE, choices=ENERGY, filter=True, highlight=True),
        _row(ORIGIN, "认证", "Certificate"),
        MADE_IN,
    ),
    "portable-lights": (_row(USE, "防水", "Water", highlight=True), _row(USE, "亮度", "Brightness", highlight=True)),
    "textiles": (
        _row(LOOK, "主要成分", "Main fibre", CHOICE, choices=FIBRES, filter=True, highlight=True),
        _row(LOOK, "面料", "Fabric"),
        _row(LOOK, "成分", "Fibre"),
        SIZE,
        _row(LOOK, "克重", "Weight", NUMBER, unit=("g/m²", "g/m²"), highlight=True),
        WASHABLE,
        _row(USE, "洗护", "Care"),
        _row(ORIGIN, "安全类别", "Safety class", CHOICE, choices=(("A 类", "Class A"), ("B 类", "Class B"))),
        MADE_IN,
    ),
    "fragrance": (
        _row(LOOK, "净含量", "Net content", highlight=True),
        _row(LOOK, "蜡", "Wax"),
        _row(USE, "燃烧时间", "Burn time", highlight=True),
        _row(USE, "使用时间", "Lasts", highlight=True),
        _row(ORIGIN, "保质期", "Shelf life"),
        MADE_IN,
    ),
    "furniture": (
        _main("wood", "ceramic", "glass", "metal", highlight=True),
        MATERIAL,
        SIZE | {"required": True},
        LOAD,
        _row(USE, "需要组装", "Assembly needed", YES_NO, filter=True, highlight=True),
        MADE_IN,
    ),
    "stationery": (
        _row(LOOK, "页数", "Pages", NUMBER, unit=("页", "pages"), highlight=True),
        _row(LOOK, "纸张", "Paper", highlight=True),
        MATERIAL,
        SIZE,
        MADE_IN,
    ),
    "storage-travel": (
        _main("textile", "metal", "plant", "wood", "plastic"),
        MATERIAL,
        SIZE,
        _row(USE, "容积", "Holds", NUMBER, unit=("L", "L"), bounds=[1, 20], filter=True, highlight=True),
        _row(LOOK, "重量", "Weight", NUMBER, unit=("kg", "kg"), highlight=True),
        MADE_IN,
    ),
}


def load_templates(categories):
    """Write the templates of ``categories`` (slug → Category) where a category has none yet."""
    done = set(Attribute.objects.values_list("category", flat=True))
    made, choices = [], []
    for slug, rows in TEMPLATES.items():
        category = categories.get(slug)
        if category is None or category.pk in done:
            continue
        for position, row in enumerate(rows):
            attribute = _attribute(category, position, row)
            made.append(attribute)
            choices += [
                AttributeChoice(attribute=attribute, value=zh, value_en=en, position=place)
                for place, (zh, en) in enumerate(row.get("choices", ()))
            ]
    Attribute.objects.bulk_create(made)
    AttributeChoice.objects.bulk_create(choices)


def _attribute(category, position, row):
    (name, name_en), (group, group_en) = row["name"], row["group"]
    unit, unit_en = row.get("unit", ("", ""))
    return Attribute(
        category=category,
        name=name,
        name_en=name_en,
        group=group,
        group_en=group_en,
        kind=row["kind"],
        unit=unit,
        unit_en=unit_en,
        bounds=row.get("bounds", []),
        is_required=row.get("required", False),
        is_highlight=row.get("highlight", False),
        is_filter=row.get("filter", False),
        position=position * 10,
    )
