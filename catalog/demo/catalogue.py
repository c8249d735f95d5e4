"""The demo shop as one shapes.Catalogue: CATALOGUE (merchants, brands, categories, tags, products).

CATALOGUE.products is in the order of the categories; parents stand before children in CATALOGUE.categories.
"""

from importlib import import_module

from .shapes import Brand, Catalogue, Category, Merchant, Text

T = Text

MERCHANTS = (
    Merchant(
        slug="yuji",
        name=T("屿集自营", "Yuji"),
        company="屿集（杭州）生活用品有限公司",
        blurb=T(
            "从产地挑来的日用器物。上架之前，我们自己先用三个月。",
            "Everyday objects chosen where they are made. We use each one for three months before we sell it.",
        ),
        ships_from=T("浙江 杭州", "Hangzhou, Zhejiang"),
        picture="seal-yuji",
    ),
    Merchant(
        slug="shanyao",
        name=T("山窑工坊", "Shanyao Kiln"),
        company="景德镇山窑陶瓷工作室",
        blurb=T(
            "五个人，两口窑，一个月开四次。做茶器，也做每天吃饭的碗。",
            "Five people and two kilns, fired four times a month. Teaware, and the bowls for every day.",
        ),
        ships_from=T("江西 景德镇", "Jingdezhen, Jiangxi"),
        picture="seal-shanyao",
    ),
    Merchant(
        slug="mianli",
        name=T("棉里家居", "Mianli Home"),
        company="南通棉里家纺有限公司",
        blurb=T(
            "棉、麻和一点香气。布料在南通织，香在苏州调。",
            "Cotton, linen and a little scent. Woven in Nantong, blended in Suzhou.",
        ),
        ships_from=T("江苏 南通", "Nantong, Jiangsu"),
        picture="seal-mianli",
    ),
)

BRANDS = (
    Brand("yuji", T("屿集", "Yuji")),
    Brand("shanyao", T("山窑", "Shanyao")),
    Brand("mianli", T("棉里", "Mianli")),
    Brand("mudeng", T("暮灯", "Mudeng")),
    Brand("yanqi", T("烟起", "Yanqi")),
    Brand("nanmu", T("南木", "Nanmu")),
    Brand("gezi", T("格子纸", "Gezi Paper")),
    Brand("bancheng", T("半程", "Bancheng")),
)

CATEGORIES = (
    Category(
        "teaware",
        T("茶器", "Teaware"),
        picture="category-teaware",
        blurb=T("一壶一杯，慢慢喝", "A pot, a cup, no hurry"),
    ),
    Category("teapots", T("壶与盖碗", "Pots & gaiwan"), "teaware"),
    Category("tea-cups", T("茶杯", "Cups"), "teaware"),
    Category("brewing", T("冲泡", "Brewing"), "teaware"),
    Category("tea-storage", T("茶罐茶盘", "Tins & trays"), "teaware"),
    Category(
        "kitchen",
        T("餐厨", "Kitchen"),
        picture="category-kitchen",
        blurb=T("好好做饭，好好吃饭", "Cook well, eat well"),
    ),
    Category("cookware", T("锅具", "Cookware"), "kitchen"),
    Category("tableware", T("碗盘杯", "Tableware"), "kitchen"),
    Category("kitchen-tools", T("厨房用具", "Tools"), "kitchen"),
    Category(
        "lighting",
        T("灯具", "Lighting"),
        picture="category-lighting",
        blurb=T("天黑以后的样子", "How the room looks after dark"),
    ),
    Category("table-lamps", T("台灯", "Table lamps"), "lighting"),
    Category("floor-pendant", T("落地灯与吊灯", "Floor & pendant"), "lighting"),
    Category("portable-lights", T("便携灯", "Portable"), "lighting"),
    Category(
        "textiles", T("织物", "Textiles"), picture="category-textiles", blurb=T("棉、麻、羊毛", "Cotton, linen, wool")
    ),
    Category("cushions-throws", T("靠垫与毯", "Cushions & throws"), "textiles"),
    Category("bath-kitchen-linen", T("毛巾与厨布", "Towels & linen"), "textiles"),
    Category("floor-textiles", T("地垫与拖鞋", "Floor & slippers"), "textiles"),
    Category(
        "fragrance",
        T("香氛", "Fragrance"),
        picture="category-fragrance",
        blurb=T("给房间一点气味", "A little scent for the room"),
    ),
    Category("candles", T("香薰蜡烛", "Candles"), "fragrance"),
    Category("diffusers", T("扩香", "Diffusers"), "fragrance"),
    Category("incense-soap", T("线香与皂", "Incense & soap"), "fragrance"),
    Category(
        "furniture",
        T("家具", "Furniture"),
        picture="category-furniture",
        blurb=T("实木小件，自己就能装", "Small solid-wood pieces you can assemble alone"),
    ),
    Category("seating", T("椅凳", "Seating"), "furniture"),
    Category("tables-shelves", T("几与架", "Tables & shelves"), "furniture"),
    Category("decor", T("陈设", "Decor"), "furniture"),
    Category(
        "stationery",
        T("文具", "Stationery"),
        picture="category-stationery",
        blurb=T("写字的人用得上", "For people who still write"),
    ),
    Category("paper", T("纸本", "Paper"), "stationery"),
    Category("writing", T("书写", "Writing"), "stationery"),
    Category("desk", T("桌面", "Desk"), "stationery"),
    Category(
        "storage-travel",
        T("收纳与旅行", "Storage & Travel"),
        picture="category-storage-travel",
        blurb=T("收得下，带得走", "Put away, take along"),
    ),
    Category("storage", T("收纳", "Storage"), "storage-travel"),
    Category("bags", T("包袋", "Bags"), "storage-travel"),
    Category("on-the-way", T("路上", "On the way"), "storage-travel"),
)

TAGS = (
    ("new", T("新品", "New")),
    ("gift", T("适合送礼", "Good gift")),
    ("handmade", T("手作", "Handmade")),
    ("everyday", T("日用", "Everyday")),
    ("set", T("套装", "Set")),
    ("natural", T("天然材质", "Natural material")),
    ("small-space", T("小户型", "Small spaces")),
    ("outdoor", T("户外", "Outdoor")),
)

MODULES = (
    "teaware",
    "teaware_brewing",
    "kitchen",
    "tableware",
    "lighting",
    "textiles",
    "textiles_home",
    "candles",
    "fragrance",
    "furniture",
    "decor",
    "stationery",
    "storage",
    "travel",
)

PRODUCTS = tuple(product for name in MODULES for product in import_module(f".products.{name}", __package__).PRODUCTS)

CATALOGUE = Catalogue(MERCHANTS, BRANDS, CATEGORIES, TAGS, PRODUCTS)
