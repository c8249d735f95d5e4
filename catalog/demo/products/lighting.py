"""Lighting: PRODUCTS, a tuple of shapes.Product."""

from catalog.demo.shapes import Product, Sku, Text, axis, pictures, specs

T = Text
CCC = ("认证", "Certificate", "CCC 强制性产品认证", "CCC")

PRODUCTS = (
    Product(
        handle="dusk-mushroom-lamp",
        title=T("暮色 蘑菇台灯", "Dusk Mushroom Lamp"),
        subtitle=T("三档调光，夜里不刺眼", "Three levels, gentle at night"),
        description=(
            T(
                "灯罩把光压向桌面，坐着看不到灯泡。按一下灯颈换一档，暗档适合起夜。",
                "The shade turns the light down onto the table, so you never see the bulb when seated. "
                "Press the neck to change levels; the lowest is made for the night.",
            ),
            T("附一只 E27 暖光灯泡，坏了可以自己换。", "Comes with a warm E27 bulb that you can replace yourself."),
        ),
        merchant="yuji",
        brand="mudeng",
        category="table-lamps",
        tags=("gift",),
        axes=(
            axis("颜色", "Colour", ("orange", "柿橙", "Persimmon", "#d96f43"), ("green", "松绿", "Pine", "#47695a")),
        ),
        skus=(
            Sku("MD-MUSH-ORANGE", ("orange",), 32900, 1900, 42, 38900),
            Sku("MD-MUSH-GREEN", ("green",), 32900, 1900, 3, 38900),
        ),
        specs=specs(
            ("尺寸", "Size", "直径 30 cm，高 38 cm", "30 cm across, 38 cm high"),
            ("光源", "Bulb", "E27，7 W，2700 K", "E27, 7 W, 2700 K"),
            ("材质", "Material", "金属灯罩，陶瓷底座", "Metal shade, ceramic base"),
            CCC,
        ),
        pictures=pictures(
            ("lamp", "亮着的柿橙色蘑菇台灯", "Persimmon mushroom lamp, lit", "orange"),
            ("lamp-green", "亮着的松绿蘑菇台灯", "Pine-green mushroom lamp, lit", "green"),
        ),
        listed_days_ago=4,
        warranty_months=24,
    ),
    Product(
        handle="long-arm-reading-lamp",
        title=T("长臂阅读灯", "Long-arm Reading Lamp"),
        subtitle=T("两段灯臂，拉近推远都停得住", "Two arms that stay where you put them"),
        description=(
            T(
                "关节用黄铜摩擦片，不用弹簧，推到哪里停在哪里。灯头可转 270 度，看书、画画、照明墙面都行。",
                "Brass friction joints instead of springs: it stays where you leave it. "
                "The head turns 270 degrees for reading, drawing or lighting a wall.",
            ),
            T(
                "显色指数 Ra95，照度达到国家标准 AA 级读写要求。",
                "Colour rendering Ra95; illuminance meets the national AA grade for reading.",
            ),
        ),
        merchant="yuji",
        brand="mudeng",
        category="table-lamps",
        tags=("everyday",),
        axes=(axis("颜色", "Colour", ("cream", "奶白", "Cream", "#e9ddc4"), ("black", "炭黑", "Charcoal", "#2f3633")),),
        skus=(
            Sku("MD-ARM-CREAM", ("cream",), 45900, 2700, 18),
            Sku("MD-ARM-BLACK", ("black",), 45900, 2700, 25),
        ),
        specs=specs(
            ("臂长", "Reach", "两段各 36 cm", "Two arms of 36 cm"),
            ("光源", "Light", "LED 12 W，3000–4000 K 可调", "LED 12 W, 3000–4000 K adjustable"),
            ("底座", "Base", "直径 18 cm，配重 1.6 kg", "18 cm, 1.6 kg"),
            CCC,
        ),
        pictures=pictures(
            ("arm-lamp", "奶白长臂灯照着深绿墙面", "Cream long-arm lamp against a dark green wall", "cream"),
            ("arm-lamp-black", "炭黑长臂灯", "Charcoal long-arm lamp", "black"),
        ),
        listed_days_ago=47,
        warranty_months=24,
    ),
    Product(
        handle="milk-glass-globe-lamp",
        title=T("乳白玻璃 圆球灯", "Milk Glass Globe Lamp"),
        subtitle=T("像一只小月亮，放床头刚好", "A small moon for the bedside"),
        description=(
            T(
                "人工吹制的乳白玻璃，光从整颗球里透出来，没有亮斑。旋钮无级调光，拧到底关灯。",
                "Mouth-blown milk glass glows evenly with no bright spot. "
                "A knob dims it smoothly and switches it off at the end.",
            ),
            T(
                "玻璃罩偶有小气泡，是吹制留下的，不影响使用。",
                "Small bubbles in the glass come from blowing and are not a fault.",
            ),
        ),
        merchant="yuji",
        brand="mudeng",
        category="table-lamps",
        tags=("gift",),
        axes=(axis("直径", "Diameter", ("20", "20 cm", "20 cm"), ("25", "25 cm", "25 cm")),),
        skus=(
            Sku("MD-GLOBE-20", ("20",), 25900, 1600, 31),
            Sku("MD-GLOBE-25", ("25",), 31900, 2200, 0),
        ),
        specs=specs(
            ("光源", "Bulb", "E14，5 W，2700 K", "E14, 5 W, 2700 K"),
            ("材质", "Material", "玻璃，黄铜", "Glass, brass"),
            CCC,
        ),
        pictures=pictures(("globe-lamp", "黄铜底座上亮着的乳白玻璃球", "Glowing milk-glass ball on a brass foot")),
        listed_days_ago=130,
        warranty_months=24,
    ),
    Product(
        handle="paper-lantern-lamp",
        title=T("云灯 三脚纸灯", "Cloud Paper Floor Lamp"),
        subtitle=T("楮皮纸灯罩，竹圈手工糊", "Mulberry paper pasted by hand on bamboo hoops"),
        description=(
            T(
                "灯罩是楮皮纸，一圈圈糊在竹条上，点亮后有柔和的横纹。放在沙发旁或墙角都合适。",
                "Mulberry paper over bamboo hoops, with soft bands of light when lit. "
                "At home beside a sofa or in a corner.",
            ),
            T(
                "纸罩怕水，积灰用软毛刷轻扫。我们单独出售替换灯罩，请联系客服。",
                "Keep the paper dry and dust it with a soft brush. Replacement shades are available; ask us.",
            ),
        ),
        merchant="yuji",
        brand="mudeng",
        category="floor-pendant",
        tags=("handmade", "natural"),
        axes=(),
        skus=(Sku("MD-CLOUD-1", (), 39900, 2100, 23),),
        specs=specs(
            ("尺寸", "Size", "直径 36 cm，高 72 cm", "36 cm across, 72 cm high"),
            ("光源", "Bulb", "E27，9 W，2700 K", "E27, 9 W, 2700 K"),
            CCC,
        ),
        pictures=pictures(("paper-lantern", "三根细木脚上亮着的纸灯", "Lit paper globe on three thin wooden legs")),
        listed_days_ago=16,
        warranty_months=12,
    ),
    Product(
        handle="tripod-floor-lamp",
        title=T("三脚落地灯", "Tripod Floor Lamp"),
        subtitle=T("亚麻灯罩，实木腿", "Linen shade on solid wooden legs"),
        description=(
            T(
                "灯罩用本色亚麻，光透出来偏暖。三条腿拧上即可，一个人五分钟装好，线长 2.2 米带脚踏开关。",
                "The natural linen shade warms the light. Three legs screw in: five minutes for one person. "
                "The 2.2 m cord has a foot switch.",
            ),
        ),
        merchant="yuji",
        brand="mudeng",
        category="floor-pendant",
        tags=("natural",),
        axes=(),
        skus=(Sku("MD-TRIPOD-1", (), 52900, 4300, 14, 59900),),
        specs=specs(
            ("尺寸", "Size", "灯罩直径 40 cm，高 146 cm", "Shade 40 cm, height 146 cm"),
            ("光源", "Bulb", "E27，12 W，2700 K", "E27, 12 W, 2700 K"),
            ("材质", "Material", "亚麻，白蜡木", "Linen, ash"),
            CCC,
        ),
        pictures=pictures(("tripod-lamp", "亚麻灯罩的三脚落地灯", "Tripod lamp with a linen shade")),
        listed_days_ago=205,
        warranty_months=24,
    ),
    Product(
        handle="dome-pendant-lamp",
        title=T("半圆餐吊灯", "Dome Pendant"),
        subtitle=T("挂在餐桌上方 70 cm 刚好", "Right at 70 cm above the table"),
        description=(
            T(
                "铝制灯罩外喷粉内镀白，光集中在桌面。吊线 1.5 米，可自行截短。",
                "Aluminium, powder-coated outside and white inside, keeps the light on the table. "
                "The 1.5 m cord can be shortened.",
            ),
            T("需要接线安装，请找持证电工。", "Needs wiring: please ask a licensed electrician."),
        ),
        merchant="yuji",
        brand="mudeng",
        category="floor-pendant",
        tags=("everyday",),
        axes=(
            axis("颜色", "Colour", ("cream", "奶白", "Cream", "#e5ddcb"), ("blue", "灰蓝", "Slate blue", "#3f5f7a")),
        ),
        skus=(
            Sku("MD-DOME-CREAM", ("cream",), 28900, 1500, 37),
            Sku("MD-DOME-BLUE", ("blue",), 28900, 1500, 29),
        ),
        specs=specs(
            ("尺寸", "Size", "直径 40 cm，高 24 cm", "40 cm across, 24 cm high"),
            ("光源", "Bulb", "E27，不含灯泡", "E27, bulb not included"),
            CCC,
        ),
        pictures=pictures(
            ("pendant", "奶白半圆吊灯", "Cream dome pendant", "cream"),
            ("pendant-blue", "灰蓝半圆吊灯", "Slate-blue dome pendant", "blue"),
        ),
        listed_days_ago=88,
        warranty_months=24,
    ),
    Product(
        handle="camp-lantern",
        title=T("营地 充电提灯", "Camp Lantern"),
        subtitle=T("一次充电，暗档能亮 60 小时", "Sixty hours on the low setting"),
        description=(
            T(
                "旋钮无级调光，亮档够四个人吃饭，暗档当夜灯。Type-C 充电，也能给手机应急补一点电。",
                "A knob dims it from enough light for four to eat by, down to a night light. "
                "It charges by USB-C and can top up a phone in need.",
            ),
            T("IPX4 防溅水，小雨没关系，不能泡水。", "IPX4 splash-proof: light rain is fine, a stream is not."),
        ),
        merchant="yuji",
        brand="bancheng",
        category="portable-lights",
        tags=("outdoor",),
        axes=(axis("颜色", "Colour", ("green", "松绿", "Pine", "#47695a"), ("brick", "砖红", "Brick", "#b9583a")),),
        skus=(
            Sku("BC-LANT-GREEN", ("green",), 17900, 720, 66),
            Sku("BC-LANT-BRICK", ("brick",), 17900, 720, 51),
        ),
        specs=specs(
            ("电池", "Battery", "5000 mAh，Type-C 充电", "5000 mAh, USB-C"),
            ("亮度", "Brightness", "10–350 流明", "10–350 lm"),
            ("防水", "Water", "IPX4", "IPX4"),
        ),
        pictures=pictures(
            ("lantern", "夜色里亮着的松绿提灯", "Pine-green lantern lit at night", "green"),
            ("lantern-set", "松绿和砖红两只提灯", "Two lanterns, pine and brick"),
        ),
        listed_days_ago=28,
    ),
)
