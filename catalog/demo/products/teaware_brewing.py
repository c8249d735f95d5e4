"""Teaware for brewing, serving and taking along: PRODUCTS, a tuple of shapes.Product."""

from catalog.demo.shapes import Product, Sku, Text, axis, pictures, specs

T = Text

PRODUCTS = (
    Product(
        handle="zisha-side-handle-pot",
        title=T("朱泥 侧把壶", "Red Clay Side-handle Pot"),
        subtitle=T("一手就能倒茶，内置陶网", "Pours with one hand; clay strainer inside"),
        description=(
            T(
                "侧把和壶嘴成直角，手腕一转就出汤。壶内的陶网与壶身一体，碎叶也能滤住。",
                "The handle sits at a right angle to the spout, so a turn of the wrist pours. "
                "The clay strainer is part of the body and holds back small leaves.",
            ),
            T(
                "壶身未上釉，会慢慢吃进茶香，建议一把壶固定泡一类茶。请只用清水冲洗，不要用洗洁精。",
                "The clay is unglazed and slowly takes on the scent of tea; keep it to one kind of tea. "
                "Rinse with water only, no detergent.",
            ),
        ),
        merchant="shanyao",
        brand="shanyao",
        category="teapots",
        tags=("handmade", "natural"),
        axes=(
            axis("泥料", "Clay", ("red", "朱泥", "Red clay", "#8f4a32"), ("black", "乌泥", "Black clay", "#3b3a38")),
        ),
        skus=(
            Sku("SY-SH-RED", ("red",), 23800, 380, 27),
            Sku("SY-SH-BLACK", ("black",), 25800, 380, 0),
        ),
        specs=specs(
            ("容量", "Capacity", "240 ml", "240 ml"),
            ("材质", "Material", "陶土，榉木盖钮", "Stoneware clay, beech knob"),
            ("产地", "Made in", "江西景德镇", "Jingdezhen, Jiangxi"),
        ),
        pictures=pictures(
            ("kyusu", "朱泥侧把壶，木盖钮", "Red clay side-handle pot with a wooden knob", "red"),
            ("kyusu-black", "乌泥侧把壶", "Black clay side-handle pot", "black"),
        ),
        listed_days_ago=58,
    ),
    Product(
        handle="double-wall-glass",
        title=T("双层玻璃杯 两只装", "Double-wall Glasses, pair"),
        subtitle=T("热茶不烫手，冰饮不挂水", "Cool to hold when hot, dry outside when iced"),
        description=(
            T(
                "两层薄玻璃之间留一道空气，装热茶握着不烫，装冰饮杯外不结水珠。",
                "A layer of air between two thin walls keeps hot tea comfortable to hold and iced drinks "
                "free of drips.",
            ),
            T(
                "杯壁较薄，请不要叠放，也不要用钢丝球擦洗。",
                "The walls are thin: please do not stack them or scrub with steel wool.",
            ),
        ),
        merchant="yuji",
        brand="yuji",
        category="tea-cups",
        tags=("everyday", "set"),
        axes=(axis("容量", "Capacity", ("250", "250 ml × 2", "250 ml × 2"), ("350", "350 ml × 2", "350 ml × 2")),),
        skus=(
            Sku("YJ-DWG-250", ("250",), 6900, 320, 130),
            Sku("YJ-DWG-350", ("350",), 8500, 400, 74),
        ),
        specs=specs(
            ("材质", "Material", "高硼硅玻璃", "Borosilicate glass"),
            ("适用温度", "Temperature", "-20 ℃ 至 120 ℃", "-20 °C to 120 °C"),
        ),
        pictures=pictures(
            ("glass-cup", "两只双层玻璃杯，分别盛红茶与绿茶", "Two double-wall glasses with black and green tea")
        ),
        listed_days_ago=33,
        warranty_months=3,
    ),
    Product(
        handle="matcha-starter-set",
        title=T("抹茶入门三件套", "Matcha Starter Set"),
        subtitle=T("茶碗、茶筅、茶勺，一次备齐", "Bowl, whisk and scoop in one box"),
        description=(
            T(
                "宽口茶碗留足了打茶的空间，八十本立茶筅由整段白竹劈成。盒内附一张打茶步骤卡。",
                "The wide bowl leaves room to whisk, and the 80-tine whisk is split from a single piece of "
                "white bamboo. "
                "A card in the box shows the steps.",
            ),
            T(
                "茶筅是耗材，天天用大约半年需要更换。套装不含抹茶粉。",
                "The whisk wears out: with daily use expect about half a year. Matcha powder is not included.",
            ),
        ),
        merchant="shanyao",
        brand="shanyao",
        category="brewing",
        tags=("gift", "set", "handmade"),
        axes=(),
        skus=(Sku("SY-MATCHA-SET", (), 18800, 690, 38),),
        specs=specs(
            ("组成", "Includes", "茶碗 1、茶筅 1、茶勺 1", "Bowl, whisk, scoop"),
            ("茶碗容量", "Bowl capacity", "450 ml", "450 ml"),
            ("材质", "Material", "陶、白竹", "Stoneware, white bamboo"),
        ),
        pictures=pictures(("matcha", "盛着抹茶的深色茶碗与竹茶筅", "Dark bowl of matcha beside a bamboo whisk")),
        listed_days_ago=19,
    ),
    Product(
        handle="gooseneck-kettle",
        title=T("细口手冲壶", "Gooseneck Kettle"),
        subtitle=T("水流细而稳，泡茶冲咖啡都合用", "A thin steady stream for tea and coffee"),
        description=(
            T(
                "壶嘴在根部收窄，倾斜角度小的时候水流也不断。平底，可用于电磁炉和明火。",
                "The spout narrows at its root, so the stream holds even at a small angle. "
                "The flat base works on induction and open flame.",
            ),
            T("手柄为胡桃木，明火使用时火焰请不要超出壶底。", "The handle is walnut: keep the flame within the base."),
        ),
        merchant="yuji",
        brand="yuji",
        category="brewing",
        tags=("everyday",),
        axes=(axis("颜色", "Colour", ("black", "炭黑", "Charcoal", "#38433f"), ("white", "奶白", "Cream", "#f1ede3")),),
        skus=(
            Sku("YJ-GK-BLACK", ("black",), 21900, 820, 61, 25900),
            Sku("YJ-GK-WHITE", ("white",), 21900, 820, 47, 25900),
        ),
        specs=specs(
            ("容量", "Capacity", "1.0 L", "1.0 L"),
            ("材质", "Material", "304 不锈钢，胡桃木", "304 stainless steel, walnut"),
            ("适用炉具", "Works on", "电磁炉、电陶炉、明火", "Induction, ceramic, gas"),
        ),
        pictures=pictures(
            ("kettle", "炭黑细口壶，胡桃木手柄", "Charcoal gooseneck kettle with walnut handle", "black"),
            ("kettle-white", "奶白细口壶", "Cream gooseneck kettle", "white"),
        ),
        listed_days_ago=120,
        warranty_months=24,
    ),
    Product(
        handle="walnut-tea-tray",
        title=T("黑胡桃 圆茶盘", "Walnut Tea Tray"),
        subtitle=T("整木挖成，边沿刚好扣住手指", "Carved from one board, with an edge that fits your fingers"),
        description=(
            T(
                "由一整块黑胡桃木挖成，没有拼缝。表面擦了三遍木蜡油，溅上茶水及时擦干即可。",
                "Carved from a single walnut board without joints and rubbed with three coats of wood wax. "
                "Wipe spills soon and it will stay even.",
            ),
            T("木纹和深浅每块不同，以实物为准。", "Grain and tone differ from piece to piece."),
        ),
        merchant="yuji",
        brand="nanmu",
        category="tea-storage",
        tags=("natural", "gift"),
        axes=(axis("直径", "Diameter", ("28", "28 cm", "28 cm"), ("36", "36 cm", "36 cm")),),
        skus=(
            Sku("NM-TRAY-28", ("28",), 16800, 620, 33),
            Sku("NM-TRAY-36", ("36",), 22800, 980, 2),
        ),
        specs=specs(
            ("材质", "Material", "北美黑胡桃，木蜡油", "American walnut, wood wax oil"),
            ("厚度", "Thickness", "2.2 cm", "2.2 cm"),
            ("清洁", "Care", "湿布擦拭，不可浸泡", "Wipe with a damp cloth, do not soak"),
        ),
        pictures=pictures(("tray", "圆木茶盘上放着三只茶杯", "Round wooden tray with three tea cups")),
        listed_days_ago=260,
    ),
    Product(
        handle="travel-tea-set",
        title=T("随行盖碗茶具包", "Travel Gaiwan Set"),
        subtitle=T("盖碗裹进棉麻袋，放得进随身包", "A gaiwan in a linen pouch that fits a day bag"),
        description=(
            T(
                "盖碗口沿加厚，袋内有一层夹棉，随箱子走也不怕磕。一个人在酒店或火车上喝茶，这一套够用。",
                "The rim is thickened and the pouch is padded, so it travels well in a suitcase. "
                "Enough for one person drinking tea in a hotel room or on a train.",
            ),
        ),
        merchant="shanyao",
        brand="shanyao",
        category="brewing",
        tags=("outdoor", "gift"),
        axes=(),
        skus=(Sku("SY-TRAVEL-GW", (), 15800, 340, 29),),
        specs=specs(
            ("容量", "Capacity", "120 ml", "120 ml"),
            ("组成", "Includes", "盖碗 1、品茗杯 1、棉麻袋 1", "Gaiwan, cup, linen pouch"),
        ),
        pictures=pictures(("travel-tea", "棉麻束口袋旁的墨色盖碗", "Ink-grey gaiwan beside a linen drawstring pouch")),
        listed_days_ago=75,
    ),
)
