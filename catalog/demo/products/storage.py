"""Storage: PRODUCTS, a tuple of shapes.Product."""

from catalog.demo.shapes import Product, Sku, Text, axis, pictures, specs

T = Text

PRODUCTS = (
    Product(
        handle="woven-basket",
        title=T("蒲草编收纳篮", "Woven Rush Basket"),
        subtitle=T("玩具、毛毯、没看完的书", "Toys, throws, half-read books"),
        description=(
            T(
                "蒲草手编，内衬棉布可以拆洗。新篮子有草味，通风三五天就散。",
                "Woven by hand from rush with a washable cotton lining. It smells of grass at first; air it "
                "for a few days.",
            ),
        ),
        merchant="mianli",
        brand="mianli",
        category="storage",
        tags=("handmade", "natural"),
        axes=(axis("尺寸", "Size", ("s", "小 直径 26 cm", "Small, 26 cm"), ("l", "大 直径 36 cm", "Large, 36 cm")),),
        skus=(
            Sku("ML-BASKET-S", ("s",), 7900, 520, 47),
            Sku("ML-BASKET-L", ("l",), 11900, 860, 3),
        ),
        specs=specs(("材质", "Material", "蒲草、棉", "Rush, cotton"), ("保养", "Care", "避免长期受潮", "Keep dry")),
        pictures=pictures(("basket", "带双耳的草编篮，白色棉衬", "Woven basket with two ears and a white lining")),
        listed_days_ago=84,
        warranty_months=3,
    ),
    Product(
        handle="linen-storage-box",
        title=T("布面带盖收纳盒", "Linen Box with Lid"),
        subtitle=T("标签插卡，一眼找到", "A label on every box"),
        description=(
            T(
                "硬板外裹亚麻布，叠三层不塌。正面黄铜插卡，附十张空白卡。",
                "Stiff board under linen, strong enough to stack three high. A brass label holder and ten blank cards.",
            ),
        ),
        merchant="mianli",
        brand="mianli",
        category="storage",
        tags=("everyday", "small-space"),
        axes=(
            axis("颜色", "Colour", ("oat", "燕麦", "Oat", "#cfc0a2"), ("sage", "灰绿", "Sage", "#8fa596")),
            axis(
                "尺寸",
                "Size",
                ("s", "小 28×20×15 cm", "Small, 28 × 20 × 15 cm"),
                ("l", "大 38×28×24 cm", "Large, 38 × 28 × 24 cm"),
            ),
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
        listed_days_ago=152,
        warranty_months=6,
    ),
    Product(
        handle="two-tier-lunch-box",
        title=T("双层便当盒", "Two-tier Lunch Box"),
        subtitle=T("菜饭分开，木盖当小砧板", "Rice apart from dishes; the lid is a small board"),
        description=(
            T(
                "两层各 500 ml，硅胶圈密封，汤汁不漏。取下木盖可进微波炉，盖子还能当切水果的小砧板。",
                "Two tiers of 500 ml with silicone seals that hold sauce. Take off the lid and it goes in "
                "the microwave; the lid doubles as a board for fruit.",
            ),
        ),
        merchant="yuji",
        brand="bancheng",
        category="storage",
        tags=("everyday",),
        axes=(axis("颜色", "Colour", ("clay", "陶土", "Clay", "#c9694a"), ("green", "松绿", "Pine", "#47695a")),),
        skus=(
            Sku("BC-LUNCH-CLAY", ("clay",), 8900, 560, 104),
            Sku("BC-LUNCH-GREEN", ("green",), 8900, 560, 87),
        ),
        specs=specs(
            ("容量", "Capacity", "500 ml × 2", "500 ml × 2"),
            ("材质", "Material", "PP、榉木、硅胶", "PP, beech, silicone"),
        ),
        pictures=pictures(
            ("lunchbox", "陶土色双层便当盒，木盖", "Clay two-tier lunch box with a wooden lid", "clay"),
            ("lunchbox-green", "松绿双层便当盒", "Pine two-tier lunch box", "green"),
        ),
        listed_days_ago=26,
        warranty_months=6,
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
        merchant="yuji",
        brand="nanmu",
        category="storage",
        tags=("natural", "small-space"),
        axes=(),
        skus=(Sku("NM-DRAWER-3", (), 26900, 4300, 18),),
        specs=specs(
            ("尺寸", "Size", "宽 34 深 26 高 26 cm", "34 × 26 × 26 cm"),
            ("材质", "Material", "橡木贴面、实木抽屉", "Oak veneer, solid drawers"),
        ),
        pictures=pictures(("organiser", "三层木抽屉柜，黄铜拉手", "Three-drawer wooden chest with brass knobs")),
        listed_days_ago=99,
        warranty_months=24,
    ),
)
