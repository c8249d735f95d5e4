"""What the demo's shoppers say and keep: reviews of what arrived, questions with answers, favourites, a history."""

from datetime import timedelta

from catalog import browsing, favourites, questions, reviews
from catalog.models import Product, ReviewInvitation, Sku, ViewedProduct
from config.demo.clock import at, days_ago

# (tier, SKU, days after the invitation, stars, text, tags)
REVIEWS = (
    (
        "DIAMOND",
        "SY-MOON-1",
        4,
        5,
        "釉面温润，放在案头很安静。瓶口收得利落，插一枝梅就够了。",
        ("well_made", "good_looking"),
    ),
    (
        "GOLD",
        "SY-TP-QING-200",
        9,
        4,
        "出水顺，断水也干净，就是比想象中小一点，两个人喝正好。",
        ("as_described", "well_made"),
    ),
    (
        "PLATINUM",
        "ML-TOWEL3-BATH",
        6,
        5,
        "民宿里换上以后客人都问在哪儿买的，洗了十几次没变硬。",
        ("nice_to_touch", "good_value"),
    ),
    ("SILVER", "GZ-PEN-GREEN-F", 12, 3, "手感不错，墨囊有点难换，说明书要是有图就好了。", ("good_looking",)),
)
REPLY = ("SILVER", "GZ-PEN-GREEN-F", "谢谢您的建议，新一批说明书已经加上换墨囊的图。需要的话，客服可以先发一份图给您。")
FOLLOW_UP = ("DIAMOND", "SY-MOON-1", "放了两个月，釉色看久了更耐看，擦一擦和新的一样。")
# (SKU, asker, days ago, question, answers: (tier or "" for the merchant, text))
QUESTIONS = (
    (
        "SY-TP-QING-200",
        "NORMAL",
        9,
        "可以放进洗碗机吗？",
        (("", "可以，但建议手洗，釉面能更久地保持温润。"), ("GOLD", "我都是手洗的，很好洗。")),
    ),
    ("SY-MOON-1", "SILVER", 6, "月份一多会不会积灰难擦？", (("DIAMOND", "软布一擦就好，瓶身很光滑。"),)),
    ("YJ-GK-BLACK", "NORMAL", 3, "电磁炉能用吗？", (("", "可以，电磁炉、电陶炉都能用。"),)),
    ("MD-CLOUD-1", "GOLD", 1, "灯罩拆下来方便清洗吗？", ()),
)
FAVOURITES = {
    "GOLD": ("MD-MUSH-ORANGE", "YQ-INC-SET", "SY-VASE-PINE"),
    "SILVER": ("SY-MOON-1",),
    "NORMAL": ("BC-PACK-SAGE",),
}


def speak(shoppers):
    """Make them; answers how many. What a story does not find in the catalogue is left out."""
    made = sum(_review(shoppers, *row) for row in REVIEWS)
    _answer_reviews(shoppers)
    made += sum(_question(shoppers, *row) for row in QUESTIONS)
    for tier, codes in FAVOURITES.items():
        made += sum(_favourite(shoppers[tier], product) for product in Product.objects.filter(skus__code__in=codes))
    _history(shoppers["GOLD"])
    return made


def _invitation(user, code):
    return ReviewInvitation.objects.filter(user=user, sku__code=code).first()


def _review(shoppers, tier, code, days, stars, text, tags):
    invitation = _invitation(shoppers[tier], code)
    if invitation is None or hasattr(invitation, "review"):
        return 0
    with at(invitation.review_until - timedelta(days=reviews.REVIEW_DAYS - days)):
        reviews.write(invitation, stars=stars, text=text, tags=tags)
    return 1


def _answer_reviews(shoppers):
    tier, code, text = REPLY
    answered = getattr(_invitation(shoppers[tier], code), "review", None)
    if answered:
        with at(answered.created_at + timedelta(days=1)):
            reviews.reply(answered, text, by=_staff_of(answered.product))
    tier, code, text = FOLLOW_UP
    added_to = getattr(_invitation(shoppers[tier], code), "review", None)
    if added_to:
        with at(added_to.created_at + timedelta(days=60)):
            reviews.follow_up(added_to, text)


def _staff_of(product):
    return product.merchant.staff.select_related("user").first().user


def _question(shoppers, code, tier, days, text, answers):
    sku = Sku.objects.filter(code=code).select_related("product__merchant").first()
    if sku is None:
        return 0
    asked_at = days_ago(days, hour=20)
    with at(asked_at):
        question = questions.ask(sku.product, shoppers[tier], text)
    for hours, (who, said) in enumerate(answers, start=3):
        with at(asked_at + timedelta(hours=hours)):
            if not who:
                questions.answer_for_merchant(question, _staff_of(sku.product), said)
            elif questions.may_answer(sku.product_id, shoppers[who]):
                questions.answer(question, shoppers[who], said)
    return 1


def _favourite(user, product):
    with at(days_ago(12, hour=21)):
        return favourites.add(user, product)


def _history(user):
    if not browsing.is_kept(user):
        return
    shown = Product.objects.published().order_by("-sold_count")[:8]
    ViewedProduct.objects.bulk_create(
        [
            ViewedProduct(user=user, product=product, seen_at=days_ago(number // 3, hour=20, minute=50 - number))
            for number, product in enumerate(shown)
        ],
        ignore_conflicts=True,
    )
