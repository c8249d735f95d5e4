"""What the templates of the demo categories ask beyond the rows that the listings are written with: handle → name → value."""

JDZ, DEHUA, YIXING, NANTONG = "江西景德镇", "福建德化", "江苏宜兴", "江苏南通"
ZHEJIANG, GUANGDONG, SHANDONG, ANHUI = "浙江", "广东", "山东", "安徽"
YES, NO = "是", "否"


def _made(main, origin, dishwasher=None):
    return {"主材质": main, "产地": origin} | ({"可进洗碗机": dishwasher} if dishwasher else {})


def _lamp(main, origin, watts, kelvin, dimmable, energy=None):
    rows = {"主材质": main, "产地": origin, "额定功率": f"{watts} W", "色温": f"{kelvin} K", "可调光": dimmable}
    return rows | ({"能效等级": energy} if energy else {})


def _cloth(fibre, washable, safety="B 类", origin=NANTONG, weight=None):
    rows = {"主要成分": fibre, "可机洗": washable, "安全类别": safety, "产地": origin}
    return rows | ({"克重": f"{weight} g/m²"} if weight else {})


SPECIFIED = {
    "jiqing-teapot": _made("陶瓷", JDZ, NO),
    "pine-smoke-cups": _made("陶瓷", JDZ, YES),
    "blue-line-gaiwan": _made("陶瓷", JDZ, YES),
    "glass-fairness-pitcher": _made("玻璃", ZHEJIANG, YES),
    "double-lid-tea-tin": _made("金属", GUANGDONG, NO),
    "zisha-side-handle-pot": _made("陶瓷", YIXING, NO) | {"材质": "宜兴陶土，榉木盖钮"},
    "double-wall-glass": _made("玻璃", SHANDONG, YES),
    "matcha-starter-set": _made("陶瓷", DEHUA, NO),
    "gooseneck-kettle": _made("金属", GUANGDONG, NO),
    "walnut-tea-tray": _made("木竹", ZHEJIANG, NO),
    "travel-tea-set": _made("陶瓷", DEHUA, YES) | {"材质": "白瓷，棉麻袋"},
    "enamel-cast-iron-pot": _made("金属", ZHEJIANG, NO),
    "enamel-milk-pan": _made("金属", ZHEJIANG, NO) | {"材质": "搪瓷钢，榉木手柄"},
    "iron-frying-pan": _made("金属", ZHEJIANG, NO),
    "beech-chopping-board": _made("木竹", ZHEJIANG, NO),
    "ironwood-chopsticks": _made("木竹", ZHEJIANG, NO),
    "turned-pepper-mill": _made("木竹", ZHEJIANG, NO) | {"材质": "实木，陶瓷磨芯"},
    "colour-block-mug": _made("陶瓷", JDZ, YES),
    "everyday-rice-bowls": _made("陶瓷", DEHUA, YES),
    "matte-dinner-plates": _made("陶瓷", DEHUA, YES),
    "glass-oil-cruet": _made("玻璃", SHANDONG, YES),
    "grain-jars": _made("玻璃", SHANDONG, YES),
    "dusk-mushroom-lamp": _lamp("金属", GUANGDONG, 7, 2700, NO, "二级"),
    "long-arm-reading-lamp": _lamp("金属", GUANGDONG, 12, 4000, YES, "一级"),
    "milk-glass-globe-lamp": _lamp("玻璃", GUANGDONG, 5, 2700, NO, "二级"),
    "paper-lantern-lamp": _lamp("纸", ZHEJIANG, 9, 2700, NO, "二级"),
    "tripod-floor-lamp": _lamp("织物", ZHEJIANG, 12, 2700, NO, "二级"),
    "dome-pendant-lamp": {"主材质": "金属", "产地": GUANGDONG, "可调光": NO},
    "camp-lantern": _lamp("金属", GUANGDONG, 5, 3000, YES),
    "brick-stripe-cushion": _cloth("混纺", YES),
    "velvet-plain-cushion": _cloth("棉", YES),
    "washed-cotton-blanket": _cloth("棉", YES, weight=360),
    "fringe-wool-throw": _cloth("混纺", NO),
    "long-staple-towels": _cloth("棉", YES, "A 类"),
    "linen-tea-towels": _cloth("亚麻", YES),
    "waxed-apron": _cloth("棉", YES),
    "handwoven-rug": _cloth("棉", YES),
    "linen-house-slippers": _cloth("亚麻", NO),
    "knitted-pouf": _cloth("棉", NO),
    "buckwheat-floor-cushion": _cloth("棉", NO),
    "windsor-dining-chair": _made("木竹", ZHEJIANG) | {"需要组装": NO},
    "three-legged-stool": _made("木竹", ZHEJIANG) | {"需要组装": YES},
    "cord-seat-bench": _made("木竹", ANHUI) | {"需要组装": NO},
    "walnut-side-table": _made("木竹", ZHEJIANG) | {"需要组装": YES},
    "ladder-shelf": _made("木竹", ANHUI) | {"需要组装": YES},
    "arched-floor-mirror": _made("玻璃", GUANGDONG) | {"需要组装": NO},
    "coat-stand": _made("木竹", ANHUI) | {"需要组装": YES},
    "plain-bisque-vase": _made("陶瓷", JDZ) | {"需要组装": NO},
    "moon-jar-vase": _made("陶瓷", JDZ) | {"需要组装": NO},
    "cloth-notebook": {"产地": ZHEJIANG},
    "everyday-fountain-pen": {"产地": ZHEJIANG},
    "letter-set": {"产地": ANHUI},
    "brush-and-inkstone": {"产地": ANHUI},
    "woven-basket": _made("植物纤维", ZHEJIANG),
    "linen-storage-box": _made("织物", NANTONG),
    "two-tier-lunch-box": _made("塑料", ZHEJIANG) | {"容积": "1 L"},
    "three-drawer-organiser": _made("木竹", ZHEJIANG),
    "light-steel-bottle": _made("金属", ZHEJIANG) | {"容积": "0.5 L"},
    "commuter-tumbler": _made("金属", ZHEJIANG) | {"容积": "0.42 L"},
    "canvas-tote": _made("织物", GUANGDONG),
    "roll-top-backpack": _made("织物", GUANGDONG) | {"容积": "18 L"},
    "cabin-suitcase": _made("塑料", GUANGDONG) | {"容积": "36 L"},
}
