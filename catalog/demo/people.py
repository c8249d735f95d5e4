"""The people of the demo shop as one shapes.People: PEOPLE.

shoppers: one per tier, NORMAL to DIAMOND. staff: one MERCHANT login per merchant, an OPERATOR and a MANAGER.
Passwords are the seeding command's business. Streets and phone numbers are invented.
"""

from .shapes import Address, People, Shopper, Staff, Text

T = Text
HOME, WORK, PARENTS = T("家", "Home"), T("公司", "Work"), T("父母家", "Parents")

SHOPPERS = (
    Shopper(
        email="normal@demo.zhanggui.example",
        name="林小满",
        phone="13800001001",
        tier="NORMAL",
        addresses=(
            Address("林小满", "13800001001", "湖北省", "武汉市", "武昌区", "梧桐晚路 18 号见山苑 3 栋 502", HOME),
        ),
        story=T("上周刚注册，下了一单马克杯", "Joined last week and ordered a mug"),
    ),
    Shopper(
        email="silver@demo.zhanggui.example",
        name="周屿",
        phone="13800001002",
        tier="SILVER",
        addresses=(
            Address("周屿", "13800001002", "江苏省", "南京市", "鼓楼区", "云锦小街 7 号 2 单元 301", HOME),
            Address("周屿", "13800001002", "江苏省", "南京市", "建邺区", "听雨大道 99 号河畔大厦 12 层", WORK),
        ),
        story=T("租的房子刚搬好，正在买灯和靠垫", "Just moved in, buying lamps and cushions"),
    ),
    Shopper(
        email="gold@demo.zhanggui.example",
        name="陈知远",
        phone="13800001003",
        tier="GOLD",
        addresses=(
            Address("陈知远", "13800001003", "浙江省", "杭州市", "西湖区", "松间路 26 号半亩花园 8 幢 1102", HOME),
            Address("陈建国", "13800001013", "浙江省", "绍兴市", "越城区", "石板桥弄 5 号", PARENTS),
        ),
        story=T("喝茶的人，一年买三四次茶器", "Drinks tea and buys teaware a few times a year"),
    ),
    Shopper(
        email="platinum@demo.zhanggui.example",
        name="吴清禾",
        phone="13800001004",
        tier="PLATINUM",
        addresses=(
            Address("吴清禾", "13800001004", "四川省", "成都市", "锦江区", "芙蓉里 33 号 6 栋 1801", HOME),
            Address("前台（吴清禾收）", "13800001014", "四川省", "成都市", "高新区", "银杏三街 120 号 B 座 9 层", WORK),
        ),
        story=T("开一间小民宿，常常成套地买", "Runs a small guesthouse and buys in sets"),
    ),
    Shopper(
        email="diamond@demo.zhanggui.example",
        name="沈未央",
        phone="13800001005",
        tier="DIAMOND",
        addresses=(
            Address("沈未央", "13800001005", "上海市", "上海市", "徐汇区", "枕水路 210 弄 15 号 701", HOME),
            Address("沈未央工作室", "13800001005", "上海市", "上海市", "长宁区", "望川路 66 号 4 幢 203", WORK),
            Address("沈国栋", "13800001015", "福建省", "厦门市", "思明区", "海棠巷 11 号 401", PARENTS),
        ),
        story=T("开店第一年就在的老顾客", "With us since the first year"),
    ),
)

STAFF = (
    Staff("yuji@demo.zhanggui.example", "苏禾", "13800002001", "MERCHANT", "yuji"),
    Staff("shanyao@demo.zhanggui.example", "罗山", "13800002002", "MERCHANT", "shanyao"),
    Staff("mianli@demo.zhanggui.example", "顾棉", "13800002003", "MERCHANT", "mianli"),
    Staff("operator@demo.zhanggui.example", "方晓", "13800002004", "OPERATOR"),
    Staff("manager@demo.zhanggui.example", "何掌", "13800002005", "MANAGER"),
)

PEOPLE = People(SHOPPERS, STAFF)
