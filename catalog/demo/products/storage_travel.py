"""Storage and travel: PRODUCTS, a tuple of shapes.Product."""

from ..shapes import Product, Sku, Text, axis, pictures, specs

T = Text

PRODUCTS = (
    Product(
        handle="light-steel-bottle",
        title=T("轻装 316 不锈钢保温杯", "Light Steel Bottle"),
        subtitle=T("500 ml，空杯 260 g", "500 ml, 260 g empty"),
        description=(
            T(
                "内胆 316 不锈钢，装茶、装咖啡不串味。实测 95 ℃ 热水六小时后 68 ℃。盖子拆成三件，缝隙都洗得到。",
                "The 316 steel lining does not hold on to tea or coffee. Water at 95 °C measured 68 °C after six hours. "
                "The cap comes apart in three for washing.",
            ),
        ),
        merchant="yuji", brand="bancheng", category="on-the-way", tags=("everyday", "outdoor"),
        axes=(
            axis("颜色", "Colour", ("navy", "海军蓝", "Navy", "#2f4f6b"), ("green", "松绿", "Pine", "#47695a"), ("cream", "奶白", "Cream", "#e9e0cc")),
        ),
        skus=(
            Sku("BC-BTL-NAVY", ("navy",), 13900, 300, 185, 16900),
            Sku("BC-BTL-GREEN", ("green",), 13900, 300, 140, 16900),
            Sku("BC-BTL-CREAM", ("cream",), 13900, 300, 9, 16900),
        ),
        specs=specs(("容量", "Capacity", "500 ml", "500 ml"), ("材质", "Material", "316 不锈钢内胆", "316 stainless lining"), ("保温", "Keeps hot", "6 小时不低于 65 ℃", "Above 65 °C after 6 hours")),
        pictures=pictures(
            ("bottle", "海军蓝保温杯，皮绳提环", "Navy bottle with a leather loop", "navy"),
            ("bottle-set", "松绿与奶白保温杯", "Pine and cream bottles", "green"),
        ),
        listed_days_ago=220, warranty_months=12,
    ),
    Product(
        handle="commuter-tumbler",
        title=T("通勤随行杯", "Commuter Tumbler"),
        subtitle=T("单手开盖，倒扣不漏", "One-handed lid, leakproof upside down"),
        description=(
            T("盖子一推就开，合上听得到咔哒一声。双层不锈钢，杯套防烫，放得进车载杯架。", "Slide the lid with a thumb and hear it click shut. Double steel wall, sleeve, and a foot that fits a car cup holder."),
        ),
        merchant="yuji", brand="bancheng", category="on-the-way", tags=("everyday",),
        axes=(axis("颜色", "Colour", ("oat", "燕麦", "Oat", "#e9ddc4"), ("brown", "陶棕", "Clay brown", "#8f4a32")),),
        skus=(
            Sku("BC-TUMB-OAT", ("oat",), 9900, 320, 93),
            Sku("BC-TUMB-BROWN", ("brown",), 9900, 320, 78),
        ),
        specs=specs(("容量", "Capacity", "420 ml", "420 ml"), ("材质", "Material", "304 不锈钢、硅胶", "304 stainless steel, silicone")),
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
                "Canvas thick enough to stand by itself, leather handles long enough for the shoulder, and a zipped pocket for keys.",
            ),
            T("帆布未做缩水处理，请用湿布局部擦洗。", "The canvas is not pre-shrunk: spot clean with a damp cloth."),
        ),
        merchant="mianli", brand="bancheng", category="bags", tags=("everyday", "natural"),
        axes=(axis("颜色", "Colour", ("natural", "本色", "Natural", "#e9dfc9"), ("green", "松绿", "Pine", "#47695a")),),
        skus=(
            Sku("BC-TOTE-NAT", ("natural",), 11900, 620, 88),
            Sku("BC-TOTE-GREEN", ("green",), 11900, 620, 71),
        ),
        specs=specs(("尺寸", "Size", "宽 40 高 34 厚 14 cm", "40 × 34 × 14 cm"), ("材质", "Material", "棉帆布、牛皮", "Cotton canvas, leather")),
        pictures=pictures(
            ("tote", "本色帆布袋，红色山形标", "Natural tote with a red mountain mark", "natural"),
            ("tote-green", "松绿帆布袋", "Pine-green tote", "green"),
        ),
        listed_days_ago=50, warranty_months=6,
    ),
    Product(
        handle="roll-top-backpack",
        title=T("翻盖双肩包 18 L", "Flap Backpack 18 L"),
        subtitle=T("通勤和短途都背得出去", "For work and a short trip"),
        description=(
            T(
                "独立电脑层放得下 15 寸，背板透气。面料防泼水，遇到大雨请套上防雨罩（包内附赠）。",
                "A separate sleeve for a 15-inch laptop and a breathable back. Water-repellent; a rain cover is inside for heavy rain.",
            ),
        ),
        merchant="yuji", brand="bancheng", category="bags", tags=("outdoor", "everyday"),
        axes=(axis("颜色", "Colour", ("sage", "灰绿", "Sage", "#5d6f66"), ("navy", "海军蓝", "Navy", "#34495e")),),
        skus=(
            Sku("BC-PACK-SAGE", ("sage",), 36900, 980, 33, 42900),
            Sku("BC-PACK-NAVY", ("navy",), 36900, 980, 27, 42900),
        ),
        specs=specs(("容量", "Volume", "18 L", "18 L"), ("尺寸", "Size", "宽 29 高 43 厚 14 cm", "29 × 43 × 14 cm"), ("材质", "Material", "尼龙、牛皮", "Nylon, leather")),
        pictures=pictures(
            ("backpack", "灰绿双肩包，棕色皮扣", "Sage backpack with brown leather straps", "sage"),
            ("backpack-navy", "海军蓝双肩包", "Navy backpack", "navy"),
        ),
        listed_days_ago=13, warranty_months=24,
    ),
    Product(
        handle="cabin-suitcase",
        title=T("登机箱 20 寸", "Cabin Suitcase 20-inch"),
        subtitle=T("静音轮，四角皮护角", "Quiet wheels, leather corners"),
        description=(
            T(
                "竖条纹 PC 箱体，磕了不显伤。万向轮裹了软胶，凌晨拖过小区也不吵人。TSA 海关锁。",
                "A ribbed polycarbonate shell that hides knocks, and soft wheels that will not wake the neighbours. TSA lock.",
            ),
            T("多数航空公司可登机，廉价航空请先核对尺寸。", "Accepted by most airlines; check the size with low-cost carriers."),
        ),
        merchant="yuji", brand="bancheng", category="on-the-way", tags=("outdoor",),
        axes=(axis("颜色", "Colour", ("sage", "灰绿", "Sage", "#5f8478"), ("cream", "米白", "Cream", "#e6dcc8")),),
        skus=(
            Sku("BC-CASE-SAGE", ("sage",), 49900, 3100, 21),
            Sku("BC-CASE-CREAM", ("cream",), 49900, 3100, 0),
        ),
        specs=specs(("尺寸", "Size", "36×23×55 cm", "36 × 23 × 55 cm"), ("容量", "Volume", "36 L", "36 L"), ("重量", "Weight", "3.1 kg", "3.1 kg")),
        pictures=pictures(
            ("suitcase", "灰绿登机箱，棕色护角", "Sage suitcase with brown corners", "sage"),
            ("suitcase-cream", "米白登机箱", "Cream suitcase", "cream"),
        ),
        listed_days_ago=67, warranty_months=36,
    ),
    Product(
        handle="wooden-handle-umbrella",
        title=T("木柄长伞", "Wooden-handle Umbrella"),
        subtitle=T("八骨玻纤，大风里不翻面", "Eight fibreglass ribs that hold in the wind"),
        description=(
            T("伞骨玻璃纤维，七级风里试过没有翻面。弯柄是整根榉木，挂在椅背上不滑。", "Fibreglass ribs, tried in a near gale without turning. The crook is one piece of beech and hangs on a chair without sliding."),
        ),
        merchant="yuji", brand="bancheng", category="on-the-way", tags=("everyday",),
        axes=(),
        skus=(Sku("BC-UMB-1", (), 12900, 520, 62),),
        specs=specs(("伞面", "Canopy", "直径 108 cm", "108 cm across"), ("收起", "Folded", "88 cm", "88 cm")),
        pictures=pictures(("umbrella", "撑开的砖红长伞，弯木柄", "Open brick umbrella with a crook handle")),
        listed_days_ago=118,
    ),
    Product(
        handle="woven-basket",
        title=T("蒲草编收纳篮", "Woven Rush Basket"),
        subtitle=T("玩具、毛毯、没看完的书", "Toys, throws, half-read books"),
        description=(
            T(
                "蒲草手编，内衬棉布可以拆洗。新篮子有草味，通风三五天就散。",
                "Woven by hand from rush with a washable cotton lining. It smells of grass at first; air it for a few days.",
            ),
        ),
        merchant="mianli", brand="mianli", category="storage", tags=("handmade", "natural"),
        axes=(axis("尺寸", "Size", ("s", "小 直径 26 cm", "Small, 26 cm"), ("l", "大 直径 36 cm", "Large, 36 cm")),),
        skus=(
            Sku("ML-BASKET-S", ("s",), 7900, 520, 47),
            Sku("ML-BASKET-L", ("l",), 11900, 860, 3),
        ),
        specs=specs(("材质", "Material", "蒲草、棉", "Rush, cotton"), ("保养", "Care", "避免长期受潮", "Keep dry")),
        pictures=pictures(("basket", "带双耳的草编篮，白色棉衬", "Woven basket with two ears and a white lining")),
        listed_days_ago=84, warranty_months=3,
    ),
    Product(
        handle="linen-storage-box",
        title=T("布面带盖收纳盒", "Linen Box with Lid"),
        subtitle=T("标签插卡，一眼找到", "A label on every box"),
        description=(
            T("硬板外裹亚麻布，叠三层不塌。正面黄铜插卡，附十张空白卡。", "Stiff board under linen, strong enough to stack three high. A brass label holder and ten blank cards."),
        ),
        merchant="mianli", brand="mianli", category="storage", tags=("everyday", "small-space"),
        axes=(
            axis("颜色", "Colour", ("oat", "燕麦", "Oat", "#cfc0a2"), ("sage", "灰绿", "Sage", "#8fa596")),
            axis("尺寸", "Size", ("s", "小 28×20×15 cm", "Small, 28 × 20 × 15 cm"), ("l", "大 38×28×24 cm", "Large, 38 × 28 × 24 cm")),
        ),
        skus=(
            Sku("ML-BOX-OAT-S", ("oat", "s"), 5900, 560, 83),
            Sku("ML-BOX-OAT-L", ("oat", "l"), 8900, 980, 60),
            Sku("ML-BOX-SAGE-S", ("sage", "s"), 5900, 560, 75),
            Sku("ML-BOX-SAGE-L", ("sage", "l"), 8900, 980, 41),
        ),
        specs=specs(("材质", "Material", "亚麻布、硬纸板、黄铜", "Linen, board, brass")),
        pictures=pictures(
            ("fabric-box", "燕麦色带盖收纳盒", "Oat storage box with a lid", "oat"),
            ("fabric-box-set", "灰绿大盒与陶土小盒", "Large sage box and a small clay one", "sage"),
        ),
        listed_days_ago=152, warranty_months=6,
    ),
    Product(
        handle="two-tier-lunch-box",
        title=T("双层便当盒", "Two-tier Lunch Box"),
        subtitle=T("菜饭分开，木盖当小砧板", "Rice apart from dishes; the lid is a small board"),
        description=(
            T(
                "两层各 500 ml，硅胶圈密封，汤汁不漏。取下木盖可进微波炉，盖子还能当切水果的小砧板。",
                "Two tiers of 500 ml with silicone seals that hold sauce. Take off the lid and it goes in the microwave; the lid doubles as a board for fruit.",
            ),
        ),
        merchant="yuji", brand="bancheng", category="storage", tags=("everyday",),
        axes=(axis("颜色", "Colour", ("clay", "陶土", "Clay", "#c9694a"), ("green", "松绿", "Pine", "#47695a")),),
        skus=(
            Sku("BC-LUNCH-CLAY", ("clay",), 8900, 560, 104),
            Sku("BC-LUNCH-GREEN", ("green",), 8900, 560, 87),
        ),
        specs=specs(("容量", "Capacity", "500 ml × 2", "500 ml × 2"), ("材质", "Material", "PP、榉木、硅胶", "PP, beech, silicone")),
        pictures=pictures(
            ("lunchbox", "陶土色双层便当盒，木盖", "Clay two-tier lunch box with a wooden lid", "clay"),
            ("lunchbox-green", "松绿双层便当盒", "Pine two-tier lunch box", "green"),
        ),
        listed_days_ago=26, warranty_months=6,
    ),
    Product(
        handle="three-drawer-organiser",
        title=T("桌面三层抽屉柜", "Three-drawer Desk Chest"),
        subtitle=T("放得下 A4 纸，抽屉可整个取出", "Takes A4; the drawers lift out"),
        description=(
            T(
                "三层抽屉都能放 A4 纸，可以整个抽出来端到桌上用。背面留了走线孔。",
                "All three drawers take A4 and lift out to use on the table. There is a hole for cables behind.",
            ),
        ),
        merchant="yuji", brand="nanmu", category="storage", tags=("natural", "small-space"),
        axes=(),
        skus=(Sku("NM-DRAWER-3", (), 26900, 4300, 18),),
        specs=specs(("尺寸", "Size", "宽 34 深 26 高 26 cm", "34 × 26 × 26 cm"), ("材质", "Material", "橡木贴面、实木抽屉", "Oak veneer, solid drawers")),
        pictures=pictures(("organiser", "三层木抽屉柜，黄铜拉手", "Three-drawer wooden chest with brass knobs")),
        listed_days_ago=99, warranty_months=24,
    ),
)
