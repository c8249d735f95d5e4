"""Stationery: PRODUCTS, a tuple of shapes.Product."""

from catalog.demo.shapes import Product, Sku, Text, axis, pictures, specs

T = Text

PRODUCTS = (
    Product(
        handle="cloth-notebook",
        title=T("布面线装笔记本 A5", "Cloth-bound Notebook A5"),
        subtitle=T("能完全摊平，钢笔不洇", "Opens flat, friendly to fountain pens"),
        description=(
            T(
                "锁线装订，翻到哪页都能摊平。内页 100 g 道林纸，钢笔写不洇不透，带两根书签带。",
                "Sewn, so every page lies flat. The 100 g paper takes fountain pen ink without bleeding; two "
                "ribbons mark your place.",
            ),
        ),
        merchant="yuji",
        brand="gezi",
        category="paper",
        tags=("everyday", "gift"),
        axes=(
            axis(
                "封面",
                "Cover",
                ("brick", "砖红", "Brick", "#b9583a"),
                ("pine", "松绿", "Pine", "#3f5a4c"),
                ("navy", "海军蓝", "Navy", "#2f4f6b"),
            ),
            axis("内页", "Paper", ("dot", "点阵", "Dotted"), ("blank", "空白", "Blank")),
        ),
        skus=(
            Sku("GZ-NB-BRICK-DOT", ("brick", "dot"), 4500, 340, 130),
            Sku("GZ-NB-BRICK-BLANK", ("brick", "blank"), 4500, 340, 84),
            Sku("GZ-NB-PINE-DOT", ("pine", "dot"), 4500, 340, 112),
            Sku("GZ-NB-PINE-BLANK", ("pine", "blank"), 4500, 340, 0),
            Sku("GZ-NB-NAVY-DOT", ("navy", "dot"), 4500, 340, 97),
            Sku("GZ-NB-NAVY-BLANK", ("navy", "blank"), 4500, 340, 5),
        ),
        specs=specs(
            ("页数", "Pages", "192 页", "192"),
            ("尺寸", "Size", "148×210 mm", "148 × 210 mm"),
            ("纸张", "Paper", "100 g 道林纸", "100 g wood-free"),
        ),
        pictures=pictures(
            ("notebook", "砖红布面笔记本，带松紧带", "Brick cloth notebook with an elastic", "brick"),
            ("notebook-stack", "叠放的四色布面笔记本", "Stack of cloth notebooks in four colours"),
        ),
        listed_days_ago=31,
        warranty_months=0,
    ),
    Product(
        handle="everyday-fountain-pen",
        title=T("日写钢笔", "Everyday Fountain Pen"),
        subtitle=T("笔尖软一点，久写不累", "A softer nib for long pages"),
        description=(
            T(
                "树脂笔杆车削抛光，连笔帽 24 克。钢尖出水偏润，附一支旋转上墨器和两支墨囊。",
                "A turned resin barrel, 24 g with its cap. The steel nib writes on the wet side; "
                "with a converter and two cartridges.",
            ),
            T(
                "笔尖沾过墨后不影响退换，但请先用清水洗净。",
                "You may return it after trying it with ink; please rinse it first.",
            ),
        ),
        merchant="yuji",
        brand="gezi",
        category="writing",
        tags=("gift",),
        axes=(
            axis("颜色", "Colour", ("green", "墨绿", "Deep green", "#1f4a3c"), ("red", "朱红", "Vermilion", "#a8321c")),
            axis(
                "笔尖", "Nib", ("ef", "EF 尖 0.38", "EF 0.38"), ("f", "F 尖 0.5", "F 0.5"), ("m", "M 尖 0.7", "M 0.7")
            ),
        ),
        skus=(
            Sku("GZ-PEN-GREEN-EF", ("green", "ef"), 19800, 60, 28),
            Sku("GZ-PEN-GREEN-F", ("green", "f"), 19800, 60, 34),
            # The broad nib is made for the green pen only: red and M is a combination that nobody can choose.
            Sku("GZ-PEN-GREEN-M", ("green", "m"), 20800, 60, 15),
            Sku("GZ-PEN-RED-EF", ("red", "ef"), 19800, 60, 4),
            Sku("GZ-PEN-RED-F", ("red", "f"), 19800, 60, 19),
        ),
        specs=specs(
            ("长度", "Length", "13.8 cm", "13.8 cm"),
            ("重量", "Weight", "24 g", "24 g"),
            ("上墨", "Filling", "上墨器或墨囊", "Converter or cartridge"),
        ),
        pictures=pictures(
            ("pen", "墨绿钢笔与笔帽", "Deep green fountain pen and its cap", "green"),
            ("pen-red", "朱红钢笔与笔帽", "Vermilion fountain pen and its cap", "red"),
        ),
        listed_days_ago=55,
        warranty_months=24,
    ),
    Product(
        handle="cedar-pencils-cup",
        title=T("雪松铅笔与瓷笔筒", "Cedar Pencils & Porcelain Cup"),
        subtitle=T("五支五色杆，削起来有木头香", "Five pencils that smell of wood when sharpened"),
        description=(
            T(
                "笔杆是雪松木，好削不断芯；2B 芯，写字画速写都够黑。笔筒是山窑烧的霁青釉，单用也好看。",
                "Cedar sharpens cleanly, and the 2B core is dark enough to sketch with. The celadon cup is "
                "fired at Shanyao.",
            ),
        ),
        merchant="yuji",
        brand="gezi",
        category="desk",
        tags=("gift", "set"),
        axes=(),
        skus=(Sku("GZ-PENCIL-CUP", (), 8800, 420, 52),),
        specs=specs(("组成", "Includes", "铅笔 5 支、笔筒 1", "Five pencils, one cup"), ("硬度", "Grade", "2B", "2B")),
        pictures=pictures(("pencils", "霁青笔筒里插着五支铅笔", "Five pencils in a celadon cup")),
        listed_days_ago=90,
        warranty_months=0,
    ),
    Product(
        handle="wood-base-desk-calendar",
        title=T("木座台历 2027", "Wood-base Desk Calendar 2027"),
        subtitle=T("十二张山水小画，过完可当明信片", "Twelve small landscapes to send as postcards"),
        description=(
            T(
                "每月一张，正面是画和日历，背面留白印了明信片格。标注农历、节气和法定假日。",
                "One card a month: picture and dates in front, a postcard grid behind. "
                "Marks the lunar calendar, solar terms and public holidays.",
            ),
            T("木座可以一直用，明年我们只卖替换卡。", "Keep the base; next year we sell the cards alone."),
        ),
        merchant="yuji",
        brand="gezi",
        category="desk",
        tags=("gift", "new"),
        axes=(),
        skus=(Sku("GZ-CAL-2027", (), 5900, 380, 150),),
        specs=specs(
            ("尺寸", "Size", "卡片 14×15 cm", "Cards 14 × 15 cm"),
            ("材质", "Material", "250 g 卡纸，榉木", "250 g card, beech"),
        ),
        pictures=pictures(("calendar", "木座台历，页上印着山和红日", "Desk calendar with hills and a red sun")),
        listed_days_ago=3,
        warranty_months=0,
    ),
    Product(
        handle="plain-washi-tapes",
        title=T("素色和纸胶带 四卷", "Plain Washi Tapes, four rolls"),
        subtitle=T("写得上字，撕下不留胶", "Write on it, peel it off clean"),
        description=(
            T(
                "表面可以写字，圆珠笔、钢笔都行。贴在墙上三个月撕下来不带漆。",
                "You can write on it with ballpoint or fountain pen, and after three months on a wall it "
                "takes no paint with it.",
            ),
        ),
        merchant="yuji",
        brand="gezi",
        category="desk",
        tags=("everyday", "set"),
        axes=(),
        skus=(Sku("GZ-TAPE-4", (), 2900, 140, 300),),
        specs=specs(("规格", "Size", "15 mm × 10 m × 4", "15 mm × 10 m × 4")),
        pictures=pictures(("tapes", "四卷素色和纸胶带", "Four rolls of plain washi tape")),
        listed_days_ago=250,
        warranty_months=0,
    ),
    Product(
        handle="letter-set",
        title=T("信笺套装", "Letter Set"),
        subtitle=T("二十张信纸，十个信封", "Twenty sheets, ten envelopes"),
        description=(
            T(
                "信纸是带纸浆纤维的手工纸，略厚，钢笔会有轻微晕染。附十枚火漆印贴，撕开就能用，不需要点火。",
                "The handmade paper shows its fibres and softens fountain pen ink a little. "
                "Ten peel-off wax seals need no flame.",
            ),
        ),
        merchant="yuji",
        brand="gezi",
        category="paper",
        tags=("gift", "set"),
        axes=(),
        skus=(Sku("GZ-LETTER-1", (), 3900, 220, 76),),
        specs=specs(("组成", "Includes", "信纸 20、信封 10、火漆贴 10", "20 sheets, 10 envelopes, 10 seals")),
        pictures=pictures(("letters", "牛皮色信封，封口贴着火漆", "Tan envelope closed with a wax seal")),
        listed_days_ago=108,
        warranty_months=0,
    ),
    Product(
        handle="brush-and-inkstone",
        title=T("习字套装 双笔一砚", "Calligraphy Set: two brushes and an inkstone"),
        subtitle=T("兼毫中楷，初学好控制", "Mixed-hair brushes that beginners can steer"),
        description=(
            T(
                "一支兼毫中楷、一支小楷，砚台内池光滑易洗。新笔请用温水泡开半截再用。",
                "One medium and one small mixed-hair brush, with an inkstone that washes easily. Soak the "
                "lower half in warm water before first use.",
            ),
        ),
        merchant="yuji",
        brand="gezi",
        category="writing",
        tags=("gift", "set"),
        axes=(),
        skus=(Sku("GZ-BRUSH-SET", (), 12900, 760, 27),),
        specs=specs(("组成", "Includes", "毛笔 2、砚台 1、笔搁 1", "Two brushes, inkstone, brush rest")),
        pictures=pictures(("brushes", "砚台前搁着两支毛笔", "Two brushes before an inkstone")),
        listed_days_ago=142,
        warranty_months=0,
    ),
    Product(
        handle="desk-scissors-ruler",
        title=T("裁纸剪与黄铜尺", "Paper Scissors & Brass Ruler"),
        subtitle=T("剪刀顺手，尺子有分量", "Scissors that follow, a ruler with weight"),
        description=(
            T(
                "剪刀刃长 8 cm，左右手都能用。黄铜尺 18 cm，刻度蚀刻不掉色，边缘可当裁纸刀的靠尺。",
                "Eight-centimetre blades for either hand. The 18 cm brass ruler is etched and makes a good "
                "cutting edge.",
            ),
            T("黄铜会氧化变暗，用牙膏可以擦亮。", "Brass darkens with time; toothpaste brings it back."),
        ),
        merchant="yuji",
        brand="gezi",
        category="desk",
        tags=("everyday", "set"),
        axes=(),
        skus=(Sku("GZ-CUT-SET", (), 9900, 230, 0),),
        specs=specs(
            ("材质", "Material", "不锈钢、黄铜", "Stainless steel, brass"), ("尺长", "Ruler", "18 cm", "18 cm")
        ),
        pictures=pictures(("scissors", "张开的剪刀和一把黄铜尺", "Open scissors and a brass ruler")),
        listed_days_ago=175,
        warranty_months=12,
    ),
)
