"""The home page as staff arrange it."""

import re
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts import memo, work
from accounts.models import StateLog
from catalog import home_blocks, listings
from catalog.models import Banner, HomeBlock, HomeBlockProduct, Product
from catalog.own_address import is_own_address
from tests.catalog.test_pictures import image_bytes
from tests.factories import make_category, make_product, make_sku

Kind, Rule = HomeBlock.Kind, HomeBlock.Rule
MOST_QUERIES = 10


@pytest.fixture
def goods(yuji):
    """Ten listings of one category, the first the best sold."""
    category = make_category("茶器", slug="teaware")
    made = [make_product(yuji, category=category, title=f"壶{n}", sold_count=100 - n) for n in range(10)]
    for product in made:
        make_sku(product)
    listings.refresh([product.pk for product in made])
    memo.forget_all()
    return made


def block(kind=Kind.PRODUCTS, **fields):
    made = HomeBlock.objects.create(kind=kind, **fields)
    home_blocks.forget()
    return made


def kinds(moment=None):
    return [one.block.kind for one in home_blocks.shown(moment, fresh=True)]


def test_an_unarranged_home_page_is_the_usual_one(client, goods):
    assert kinds()[:4] == ["hero", "promises", "categories", "new"]
    assert client.get("/").status_code == 200


def test_blocks_stand_in_the_order_of_their_positions(client, goods):
    block(title="第二", position=2, rule=Rule.BEST_SOLD)
    block(title="第一", position=1, rule=Rule.NEWEST)
    page = client.get("/").content.decode()
    assert page.index("第一") < page.index("第二")
    home_blocks.move(HomeBlock.objects.filter(title="第二"), -1)
    page = client.get("/").content.decode()
    assert page.index("第二") < page.index("第一")


def test_a_campaign_is_gone_at_its_minute_though_the_arrangement_is_remembered(goods):
    start = timezone.now()
    block(Kind.CAMPAIGN, title="围炉", shown_from=start + timedelta(hours=1), shown_until=start + timedelta(hours=2))
    memory = home_blocks._arrangement()
    seen = []
    for minutes in (59, 60, 119, 120):
        seen.append(any(b.is_shown_at(start + timedelta(minutes=minutes)) for b in memory.blocks))
    assert seen == [False, True, True, False]
    assert kinds(start + timedelta(minutes=119)) == ["campaign"]
    assert kinds(start + timedelta(minutes=120)) == []


def test_listings_named_by_hand_come_in_their_order_and_only_while_on_sale(goods):
    chosen = block(title="选", position=1)
    for position, product in enumerate([goods[5], goods[2], goods[7]]):
        HomeBlockProduct.objects.create(block=chosen, product=product, position=position)
    listings.take_down(goods[2])
    (shown,) = home_blocks.shown(fresh=True)
    assert [product.pk for product in shown.products] == [goods[5].pk, goods[7].pk]


@pytest.mark.parametrize("rule", [rule for rule in Rule.values if rule])
def test_every_rule_finds_listings_of_its_category(goods, yuji, rule):
    other = make_product(yuji, category=make_category("灯", slug="lamps"), sold_count=999, title="灯")
    make_sku(other, price_fen=100, reference_price_fen=200)
    dear = make_sku(goods[3], price_fen=100, reference_price_fen=200, option1="贵")
    listings.refresh([goods[3].pk, other.pk])
    assert dear.reference_price_fen == 200
    # Whether a strike-through price is lawful is another rule's matter; here it is shown.
    Product.objects.filter(pk__in=[goods[3].pk, other.pk]).update(price_min_fen=100, reference_price_fen=200)
    block(rule=rule, category=goods[0].category, how_many=4)
    (shown,) = home_blocks.shown(fresh=True)
    assert other.pk not in {product.pk for product in shown.products}
    if rule == Rule.BEST_SOLD:
        assert [product.pk for product in shown.products] == [product.pk for product in goods[:4]]
    if rule == Rule.REDUCED:
        assert [product.pk for product in shown.products] == [goods[3].pk]


def test_a_block_without_anything_to_show_is_left_out(goods):
    block(rule=Rule.REDUCED)
    block(Kind.GUIDES)
    assert kinds() == []


@pytest.mark.parametrize("number", [3, 20])
def test_the_home_page_takes_few_queries_however_many_blocks(client, goods, number):
    for n in range(number):
        block(rule=[Rule.NEWEST, Rule.BEST_SOLD][n % 2], position=n, title=f"块{n}")
    block(Kind.HERO, position=0)
    memo.forget_all()
    with CaptureQueriesContext(connection) as cold:
        assert client.get("/").status_code == 200
    with CaptureQueriesContext(connection) as warm:
        client.get("/")
    assert len(cold) <= MOST_QUERIES
    assert len(warm) <= 3


def test_a_block_that_ends_before_it_begins_is_refused_by_form_and_database(db):
    now = timezone.now()
    wrong = HomeBlock(kind=Kind.NEW, shown_from=now, shown_until=now - timedelta(days=1))
    with pytest.raises(ValidationError) as refusal:
        wrong.full_clean()
    assert "shown_until" in refusal.value.message_dict
    with pytest.raises(IntegrityError), transaction.atomic():
        wrong.save()
    assert not HomeBlock.objects.exists()


FOREIGN = [
    "https://evil.example/",
    "//evil.example/",
    "/\\evil.example",
    "\\\\evil.example",
    "javascript:alert(1)",
    "/c/ x",
    "/c/\n",
    "c/teaware/",
    "/admin/",
    "/nowhere/at/all/",
]


@pytest.mark.parametrize("address", FOREIGN)
def test_a_block_leads_nowhere_but_into_this_shop(db, address):
    with pytest.raises(ValidationError) as refusal:
        HomeBlock(kind=Kind.NEW, link=address).full_clean()
    assert "link" in refusal.value.message_dict


def test_addresses_of_this_shop_are_taken(db):
    for address in ("/", "/c/teaware/", "/search/?sort=new", "/guides/"):
        assert is_own_address(address)
        HomeBlock(kind=Kind.NEW, link=address).full_clean()


def test_a_picture_is_made_safe_and_drawn_by_the_worker(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    banner = Banner.objects.create(file=SimpleUploadedFile("hero.jpg", image_bytes(size=(1700, 800))))
    uploaded = banner.file.name
    work.run_due(Banner)
    banner.refresh_from_db()
    assert (banner.status, banner.drawn, banner.width) == (Banner.Status.READY, True, 1700)
    assert not banner.file.storage.exists(uploaded)
    base = banner.file.name.rpartition(".")[0]
    names = {path.name for path in (tmp_path / base).iterdir()}
    assert names == {f"{w}w.{kind}" for w in (480, 780, 1200, 1600) for kind in ("avif", "webp")} | {"card.jpg"}


def test_what_is_no_picture_is_marked_and_not_shown(client, db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    banner = Banner.objects.create(file=SimpleUploadedFile("hero.jpg", image_bytes(size=(900, 400))[:300]))
    block(Kind.HERO, picture=banner, title="招牌")
    work.run_due(Banner)
    banner.refresh_from_db()
    assert banner.status == Banner.Status.FAILED
    page = client.get("/").content.decode()
    assert "招牌" in page
    assert "banner" in re.search(r'<section class="hero".*?<img src="([^"]+)"', page, re.S)[1]


# --- the back office -------------------------------------------------------------------------------------------------


def form(**fields):
    empty = ("title", "title_en", "text", "text_en", "button", "button_en", "link", "rule", "category")
    management = {"named-TOTAL_FORMS": "0", "named-INITIAL_FORMS": "0"}
    dates = dict.fromkeys(("shown_from_0", "shown_from_1", "shown_until_0", "shown_until_1"), "")
    return (
        dict.fromkeys(empty, "") | dates | management | {"position": "1", "how_many": "4", "is_active": "on"} | fields
    )


def test_an_operator_adds_a_block_with_a_picture(client, operator, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    client.force_login(operator)
    picture = SimpleUploadedFile("hero.png", image_bytes(size=(800, 400)), "image/png")
    response = client.post(
        reverse("admin:catalog_homeblock_add"), form(kind="hero", title="春茶", new_picture=picture), follow=True
    )
    assert response.status_code == 200
    made = HomeBlock.objects.get()
    assert (made.title, made.picture.status) == ("春茶", Banner.Status.PROCESSING)


@pytest.mark.parametrize(
    "wrong",
    [
        {"link": "https://evil.example/"},
        {"kind": "campaign", "title": "无期"},
        {"how_many": "99"},
        {"new_picture": SimpleUploadedFile("x.svg", b"<svg onload=alert(1)>")},
    ],
)
def test_a_wrong_block_is_refused_beside_its_field_and_nothing_is_kept(client, operator, wrong):
    client.force_login(operator)
    response = client.post(reverse("admin:catalog_homeblock_add"), form(kind="new") | wrong)
    assert response.context["adminform"].form.errors
    assert not HomeBlock.objects.exists()
    assert not Banner.objects.exists()


def test_staff_preview_the_page_at_a_date(client, operator, goods):
    soon = timezone.localtime() + timedelta(days=5)
    block(Kind.CAMPAIGN, title="下周开始", shown_from=soon, shown_until=soon + timedelta(days=1))
    client.force_login(operator)
    address = reverse("admin:catalog_homeblock_preview")
    assert "下周开始" not in client.get("/").content.decode()
    assert "下周开始" not in client.get(address).content.decode()
    at = (soon + timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M")
    assert "下周开始" in client.get(address, {"at": at}).content.decode()
    assert client.get(address, {"at": "2026-02-31T99:00"}).status_code == 200


def test_merchants_do_not_arrange_the_home_page(client, yuji_staff, goods):
    kept = block(title="招牌")
    client.force_login(yuji_staff)
    assert client.get(reverse("admin:catalog_homeblock_changelist")).status_code == 403
    assert client.get(reverse("admin:catalog_homeblock_preview")).status_code == 403
    client.post(reverse("admin:catalog_homeblock_change", args=[kept.pk]), form(kind="new", title="我的"))
    kept.refresh_from_db()
    assert kept.title == "招牌"
    assert not StateLog.objects.exists()
