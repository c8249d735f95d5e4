import pytest
from django.db import connection

from catalog import card_rows, listings, search, words
from catalog.models import Brand, Product, Specification
from tests.factories import make_category, make_product, make_sku


def found(text):
    return [p.title for p in search.matching(listings.on_sale(), text).order_by("-score", "pk")]


@pytest.fixture
def shelf(yuji):
    teaware = make_category("茶器", name_en="Teaware")
    brand = Brand.objects.create(name="山窑", name_en="Shanyao", slug="shanyao")
    rows = [
        ("霁青 手作茶壶", "Celadon Hand-thrown Teapot", "三种釉色"),
        ("真丝眼罩", "Silk Sleep Mask", "不压眼睛"),
        ("A字 置物架", "A-frame Shelf", "放得下茶壶"),
    ]
    for title, title_en, subtitle in rows:
        product = make_product(yuji, title=title, title_en=title_en, subtitle=subtitle, category=teaware, brand=brand)
        make_sku(product, code=f"SY-{product.pk}-QING", option1="霁青")
    Specification.objects.create(product=Product.objects.get(title="真丝眼罩"), name="材质", value="桑蚕丝")
    listings.refresh(Product.objects.values_list("pk", flat=True))


@pytest.mark.parametrize(
    "text",
    ["茶壶", "手作 茶壶", "霁青手作茶壶", "chahu", "TEAPOTS", "teapot", "ｔｅａｐｏｔ", "茶壺", "celad"],
)
@pytest.mark.usefixtures("shelf")
def test_a_teapot_is_found_as_people_type_it(text):
    assert found(text)[0] == "霁青 手作茶壶"


@pytest.mark.parametrize(("text", "title"), [("真丝眼罩", "真丝眼罩"), ("桑蚕丝", "真丝眼罩"), ("A字", "A字 置物架")])
@pytest.mark.usefixtures("shelf")
def test_only_what_matches_every_word_is_found(text, title):
    assert found(text) == [title]


@pytest.mark.usefixtures("shelf")
def test_the_title_counts_more_than_the_subtitle():
    assert found("茶壶") == ["霁青 手作茶壶", "A字 置物架"]


@pytest.mark.usefixtures("shelf")
def test_brand_category_and_sku_code_are_found():
    mask = Product.objects.get(title="真丝眼罩")
    assert len(found("山窑")) == 3
    assert len(found("teaware")) == 3
    assert found(f"sy-{mask.pk}-qing") == ["真丝眼罩"]


@pytest.mark.usefixtures("shelf")
def test_of_two_equal_matches_the_one_that_sells_comes_first():
    Product.objects.filter(title="A字 置物架").update(sold_count=100_000)
    assert found("山窑")[0] == "A字 置物架"


@pytest.mark.parametrize("text", ["", "   ", "，。！", "'", "\\", "' & !", ":*", "%", "的"])
@pytest.mark.usefixtures("shelf")
def test_odd_input_neither_breaks_nor_matches_everything(text):
    assert found(text) == []


@pytest.mark.usefixtures("shelf")
def test_a_word_that_is_nowhere_finds_nothing():
    assert found("扫地机器人") == []


def test_words_are_kept_in_one_form():
    assert words.normalise("乾貨ＡＢＣ") == "干货abc"


def test_a_listing_is_cut_into_characters_pairs_and_latin_words():
    assert words.tokens("茶壶 300ml") == {"茶", "壶", "茶壶", "300ml", "300", "ml"}


def test_pinyin_of_words_and_of_neighbours():
    assert {"chahu", "ch"} <= words.pinyin_tokens("茶壶")


def test_what_every_match_is_read_for_stays_in_its_row(db):
    """Long texts are moved out of line early; a short column among them would cost four more pages a match."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT attname, attstorage FROM pg_attribute WHERE attrelid = 'catalog_product'::regclass")
        storage = dict(cursor.fetchall())
    assert {storage[name] for name in ("title", "title_en", "choices", "deals")} == {"m"}
    assert storage["search"] == "e"


def test_what_every_card_says_stays_in_its_row(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT attname, attstorage FROM pg_attribute WHERE attrelid = 'catalog_product'::regclass")
        storage = dict(cursor.fetchall())
    assert [name for name in card_rows.CARD if storage.get(name) in ("e", "x")] == []
    assert {storage[name] for name in ("slug", "tags")} == {"m"}
