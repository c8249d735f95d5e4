import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from catalog import product_page, size_guides
from catalog.models import SizeGuide
from tests.admin.test_listings import editor, filled
from tests.factories import make_category, make_product, make_sku

pytestmark = pytest.mark.django_db
TABLE = "尺码 | 脚长 (cm)\n36–37 | 22.5–23.5\n38–39 | 24"
TABLE_EN = "Size\tFoot (cm)\n36–37\t22.5–23.5\n38–39\t24"


@pytest.fixture
def slippers(yuji):
    slippers = make_product(yuji, category=make_category("拖鞋", parent=make_category("织物")), axes=["尺码"])
    for size in ("36–37", "38–39"):
        make_sku(slippers, option1=size)
    return slippers


def write(title="拖鞋尺码", **fields):
    return SizeGuide.objects.create(title=title, title_en="Slipper sizes", table=TABLE, table_en=TABLE_EN, **fields)


def title_of(product):
    with translation.override("zh-hans"):
        found = size_guides.of(product_page.find(product.pk))
    return found and found.title


def test_the_nearest_guide_counts_the_sellers_before_the_shops_and_its_own_before_all(slippers, songyan):
    near = slippers.category
    assert title_of(slippers) is None
    write("别人的", category=near, merchant=songyan)
    assert title_of(slippers) is None
    write("上级", category=near.parent)
    assert title_of(slippers) == "上级"
    write("本级", category=near)
    assert title_of(slippers) == "本级"
    write("商家", category=near.parent, merchant=slippers.merchant)
    assert title_of(slippers) == "商家"
    slippers.size_guide = write("自己的", merchant=slippers.merchant)
    slippers.save()
    assert title_of(slippers) == "自己的"


def test_a_category_that_only_begins_with_the_same_digits_lends_no_guide(slippers):
    twin = make_category("别处", pk=int(f"{slippers.category.parent_id}0"))
    write(category=twin)
    assert title_of(slippers) is None


def test_what_comes_in_no_sizes_has_the_guide_it_names_only(yuji):
    rug = make_product(yuji, category=make_category("地垫"), axes=["颜色"])
    make_sku(rug, option1="灰")
    guide = write(category=rug.category)
    assert title_of(rug) is None
    rug.size_guide = guide
    rug.save()
    assert title_of(rug) == "拖鞋尺码"


def test_the_table_is_read_in_the_readers_language_and_in_both_units():
    guide = SizeGuide(title="拖鞋", table=TABLE, table_en=TABLE_EN, measuring="站直\n\n画线")
    guide.clean()
    with translation.override("en"):
        found = size_guides.shown(guide)
    assert (found.head, found.rows[0]) == (("Size", "Foot (cm)"), (("36–37", ""), ("22.5–23.5", "8.9–9.3 in")))
    assert found.steps == ("站直", "画线")
    with translation.override("zh-hans"):
        assert size_guides.shown(guide).head[0] == "尺码"


@pytest.mark.parametrize(
    ("field", "table"),
    [("table", "尺码 | 脚长"), ("table", "尺码 | 脚长\n36"), ("table", "|".join("abcdefghi") + "\n" + "|".join("abcdefghi")),
     ("table", "a\n" * 41), ("table_en", "Size | Foot\n36 | 23")],
)  # fmt: skip
def test_a_crooked_table_is_refused_beside_its_field(field, table):
    with pytest.raises(ValidationError) as refusal:
        SizeGuide(**{"title": "拖鞋", "table": TABLE, field: table}).clean()
    assert list(refusal.value.message_dict) == [field]


def test_the_page_offers_it_at_the_sizes_and_costs_no_statement_more(client, slippers):
    client.get(slippers.get_absolute_url())
    counted = _statements(client, slippers)
    write(category=slippers.category)
    assert _statements(client, slippers) == counted
    text = client.get(slippers.get_absolute_url()).content.decode()
    assert 'popovertarget="size-guide"' in text[text.index("<legend") : text.index('name="o1"')]
    assert text.count('id="size-guide"') == 1
    assert '<th scope="row">38–39</th>' in text


def _statements(client, product):
    with CaptureQueriesContext(connection) as seen:
        client.get(product.get_absolute_url())
    return len(seen)


def test_a_merchant_writes_guides_of_its_own_only(client, yuji_staff, slippers):
    shops = write(category=slippers.category)
    client.force_login(yuji_staff)
    assert client.get(reverse("admin:catalog_sizeguide_change", args=[shops.pk])).status_code == 302
    address = reverse("admin:catalog_sizeguide_add")
    table = "<b>a</b> | b\n1 | 2"
    data = filled(client.get(address)) | {"title": "我们的", "table": table, "category": slippers.category_id}
    assert client.post(address, data).status_code == 302
    mine = SizeGuide.objects.get(title="我们的")
    assert mine.merchant == slippers.merchant
    assert client.post(address, data).status_code == 200, "a second one for the same category"
    assert SizeGuide.objects.filter(merchant=slippers.merchant).count() == 1
    text = client.get(slippers.get_absolute_url()).content.decode()
    assert "&lt;b&gt;a&lt;/b&gt;" in text
    assert "<b>a</b>" not in text


def test_a_listing_does_not_name_the_guide_of_another_merchant(client, manager, slippers, songyan):
    foreign = write(merchant=songyan)
    client.force_login(manager)
    answer = client.post(editor(slippers), filled(client.get(editor(slippers))) | {"size_guide": foreign.pk})
    assert "size_guide" in answer.context["adminform"].form.errors
    slippers.refresh_from_db()
    assert slippers.size_guide is None
