"""Queries of people who know what they want in the demo shop: kind → lines of "query = part of the title expected"."""

JUDGED = {
    "words": """
        茶壶 = 茶壶 | 手作茶壶 = 手作茶壶 | 盖碗 = 盖碗 | 公道杯 = 公道杯 | 茶叶罐 = 茶叶罐 | 侧把壶 = 侧把壶 | 双层玻璃杯 = 双层玻璃杯
        抹茶套装 = 抹茶 | 手冲壶 = 手冲壶 | 茶盘 = 茶盘 | 铸铁锅 = 铸铁锅 | 奶锅 = 奶锅 | 平底锅 = 平底锅 | 砧板 = 砧板 | 筷子 = 筷
        胡椒研磨器 = 胡椒 | 马克杯 = 马克杯 | 饭碗 = 饭碗 | 餐盘 = 餐盘 | 油醋瓶 = 油醋瓶 | 密封罐 = 密封罐 | 蘑菇台灯 = 蘑菇台灯
        阅读灯 = 阅读灯 | 落地灯 = 落地灯 | 吊灯 = 吊灯 | 靠垫 = 靠垫 | 盖毯 = 盖毯 | 羊毛披毯 = 羊毛披毯 | 毛巾 = 毛巾 | 围裙 = 围裙
        地毯 = 地毯 | 拖鞋 = 拖鞋 | 蒲团 = 蒲团 | 香薰 = 香薰 | 精油 = 精油 | 手工皂 = 手工皂 | 餐椅 = 餐椅 | 花瓶 = 花瓶
        钢笔 = 钢笔 | 保温杯 = 保温杯 | 双肩包 = 双肩包 | 登机箱 = 登机箱 | 雨伞 = 伞 | 白色花瓶 = 花瓶""",
    "pinyin": """
        chahu = 茶壶 | gaiwan = 盖碗 | chapan = 茶盘 | zhutieguo = 铸铁锅 | pingdiguo = 平底锅 | makebei = 马克杯 | taideng = 台灯
        luodideng = 落地灯 | maojin = 毛巾 | weiqun = 围裙 | ditan = 地毯 | tuoxie = 拖鞋 | jingyou = 精油 | huaping = 花瓶
        gangbi = 钢笔 | baowenbei = 保温杯 | biandanghe = 便当盒 | shuangjianbao = 双肩包 | shouzuochahu = 茶壶 | chaye guan = 茶叶罐""",
    "initials": """
        ch = 茶壶 | gw = 盖碗 | mkb = 马克杯 | ztg = 铸铁锅 | td = 台灯 | mj = 毛巾 | bwb = 保温杯 | sjb = 双肩包 | cp = 茶盘 | gb = 钢笔
        bdh = 便当盒 | pdg = 平底锅""",
    "slips": """
        茶胡 = 茶壶 | 保文杯 = 保温杯 | 马可杯 = 马克杯 | 抹荼 = 抹茶 | 平低锅 = 平底锅 | 蘑姑台灯 = 蘑菇台灯 | 毛斤 = 毛巾
        chahuu = 茶壶 | baowenbie = 保温杯 | teapto = 茶壶 | lantren = 提灯 | notebok = 笔记本 | umbrela = 伞 | 拖蟹 = 拖鞋 | 登机厢 = 登机箱""",
    "traditional": """
        茶壺 = 茶壶 | 蓋碗 = 盖碗 | 鑄鐵鍋 = 铸铁锅 | 檯燈 = 灯 | 筆記本 = 笔记本 | 鋼筆 = 钢笔 | 雙肩包 = 双肩包 | 保溫杯 = 保温杯
        地毯 = 地毯 | 毛巾 三條裝 = 毛巾 | 玻璃圓球燈 = 圆球灯 | 圍裙 = 围裙 | 餐盤 = 餐盘""",
    "mixed": """
        a5笔记本 = 笔记本 | 316保温杯 = 保温杯 | 20寸登机箱 = 登机箱 | 18L双肩包 = 双肩包 | 茶hu = 茶壶 | linen 靠垫 = 靠垫
        teapot 手作 = 茶壶 | 2027台历 = 台历 | teapot = 茶壶 | desk calendar = 台历 | candles = 香薰,烛 | umbrella = 伞
        山窑 茶壶 = 茶壶 | 南木 椅 = 椅,凳 | 松绿 围裙 = 围裙 | 木柄 伞 = 伞""",
    "codes": """
        SY-TP-QING-200 = 茶壶 | sy-tp-qing = 茶壶 | SYGW110 = 盖碗 | YJ-PAN-24 = 平底锅 | yj pan 24 = 平底锅 | NM-COAT-1 = 衣帽架
        gz-cal-2027 = 台历 | BC-CASE = 登机箱 | MD-TRIPOD-1 = 落地灯 | ml-zafu = 蒲团""",
}


def judged():
    """(kind, query, parts of titles that satisfy) for each."""
    for kind, lines in JUDGED.items():
        for pair in lines.replace("\n", "|").split("|"):
            if pair.strip():
                query, _equals, titles = pair.partition(" = ")
                yield kind, query.strip(), titles.strip().split(",")
