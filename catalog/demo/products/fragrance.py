"""Fragrance: PRODUCTS, a tuple of shapes.Product."""

from ..shapes import Product, Sku, Text, axis, pictures, specs

T = Text
SAFE = T("点燃后请勿离人，远离窗帘，孩子和宠物够不到的地方使用。", "Never leave it burning alone; keep it from curtains, children and pets.")

PRODUCTS = (
    Product(
        handle="pine-smoke-candle",
        title=T("松烟 大豆蜡香薰", "Pine Smoke Soy Candle"),
        subtitle=T("松木、乌龙、一点雪松", "Pine, oolong, a little cedar"),
        description=(
            T(
                "大豆蜡加棉芯，烧起来烟少。前调是松木，烧到半小时后出来一点乌龙茶的气味。第一次请烧满两小时，让蜡面化平。",
                "Soy wax and a cotton wick burn with little smoke. Pine comes first, then after half an hour a hint of oolong. "
                "Burn it two hours the first time so the surface melts evenly.",
            ),
            SAFE,
        ),
        merchant="mianli", brand="yanqi", category="candles", tags=("gift", "natural"),
        axes=(axis("香型", "Scent", ("pine", "松烟", "Pine smoke", "#c77b3b"), ("osmanthus", "桂雨", "Osmanthus rain", "#efe8da")),),
        skus=(
            Sku("YQ-CANDLE-PINE", ("pine",), 12800, 560, 83),
            Sku("YQ-CANDLE-OSM", ("osmanthus",), 12800, 560, 59),
        ),
        specs=specs(("净含量", "Net weight", "200 g", "200 g"), ("燃烧时间", "Burn time", "约 45 小时", "About 45 hours"), ("蜡", "Wax", "大豆蜡", "Soy wax")),
        pictures=pictures(
            ("candle", "深绿背景前点燃的琥珀色蜡烛", "Amber candle burning against dark green", "pine"),
            ("candle-white", "点燃的白色蜡烛", "White candle burning", "osmanthus"),
        ),
        listed_days_ago=77, warranty_months=0,
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
        merchant="mianli", brand="yanqi", category="candles", tags=("gift", "set"),
        axes=(),
        skus=(Sku("YQ-TIN-TRIO", (), 9900, 420, 71),),
        specs=specs(("净含量", "Net weight", "60 g × 3", "60 g × 3"), ("燃烧时间", "Burn time", "每枚约 15 小时", "About 15 hours each")),
        pictures=pictures(("candle-tins", "三枚铁盒蜡烛，一枚点燃", "Three tin candles, one lit")),
        listed_days_ago=14, warranty_months=0,
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
        merchant="mianli", brand="yanqi", category="candles", tags=("set",),
        axes=(),
        skus=(Sku("YQ-PILLAR-3", (), 6900, 980, 46),),
        specs=specs(("尺寸", "Size", "直径 6 cm，高 8／12／17 cm", "6 cm across; 8, 12 and 17 cm high"), ("蜡", "Wax", "植物蜡", "Vegetable wax")),
        pictures=pictures(("pillar-candles", "三支高低不同的柱形蜡烛", "Three pillar candles of different heights")),
        listed_days_ago=155, warranty_months=0,
    ),
    Product(
        handle="reed-diffuser",
        title=T("藤条扩香", "Reed Diffuser"),
        subtitle=T("不用火不用电，一瓶约三个月", "No flame, no plug, about three months"),
        description=(
            T(
                "瓶口插五支藤条，气味从淡到浓可以靠增减藤条调节。玄关放三支、客厅放五支比较合适。",
                "Five reeds in the bottle; add or remove some to set the strength. Three for a hallway, five for a living room.",
            ),
            T("精油可能腐蚀漆面，请垫一个小托盘。", "The oil may mark lacquer: put a small tray under it."),
        ),
        merchant="mianli", brand="yanqi", category="diffusers", tags=("everyday", "gift"),
        axes=(axis("香型", "Scent", ("bamboo", "竹露", "Bamboo dew", "#8fa596"), ("amber", "琥珀木", "Amber wood", "#9a6a3a")),),
        skus=(
            Sku("YQ-REED-BAMBOO", ("bamboo",), 13900, 520, 55),
            Sku("YQ-REED-AMBER", ("amber",), 13900, 520, 6),
        ),
        specs=specs(("净含量", "Volume", "120 ml", "120 ml"), ("使用时间", "Lasts", "约 90 天", "About 90 days"), ("组成", "Includes", "扩香液、藤条 5 支", "Oil and five reeds")),
        pictures=pictures(
            ("reed", "灰绿玻璃瓶插着藤条", "Sage glass bottle with reeds", "bamboo"),
            ("reed-amber", "琥珀玻璃瓶插着藤条", "Amber glass bottle with reeds", "amber"),
        ),
        listed_days_ago=40, warranty_months=0,
    ),
    Product(
        handle="linen-room-spray",
        title=T("织物与空间喷雾", "Linen & Room Spray"),
        subtitle=T("白茶味，喷在窗帘上留得久", "White tea; it lasts on curtains"),
        description=(
            T(
                "酒精基底，喷在布上几分钟就干，不留水印。浅色真丝请先在边角试喷。",
                "Alcohol-based: it dries on fabric in minutes without marks. Test pale silk in a corner first.",
            ),
        ),
        merchant="mianli", brand="yanqi", category="diffusers", tags=("everyday",),
        axes=(),
        skus=(Sku("YQ-SPRAY-250", (), 7900, 380, 97),),
        specs=specs(("净含量", "Volume", "250 ml", "250 ml"), ("香型", "Scent", "白茶", "White tea"), ("注意", "Note", "易燃，远离明火", "Flammable, keep from flame")),
        pictures=pictures(("room-spray", "琥珀色喷雾瓶", "Amber spray bottle")),
        listed_days_ago=190, warranty_months=0,
    ),
    Product(
        handle="scent-stones",
        title=T("扩香石与木盘", "Scent Stones & Wooden Dish"),
        subtitle=T("滴几滴精油，放衣柜里也行", "A few drops of oil; works in a wardrobe too"),
        description=(
            T(
                "五枚陶石不上釉，吸油慢慢散。附一瓶 10 ml 柑橘精油，味道淡了再滴三四滴。",
                "Five unglazed stones soak up oil and give it back slowly. With 10 ml of citrus oil; add three or four drops when it fades.",
            ),
        ),
        merchant="mianli", brand="yanqi", category="diffusers", tags=("gift", "natural"),
        axes=(),
        skus=(Sku("YQ-STONE-SET", (), 10900, 640, 38),),
        specs=specs(("组成", "Includes", "陶石 5 枚、木盘 1、精油 10 ml", "Five stones, dish, 10 ml oil")),
        pictures=pictures(("stones", "木盘里的五枚扩香石和一瓶精油", "Five scent stones in a dish with a bottle of oil")),
        listed_days_ago=69, warranty_months=0,
    ),
    Product(
        handle="essential-oil-trio",
        title=T("单方精油 三瓶装", "Essential Oil Trio"),
        subtitle=T("柑橘、雪松、薰衣草", "Citrus, cedar, lavender"),
        description=(
            T(
                "三瓶各 10 ml，标签写明植物拉丁名、产地与批号。用于扩香，不可内服，孕期请先问医生。",
                "Three bottles of 10 ml with botanical name, origin and batch on the label. "
                "For scenting rooms only, not for swallowing; ask your doctor if pregnant.",
            ),
        ),
        merchant="mianli", brand="yanqi", category="diffusers", tags=("set", "natural"),
        axes=(),
        skus=(Sku("YQ-OIL-TRIO", (), 14900, 260, 43),),
        specs=specs(("净含量", "Volume", "10 ml × 3", "10 ml × 3"), ("保质期", "Shelf life", "三年，开封后一年", "Three years, one after opening")),
        pictures=pictures(("dropper", "三瓶带滴管的精油", "Three dropper bottles of oil")),
        listed_days_ago=85, no_reason="EXCLUDED_IF_CONFIRMED",
        no_reason_note=T(
            "精油拆封后易变质、易串味，下单时需确认不适用七天无理由退货；质量问题照常退换。",
            "Opened oils spoil and mix scents, so you confirm at checkout that they cannot be returned without a reason. Faults are still ours to fix.",
        ),
        warranty_months=0,
    ),
    Product(
        handle="sandalwood-incense",
        title=T("老山檀线香与香盘", "Sandalwood Incense & Dish"),
        subtitle=T("一支约 30 分钟，刚好读一章书", "Thirty minutes a stick, about one chapter"),
        description=(
            T(
                "线香只用檀木粉、榆皮粉和水，不加香精。香盘是山窑烧的，灰落在盘里，擦一下就干净。",
                "Only sandalwood powder, elm bark and water. The dish is fired at Shanyao and catches the ash.",
            ),
            T("请在通风处使用，对烟敏感的人不建议购买。", "Use in a ventilated room; not for people sensitive to smoke."),
        ),
        merchant="mianli", brand="yanqi", category="incense-soap", tags=("natural", "gift"),
        axes=(axis("规格", "Option", ("refill", "线香 60 支", "60 sticks"), ("set", "线香 60 支＋香盘", "60 sticks + dish")),),
        skus=(
            Sku("YQ-INC-REFILL", ("refill",), 5900, 120, 120),
            Sku("YQ-INC-SET", ("set",), 11900, 480, 44),
        ),
        specs=specs(("长度", "Length", "14 cm", "14 cm"), ("燃烧时间", "Burn time", "约 30 分钟／支", "About 30 minutes a stick")),
        pictures=pictures(
            ("incense", "白瓷香盘上一支燃着的线香", "A burning stick on a white dish", "set"),
            ("incense-box", "两盒线香", "Two boxes of incense", "refill"),
        ),
        listed_days_ago=60, warranty_months=0,
    ),
    Product(
        handle="cold-process-soap",
        title=T("冷制手工皂 三块装", "Cold-process Soap, three bars"),
        subtitle=T("橄榄油基底，晾足六周", "Olive oil base, cured six weeks"),
        description=(
            T(
                "燕麦、艾草、红土各一块，不加色素，颜色来自原料本身。遇水会软，用完请沥干。",
                "Oat, mugwort and red clay; the colours come from what is in them. Soap softens in water, so let it drain.",
            ),
        ),
        merchant="mianli", brand="mianli", category="incense-soap", tags=("handmade", "natural"),
        axes=(),
        skus=(Sku("ML-SOAP-3", (), 5900, 330, 8),),
        specs=specs(("净含量", "Net weight", "100 g × 3", "100 g × 3"), ("保质期", "Shelf life", "18 个月", "18 months")),
        pictures=pictures(("soaps", "木皂架上的三块手工皂", "Three bars of soap on a wooden rack")),
        listed_days_ago=115, warranty_months=0,
    ),
)
