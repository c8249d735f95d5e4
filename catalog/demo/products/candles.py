"""Scented candles: PRODUCTS, a tuple of shapes.Product."""

from catalog.demo.shapes import Product, Sku, Text, axis, pictures, specs

T = Text
SAFE = T(
    "点燃后请勿离人，远离窗帘，孩子和宠物够不到的地方使用。",
    "Never leave it burning alone; keep it from curtains, children and pets.",
)

PRODUCTS = (
    Product(
        handle="pine-smoke-candle",
        title=T("松烟 大豆蜡香薰", "Pine Smoke Soy Candle"),
        subtitle=T("松木、乌龙、一点雪松", "Pine, oolong, a little cedar"),
        description=(
            T(
                "大豆蜡加棉芯，烧起来烟少。前调是松木，烧到半小时后出来一点乌龙茶的气味。第一次请烧满两小时，让蜡面化平。",
                "Soy wax and a cotton wick burn with little smoke. Pine comes first, then after half an hour "
                "a hint of oolong. "
                "Burn it two hours the first time so the surface melts evenly.",
            ),
            SAFE,
        ),
        merchant="mianli",
        brand="yanqi",
        category="candles",
        tags=("gift", "natural"),
        axes=(
            axis(
                "香型",
                "Scent",
                ("pine", "松烟", "Pine smoke", "#c77b3b"),
                ("osmanthus", "桂雨", "Osmanthus rain", "#efe8da"),
            ),
        ),
        skus=(
            Sku("YQ-CANDLE-PINE", ("pine",), 12800, 560, 83),
            Sku("YQ-CANDLE-OSM", ("osmanthus",), 12800, 560, 59),
        ),
        specs=specs(
            ("净含量", "Net weight", "200 g", "200 g"),
            ("燃烧时间", "Burn time", "约 45 小时", "About 45 hours"),
            ("蜡", "Wax", "大豆蜡", "Soy wax"),
        ),
        pictures=pictures(
            ("candle", "深绿背景前点燃的琥珀色蜡烛", "Amber candle burning against dark green", "pine"),
            ("candle-white", "点燃的白色蜡烛", "White candle burning", "osmanthus"),
        ),
        listed_days_ago=77,
        warranty_months=0,
    ),
    Product(
        handle="tin-candle-trio",
        title=T("铁盒小烛 三枚装", "Tin Candle Trio"),
        subtitle=T("三种气味，先试再买大瓶", "Three scents to try before the large one"),
        description=(
            T(
                "桂雨、松烟、柑橘皮各一枚，每枚约烧 15 小时。带盖铁盒，出差放进行李也不串味。",
                "Osmanthus rain, pine smoke and citrus peel, about 15 hours each. "
                "The lidded tins travel without scenting your clothes.",
            ),
            SAFE,
        ),
        merchant="mianli",
        brand="yanqi",
        category="candles",
        tags=("gift", "set"),
        axes=(),
        skus=(Sku("YQ-TIN-TRIO", (), 9900, 420, 71),),
        specs=specs(
            ("净含量", "Net weight", "60 g × 3", "60 g × 3"),
            ("燃烧时间", "Burn time", "每枚约 15 小时", "About 15 hours each"),
        ),
        pictures=pictures(("candle-tins", "三枚铁盒蜡烛，一枚点燃", "Three tin candles, one lit")),
        listed_days_ago=14,
        warranty_months=0,
    ),
    Product(
        handle="plain-pillar-candles",
        title=T("素色柱烛 三支装", "Plain Pillar Candles, set of three"),
        subtitle=T("不加香，吃饭时点也合适", "Unscented, so they suit the table"),
        description=(
            T(
                "三种高度三种颜色，不加香精，不会盖住饭菜的味道。请放在耐热托盘上使用。",
                "Three heights and three colours, unscented so they leave the food alone. Use on a heatproof tray.",
            ),
            SAFE,
        ),
        merchant="mianli",
        brand="yanqi",
        category="candles",
        tags=("set",),
        axes=(),
        skus=(Sku("YQ-PILLAR-3", (), 6900, 980, 46),),
        specs=specs(
            ("尺寸", "Size", "直径 6 cm，高 8／12／17 cm", "6 cm across; 8, 12 and 17 cm high"),
            ("蜡", "Wax", "植物蜡", "Vegetable wax"),
        ),
        pictures=pictures(("pillar-candles", "三支高低不同的柱形蜡烛", "Three pillar candles of different heights")),
        listed_days_ago=155,
        warranty_months=0,
    ),
)
