"""The word rules that a shop begins with. Staff change them in the back office; a lawyer decides.

(kind, what happens, law, what to write instead in Chinese and English, words); a word may bring phrases that make it
harmless: "第一: 第一次 第一步". Patterns stand between slashes.
"""

AD9, AD17, AD25, PRICE17 = "广告法 9(3)", "广告法 17", "广告法 25", "明码标价和禁止价格欺诈规定 17"

DEFAULTS = (
    (
        "superlative",
        "block",
        AD9,
        "写看得见、量得出的事实。",
        "State facts that can be seen or measured.",
        "最佳: 最佳赏味 最佳食用 最佳饮用 最佳保存 最佳使用期|最好: 最好在 最好用 最好不要 最好先 最好避|最优|最强|最先进|最高级|最高端|最便宜"
        "|最低价|最高品质|最新科技|最受欢迎|最具|最奢华|最大品牌|最安全|最有效|最完美|最正宗|最纯正|最专业"
        "|第一: 第一次 第一步 第一泡 第一天 第一时间 第一章 第一层 第一代 第一道 第一批 第一眼 第一季 第一件 第一页 第一个 第一年 第一口 第一遍 第一册"
        " 第一卷 第一杯 第一周 第一排 第一格 第一水 第一节|no.1|top1|top 1|唯一: 唯一编号 唯一码 唯一标识 唯一序号|独一无二|首选|首家|独家: 独家设计|顶级|顶尖|顶流|极品|极致|极佳"
        "|绝佳|绝对: 绝对值 绝对湿度|完美|无敌|巅峰|王牌|冠军|之王|领袖品牌|史无前例|前无古人|空前绝后|绝无仅有|绝版|万能: 万能胶 万能充|永久: 永久地址"
        "|永不|世界级|宇宙级|全球首发|全国首发|全网首发|世界领先|国际领先|行业领先|遥遥领先|无与伦比|至尊|登峰造极|best|world-class|number one",
    ),
    (
        "superlative",
        "warn",
        AD9,
        "说明是什么范围、什么时间，或改成具体的数字。",
        "Name range and time, or give a number.",
        "最: 最后 最近 最初 最终 最多 最少 最大 最小 最长 最短 最高温 最低温 最高可 最低可 最高不 最低不 最早 最晚 最新 最外 最里 最内 最上 最下 最底 最顶"
        "|顶配|高端|尖端|优质|奢侈",
    ),
    (
        "superlative",
        "proof",
        "广告法 11",
        "附上检测报告或说明出处。",
        "Attach a test report, or name the source.",
        "100%: 100%棉 100%纯棉 100%全棉 100%亚麻 100%苎麻 100%羊毛 100%桑蚕丝 100%聚酯 100%羊绒 100%竹|百分之百: 百分之百棉|销量冠军|销量领先|特级|一级"
        "|专利: 专利号|首创|首款|零添加|零甲醛|纯天然|有机: 有机玻璃 有机会 有机硅",
    ),
    (
        "authority",
        "block",
        "广告法 9(2)",
        "删去机关、会议和领导人的名义。",
        "Remove the names of organs and leaders of state.",
        "国家级: 国家级非物质文化遗产 国家级非遗|国家领导人|国宴|特供|专供: 专供酒店|军需|中南海|人民大会堂|央视推荐|国家免检|质量免检|免检产品|政府推荐|机关专用",
    ),
    (
        "authority",
        "proof",
        "广告法 11",
        "附上证书，写明发证单位和日期。",
        "Attach the certificate with issuer and date.",
        "国家级非物质文化遗产|国家级非遗|非遗传承人|驰名商标|老字号: 老字号风味|中华老字号|国家标准金奖|金奖|获奖|国家专利|权威认证|院士|专家推荐|绿色食品|地理标志",
    ),
    (
        "medical",
        "block",
        AD17,
        "普通商品不写预防、治疗和功效。",
        "Ordinary goods claim no prevention, cure or effect on health.",
        "治疗|治愈|疗效|根治|药到病除|预防疾病|防癌|抗癌|降血压|降血糖|降血脂|降三高|排毒|消炎|杀菌消炎|补肾|壮阳|补血|活血化瘀|安神治失眠|治失眠|祛湿气"
        "|增强免疫力|提高免疫力|延年益寿|抗衰老|减肥|瘦身|丰胸|医用级|临床验证|祖传秘方|无副作用|/祛[斑痘疤]/|改善睡眠|改善便秘|改善记忆|cures|heals",
    ),
    (
        "inducement",
        "block",
        "反不正当竞争法 8",
        "写真实的起止时间。",
        "Give the true beginning and end.",
        "秒杀全网|点击领奖|恭喜获奖|全民免单|不买后悔|史上最低价|错过再等一年|再不抢就没了|抢爆|疯抢",
    ),
    (
        "inducement",
        "warn",
        "反不正当竞争法 8",
        "确有期限时写明日期。",
        "If it really ends, give the date.",
        "最后一天|仅此一天|限时抢购|即将涨价|马上下架",
    ),
    (
        "guarantee",
        "block",
        AD25,
        "不对效果作保证。",
        "Promise no effect.",
        "无效退款|保本|稳赚|包治|保证有效|立竿见影|/保证\\d+天见效/|一次见效|绝不反弹",
    ),
    (
        "price",
        "block",
        PRICE17,
        "划线价由系统按近 7 日成交价显示。",
        "The shop strikes prices through by what was dealt.",
        "全网最低|全网底价|跳楼价|亏本价|史上最低|击穿底价|骨折价",
    ),
    (
        "price",
        "warn",
        PRICE17,
        "没有依据的比较价不要写在文字里。",
        "Write no comparison without a basis.",
        "原价: 原价位|出厂价|批发价|清仓价|成本价|市场价|专柜价",
    ),
    (
        "disparaging",
        "block",
        "广告法 13",
        "只说自己的商品。",
        "Speak of your own goods only.",
        "吊打同行|秒杀同行|碾压同行|完爆|别家都是假货|其他都是垃圾|远超同行",
    ),
    (
        "superstition",
        "block",
        "广告法 9(8)",
        "说工艺和寓意即可，不作许诺。",
        "Tell of craft and meaning, promise nothing.",
        "招财进宝必灵|转运|开光|辟邪|改运|旺夫|招桃花|镇宅: 镇宅图案|化煞|带来好运|增强第六感",
    ),
)
# Both in listings and in what shoppers write: shoppers' words then wait to be read.
BOTH = (
    (
        "contact",
        "block",
        "平台规则",
        "请用店内客服。",
        "Use the shop's own service.",
        "加微信|加我微信|微信号|加qq|扣扣群|淘口令|私下交易|加vx|加v信|加薇信|/https?:\\/\\/\\S+/|/www\\.\\S+/",
    ),
    (
        "forbidden",
        "block",
        "平台规则",
        "不能在这里出售。",
        "It cannot be sold here.",
        "刷单|好评返现|代开发票|发票代开|办证|赌博|博彩|六合彩|毒品|冰毒|枪支|高仿|a货|原单尾货|走私",
    ),
)


def rows():
    """The rules as dicts of WordRule's fields; the first mention of a word counts."""
    made = {}
    for where, groups in (("listings", DEFAULTS), ("both", BOTH)):
        for kind, severity, law, suggestion, suggestion_en, words in groups:
            for word in words.split("|"):
                pattern = word.startswith("/") and word.endswith("/")
                text, _colon, phrases = (word[1:-1], "", "") if pattern else word.partition(": ")
                made.setdefault(
                    text,
                    {
                        "text": text, "is_pattern": pattern, "kind": kind, "severity": severity, "where": where,
                        "law": law, "suggestion": suggestion, "suggestion_en": suggestion_en,
                        "exceptions": phrases.split(),
                    },
                )  # fmt: skip
    return list(made.values())


def load(model):
    """Write the rules that ``model`` does not have yet; what staff have changed stays. Returns how many are there."""
    model.objects.bulk_create([model(**row) for row in rows()], ignore_conflicts=True)
    return model.objects.count()
