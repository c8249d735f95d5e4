"""Diffusers, incense and soap: PRODUCTS, a tuple of shapes.Product."""

from catalog.demo.shapes import Product, Sku, Text, axis, pictures, specs

T = Text
SAFE = T(
    "点燃后请勿离人，远离窗帘，孩子和宠物够不到的地方使用。",
    "Never leave it burning alone; keep it from curtains, children and pets.",
)

PRODUCTS = (
    Product(
        handle="reed-diffuser",
        title=T("藤条扩香", "Reed Diffuser"),
        subtitle=T("不用火不用电，一瓶约三个月", "No flame, no plug, about three months"),
        description=(
            T(
                "瓶口插五支藤条，气味从淡到浓可以靠增减藤条调节。玄关放三支、客厅放五支比较合适。",
                "Five reeds in the bottle; add or remove some to set the strength. Three for a hallway, five "
                "for a living room.",
            ),
            T("精油可能腐蚀漆面，请垫一个小托盘。", "The oil may mark lacquer: put a small tray under it."),
        ),
        merchant="mianli",
        brand="yanqi",
        category="diffusers",
        tags=("everyday", "gift"),
        axes=(
            axis(
                "香型",
                "Scent",
                ("bamboo", "竹露", "Bamboo dew", "#8fa596"),
                ("amber", "琥珀木", "Amber wood", "#9a6a3a"),
            ),
        ),
        skus=(
            Sku("YQ-REED-BAMBOO", ("bamboo",), 13900, 520, 55),
            Sku("YQ-REED-AMBER", ("amber",), 13900, 520, 6),
        ),
        specs=specs(
            ("净含量", "Volume", "120 ml", "120 ml"),
            ("使用时间", "Lasts", "约 90 天", "About 90 days"),
            ("组成", "Includes", "扩香液、藤条 5 支", "Oil and five reeds"),
        ),
        pictures=pictures(
            ("reed", "灰绿玻璃瓶插着藤条", "Sage glass bottle with reeds", "bamboo"),
            ("reed-amber", "琥珀玻璃瓶插着藤条", "Amber glass bottle with reeds", "amber"),
        ),
        listed_days_ago=40,
        warranty_months=0,
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
        merchant="mianli",
        brand="yanqi",
        category="diffusers",
        tags=("everyday",),
        axes=(),
        skus=(Sku("YQ-SPRAY-250", (), 7900, 380, 97),),
        specs=specs(
            ("净含量", "Volume", "250 ml", "250 ml"),
            ("香型", "Scent", "白茶", "White tea"),
            ("注意", "Note", "易燃，远离明火", "Flammable, keep from flame"),
        ),
        pictures=pictures(("room-spray", "琥珀色喷雾瓶", "Amber spray bottle")),
        listed_days_ago=190,
        warranty_months=0,
    ),
    Product(
        handle="scent-stones",
        title=T("扩香石与木盘", "Scent Stones & Wooden Dish"),
        subtitle=T("滴几滴精油，放衣柜里也行", "A few drops of oil; works in a wardrobe too"),
        description=(
            T(
                "五枚陶石不上釉，吸油慢慢散。附一瓶 10 ml 柑橘精油，味道淡了再滴三四滴。",
                "Five unglazed stones soak up oil and give it back slowly. With 10 ml of citrus oil; add "
                "three or four drops when it fades.",
            ),
        ),
        merchant="mianli",
        brand="yanqi",
        category="diffusers",
        tags=("gift", "natural"),
        axes=(),
        skus=(Sku("YQ-STONE-SET", (), 10900, 640, 38),),
        specs=specs(("组成", "Includes", "陶石 5 枚、木盘 1、精油 10 ml", "Five stones, dish, 10 ml oil")),
        pictures=pictures(
            ("stones", "木盘里的五枚扩香石和一瓶精油", "Five scent stones in a dish with a bottle of oil")
        ),
        listed_days_ago=69,
        warranty_months=0,
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
        merchant="mianli",
        brand="yanqi",
        category="diffusers",
        tags=("set", "natural"),
        axes=(),
        skus=(Sku("YQ-OIL-TRIO", (), 14900, 260, 43),),
        specs=specs(
            ("净含量", "Volume", "10 ml × 3", "10 ml × 3"),
            ("保质期", "Shelf life", "三年，开封后一年", "Three years, one after opening"),
        ),
        pictures=pictures(("dropper", "三瓶带滴管的精油", "Three dropper bottles of oil")),
        listed_days_ago=85,
        no_reason="EXCLUDED_IF_CONFIRMED",
        no_reason_note=T(
            "精油拆封后易变质、易串味，下单时需确认不适用七天无理由退货；质量问题照常退换。",
            "Opened oils spoil and mix scents, so you confirm at checkout that they cannot be returned "
            "without a reason. Faults are still ours to fix.",
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
            T(
                "请在通风处使用，对烟敏感的人不建议购买。",
                "Use in a ventilated room; not for people sensitive to smoke.",
            ),
        ),
        merchant="mianli",
        brand="yanqi",
        category="incense-soap",
        tags=("natural", "gift"),
        axes=(
            axis(
                "规格", "Option", ("refill", "线香 60 支", "60 sticks"), ("set", "线香 60 支＋香盘", "60 sticks + dish")
            ),
        ),
        skus=(
            Sku("YQ-INC-REFILL", ("refill",), 5900, 120, 120),
            Sku("YQ-INC-SET", ("set",), 11900, 480, 44),
        ),
        specs=specs(
            ("长度", "Length", "14 cm", "14 cm"),
            ("燃烧时间", "Burn time", "约 30 分钟／支", "About 30 minutes a stick"),
        ),
        pictures=pictures(
            ("incense", "白瓷香盘上一支燃着的线香", "A burning stick on a white dish", "set"),
            ("incense-box", "两盒线香", "Two boxes of incense", "refill"),
        ),
        listed_days_ago=60,
        warranty_months=0,
    ),
    Product(
        handle="cold-process-soap",
        title=T("冷制手工皂 三块装", "Cold-process Soap, three bars"),
        subtitle=T("橄榄油基底，晾足六周", "Olive oil base, cured six weeks"),
        description=(
            T(
                "燕麦、艾草、红土各一块，不加色素，颜色来自原料本身。遇水会软，用完请沥干。",
                "Oat, mugwort and red clay; the colours come from what is in them. Soap softens in water, so "
                "let it drain.",
            ),
        ),
        merchant="mianli",
        brand="mianli",
        category="incense-soap",
        tags=("handmade", "natural"),
        axes=(),
        skus=(Sku("ML-SOAP-3", (), 5900, 330, 8),),
        specs=specs(
            ("净含量", "Net weight", "100 g × 3", "100 g × 3"), ("保质期", "Shelf life", "18 个月", "18 months")
        ),
        pictures=pictures(("soaps", "木皂架上的三块手工皂", "Three bars of soap on a wooden rack")),
        listed_days_ago=115,
        warranty_months=0,
    ),
)
