"""The demo shop's guides: GUIDES and TOPICS, written for its own goods."""

from dataclasses import dataclass

from catalog.demo.shapes import Text

T = Text

TOPICS = (
    ("tea", T("喝茶", "tea")),
    ("light", T("灯光", "light")),
    ("small-rooms", T("小户型", "small rooms")),
    ("care", T("保养", "care")),
    ("gifts", T("送礼", "gifts")),
)


@dataclass(frozen=True)
class Shape:
    """A guide; ``body_zh`` and ``body_en`` are pieces of simple HTML, ``products`` are handles."""

    slug: str
    title: Text
    lead: Text
    body_zh: tuple
    body_en: tuple
    cover: str
    products: tuple
    topics: tuple
    days_ago: int


GUIDES = (
    Shape(
        "winter-stove-tea",
        T("围炉煮茶，先备这几样", "Tea by the stove: what you need"),
        T(
            "一把耐热的壶、几只小杯、一条盖腿的毯子，就够一个下午。",
            "A pot, a few small cups and a throw: enough for an afternoon.",
        ),
        (
            "<p>天一冷，人就想坐到热的东西旁边。围炉不一定要炭火，一只电陶炉、一壶水，就能坐上半天。</p>",
            "<h2>水先烧好</h2><p>细口壶出水稳，冲盖碗不烫手。水开后等半分钟再冲绿茶，岩茶和普洱可以直接用沸水。</p>",
            "<h2>杯子要小</h2><p>小杯凉得快，喝的都是热茶。四个人备六只，客人来了不必临时洗。</p>",
            "<ul><li>茶：老白茶、熟普、烤红枣</li><li>点心：板栗、年糕、橘子</li><li>腿上：一条羊毛披毯</li></ul>",
        ),
        (
            "<p>When it turns cold, people drift towards warm things. "
            "You need no charcoal: a small hob and a kettle will do.</p>",
            "<h2>Water first</h2><p>A narrow spout pours steadily and keeps your fingers away from the steam. "
            "Let it stand half a minute for green tea; dark teas take it boiling.</p>",
            "<h2>Small cups</h2><p>They cool quickly, so every sip is fresh. For four people keep six at hand.</p>",
            "<ul><li>Tea: aged white, ripe pu'er</li><li>To eat: chestnuts, tangerines</li>"
            "<li>On your knees: a wool throw</li></ul>",
        ),
        "teapot-set",
        ("jiqing-teapot", "gooseneck-kettle", "pine-smoke-cups", "walnut-tea-tray", "fringe-wool-throw"),
        ("tea",),
        2,
    ),
    Shape(
        "one-room-three-lamps",
        T("一间房，三盏灯", "One room, three lamps"),
        T("顶灯照亮房间，小灯才照亮日子。", "The ceiling light shows the room; small lamps make it yours."),
        (
            "<p>只开顶灯，屋子像办公室。换成三盏各管一处的灯，同一间房会安静下来。</p>",
            "<h2>坐着的灯</h2><p>沙发旁放一盏灯罩在眼睛高度的台灯，光不直射，才看得久。</p>",
            "<h2>做事的灯</h2><p>书桌用长臂灯，从不写字的那一侧打过来，纸上就没有手影。</p>",
            "<h2>走动的灯</h2><p>走廊和床边留一盏最低亮度的小灯，夜里起身不必开大灯。</p>",
        ),
        (
            "<p>With only the ceiling light on, a home looks like an office. "
            "Three lamps, each with its own place, calm it down.</p>",
            "<h2>For sitting</h2><p>Beside the sofa, with the shade at eye height, so that you never see the bulb.</p>",
            "<h2>For working</h2><p>A long arm on the side of the hand that does not write leaves no shadow on the paper.</p>",
            "<h2>For walking</h2><p>One dim lamp by the bed, and nobody needs the big light at night.</p>",
        ),
        "lamp",
        ("dusk-mushroom-lamp", "long-arm-reading-lamp", "paper-lantern-lamp", "camp-lantern"),
        ("light", "small-rooms"),
        6,
    ),
    Shape(
        "iron-pan-care",
        T("铁锅怎么开，怎么养", "Seasoning an iron pan, and keeping it"),
        T(
            "洗净、烧干、抹薄油，三件事做对，一口锅用二十年。",
            "Wash, dry on the heat, a thin coat of oil: a pan for twenty years.",
        ),
        (
            "<p>新锅先用热水和软布洗一遍，擦干后小火烧到冒青烟，关火，抹一层薄薄的油，擦到看不见油光。重复三次。</p>",
            "<h2>平时</h2><ul><li>用完趁热冲水，不泡</li><li>少用洗洁精，不用钢丝球</li><li>烧干水汽再收</li></ul>",
            "<h2>生锈了</h2><p>用细砂纸磨掉锈，重新开一次锅就好，不必扔。</p>",
            "<p>珐琅锅不用开锅，但怕骤冷：烧热的锅不要直接冲冷水。</p>",
        ),
        (
            "<p>Wash a new pan with hot water, dry it, heat it until it just smokes, and rub in oil until none shows. "
            "Three times.</p>",
            "<h2>Every day</h2><ul><li>Rinse while warm, never soak</li><li>Little soap, no wire wool</li>"
            "<li>Dry it on the heat</li></ul>",
            "<h2>Rust</h2><p>Sand it off and season again. No need to throw it away.</p>",
            "<p>Enamel needs no seasoning, but never put a hot pot under cold water.</p>",
        ),
        "pan",
        ("iron-frying-pan", "enamel-cast-iron-pot", "enamel-milk-pan", "linen-tea-towels"),
        ("care",),
        11,
    ),
    Shape(
        "gifts-that-are-used",
        T("送人一件真会用的东西", "Gifts that get used"),
        T("不用猜尺码，不占地方，天天会拿起来。", "No sizes to guess, little space to take, in the hand every day."),
        (
            "<p>好礼物不必贵。对方每天会碰到它，就会想起你。</p>",
            "<h2>给爱写字的人</h2><p>一本布面本子，一支顺手的钢笔。笔尖选细一点，写中文不糊。</p>",
            "<h2>给刚搬家的人</h2><p>香薰比花活得久，木味和皂味最不挑人。</p>",
            "<h2>给不缺东西的人</h2><p>两只杯子。总有人来做客。</p>",
        ),
        (
            "<p>A good gift need not be dear. If it is touched every day, so are you remembered.</p>",
            "<h2>For somebody who writes</h2><p>A cloth notebook and a pen that runs well; a finer nib suits Chinese.</p>",
            "<h2>For a new home</h2><p>Scent outlives flowers; wood and soap please nearly everyone.</p>",
            "<h2>For somebody who has everything</h2><p>Two cups. There will be visitors.</p>",
        ),
        "pen",
        ("cloth-notebook", "everyday-fountain-pen", "pine-smoke-candle", "pine-smoke-cups", "letter-set"),
        ("gifts",),
        15,
    ),
    Shape(
        "twelve-square-metres",
        T("十二平方米，怎么放得下", "Twelve square metres, and room to spare"),
        T("往墙上走，往床底走，留一块空地给人。", "Up the wall, under the bed, and one clear patch for people."),
        (
            "<p>小房间最贵的是地面。先把地面空出来，再谈好看。</p>",
            "<h2>往上</h2><p>梯形架占一步宽的地，放得下一墙的东西。重的放低，轻的放高。</p>",
            "<h2>往下</h2><p>换季衣物用带盖布盒收进床底，盒子要带标签，不然等于丢了。</p>",
            "<h2>会挪的</h2><p>圆凳能坐、能当边几、能垫脚，客人走了塞回桌下。</p>",
        ),
        (
            "<p>In a small room the floor is what costs most. Clear it first; make it pretty after.</p>",
            "<h2>Up</h2><p>A ladder shelf stands on one step of floor and holds a wall of things. Heavy low, light high.</p>",
            "<h2>Down</h2><p>Out of season clothes go into lidded boxes under the bed. Label them, or they are lost.</p>",
            "<h2>What moves</h2><p>A round stool seats, holds a lamp and reaches the top shelf, then goes under the table.</p>",
        ),
        "shelf",
        ("ladder-shelf", "linen-storage-box", "three-legged-stool", "coat-stand", "woven-basket"),
        ("small-rooms",),
        20,
    ),
)
