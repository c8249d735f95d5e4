"""Chairs, tables and shelves: PRODUCTS, a tuple of shapes.Product."""

from catalog.demo.shapes import Product, Sku, Text, axis, pictures, specs

T = Text

PRODUCTS = (
    Product(
        handle="windsor-dining-chair",
        title=T("温莎餐椅", "Windsor Dining Chair"),
        subtitle=T("弯木椅背，靠得住腰", "A bent back that holds yours"),
        description=(
            T(
                "椅背用蒸汽弯成一整根，中间三根细杆托住腰。坐面略凹，吃饭久坐不硌。",
                "The back is one steam-bent piece with three spindles where you need them, and the seat is "
                "slightly dished.",
            ),
            T(
                "需要自己组装，盒内附六角扳手，大约十分钟装好。",
                "Assembly takes about ten minutes with the hex key in the box.",
            ),
        ),
        merchant="yuji",
        brand="nanmu",
        category="seating",
        tags=("natural",),
        axes=(axis("颜色", "Colour", ("oak", "原木", "Natural", "#8b5c38"), ("black", "炭黑", "Charcoal", "#2f3230")),),
        skus=(
            Sku("NM-WIND-OAK", ("oak",), 59900, 5600, 24, 69900),
            Sku("NM-WIND-BLACK", ("black",), 59900, 5600, 16, 69900),
        ),
        specs=specs(
            ("尺寸", "Size", "宽 46 深 50 高 84 cm，坐高 45 cm", "46 × 50 × 84 cm, seat 45 cm"),
            ("材质", "Material", "白蜡木，水性漆", "Ash, water-based lacquer"),
            ("承重", "Load", "120 kg", "120 kg"),
        ),
        pictures=pictures(
            ("chair", "原木温莎椅，米色坐垫", "Natural Windsor chair with a beige seat", "oak"),
            ("chair-black", "炭黑温莎椅", "Charcoal Windsor chair", "black"),
        ),
        listed_days_ago=45,
        warranty_months=36,
    ),
    Product(
        handle="three-legged-stool",
        title=T("三脚圆凳", "Three-legged Stool"),
        subtitle=T("三条腿，地不平也站得稳", "Three legs stand firm on any floor"),
        description=(
            T(
                "三条腿不会晃，换鞋、浇花、当床头几都行。凳面厚 3 cm，榫卯连接，不用一颗螺丝。",
                "Three legs never wobble: for shoes, for watering plants, beside the bed. "
                "A 3 cm seat joined without a single screw.",
            ),
        ),
        merchant="yuji",
        brand="nanmu",
        category="seating",
        tags=("small-space", "natural"),
        axes=(axis("颜色", "Colour", ("oak", "橡木", "Oak", "#c39a68"), ("green", "松绿", "Pine", "#47695a")),),
        skus=(
            Sku("NM-STOOL-OAK", ("oak",), 25900, 2800, 39),
            Sku("NM-STOOL-GREEN", ("green",), 26900, 2800, 22),
        ),
        specs=specs(
            ("尺寸", "Size", "直径 32 cm，高 44 cm", "32 cm across, 44 cm high"),
            ("材质", "Material", "橡木", "Oak"),
            ("承重", "Load", "110 kg", "110 kg"),
        ),
        pictures=pictures(
            ("stool", "橡木三脚圆凳", "Oak three-legged stool", "oak"),
            ("stool-green", "松绿三脚圆凳", "Pine-green three-legged stool", "green"),
        ),
        listed_days_ago=125,
        warranty_months=36,
    ),
    Product(
        handle="cord-seat-bench",
        title=T("纸绳编长凳", "Paper-cord Bench"),
        subtitle=T("床尾、玄关、餐桌边都放得下", "For the bed, the hall or the table"),
        description=(
            T(
                "凳面用三股纸绳手工编，一条凳子要编一整天。用久了会有一点松，那是绳子在贴合坐姿。",
                "Three-ply paper cord woven by hand, a full day for each bench. It eases a little with use "
                "as it fits to you.",
            ),
            T("纸绳怕水，洒了水请马上吸干。靠垫不包含在内。", "Blot spills at once. The cushion is not included."),
        ),
        merchant="yuji",
        brand="nanmu",
        category="seating",
        tags=("handmade", "natural"),
        axes=(),
        skus=(Sku("NM-BENCH-110", (), 89900, 8200, 7),),
        specs=specs(
            ("尺寸", "Size", "长 110 深 36 高 44 cm", "110 × 36 × 44 cm"),
            ("材质", "Material", "白蜡木，纸绳", "Ash, paper cord"),
            ("承重", "Load", "200 kg", "200 kg"),
        ),
        pictures=pictures(("bench", "纸绳编长凳，上面放着一只灰绿靠垫", "Paper-cord bench with a sage cushion")),
        listed_days_ago=22,
        warranty_months=36,
    ),
    Product(
        handle="walnut-side-table",
        title=T("胡桃独脚边几", "Walnut Pedestal Side Table"),
        subtitle=T("沙发边放一杯茶的地方", "A place for tea beside the sofa"),
        description=(
            T(
                "独脚底座，可以推到沙发底下。桌沿倒圆，小朋友跑过也不怕磕。",
                "The single foot slides under the sofa, and the rounded edge is kind to running children.",
            ),
        ),
        merchant="yuji",
        brand="nanmu",
        category="tables-shelves",
        tags=("small-space", "natural"),
        axes=(),
        skus=(Sku("NM-SIDE-45", (), 46900, 6100, 13, 52900),),
        specs=specs(
            ("尺寸", "Size", "直径 45 cm，高 52 cm", "45 cm across, 52 cm high"),
            ("材质", "Material", "黑胡桃实木", "Solid walnut"),
            ("承重", "Load", "25 kg", "25 kg"),
        ),
        pictures=pictures(("side-table", "胡桃圆边几上放着书和杯子", "Round walnut table with books and a mug")),
        listed_days_ago=92,
        warranty_months=36,
    ),
    Product(
        handle="ladder-shelf",
        title=T("五层梯形置物架", "Five-tier Ladder Shelf"),
        subtitle=T("上窄下宽，墙角也能摆一棵植物", "Narrow above, wide below, easy in a corner"),
        description=(
            T(
                "上窄下宽重心低，顶上配防倾倒绑带，请务必固定到墙上。层板可承重 15 kg，放书放锅都行。",
                "Wider at the foot and supplied with an anti-tip strap that must be fixed to the wall. Each "
                "shelf takes 15 kg.",
            ),
        ),
        merchant="yuji",
        brand="nanmu",
        category="tables-shelves",
        tags=("natural",),
        axes=(axis("宽度", "Width", ("60", "60 cm", "60 cm"), ("80", "80 cm", "80 cm")),),
        skus=(
            Sku("NM-SHELF-60", ("60",), 109900, 15800, 6),
            Sku("NM-SHELF-80", ("80",), 129900, 19600, 0),
        ),
        specs=specs(
            ("尺寸", "Size", "深 36 高 168 cm", "36 cm deep, 168 cm high"),
            ("材质", "Material", "橡木", "Oak"),
            ("承重", "Load", "每层 15 kg", "15 kg a shelf"),
        ),
        pictures=pictures(("shelf", "摆着书、罐子和收纳盒的梯形架", "Ladder shelf with books, jars and boxes")),
        listed_days_ago=198,
        warranty_months=36,
    ),
)
