"""Mirrors, stands and vases: PRODUCTS, a tuple of shapes.Product."""

from catalog.demo.shapes import Product, Sku, Text, axis, pictures, specs

T = Text

PRODUCTS = (
    Product(
        handle="arched-floor-mirror",
        title=T("拱形落地镜", "Arched Floor Mirror"),
        subtitle=T("靠墙放，或挂起来", "Lean it or hang it"),
        description=(
            T(
                "高清银镜，背后贴防爆膜。靠墙放时请装上防滑脚垫和固定绳，家里有孩子建议上墙。",
                "Silver mirror with a safety film behind. Use the grip feet and cord when leaning it; hang "
                "it if there are children.",
            ),
            T("大件玻璃，收到请当着配送员开箱检查。", "Large glass: please open it while the courier is there."),
        ),
        merchant="yuji",
        brand="nanmu",
        category="decor",
        tags=("everyday",),
        axes=(axis("高度", "Height", ("150", "50×150 cm", "50 × 150 cm"), ("170", "60×170 cm", "60 × 170 cm")),),
        skus=(
            Sku("NM-MIRROR-150", ("150",), 39900, 11200, 12),
            Sku("NM-MIRROR-170", ("170",), 49900, 14600, 8),
        ),
        specs=specs(
            ("镜面", "Glass", "5 mm 银镜，防爆膜", "5 mm silver mirror with film"), ("边框", "Frame", "白蜡木", "Ash")
        ),
        pictures=pictures(("mirror", "靠墙的木框拱形镜", "Wood-framed arched mirror against the wall")),
        listed_days_ago=160,
        warranty_months=12,
    ),
    Product(
        handle="coat-stand",
        title=T("树形衣帽架", "Tree Coat Stand"),
        subtitle=T("五个挂点，进门先放下包", "Five pegs for when you come home"),
        description=(
            T(
                "挂点错落，大衣下摆不会叠在一起。底脚三叉，挂满一侧也不倒。",
                "Staggered pegs keep coats apart, and three feet keep it upright even when one side is full.",
            ),
        ),
        merchant="yuji",
        brand="nanmu",
        category="decor",
        tags=("small-space", "natural"),
        axes=(),
        skus=(Sku("NM-COAT-1", (), 32900, 5200, 20),),
        specs=specs(
            ("尺寸", "Size", "高 172 cm，底径 48 cm", "172 cm high, 48 cm at the foot"),
            ("材质", "Material", "榉木", "Beech"),
        ),
        pictures=pictures(("coat-stand", "挂着草帽和布包的衣帽架", "Coat stand with a straw hat and a cloth bag")),
        listed_days_ago=73,
        warranty_months=24,
    ),
    Product(
        handle="plain-bisque-vase",
        title=T("留白 素烧花瓶", "Plain Bisque Vase"),
        subtitle=T("窄口宽肩，三枝就够", "Narrow neck, wide shoulder, three stems"),
        description=(
            T(
                "外壁素烧不上釉，有细细的砂感；内壁上釉，能装水。窄口省花，三枝就站得住。",
                "Unglazed and slightly sandy outside, glazed inside to hold water. The narrow neck keeps "
                "three stems where you put them.",
            ),
            T("花枝为拍摄道具，不随瓶发货。", "The branches are for the picture and are not included."),
        ),
        merchant="shanyao",
        brand="shanyao",
        category="decor",
        tags=("handmade", "gift"),
        axes=(axis("颜色", "Colour", ("white", "素白", "White", "#f0eadc"), ("pine", "松绿", "Pine", "#3f5a4c")),),
        skus=(
            Sku("SY-VASE-WHITE", ("white",), 15800, 1150, 48),
            Sku("SY-VASE-PINE", ("pine",), 15800, 1150, 36),
        ),
        specs=specs(
            ("尺寸", "Size", "口径 6 cm，高 32 cm", "6 cm mouth, 32 cm high"),
            ("材质", "Material", "陶，内壁施釉", "Stoneware, glazed inside"),
        ),
        pictures=pictures(
            ("vase", "素白花瓶插着红果枝", "White vase with red berries", "white"),
            ("vase-green", "松绿花瓶插着尤加利枝", "Pine vase with eucalyptus", "pine"),
        ),
        listed_days_ago=135,
        warranty_months=3,
    ),
    Product(
        handle="moon-jar-vase",
        title=T("月光坛 大花器", "Moon Jar"),
        subtitle=T("上下两半拼接，腰间留着接痕", "Two halves joined, the seam left to see"),
        description=(
            T(
                "上下两半分开拉坯再拼接，所以不会是正圆，腰间看得到接痕。放地上插一把干草就很好看。",
                "Thrown in two halves and joined, so it is never quite round and the seam shows. Good on the "
                "floor with dry grass.",
            ),
            T("每窑只出四五只，釉面可能有针孔。", "Each firing gives four or five; the glaze may have pinholes."),
        ),
        merchant="shanyao",
        brand="shanyao",
        category="decor",
        tags=("handmade",),
        axes=(),
        skus=(Sku("SY-MOON-1", (), 68800, 3400, 3),),
        specs=specs(
            ("尺寸", "Size", "直径约 28 cm，高约 27 cm", "About 28 cm across, 27 cm high"),
            ("产地", "Made in", "江西景德镇", "Jingdezhen, Jiangxi"),
        ),
        pictures=pictures(("moon-jar", "白色月光坛插着干草", "White moon jar with dry grass")),
        listed_days_ago=8,
        warranty_months=3,
    ),
)
