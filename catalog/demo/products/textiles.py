"""Textiles: PRODUCTS, a tuple of shapes.Product."""

from catalog.demo.shapes import Product, Sku, Text, axis, pictures, specs

T = Text
WASH = ("洗护", "Care", "30 ℃ 机洗，低温烘干", "Machine wash 30 °C, tumble dry low")

PRODUCTS = (
    Product(
        handle="brick-stripe-cushion",
        title=T("砖红条纹 亚麻靠垫", "Brick Stripe Linen Cushion"),
        subtitle=T("色织条纹，正反都能用", "Yarn-dyed stripes on both sides"),
        description=(
            T(
                "条纹是先染纱再织的，不是印上去的，正反面一样，洗了不掉色。拉链藏在侧缝里，枕套可拆。",
                "The stripes are woven from dyed yarn, not printed, so both sides match and the colour stays. "
                "A hidden zip lets the cover come off.",
            ),
            T(
                "内芯为羽丝棉，坐塌了拍一拍、晒一晒就能回弹。",
                "The filling is a down-like fibre: pat it and air it in the sun to bring it back.",
            ),
        ),
        merchant="mianli",
        brand="mianli",
        category="cushions-throws",
        tags=("everyday", "natural"),
        axes=(
            axis(
                "花色",
                "Pattern",
                ("brick", "砖红条纹", "Brick stripe", "#b9583a"),
                ("blue", "蓝格", "Blue check", "#3f5f7a"),
            ),
            axis("规格", "Option", ("cover", "仅外套", "Cover only"), ("full", "含内芯", "With filling")),
        ),
        skus=(
            Sku("ML-CUSH-BRICK-C", ("brick", "cover"), 7900, 210, 77),
            Sku("ML-CUSH-BRICK-F", ("brick", "full"), 11900, 720, 64),
            Sku("ML-CUSH-BLUE-C", ("blue", "cover"), 7900, 210, 58),
            Sku("ML-CUSH-BLUE-F", ("blue", "full"), 11900, 720, 4),
        ),
        specs=specs(
            ("尺寸", "Size", "45×45 cm", "45 × 45 cm"),
            ("面料", "Fabric", "55% 亚麻，45% 棉", "55% linen, 45% cotton"),
            WASH,
        ),
        pictures=pictures(
            ("cushion", "砖红条纹亚麻靠垫", "Linen cushion with brick stripes", "brick"),
            ("cushion-blue", "蓝格亚麻靠垫", "Linen cushion in blue check", "blue"),
        ),
        listed_days_ago=11,
        warranty_months=6,
    ),
    Product(
        handle="velvet-plain-cushion",
        title=T("素色灯芯绒靠垫 两只装", "Plain Corduroy Cushions, pair"),
        subtitle=T("一深一浅，沙发立刻有层次", "One deep, one bright, for a plain sofa"),
        description=(
            T(
                "细条灯芯绒，摸起来软，猫抓之后顺着绒毛刷一下就平。含内芯，压缩包装寄出，到手拍松放半天。",
                "Fine corduroy, soft to the touch; brush it along the pile after the cat has been at it. "
                "Filled and sent compressed: let it rest half a day.",
            ),
        ),
        merchant="mianli",
        brand="mianli",
        category="cushions-throws",
        tags=("set",),
        axes=(),
        skus=(Sku("ML-CORD-2", (), 13900, 1300, 49),),
        specs=specs(
            ("尺寸", "Size", "45×45 cm × 2", "45 × 45 cm × 2"),
            ("面料", "Fabric", "98% 棉，2% 氨纶", "98% cotton, 2% elastane"),
            WASH,
        ),
        pictures=pictures(("cushion-plain", "苔绿和姜黄两只素色靠垫", "Two plain cushions, moss and mustard")),
        listed_days_ago=64,
        warranty_months=6,
    ),
    Product(
        handle="washed-cotton-blanket",
        title=T("四季 水洗棉盖毯", "All-season Washed Cotton Blanket"),
        subtitle=T("空调房里盖一条刚好", "Just right under air conditioning"),
        description=(
            T(
                "双层纱布水洗过，第一次用就是软的。夏天单盖，冬天叠在被子里当内胆。",
                "Two layers of gauze, washed before you get it, soft from the first night. "
                "Alone in summer, inside the duvet in winter.",
            ),
            T(
                "水洗棉有自然褶皱，不用熨。首次洗涤会有 3% 左右的缩水。",
                "Creases are part of it, no ironing. Expect about 3% shrinkage in the first wash.",
            ),
        ),
        merchant="mianli",
        brand="mianli",
        category="cushions-throws",
        tags=("everyday", "natural"),
        axes=(
            axis(
                "颜色",
                "Colour",
                ("oat", "燕麦", "Oat", "#e6dcc8"),
                ("sage", "鼠尾草绿", "Sage", "#8fa596"),
                ("clay", "陶土", "Clay", "#c97f5a"),
            ),
            axis("尺寸", "Size", ("150", "150×200 cm", "150 × 200 cm"), ("200", "200×230 cm", "200 × 230 cm")),
        ),
        skus=(
            Sku("ML-BLK-OAT-150", ("oat", "150"), 25900, 1100, 40),
            Sku("ML-BLK-OAT-200", ("oat", "200"), 34900, 1650, 28),
            Sku("ML-BLK-SAGE-150", ("sage", "150"), 25900, 1100, 33),
            Sku("ML-BLK-SAGE-200", ("sage", "200"), 34900, 1650, 0),
            Sku("ML-BLK-CLAY-150", ("clay", "150"), 25900, 1100, 21),
            Sku("ML-BLK-CLAY-200", ("clay", "200"), 34900, 1650, 16),
        ),
        specs=specs(("面料", "Fabric", "100% 棉", "100% cotton"), ("克重", "Weight", "360 g/m²", "360 g/m²"), WASH),
        pictures=pictures(("blanket", "叠放的四色水洗棉毯", "Folded cotton blankets in four colours")),
        listed_days_ago=170,
        warranty_months=6,
    ),
    Product(
        handle="fringe-wool-throw",
        title=T("流苏羊毛披毯", "Fringed Wool Throw"),
        subtitle=T("沙发上披一条，出门当披肩", "On the sofa, or over the shoulders"),
        description=(
            T(
                "用七成羊毛混纺，保暖又不沉。流苏手工打结，边缘织了三道条纹。",
                "Seventy per cent wool: warm without weight. The fringe is knotted by hand below three woven stripes.",
            ),
            T(
                "对羊毛敏感的朋友请留意：贴身会有轻微扎感。",
                "If wool irritates your skin, note that it prickles slightly when worn next to it.",
            ),
        ),
        merchant="mianli",
        brand="mianli",
        category="cushions-throws",
        tags=("gift", "handmade"),
        axes=(
            axis(
                "颜色",
                "Colour",
                ("oat", "燕麦砖红", "Oat + brick", "#e9dfc9"),
                ("grey", "岩灰", "Rock grey", "#7d8a8f"),
            ),
        ),
        skus=(
            Sku("ML-THROW-OAT", ("oat",), 29900, 820, 26, 34900),
            Sku("ML-THROW-GREY", ("grey",), 29900, 820, 31, 34900),
        ),
        specs=specs(
            ("尺寸", "Size", "130×170 cm（不含流苏）", "130 × 170 cm without fringe"),
            ("成分", "Fibre", "70% 羊毛，30% 腈纶", "70% wool, 30% acrylic"),
            ("洗护", "Care", "干洗或冷水手洗", "Dry clean or cold hand wash"),
        ),
        pictures=pictures(
            ("throw", "燕麦色披毯，砖红条纹和流苏", "Oat throw with brick stripes and fringe", "oat"),
            ("throw-grey", "岩灰披毯", "Rock-grey throw", "grey"),
        ),
        listed_days_ago=21,
        warranty_months=6,
    ),
    Product(
        handle="long-staple-towels",
        title=T("长绒棉毛巾 三条装", "Long-staple Towels, set of three"),
        subtitle=T("不掉毛，第二次洗后吸水更好", "No lint; absorbs better after the second wash"),
        description=(
            T(
                "新疆长绒棉，毛圈密、掉毛少。出厂带一点整理剂，前两次请先过水。一家三口一人一色。",
                "Xinjiang long-staple cotton with dense loops and little lint. Rinse before first use. "
                "Three colours, one for each of the family.",
            ),
        ),
        merchant="mianli",
        brand="mianli",
        category="bath-kitchen-linen",
        tags=("everyday", "set"),
        axes=(
            axis(
                "规格",
                "Size",
                ("face", "面巾 34×75 cm", "Face, 34 × 75 cm"),
                ("bath", "浴巾 70×140 cm", "Bath, 70 × 140 cm"),
            ),
        ),
        skus=(
            Sku("ML-TOWEL3-FACE", ("face",), 5900, 330, 260),
            Sku("ML-TOWEL3-BATH", ("bath",), 19900, 1380, 72),
        ),
        specs=specs(
            ("面料", "Fabric", "100% 棉", "100% cotton"),
            ("等级", "Standard", "GB 18401 B 类", "GB 18401 class B"),
            WASH,
        ),
        pictures=pictures(("towels", "卷好的米白、绿、粉三条毛巾", "Three rolled towels in cream, green and pink")),
        listed_days_ago=280,
        warranty_months=3,
    ),
)
