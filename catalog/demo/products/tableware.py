"""Tableware and jars: PRODUCTS, a tuple of shapes.Product."""

from catalog.demo.shapes import Product, Sku, Text, axis, pictures, specs

T = Text

PRODUCTS = (
    Product(
        handle="colour-block-mug",
        title=T("撞色 陶瓷马克杯", "Colour Block Mug"),
        subtitle=T("380 ml，一杯拿铁刚好", "380 ml, just right for a latte"),
        description=(
            T(
                "杯身分两次浸釉，交界处留一道手工的起伏。杯耳能放进三根手指，装满也端得稳。",
                "Dipped in two glazes, with a hand-made wave where they meet. "
                "Three fingers fit through the handle, so a full mug stays steady.",
            ),
            T("可微波、可进洗碗机。", "Safe in the microwave and the dishwasher."),
        ),
        merchant="shanyao",
        brand="shanyao",
        category="tableware",
        tags=("everyday", "gift"),
        axes=(
            axis(
                "配色",
                "Colours",
                ("brick", "米白＋砖红", "Cream + brick", "#b9583a"),
                ("green", "灰绿＋米白", "Sage + cream", "#5f8478"),
                ("navy", "海军蓝＋米白", "Navy + cream", "#2f4f6b"),
            ),
        ),
        skus=(
            Sku("SY-MUG-BRICK", ("brick",), 6900, 380, 140),
            Sku("SY-MUG-GREEN", ("green",), 6900, 380, 126),
            Sku("SY-MUG-NAVY", ("navy",), 6900, 380, 7),
        ),
        specs=specs(
            ("容量", "Capacity", "380 ml", "380 ml"),
            ("材质", "Material", "高温瓷", "High-fired porcelain"),
            ("尺寸", "Size", "口径 8.6 cm，高 9.4 cm", "8.6 cm across, 9.4 cm high"),
        ),
        pictures=pictures(
            ("mug", "砖红与灰绿两只撞色杯", "Two colour block mugs, brick and sage"),
            ("mug-single", "海军蓝撞色马克杯", "Navy colour block mug", "navy"),
        ),
        listed_days_ago=24,
    ),
    Product(
        handle="everyday-rice-bowls",
        title=T("日日饭碗 三只装", "Everyday Rice Bowls, set of three"),
        subtitle=T("口径 11.5 cm，盛饭盛汤都行", "11.5 cm across, for rice or soup"),
        description=(
            T(
                "碗壁厚薄适中，端热汤时碗脚隔热。三只颜色不同，能一只只叠起来，不占柜子。",
                "The wall is neither thick nor thin, and the foot keeps your fingers from hot soup. "
                "Three colours that nest to save room.",
            ),
        ),
        merchant="shanyao",
        brand="shanyao",
        category="tableware",
        tags=("everyday", "set", "small-space"),
        axes=(axis("色系", "Palette", ("earth", "山色", "Earth", "#c98b6a"), ("sea", "海色", "Sea", "#56728c")),),
        skus=(
            Sku("SY-BOWL3-EARTH", ("earth",), 9900, 780, 92),
            Sku("SY-BOWL3-SEA", ("sea",), 9900, 780, 58),
        ),
        specs=specs(
            ("组成", "Includes", "饭碗 3 只", "Three bowls"),
            ("口径", "Diameter", "11.5 cm", "11.5 cm"),
            ("清洁", "Care", "可微波，可进洗碗机", "Microwave and dishwasher safe"),
        ),
        pictures=pictures(
            ("rice-bowls", "叠在一起的米白、霁青、陶土色饭碗", "Stacked bowls in cream, celadon and clay", "earth"),
            ("rice-bowls-blue", "叠在一起的蓝色系饭碗", "Stacked bowls in blues", "sea"),
        ),
        listed_days_ago=110,
    ),
    Product(
        handle="matte-dinner-plates",
        title=T("哑光釉餐盘 四只装", "Matte Dinner Plates, set of four"),
        subtitle=T("宽沿浅盘，早餐晚餐都好看", "Wide rim, shallow well, breakfast to dinner"),
        description=(
            T(
                "哑光釉不反光，拍照好看；浅浅的凹心能兜住一点汤汁。金属刀叉可能留下灰痕，用小苏打擦掉即可。",
                "The matte glaze does not glare and the shallow well holds a little sauce. "
                "Metal cutlery may leave grey marks; baking soda removes them.",
            ),
        ),
        merchant="shanyao",
        brand="shanyao",
        category="tableware",
        tags=("everyday", "set"),
        axes=(axis("尺寸", "Size", ("20", "20 cm", "20 cm"), ("25", "25 cm", "25 cm")),),
        skus=(
            Sku("SY-PLATE4-20", ("20",), 16800, 1600, 35),
            Sku("SY-PLATE4-25", ("25",), 22800, 2600, 19, 25800),
        ),
        specs=specs(
            ("组成", "Includes", "米白 2、灰绿 1、陶土 1", "Two cream, one sage, one clay"),
            ("材质", "Material", "高温陶瓷", "High-fired stoneware"),
        ),
        pictures=pictures(
            ("plates", "一只米白盘立着，前面叠着三只盘", "One cream plate upright behind a stack of three")
        ),
        listed_days_ago=82,
    ),
    Product(
        handle="glass-oil-cruet",
        title=T("细嘴玻璃油醋瓶", "Glass Oil Cruet"),
        subtitle=T("软木塞细嘴，断油不滴", "Cork stopper with a thin spout that does not drip"),
        description=(
            T(
                "细嘴内有气道，倒油不会一股一股地冲。瓶口够宽，能伸进瓶刷。",
                "An air channel in the spout keeps the flow even, and the neck is wide enough for a bottle brush.",
            ),
            T("软木塞受潮会膨胀，清洗后请晾干再装回。", "Cork swells when wet: let it dry before putting it back."),
        ),
        merchant="yuji",
        brand="yuji",
        category="kitchen-tools",
        tags=("everyday",),
        axes=(axis("容量", "Capacity", ("250", "250 ml", "250 ml"), ("500", "500 ml", "500 ml")),),
        skus=(
            Sku("YJ-CRUET-250", ("250",), 3900, 310, 110),
            Sku("YJ-CRUET-500", ("500",), 4900, 430, 96),
        ),
        specs=specs(("材质", "Material", "玻璃、软木、304 不锈钢", "Glass, cork, 304 stainless steel")),
        pictures=pictures(("cruet", "装着橄榄油和黑醋的玻璃瓶", "Glass cruets of olive oil and dark vinegar")),
        listed_days_ago=230,
        warranty_months=3,
    ),
    Product(
        handle="grain-jars",
        title=T("木盖密封罐", "Wood-lid Storage Jar"),
        subtitle=T("看得见余量，硅胶圈防潮", "See what is left; silicone seal keeps out damp"),
        description=(
            T(
                "直筒宽口，舀米、倒豆子都方便。盖子是整木，内嵌硅胶圈，可取下单独清洗。",
                "Straight sides and a wide mouth for scooping rice or pouring beans. "
                "The solid wood lid has a silicone ring that comes off for washing.",
            ),
        ),
        merchant="yuji",
        brand="yuji",
        category="kitchen-tools",
        tags=("everyday", "small-space"),
        axes=(
            axis("容量", "Capacity", ("500", "500 ml", "500 ml"), ("1000", "1 L", "1 L"), ("1500", "1.5 L", "1.5 L")),
        ),
        skus=(
            Sku("YJ-JAR-500", ("500",), 2900, 360, 210),
            Sku("YJ-JAR-1000", ("1000",), 3900, 520, 170),
            Sku("YJ-JAR-1500", ("1500",), 4900, 690, 6),
        ),
        specs=specs(
            ("材质", "Material", "高硼硅玻璃，榉木，硅胶", "Borosilicate glass, beech, silicone"),
            ("清洁", "Care", "瓶身可进洗碗机，木盖手洗", "Jar dishwasher-safe, lid by hand"),
        ),
        pictures=pictures(("jar", "三只大小不同的玻璃罐，装着谷物", "Three glass jars of grains in different sizes")),
        listed_days_ago=400,
        warranty_months=3,
    ),
)
