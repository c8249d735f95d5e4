"""Bags and things for the way: PRODUCTS, a tuple of shapes.Product."""

from catalog.demo.shapes import Product, Sku, Text, axis, pictures, specs

T = Text

PRODUCTS = (
    Product(
        handle="light-steel-bottle",
        title=T("轻装 316 不锈钢保温杯", "Light Steel Bottle"),
        subtitle=T("500 ml，空杯 260 g", "500 ml, 260 g empty"),
        description=(
            T(
                "内胆 316 不锈钢，装茶、装咖啡不串味。实测 95 ℃ 热水六小时后 68 ℃。盖子拆成三件，缝隙都洗得到。",
                "The 316 steel lining does not hold on to tea or coffee. Water at 95 °C measured 68 °C after "
                "six hours. "
                "The cap comes apart in three for washing.",
            ),
        ),
        merchant="yuji",
        brand="bancheng",
        category="on-the-way",
        tags=("everyday", "outdoor"),
        axes=(
            axis(
                "颜色",
                "Colour",
                ("navy", "海军蓝", "Navy", "#2f4f6b"),
                ("green", "松绿", "Pine", "#47695a"),
                ("cream", "奶白", "Cream", "#e9e0cc"),
            ),
        ),
        skus=(
            Sku("BC-BTL-NAVY", ("navy",), 13900, 300, 185, 16900),
            Sku("BC-BTL-GREEN", ("green",), 13900, 300, 140, 16900),
            Sku("BC-BTL-CREAM", ("cream",), 13900, 300, 9, 16900),
        ),
        specs=specs(
            ("容量", "Capacity", "500 ml", "500 ml"),
            ("材质", "Material", "316 不锈钢内胆", "316 stainless lining"),
            ("保温", "Keeps hot", "6 小时不低于 65 ℃", "Above 65 °C after 6 hours"),
        ),
        pictures=pictures(
            ("bottle", "海军蓝保温杯，皮绳提环", "Navy bottle with a leather loop", "navy"),
            ("bottle-set", "松绿与奶白保温杯", "Pine and cream bottles", "green"),
        ),
        listed_days_ago=220,
        warranty_months=12,
    ),
    Product(
        handle="commuter-tumbler",
        title=T("通勤随行杯", "Commuter Tumbler"),
        subtitle=T("单手开盖，倒扣不漏", "One-handed lid, leakproof upside down"),
        description=(
            T(
                "盖子一推就开，合上听得到咔哒一声。双层不锈钢，杯套防烫，放得进车载杯架。",
                "Slide the lid with a thumb and hear it click shut. Double steel wall, sleeve, and a foot "
                "that fits a car cup holder.",
            ),
        ),
        merchant="yuji",
        brand="bancheng",
        category="on-the-way",
        tags=("everyday",),
        axes=(axis("颜色", "Colour", ("oat", "燕麦", "Oat", "#e9ddc4"), ("brown", "陶棕", "Clay brown", "#8f4a32")),),
        skus=(
            Sku("BC-TUMB-OAT", ("oat",), 9900, 320, 93),
            Sku("BC-TUMB-BROWN", ("brown",), 9900, 320, 78),
        ),
        specs=specs(
            ("容量", "Capacity", "420 ml", "420 ml"),
            ("材质", "Material", "304 不锈钢、硅胶", "304 stainless steel, silicone"),
        ),
        pictures=pictures(("tumbler", "燕麦与陶棕两只随行杯", "Two tumblers, oat and clay brown")),
        listed_days_ago=38,
    ),
    Product(
        handle="canvas-tote",
        title=T("厚帆布手提袋", "Heavy Canvas Tote"),
        subtitle=T("16 安帆布，装得下一台电脑", "16 oz canvas, room for a laptop"),
        description=(
            T(
                "16 安帆布自己就能站住，提手是牛皮绳，长度刚好上肩。里面有一个拉链袋放钥匙。",
                "Canvas thick enough to stand by itself, leather handles long enough for the shoulder, and a "
                "zipped pocket for keys.",
            ),
            T("帆布未做缩水处理，请用湿布局部擦洗。", "The canvas is not pre-shrunk: spot clean with a damp cloth."),
        ),
        merchant="mianli",
        brand="bancheng",
        category="bags",
        tags=("everyday", "natural"),
        axes=(axis("颜色", "Colour", ("natural", "本色", "Natural", "#e9dfc9"), ("green", "松绿", "Pine", "#47695a")),),
        skus=(
            Sku("BC-TOTE-NAT", ("natural",), 11900, 620, 88),
            Sku("BC-TOTE-GREEN", ("green",), 11900, 620, 71),
        ),
        specs=specs(
            ("尺寸", "Size", "宽 40 高 34 厚 14 cm", "40 × 34 × 14 cm"),
            ("材质", "Material", "棉帆布、牛皮", "Cotton canvas, leather"),
        ),
        pictures=pictures(
            ("tote", "本色帆布袋，红色山形标", "Natural tote with a red mountain mark", "natural"),
            ("tote-green", "松绿帆布袋", "Pine-green tote", "green"),
        ),
        listed_days_ago=50,
        warranty_months=6,
    ),
    Product(
        handle="roll-top-backpack",
        title=T("翻盖双肩包 18 L", "Flap Backpack 18 L"),
        subtitle=T("通勤和短途都背得出去", "For work and a short trip"),
        description=(
            T(
                "独立电脑层放得下 15 寸，背板透气。面料防泼水，遇到大雨请套上防雨罩（包内附赠）。",
                "A separate sleeve for a 15-inch laptop and a breathable back. Water-repellent; a rain cover "
                "is inside for heavy rain.",
            ),
        ),
        merchant="yuji",
        brand="bancheng",
        category="bags",
        tags=("outdoor", "everyday"),
        axes=(axis("颜色", "Colour", ("sage", "灰绿", "Sage", "#5d6f66"), ("navy", "海军蓝", "Navy", "#34495e")),),
        skus=(
            Sku("BC-PACK-SAGE", ("sage",), 36900, 980, 33, 42900),
            Sku("BC-PACK-NAVY", ("navy",), 36900, 980, 27, 42900),
        ),
        specs=specs(
            ("容量", "Volume", "18 L", "18 L"),
            ("尺寸", "Size", "宽 29 高 43 厚 14 cm", "29 × 43 × 14 cm"),
            ("材质", "Material", "尼龙、牛皮", "Nylon, leather"),
        ),
        pictures=pictures(
            ("backpack", "灰绿双肩包，棕色皮扣", "Sage backpack with brown leather straps", "sage"),
            ("backpack-navy", "海军蓝双肩包", "Navy backpack", "navy"),
        ),
        listed_days_ago=13,
        warranty_months=24,
    ),
    Product(
        handle="cabin-suitcase",
        title=T("登机箱 20 寸", "Cabin Suitcase 20-inch"),
        subtitle=T("静音轮，四角皮护角", "Quiet wheels, leather corners"),
        description=(
            T(
                "竖条纹 PC 箱体，磕了不显伤。万向轮裹了软胶，凌晨拖过小区也不吵人。TSA 海关锁。",
                "A ribbed polycarbonate shell that hides knocks, and soft wheels that will not wake the "
                "neighbours. TSA lock.",
            ),
            T(
                "多数航空公司可登机，廉价航空请先核对尺寸。",
                "Accepted by most airlines; check the size with low-cost carriers.",
            ),
        ),
        merchant="yuji",
        brand="bancheng",
        category="on-the-way",
        tags=("outdoor",),
        axes=(axis("颜色", "Colour", ("sage", "灰绿", "Sage", "#5f8478"), ("cream", "米白", "Cream", "#e6dcc8")),),
        skus=(
            Sku("BC-CASE-SAGE", ("sage",), 49900, 3100, 21),
            Sku("BC-CASE-CREAM", ("cream",), 49900, 3100, 0),
        ),
        specs=specs(
            ("尺寸", "Size", "36×23×55 cm", "36 × 23 × 55 cm"),
            ("容量", "Volume", "36 L", "36 L"),
            ("重量", "Weight", "3.1 kg", "3.1 kg"),
        ),
        pictures=pictures(
            ("suitcase", "灰绿登机箱，棕色护角", "Sage suitcase with brown corners", "sage"),
            ("suitcase-cream", "米白登机箱", "Cream suitcase", "cream"),
        ),
        listed_days_ago=67,
        warranty_months=36,
    ),
    Product(
        handle="wooden-handle-umbrella",
        title=T("木柄长伞", "Wooden-handle Umbrella"),
        subtitle=T("八骨玻纤，大风里不翻面", "Eight fibreglass ribs that hold in the wind"),
        description=(
            T(
                "伞骨玻璃纤维，七级风里试过没有翻面。弯柄是整根榉木，挂在椅背上不滑。",
                "Fibreglass ribs, tried in a near gale without turning. The crook is one piece of beech and "
                "hangs on a chair without sliding.",
            ),
        ),
        merchant="yuji",
        brand="bancheng",
        category="on-the-way",
        tags=("everyday",),
        axes=(),
        skus=(Sku("BC-UMB-1", (), 12900, 520, 62),),
        specs=specs(("伞面", "Canopy", "直径 108 cm", "108 cm across"), ("收起", "Folded", "88 cm", "88 cm")),
        pictures=pictures(("umbrella", "撑开的砖红长伞，弯木柄", "Open brick umbrella with a crook handle")),
        listed_days_ago=118,
    ),
)
