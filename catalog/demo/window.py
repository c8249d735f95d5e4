"""The demo shop's window: its home page in blocks, and guides to what it sells. Safe to run again."""

from datetime import timedelta

from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image

from catalog import home_blocks
from catalog.demo.guides import GUIDES, TOPICS
from catalog.demo.shapes import PICTURES
from catalog.models import Banner, Category, Guide, GuideProduct, HomeBlock, Product, Topic

ART = PICTURES.parent.parent.parent / "static" / "img" / "demo"
Kind, Rule = HomeBlock.Kind, HomeBlock.Rule


def load_window():
    """Blocks and guides that are not there yet; returns how many of each were made."""
    guides = _guides()
    blocks = 0 if HomeBlock.objects.exists() else _blocks()
    home_blocks.forget()
    return {"blocks": blocks, "guides": guides}


def _banner(path):
    """A ready picture of the shop from a file of the demo; the worker draws its renditions later."""
    name = f"banners/demo-{path.stem}.webp"
    known = Banner.objects.filter(file=name).first()
    if known is not None:
        return known
    with Image.open(path) as image:
        width, height = image.size
    row = Banner(status=Banner.Status.READY, run_after=timezone.now() + timedelta(seconds=20))
    storage = row._meta.get_field("file").storage
    if not storage.exists(name):
        storage.save(name, ContentFile(path.read_bytes()))
    row.save()
    # Straight to the columns: the field would open every file again to measure it.
    Banner.objects.filter(pk=row.pk).update(file=name, width=width, height=height)
    row.refresh_from_db()
    return row


def _blocks():
    now = timezone.now()
    teaware = Category.objects.filter(slug="teaware").first()
    rows = [
        HomeBlock(
            kind=Kind.HERO,
            link="/c/teaware/" if teaware else "",
            button="看茶器",
            button_en="See the teaware",
            picture=_banner(ART / "hero-wide-1600.webp"),
            picture_tall=_banner(ART / "hero-tall-780.webp"),
        ),
        HomeBlock(kind=Kind.PROMISES),
        HomeBlock(kind=Kind.CATEGORIES),
        HomeBlock(
            kind=Kind.CAMPAIGN,
            title="冬日围炉",
            title_en="Around the stove",
            text="天冷了，烧一壶水，慢慢喝。",
            text_en="Cold days: put a kettle on and take your time.",
            shown_from=now - timedelta(days=3),
            shown_until=now + timedelta(days=25),
            link="/guides/winter-stove-tea/",
            button="读一读",
            button_en="Read on",
            picture=_banner(ART / "story-1000.webp"),
            rule=Rule.BEST_SOLD,
            category=teaware,
        ),
        HomeBlock(kind=Kind.NEW, how_many=8),
        HomeBlock(kind=Kind.FOR_YOU),
        HomeBlock(kind=Kind.HOT, how_many=8),
        HomeBlock(kind=Kind.GUIDES, how_many=3),
        HomeBlock(
            kind=Kind.CAMPAIGN,
            title="年货早准备",
            title_en="Early for the New Year",
            text="送礼的、自用的，都在这里。",
            text_en="Gifts, and things to keep.",
            shown_from=now + timedelta(days=40),
            shown_until=now + timedelta(days=70),
            link="/search/?sort=sales",
            rule=Rule.BEST_SOLD,
        ),
        HomeBlock(kind=Kind.STORY),
    ]
    for position, row in enumerate(rows, 1):
        row.position = position
    HomeBlock.objects.bulk_create(rows)
    return len(rows)


def _guides():
    topics = {
        slug: Topic.objects.get_or_create(slug=slug, defaults={"name": name.zh, "name_en": name.en})[0]
        for slug, name in TOPICS
    }
    known = set(Guide.objects.values_list("slug", flat=True))
    fresh = [shape for shape in GUIDES if shape.slug not in known]
    handles = {handle for shape in fresh for handle in shape.products}
    products = {product.handle: product for product in Product.objects.filter(handle__in=handles).only("handle")}
    for shape in fresh:
        guide = Guide.objects.create(
            slug=shape.slug,
            title=shape.title.zh,
            title_en=shape.title.en,
            lead=shape.lead.zh,
            lead_en=shape.lead.en,
            body="".join(shape.body_zh),
            body_en="".join(shape.body_en),
            author="屿集编辑部",
            author_en="The Yuji desk",
            cover=_banner(PICTURES / f"{shape.cover}.webp"),
            status=Guide.Status.PUBLISHED,
            published_at=timezone.now() - timedelta(days=shape.days_ago),
        )
        guide.topics.set(topics[slug] for slug in shape.topics)
        named = [products[handle] for handle in shape.products if handle in products]
        GuideProduct.objects.bulk_create(
            [GuideProduct(guide=guide, product=product, position=n) for n, product in enumerate(named)]
        )
    return len(fresh)
