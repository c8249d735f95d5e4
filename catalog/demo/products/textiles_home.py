"""Textiles for kitchen and floor: PRODUCTS, a tuple of shapes.Product."""

from catalog.demo.shapes import Product, Sku, Text, axis, pictures, specs

T = Text

PRODUCTS = (
    Product(
        handle="linen-tea-towels",
        title=T("亚麻擦布 两条装", "Linen Tea Towels, pair"),
        subtitle=T("擦杯子不留毛，干得快", "No lint on glasses, quick to dry"),
        description=(
            T(
                "纯亚麻平织，擦玻璃杯不留毛絮。新布略硬，洗过五六次以后手感更软。",
                "Plain-woven pure linen that leaves no lint on glass. Stiff at first, softer after five or six washes.",
            ),
        ),
        merchant="mianli",
        brand="mianli",
        category="bath-kitchen-linen",
        tags=("everyday", "natural"),
        axes=(),
        skus=(Sku("ML-TEATOWEL-2", (), 4500, 150, 190),),
        specs=specs(("尺寸", "Size", "48×70 cm", "48 × 70 cm"), ("面料", "Fabric", "100% 亚麻", "100% linen")),
        pictures=pictures(
            ("tea-towels", "木杆上挂着红、蓝条纹两条擦布", "Two tea towels with red and blue stripes on a rail")
        ),
        listed_days_ago=145,
        warranty_months=3,
    ),
    Product(
        handle="waxed-apron",
        title=T("松绿厚棉围裙", "Pine Cotton Apron"),
        subtitle=T("大口袋，皮质系带", "A deep pocket and leather ties"),
        description=(
            T(
                "12 安厚棉布，油点擦得掉。前袋分两格，放手机和擦手布。颈带长度可调，身高 150 到 185 都合身。",
                "12 oz cotton that wipes clean, with a divided pocket for phone and cloth. "
                "The neck strap adjusts for heights from 150 to 185 cm.",
            ),
        ),
        merchant="mianli",
        brand="mianli",
        category="bath-kitchen-linen",
        tags=("gift", "everyday"),
        axes=(),
        skus=(Sku("ML-APRON-1", (), 12900, 460, 54),),
        specs=specs(
            ("尺寸", "Size", "宽 70 cm，长 84 cm", "70 cm wide, 84 cm long"),
            ("面料", "Fabric", "100% 棉，牛皮带", "100% cotton, leather straps"),
            ("洗护", "Care", "拆下皮带后冷水机洗", "Remove straps, machine wash cold"),
        ),
        pictures=pictures(("apron", "挂在木钉上的松绿围裙", "Pine-green apron on a wooden peg")),
        listed_days_ago=36,
        warranty_months=6,
    ),
    Product(
        handle="handwoven-rug",
        title=T("手织棉地毯", "Handwoven Cotton Rug"),
        subtitle=T("正反两面，脏了可以机洗", "Two-sided and machine washable"),
        description=(
            T(
                "棉线平织，薄而密，扫地机器人上得去。小号放床边，大号放沙发前。铺在光滑地面请配防滑垫。",
                "Flat-woven cotton, thin enough for a robot vacuum. The small one goes by the bed, the large "
                "by the sofa. "
                "Use a grip mat on smooth floors.",
            ),
        ),
        merchant="mianli",
        brand="mianli",
        category="floor-textiles",
        tags=("handmade", "natural"),
        axes=(
            axis(
                "花色",
                "Pattern",
                ("oat", "燕麦咖条", "Oat + brown", "#d9c7a6"),
                ("sage", "灰绿白条", "Sage + white", "#8fa596"),
            ),
            axis("尺寸", "Size", ("60", "60×120 cm", "60 × 120 cm"), ("140", "140×200 cm", "140 × 200 cm")),
        ),
        skus=(
            Sku("ML-RUG-OAT-60", ("oat", "60"), 15900, 1200, 30),
            Sku("ML-RUG-OAT-140", ("oat", "140"), 45900, 4600, 9),
            Sku("ML-RUG-SAGE-60", ("sage", "60"), 15900, 1200, 25),
            Sku("ML-RUG-SAGE-140", ("sage", "140"), 45900, 4600, 2),
        ),
        specs=specs(
            ("材质", "Material", "100% 棉", "100% cotton"),
            ("厚度", "Thickness", "5 mm", "5 mm"),
            ("洗护", "Care", "小号可机洗，大号建议送洗", "Small: machine wash; large: cleaner"),
        ),
        pictures=pictures(("rug", "立着的两卷棉地毯，皮带捆扎", "Two rolled rugs standing, tied with leather straps")),
        listed_days_ago=52,
        warranty_months=6,
    ),
    Product(
        handle="linen-house-slippers",
        title=T("亚麻居家拖鞋", "Linen House Slippers"),
        subtitle=T("软木鞋底，走路没声音", "Cork soles that walk quietly"),
        description=(
            T(
                "亚麻鞋面透气，软木加橡胶底防滑静音。鞋码偏大，平时穿 39 的选 38–39 即可。",
                "A breathable linen upper on a quiet, non-slip cork and rubber sole. They run large: if "
                "between sizes, take the smaller.",
            ),
        ),
        merchant="mianli",
        brand="mianli",
        category="floor-textiles",
        tags=("everyday", "natural"),
        axes=(
            axis("颜色", "Colour", ("green", "灰绿", "Sage", "#6f857b"), ("clay", "陶土", "Clay", "#b9694a")),
            axis("尺码", "Size", ("36", "36–37", "36–37"), ("38", "38–39", "38–39"), ("42", "42–43", "42–43")),
        ),
        skus=(
            Sku("ML-SLIP-GREEN-36", ("green", "36"), 6900, 320, 44),
            Sku("ML-SLIP-GREEN-38", ("green", "38"), 6900, 340, 62),
            Sku("ML-SLIP-GREEN-42", ("green", "42"), 6900, 390, 5),
            Sku("ML-SLIP-CLAY-36", ("clay", "36"), 6900, 320, 37),
            Sku("ML-SLIP-CLAY-38", ("clay", "38"), 6900, 340, 0),
            Sku("ML-SLIP-CLAY-42", ("clay", "42"), 6900, 390, 28),
        ),
        specs=specs(
            ("鞋面", "Upper", "亚麻", "Linen"),
            ("鞋底", "Sole", "软木、橡胶", "Cork, rubber"),
            ("洗护", "Care", "鞋面湿布擦拭，不可水洗", "Wipe clean, do not wash"),
        ),
        pictures=pictures(
            ("slippers", "灰绿亚麻拖鞋俯视", "Sage linen slippers from above", "green"),
            ("slippers-clay", "陶土色亚麻拖鞋俯视", "Clay linen slippers from above", "clay"),
        ),
        listed_days_ago=18,
        warranty_months=3,
    ),
    Product(
        handle="knitted-pouf",
        title=T("粗针织坐墩", "Chunky Knit Pouf"),
        subtitle=T("坐、搁脚、当边几都行", "A seat, a footrest, a side table"),
        description=(
            T(
                "粗棉绳手织外套，内填颗粒，坐下去会贴合身体。外套底部有拉链，可拆下来干洗。",
                "A hand-knitted cotton cover over beads that settle to your shape. The cover unzips for dry cleaning.",
            ),
        ),
        merchant="mianli",
        brand="mianli",
        category="floor-textiles",
        tags=("handmade",),
        axes=(),
        skus=(Sku("ML-POUF-1", (), 32900, 4200, 15),),
        specs=specs(
            ("尺寸", "Size", "直径 50 cm，高 35 cm", "50 cm across, 35 cm high"), ("承重", "Load", "100 kg", "100 kg")
        ),
        pictures=pictures(("pouf", "本色粗针织坐墩", "Natural chunky knit pouf")),
        listed_days_ago=101,
        warranty_months=6,
    ),
    Product(
        handle="buckwheat-floor-cushion",
        title=T("荞麦壳蒲团", "Buckwheat Floor Cushion"),
        subtitle=T("坐久了也不塌", "Keeps its height"),
        description=(
            T(
                "内填荞麦壳约 3 kg，随坐姿微微流动，支撑均匀。侧面有口，可以自己增减填充。",
                "About 3 kg of buckwheat hulls shift slightly with you and support evenly. "
                "An opening at the side lets you adjust the filling.",
            ),
            T(
                "荞麦壳怕潮，梅雨季请隔两周晒一次。",
                "Hulls dislike damp: air it in the sun every two weeks in the wet season.",
            ),
        ),
        merchant="mianli",
        brand="mianli",
        category="floor-textiles",
        tags=("natural",),
        axes=(),
        skus=(Sku("ML-ZAFU-1", (), 15900, 3300, 32),),
        specs=specs(
            ("尺寸", "Size", "直径 40 cm，高 15 cm", "40 cm across, 15 cm high"),
            ("填充", "Filling", "荞麦壳", "Buckwheat hulls"),
        ),
        pictures=pictures(("zafu", "靛蓝圆形蒲团", "Indigo round floor cushion")),
        listed_days_ago=240,
        warranty_months=6,
    ),
)
