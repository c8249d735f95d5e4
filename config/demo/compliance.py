"""The listing rules in the demo: drafts with findings, the review queue, papers, and a round of spot checks."""

from datetime import timedelta

from django.core.files.base import ContentFile
from django.utils import timezone

from accounts.models import MerchantStaff, User
from accounts.roles import OPERATOR
from catalog import credentials, listing_reviews, listings, spot_checks, standing, stock_bookings
from catalog.listing_rules import desk
from catalog.models import (
    CategoryRule,
    Licence,
    ListingReview,
    Picture,
    Product,
    Proof,
    Sku,
    Specification,
    SpotCheck,
    StandingEntry,
)
from config.demo.clock import at, days_ago

# handle, title, description, of which listing the picture and category are taken, price in fen
DRAFTS = (
    (
        "demo-best-pot",
        "全网最低价 霁青小壶",
        "<p>全国销量第一，喝茶降血压，用过的人都说最好。</p><p>第一次泡茶也顺手。</p>",
        0,
        12_800,
    ),
    ("demo-old-brand", "老字号风味茶则", "<p>取自老字号作坊，特级竹料，100% 手工。</p>", 1, 5_800),
    ("demo-waiting", "山雨 竹编杯垫", "<p>六片一套，竹篾编成，边缘收得平整。</p>", 2, 3_900),
    ("demo-returned", "云门 香插", "<p>黄铜车制，底座可拆洗。</p>", 3, 6_900),
)
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def stage():
    """Make all of it; returns how many things were made."""
    operator = User.objects.filter(groups__name=OPERATOR).first()
    seller = MerchantStaff.objects.filter(merchant__slug="shanyao").select_related("merchant", "user").first()
    if operator is None or seller is None:
        return 0
    drafts = _drafts(seller.merchant)
    _queue(drafts, seller.user, operator)
    _papers(seller.merchant, drafts, operator)
    _spot_checks(seller, operator)
    standing.recount()
    ids = list(Product.objects.order_by("pk").values_list("pk", flat=True))
    desk.check(ids)
    return len(drafts) + ListingReview.objects.count() + SpotCheck.objects.count()


def _drafts(merchant):
    models = list(Product.objects.filter(merchant=merchant, cover__isnull=False).select_related("cover").order_by("pk"))
    made = {}
    for handle, title, description, number, price in DRAFTS:
        like = models[number % len(models)]
        draft = Product.objects.create(
            merchant=merchant, handle=handle, slug=handle, title=title, description=description, category=like.category
        )
        Picture.objects.create(
            product=draft, file=like.cover.file.name, width=like.cover.width, height=like.cover.height,
            status=Picture.Status.READY, done_at=timezone.now(),
        )  # fmt: skip
        sku = Sku.objects.create(product=draft, code=handle.upper(), price_fen=price)
        sku.price_changes.create(after_fen=price, source="demo")
        stock_bookings.receive(sku, 20, source=f"demo:{handle}")
        Specification.objects.create(product=draft, name="材质", value="陶" if number < 2 else "竹")
        made[handle] = draft
    listings.refresh([draft.pk for draft in made.values()])
    return made


def _queue(drafts, seller, operator):
    with at(days_ago(2, hour=15)):
        returned = listing_reviews.submit(drafts["demo-returned"], seller)
    with at(days_ago(1, hour=10)):
        listing_reviews.return_to_merchant(
            returned, operator, reasons=["facts", "pictures"], note="请补上尺寸，并换一张能看清底座的照片。"
        )
        listing_reviews.submit(drafts["demo-waiting"], seller)


def _papers(merchant, drafts, operator):
    today = timezone.localdate()
    proof = Proof(merchant=merchant, title="竹料等级检验报告", words=["特级"], product=drafts["demo-old-brand"])
    proof.valid_from, proof.valid_until = today - timedelta(days=100), today + timedelta(days=265)
    waiting = Proof(merchant=merchant, title="老字号授权书", words=["老字号"], valid_until=today + timedelta(days=700))
    licence = Licence(merchant=merchant, kind=Licence.Kind.FOOD, number="JY13301060000000")
    licence.valid_until = today + timedelta(days=40)
    for shown in (proof, waiting, licence):
        shown.file.save("demo.pdf", ContentFile(PDF), save=True)
    credentials.accept(proof, operator)
    credentials.accept(licence, operator)
    tea = Product.objects.filter(merchant=merchant, category__isnull=False).first().category
    CategoryRule.objects.get_or_create(category=tea, defaults={"specifications": ["材质"]})


def _spot_checks(seller, operator):
    with at(days_ago(3, hour=14)):
        drawn = spot_checks.draw("本月抽检", size=6, merchant=seller.merchant, by=operator, seed="2026-demo")
        first, second, *_others = drawn.checks.order_by("position")
        spot_checks.pass_(first, operator, note="文字、图片与实物相符。")
        spot_checks.fail(
            second, operator, fault=SpotCheck.Fault.SPECIFICATIONS, gravity=SpotCheck.Gravity.MINOR,
            note="标称容量与实测相差 20 毫升。",
        )  # fmt: skip
    entry = StandingEntry.objects.get(source=second.about)
    with at(days_ago(2, hour=9)):
        standing.object_to(entry, "实测时水位线理解不同，满口容量与页面一致，附上测量视频编号。", seller.user)
