"""Cookware and kitchen tools: PRODUCTS, a tuple of shapes.Product."""

from catalog.demo.shapes import Product, Sku, Text, axis, pictures, specs

T = Text

PRODUCTS = (
    Product(
        handle="enamel-cast-iron-pot",
        title=T("炉边 珐琅铸铁锅", "Hearthside Enamelled Pot"),
        subtitle=T("厚底蓄热，小火也能炖透", "A thick base that simmers on low heat"),
        description=(
            T(
                "锅身是铸铁，内外各烧两层珐琅。受热均匀，盖子内侧有凸点，水汽凝成水珠再落回锅里。",
                "Cast iron with two coats of enamel inside and out. It heats evenly, "
                "and studs under the lid return the steam to the dish as drops.",
            ),
            T(
                "比较重，24 cm 连盖约 4.6 kg，手腕力气小的朋友请选 20 cm。请用木铲或硅胶铲。",
                "It is heavy: the 24 cm weighs about 4.6 kg with its lid, so consider the 20 cm if that is too much. "
                "Use wooden or silicone tools.",
            ),
        ),
        merchant="yuji",
        brand="yuji",
        category="cookware",
        tags=("gift",),
        axes=(
            axis("颜色", "Colour", ("pine", "松绿", "Pine", "#2f5d50"), ("red", "砖红", "Brick", "#b8452c")),
            axis("口径", "Diameter", ("20", "20 cm", "20 cm"), ("24", "24 cm", "24 cm")),
        ),
        skus=(
            Sku("YJ-POT-PINE-20", ("pine", "20"), 56900, 3500, 26),
            Sku("YJ-POT-PINE-24", ("pine", "24"), 69900, 4600, 17, 79900),
            Sku("YJ-POT-RED-20", ("red", "20"), 56900, 3500, 5),
            Sku("YJ-POT-RED-24", ("red", "24"), 69900, 4600, 12, 79900),
        ),
        specs=specs(
            ("材质", "Material", "铸铁，珐琅釉", "Enamelled cast iron"),
            ("容量", "Capacity", "20 cm 约 2.4 L；24 cm 约 4.2 L", "20 cm: 2.4 L; 24 cm: 4.2 L"),
            ("适用炉具", "Works on", "明火、电磁炉、烤箱（250 ℃ 以内）", "Gas, induction, oven up to 250 °C"),
        ),
        pictures=pictures(
            ("pot", "松绿珐琅锅，黄铜盖钮", "Pine-green enamelled pot with a brass knob", "pine"),
            ("pot-red", "砖红珐琅锅", "Brick-red enamelled pot", "red"),
        ),
        listed_days_ago=9,
        warranty_months=36,
    ),
    Product(
        handle="enamel-milk-pan",
        title=T("木柄搪瓷奶锅", "Enamel Milk Pan"),
        subtitle=T("一个人的早餐，一口小锅", "One small pan for one breakfast"),
        description=(
            T(
                "锅沿左侧留了导流口，热牛奶、煮泡面、化黄油都顺手。木柄可拧下来，收纳时不占地方。",
                "A lip on the left pours cleanly: good for milk, noodles or melting butter. "
                "The wooden handle unscrews for storage.",
            ),
            T(
                "搪瓷怕磕碰，掉瓷后请停止使用。",
                "Enamel chips if dropped; please stop using it if the enamel breaks off.",
            ),
        ),
        merchant="yuji",
        brand="yuji",
        category="cookware",
        tags=("everyday", "small-space"),
        axes=(),
        skus=(Sku("YJ-MILKPAN-16", (), 11900, 760, 88),),
        specs=specs(
            ("口径", "Diameter", "16 cm", "16 cm"),
            ("容量", "Capacity", "1.4 L", "1.4 L"),
            ("适用炉具", "Works on", "明火、电磁炉", "Gas, induction"),
        ),
        pictures=pictures(("milk-pan", "奶油色搪瓷奶锅，木手柄", "Cream enamel pan with a wooden handle")),
        listed_days_ago=150,
    ),
    Product(
        handle="iron-frying-pan",
        title=T("精铁平底锅", "Carbon Steel Frying Pan"),
        subtitle=T("不用涂层，越用越滑", "No coating; it gets smoother with use"),
        description=(
            T(
                "1.6 mm 精铁，出厂已开锅一次，到手擦油热一遍就能煎蛋。没有涂层，也就没有涂层脱落的问题。",
                "1.6 mm carbon steel, seasoned once before it leaves the workshop: oil it, heat it, fry an egg. "
                "There is no coating to peel.",
            ),
            T(
                "用后趁热洗净、烘干、薄薄擦一层油。久放不用会生浮锈，刷掉重新养一遍即可。",
                "Wash while warm, dry on the stove and wipe with oil. If it rusts in storage, brush it off "
                "and season again.",
            ),
        ),
        merchant="yuji",
        brand="yuji",
        category="cookware",
        tags=("everyday",),
        axes=(axis("口径", "Diameter", ("24", "24 cm", "24 cm"), ("28", "28 cm", "28 cm")),),
        skus=(
            Sku("YJ-PAN-24", ("24",), 15900, 1250, 56),
            Sku("YJ-PAN-28", ("28",), 18900, 1580, 41, 21900),
        ),
        specs=specs(
            ("材质", "Material", "精铁，榉木手柄", "Carbon steel, beech handle"),
            ("厚度", "Thickness", "1.6 mm", "1.6 mm"),
            ("适用炉具", "Works on", "明火、电磁炉", "Gas, induction"),
        ),
        pictures=pictures(("pan", "平底锅里一只煎蛋", "Frying pan with a fried egg")),
        listed_days_ago=66,
        warranty_months=24,
    ),
    Product(
        handle="beech-chopping-board",
        title=T("整木榉木砧板", "Solid Beech Chopping Board"),
        subtitle=T("不拼接、不用胶，带牛皮挂绳", "One piece, no glue, with a leather loop"),
        description=(
            T(
                "取一整块榉木，顺着木纹开料，四边倒圆。皮绳挂起来两面都能风干。",
                "Cut along the grain from one piece of beech with rounded edges. "
                "Hang it by the loop and both sides dry.",
            ),
            T(
                "新板前几次使用请每周擦一次食用油，冬天有暖气的房间尤其要擦，否则可能开裂。",
                "Oil it weekly at first, above all in heated rooms in winter, or it may crack.",
            ),
        ),
        merchant="yuji",
        brand="nanmu",
        category="kitchen-tools",
        tags=("natural", "everyday"),
        axes=(
            axis(
                "尺寸", "Size", ("s", "小号 32×20 cm", "Small, 32 × 20 cm"), ("l", "大号 42×26 cm", "Large, 42 × 26 cm")
            ),
        ),
        skus=(
            Sku("NM-BOARD-S", ("s",), 8900, 900, 64),
            Sku("NM-BOARD-L", ("l",), 13900, 1650, 36),
        ),
        specs=specs(
            ("材质", "Material", "欧洲榉木，牛皮绳", "European beech, leather cord"),
            ("厚度", "Thickness", "2.0 cm", "2.0 cm"),
        ),
        pictures=pictures(("board", "靠墙立着的木砧板和两只柠檬", "Wooden board against the wall with two lemons")),
        listed_days_ago=180,
        warranty_months=6,
    ),
    Product(
        handle="ironwood-chopsticks",
        title=T("铁木筷 四双装", "Ironwood Chopsticks, four pairs"),
        subtitle=T("黄铜包头，不上漆", "Brass ends, no lacquer"),
        description=(
            T(
                "筷身用铁木打磨，不上漆不打蜡，前端方、不滚桌。两种深浅木色各两双，家里人好分辨。",
                "Polished ironwood without lacquer or wax, squared so they do not roll. "
                "Two pairs in each tone, so everyone knows their own.",
            ),
        ),
        merchant="yuji",
        brand="nanmu",
        category="kitchen-tools",
        tags=("natural", "everyday", "set"),
        axes=(),
        skus=(Sku("NM-CHOP-4", (), 4900, 130, 240),),
        specs=specs(
            ("长度", "Length", "24 cm", "24 cm"),
            ("材质", "Material", "铁木，黄铜", "Ironwood, brass"),
            ("清洁", "Care", "手洗，不可进洗碗机", "Hand wash only"),
        ),
        pictures=pictures(
            (
                "chopsticks",
                "两种木色的筷子搁在筷架上，后面一只饭碗",
                "Chopsticks in two tones on a rest, a rice bowl behind",
            )
        ),
        listed_days_ago=320,
        no_reason="EXCLUDED_IF_CONFIRMED",
        no_reason_note=T(
            "入口餐具，拆开密封包装后影响二次销售，下单时需确认不适用七天无理由退货。",
            "Touches the mouth: once the sealed pack is opened it cannot be resold, so you confirm at "
            "checkout that it cannot be returned without a reason.",
        ),
        warranty_months=3,
    ),
    Product(
        handle="turned-pepper-mill",
        title=T("车木胡椒研磨器", "Turned Pepper Mill"),
        subtitle=T("陶瓷磨芯，粗细六档", "Ceramic grinder, six settings"),
        description=(
            T(
                "磨芯是陶瓷，不生锈也不串味，拧顶上的小球调粗细。大号适合黑胡椒，小号适合海盐。",
                "The grinder is ceramic: no rust, no stale taste. Turn the small ball on top to set the grind. "
                "The tall one suits pepper, the short one sea salt.",
            ),
        ),
        merchant="yuji",
        brand="nanmu",
        category="kitchen-tools",
        tags=("gift", "natural"),
        axes=(
            axis("木色", "Wood", ("walnut", "胡桃", "Walnut", "#7a5236"), ("beech", "榉木", "Beech", "#c39a68")),
            axis("高度", "Height", ("16", "16 cm", "16 cm"), ("22", "22 cm", "22 cm")),
        ),
        skus=(
            Sku("NM-MILL-W16", ("walnut", "16"), 10900, 240, 30),
            Sku("NM-MILL-W22", ("walnut", "22"), 13900, 330, 22),
            Sku("NM-MILL-B16", ("beech", "16"), 9900, 230, 44),
            Sku("NM-MILL-B22", ("beech", "22"), 12900, 320, 0),
        ),
        specs=specs(
            ("磨芯", "Grinder", "陶瓷", "Ceramic"),
            ("粗细", "Settings", "六档", "Six"),
        ),
        pictures=pictures(("mill", "一高一矮两只车木研磨器", "A tall and a short turned mill")),
        listed_days_ago=95,
    ),
)
