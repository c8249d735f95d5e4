"""Teaware for making and keeping tea: PRODUCTS, a tuple of shapes.Product."""

from catalog.demo.shapes import Product, Sku, Text, axis, pictures, specs

T = Text

PRODUCTS = (
    Product(
        handle="jiqing-teapot",
        title=T("霁青 手作茶壶", "Celadon Hand-thrown Teapot"),
        subtitle=T("三种釉色，出水利落不挂滴", "Three glazes and a spout that pours without dripping"),
        description=(
            T(
                "壶身由景德镇的师傅手拉成形，釉色随窑温略有深浅，每只都不完全一样。壶嘴内侧收得薄，停手即断水。",
                "Each body is thrown by hand in Jingdezhen, and the glaze shifts a little with the kiln. "
                "The inner edge of the spout is thin, so the pour stops when you do.",
            ),
            T(
                "提梁用榉木蒸弯，隔热但不耐久泡。泡完茶请把壶倒空晾干，提梁用湿布擦净即可。",
                "The handle is steam-bent beech: cool to the touch, but not made for soaking. "
                "Empty the pot after use and wipe the handle with a damp cloth.",
            ),
        ),
        merchant="shanyao",
        brand="shanyao",
        category="teapots",
        tags=("handmade", "gift"),
        axes=(
            axis(
                "釉色",
                "Glaze",
                ("qing", "霁青", "Celadon", "#7fa79a"),
                ("mi", "米白", "Rice white", "#efe8da"),
                ("mo", "墨灰", "Ink grey", "#4a4440"),
            ),
            axis("容量", "Capacity", ("200", "200 ml", "200 ml"), ("300", "300 ml", "300 ml")),
        ),
        skus=(
            Sku("SY-TP-QING-200", ("qing", "200"), 26800, 460, 34),
            Sku("SY-TP-QING-300", ("qing", "300"), 29800, 520, 21, 33800),
            Sku("SY-TP-MI-200", ("mi", "200"), 26800, 460, 40),
            Sku("SY-TP-MI-300", ("mi", "300"), 29800, 520, 18, 33800),
            Sku("SY-TP-MO-200", ("mo", "200"), 26800, 460, 3),
            Sku("SY-TP-MO-300", ("mo", "300"), 29800, 520, 0, 33800),
        ),
        specs=specs(
            ("材质", "Material", "高温瓷，榉木提梁", "High-fired porcelain, beech handle"),
            ("尺寸", "Size", "宽 19.6 cm，高 11.2 cm（300 ml）", "19.6 cm wide, 11.2 cm high (300 ml)"),
            ("滤孔", "Strainer", "壶内九孔", "Nine holes inside the spout"),
            ("产地", "Made in", "江西景德镇", "Jingdezhen, Jiangxi"),
        ),
        pictures=pictures(
            ("teapot-qing", "霁青釉茶壶，木提梁", "Celadon teapot with a wooden handle", "qing"),
            ("teapot-mi", "米白釉茶壶", "Rice-white teapot", "mi"),
            ("teapot-mo", "墨灰釉茶壶", "Ink-grey teapot", "mo"),
            ("teapot-set", "茶壶与两只茶杯放在圆木盘上", "The teapot with two cups on a round wooden tray"),
        ),
        listed_days_ago=6,
    ),
    Product(
        handle="pine-smoke-cups",
        title=T("松烟 品茗杯 两只装", "Pine Smoke Tea Cups, pair"),
        subtitle=T("口薄底厚，一口半的量", "Thin lip, heavy foot, a mouthful and a half"),
        description=(
            T(
                "杯口薄到 1.8 mm，杯底留厚，端着不烫手，放下也稳。内壁施透明釉，能看清茶汤的颜色。",
                "The lip is 1.8 mm thin and the foot stays thick: comfortable to hold, steady on the table. "
                "A clear glaze inside shows the colour of the tea.",
            ),
            T(
                "可以进洗碗机，但深色釉长期用洗碗机会略微失光，手洗更好。",
                "Dishwasher-safe, though dark glazes keep their depth longer when washed by hand.",
            ),
        ),
        merchant="shanyao",
        brand="shanyao",
        category="tea-cups",
        tags=("handmade", "set"),
        axes=(
            axis(
                "配色",
                "Colours",
                ("qingmi", "霁青＋米白", "Celadon + rice white"),
                ("momi", "墨灰＋米白", "Ink grey + rice white"),
            ),
        ),
        skus=(
            Sku("SY-CUP2-QM", ("qingmi",), 8900, 260, 86),
            Sku("SY-CUP2-MM", ("momi",), 8900, 260, 52),
        ),
        specs=specs(
            ("容量", "Capacity", "单只 70 ml", "70 ml each"),
            ("材质", "Material", "高温瓷", "High-fired porcelain"),
            ("尺寸", "Size", "口径 7.4 cm，高 4.6 cm", "7.4 cm across, 4.6 cm high"),
        ),
        pictures=pictures(
            ("cups", "霁青与米白品茗杯各一只", "One celadon and one rice-white tea cup", "qingmi"),
            ("cups-mo", "墨灰与米白品茗杯各一只", "One ink-grey and one rice-white tea cup", "momi"),
        ),
        listed_days_ago=12,
    ),
    Product(
        handle="blue-line-gaiwan",
        title=T("青线 盖碗", "Blue Line Gaiwan"),
        subtitle=T("两道手绘青花线，收口好拿", "Two hand-drawn cobalt lines and an easy rim"),
        description=(
            T(
                "碗沿外撇，捏着边缘不烫手；盖钮略高，新手也能单手出汤。青花线由师傅转盘手绘，收笔处看得见接口。",
                "The rim flares out so your fingers stay cool, and the taller knob helps beginners pour with one hand. "
                "The cobalt lines are painted on the wheel; you can see where the brush left off.",
            ),
        ),
        merchant="shanyao",
        brand="shanyao",
        category="teapots",
        tags=("handmade",),
        axes=(
            axis(
                "容量",
                "Capacity",
                ("110", "110 ml 单人", "110 ml, for one"),
                ("150", "150 ml 多人", "150 ml, for sharing"),
            ),
        ),
        skus=(
            Sku("SY-GW-110", ("110",), 12800, 240, 45),
            Sku("SY-GW-150", ("150",), 14800, 290, 4),
        ),
        specs=specs(
            ("材质", "Material", "白瓷，釉下青花", "White porcelain, underglaze cobalt"),
            ("组成", "Includes", "盖、碗、托各一", "Lid, bowl and saucer"),
            ("产地", "Made in", "江西景德镇", "Jingdezhen, Jiangxi"),
        ),
        pictures=pictures(
            ("gaiwan", "白瓷盖碗，碗身与盖上各有一道青线", "White gaiwan with a blue line on bowl and lid")
        ),
        listed_days_ago=140,
    ),
    Product(
        handle="glass-fairness-pitcher",
        title=T("耐热玻璃公道杯", "Heatproof Glass Pitcher"),
        subtitle=T("看得见茶汤，也接得住沸水", "See the tea; pour boiling water without worry"),
        description=(
            T(
                "高硼硅玻璃，耐瞬间温差 120 ℃，刚烧开的水可以直接倒。把手空心，热汤满杯时仍可握住。",
                "Borosilicate glass that takes a sudden change of 120 °C, so freshly boiled water is fine. "
                "The hollow handle stays comfortable with a full pitcher.",
            ),
        ),
        merchant="yuji",
        brand="yuji",
        category="brewing",
        tags=("everyday",),
        axes=(axis("容量", "Capacity", ("280", "280 ml", "280 ml"), ("400", "400 ml", "400 ml")),),
        skus=(
            Sku("YJ-PT-280", ("280",), 4900, 180, 160),
            Sku("YJ-PT-400", ("400",), 5900, 230, 95),
        ),
        specs=specs(
            ("材质", "Material", "高硼硅玻璃", "Borosilicate glass"),
            ("耐温差", "Thermal shock", "120 ℃", "120 °C"),
            ("清洁", "Care", "可进洗碗机", "Dishwasher-safe"),
        ),
        pictures=pictures(("pitcher", "装着半壶茶汤的玻璃公道杯", "Glass pitcher half full of tea")),
        listed_days_ago=210,
    ),
    Product(
        handle="double-lid-tea-tin",
        title=T("双盖马口铁茶叶罐", "Double-lid Tea Tin"),
        subtitle=T("内塞外盖，潮天也放心", "An inner plug and an outer lid for damp days"),
        description=(
            T(
                "外盖挡光，内塞隔潮，适合存放 50–100 g 的散茶。罐口卷边打磨过，不刮手。",
                "The outer lid keeps out light and the inner plug keeps out damp; it holds 50–100 g of loose tea. "
                "The rolled edge is polished and will not scratch.",
            ),
            T(
                "不建议存放有强烈气味的花茶后再换绿茶，铁罐会留味。",
                "The tin remembers scent: avoid moving from flower teas to green tea in the same one.",
            ),
        ),
        merchant="yuji",
        brand="yuji",
        category="tea-storage",
        tags=("everyday", "gift"),
        axes=(axis("颜色", "Colour", ("pine", "松绿", "Pine", "#3f5a4c"), ("brick", "砖红", "Brick", "#b9583a")),),
        skus=(
            Sku("YJ-TIN-PINE", ("pine",), 3900, 150, 220),
            Sku("YJ-TIN-BRICK", ("brick",), 3900, 150, 180),
        ),
        specs=specs(
            ("材质", "Material", "食品级马口铁", "Food-grade tinplate"),
            ("尺寸", "Size", "直径 7.8 cm，高 10.5 cm", "7.8 cm across, 10.5 cm high"),
        ),
        pictures=pictures(("tin", "松绿与砖红茶叶罐", "Pine and brick tea tins")),
        listed_days_ago=300,
        warranty_months=3,
    ),
)
