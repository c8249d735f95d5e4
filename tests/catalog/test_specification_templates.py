import pytest
from django.urls import reverse
from django.utils import translation

from catalog import attributes, listings, specification_table
from catalog.importing.diff import judge
from catalog.importing.shelf import Shelf
from catalog.listing_rules import desk
from catalog.models import Attribute, AttributeChoice, CategoryRule, Product, Specification
from tests.admin.test_listings import editor, filled
from tests.factories import make_category, make_product, make_sku

pytestmark = pytest.mark.django_db
Kind = Attribute.Kind


def make_attribute(category, name, kind=Kind.TEXT, choices=(), **fields):
    attribute = Attribute.objects.create(category=category, name=name, kind=kind, **fields)
    for place, (zh, en) in enumerate(choices):
        AttributeChoice.objects.create(attribute=attribute, value=zh, value_en=en, position=place)
    attributes.forget()
    return attribute


@pytest.fixture
def tea():
    return make_category("茶器")


@pytest.fixture
def pots(tea):
    return make_category("壶", parent=tea)


@pytest.fixture
def template(tea, pots):
    """What the pots' table asks: three rows of the category above, and one of its own in place of a fourth."""
    return {
        "material": make_attribute(
            tea, "主材质", Kind.CHOICE, [("陶瓷", "Ceramic"), ("玻璃", "Glass")], name_en="Main material",
            is_filter=True, is_highlight=True, is_required=True, position=1, group="外观", group_en="Look",
        ),
        "volume": make_attribute(
            tea, "容量", Kind.NUMBER, name_en="Capacity", unit="毫升", unit_en="ml", bounds=[200, 500], is_filter=True,
            position=2, group="使用", group_en="In use",
        ),
        "machine": make_attribute(tea, "可进洗碗机", Kind.YES_NO, name_en="Dishwasher-safe", is_filter=True, position=3),
        "above": make_attribute(tea, "产地", position=4, is_required=True),
        "nearest": make_attribute(pots, "产地", name_en="Made in", position=9),
    }  # fmt: skip


@pytest.fixture
def pot(yuji, pots, template):
    pot = make_product(yuji, category=pots)
    for name, value in (("容量", "240 毫升"), ("主材质", "陶瓷"), ("可进洗碗机", "是"), ("滤孔", "九孔")):
        Specification.objects.create(product=pot, name=name, value=value)
    make_sku(pot)
    return pot


def test_a_category_inherits_and_its_own_row_takes_the_place_of_the_one_above(pots, tea, template):
    known = attributes.read()
    assert known.of(pots.pk) == [template["material"], template["volume"], template["machine"], template["nearest"]]
    assert known.of(tea.pk)[-1] == template["above"]
    assert known.required(pots.pk) == ["主材质"]
    assert known.of(make_category("灯").pk) == known.of(None) == []


@pytest.mark.parametrize(
    ("name", "said", "kept"),
    [
        ("volume", "240", "240 毫升"), ("volume", "２４０ ml", "240 毫升"), ("volume", "1,500毫升", "1500 毫升"),
        ("volume", "1.50", "1.5 毫升"), ("volume", "", ""), ("volume", "二百", None), ("volume", "240 kg", None),
        ("volume", "20 至 30 毫升", None), ("material", "ceramic", "陶瓷"), ("material", "玻璃", "玻璃"),
        ("material", "金", None), ("machine", "Yes", "是"), ("machine", "无", "否"), ("machine", "也许", None),
        ("nearest", "  景德镇 ", "景德镇"),
    ],
)  # fmt: skip
def test_a_value_is_kept_as_its_kind_wants_it_or_refused(template, name, said, kept):
    if kept is None:
        with pytest.raises(attributes.ValidationError):
            template[name].read(said)
    else:
        assert template[name].read(said) == kept


def test_the_table_follows_the_template_and_speaks_the_readers_language(pot):
    with translation.override("en"):
        table = specification_table.of(pot)
        assert table.highlights == (("Main material", "Ceramic"),)
        titles = [title for title, _rows in table.parts]
        assert titles[:2] == ["Look", "In use"]
        assert ("Capacity", "240 ml") in table.rows
        assert ("Dishwasher-safe", "Yes") in table.rows
    with translation.override("zh-hans"):
        assert [name for name, _value in specification_table.of(pot).rows] == ["主材质", "容量", "可进洗碗机", "滤孔"]


def test_the_page_shows_the_table_and_the_highlights_beside_the_price(client, pot):
    page = client.get(pot.get_absolute_url()).content.decode()
    assert page.index('class="traits"') < page.index('id="buy"') < page.index('class="spec"')
    assert "240 毫升" in page


@pytest.mark.parametrize(
    ("text", "tick"),
    [("150 毫升", "..200"), ("200", "200..500"), ("499.5 ml", "200..500"), ("500", "500.."), ("大", "")],
)
def test_a_number_lies_between_the_bounds_of_its_filter(template, text, tick):
    assert attributes.tick_of(template["volume"], text) == tick


def test_lists_are_filtered_by_what_the_template_marks(client, yuji, pots, pot):
    other = make_product(yuji, category=pots, title="玻璃壶")
    Specification.objects.create(product=other, name="主材质", value="玻璃")
    Specification.objects.create(product=other, name="可进洗碗机", value="否")
    make_sku(other)
    pot.refresh_from_db()
    assert pot.choices == ["主材质:陶瓷", "可进洗碗机:是", "容量:200..500"]
    address = pots.get_absolute_url()
    groups = dict(client.get(address, headers={"accept-language": "en"}).context["shelf"].facets.groups)
    assert [(tick.text, tick.count) for tick in groups["Main material"]] == [("Ceramic", 1), ("Glass", 1)]
    found = client.get(address, {"o": "主材质:玻璃"}).context["shelf"]
    assert [each.pk for each in found.page.object_list] == [other.pk]
    shelf = client.get(address, {"o": "容量:200..500"}).context["shelf"]
    assert [each.pk for each in shelf.page.object_list] == [pot.pk]
    assert "200" in shelf.applied[0].text
    assert ".." not in shelf.applied[0].text


def test_a_changed_template_changes_what_lists_filter_by(client, manager, pot, template):
    client.force_login(manager)
    address = reverse("admin:catalog_attribute_change", args=[template["volume"].pk])
    data = filled(client.get(address)) | {"bounds": "300"}
    assert client.post(address, data).status_code == 302
    pot.refresh_from_db()
    assert "容量:..300" in pot.choices
    listings.tick(pot.category)  # again changes nothing
    before = list(pot.choices)
    pot.refresh_from_db()
    assert pot.choices == before


def test_a_text_cannot_be_filtered_by_and_bounds_stand_in_order(client, manager, template):
    client.force_login(manager)
    for name, changed in (("nearest", {"is_filter": "on"}), ("volume", {"bounds": "500,200"})):
        address = reverse("admin:catalog_attribute_change", args=[template[name].pk])
        answer = client.post(address, filled(client.get(address)) | changed)
        assert answer.context["errors"]
    assert not Attribute.objects.filter(name="产地", is_filter=True).exists()
    assert Attribute.objects.get(name="容量").bounds == [200, 500]


def test_what_the_template_requires_is_a_rule_and_so_is_what_the_category_requires(pot, tea):
    CategoryRule.objects.create(category=tea, specifications=["净重"])
    Specification.objects.filter(product=pot, name="主材质").delete()
    Specification.objects.filter(product=pot, name="容量").update(value="二百")
    found = [(each.rule, each.severity, each.facts["name"]) for each in desk.findings_of(pot)]
    assert [row for row in found if row[0].startswith("specification")] == [
        ("specification", "block", "主材质"), ("specification", "block", "净重"), ("specification_unfit", "warn", "容量"),
    ]  # fmt: skip


def test_the_form_asks_for_the_fields_of_the_template_and_keeps_free_rows_apart(client, yuji_staff, pot, template):
    client.force_login(yuji_staff)
    page = client.get(editor(pot))
    form = page.context["adminform"].form
    volume, material = (f"attribute_{template[name].pk}" for name in ("volume", "material"))
    assert form[volume].value() == "240"
    assert [value for value, _text in form.fields[material].choices] == ["", "陶瓷", "玻璃"]
    rows = next(
        each.formset for each in page.context["inline_admin_formsets"] if each.formset.prefix == "specifications"
    )
    assert [row.instance.name for row in rows.forms if row.instance.pk] == ["滤孔"]
    answer = client.post(editor(pot), filled(page) | {volume: "350", material: ""})
    assert answer.status_code == 302
    values = dict(pot.specifications.values_list("name", "value"))
    assert values == {"容量": "350 毫升", "可进洗碗机": "是", "滤孔": "九孔"}
    pot.refresh_from_db()
    assert pot.choices == ["可进洗碗机:是", "容量:200..500"]


def test_the_form_refuses_what_does_not_fit_beside_its_field_and_saves_nothing(client, yuji_staff, pot, template):
    client.force_login(yuji_staff)
    volume, nearest = (f"attribute_{template[name].pk}" for name in ("volume", "nearest"))
    answer = client.post(editor(pot), filled(client.get(editor(pot))) | {volume: "很大", nearest: "景德镇"})
    assert volume in answer.context["adminform"].form.errors
    twice = filled(client.get(editor(pot))) | {"specifications-0-name": "容量"}
    assert client.post(editor(pot), twice).context["errors"]
    assert dict(pot.specifications.values_list("name", "value"))["容量"] == "240 毫升"
    assert not pot.specifications.filter(name="产地").exists()


def test_what_never_fitted_stays_until_it_is_changed(client, yuji_staff, pot, template):
    Specification.objects.filter(product=pot, name="容量").update(value="大小两种")
    client.force_login(yuji_staff)
    data = filled(client.get(editor(pot))) | {"title": "另一把壶"}
    assert client.post(editor(pot), data).status_code == 302
    assert pot.specifications.get(name="容量").value == "大小两种"


def test_columns_of_a_file_land_in_the_template(yuji, pot):
    content = {
        "title": pot.title, "axes": [], "skus": [],
        "specifications": [["Capacity", "350"], ["main material", "glass"], ["Dishwasher-safe", "maybe"], ["盖", "有"]],
    }  # fmt: skip
    verdict = judge(pot.handle, content, Shelf(yuji, {pot.handle: content}), line=2)
    assert content["specifications"] == [
        ["容量", "350 毫升"], ["主材质", "玻璃"], ["可进洗碗机", "maybe"], ["盖", "有"],
    ]  # fmt: skip
    assert [note["facts"]["name"] for note in verdict.notes if note["code"] == "specification_unfit"] == [
        "Dishwasher-safe"
    ]
    assert ("容量", "240 毫升", "350 毫升") in [
        (each["key"], each["before"], each["after"]) for each in verdict.changes if each["what"] == "specification"
    ]


def test_merchants_read_the_templates_and_only_managers_write_them(client, yuji_staff, template):
    client.force_login(yuji_staff)
    assert client.get(reverse("admin:catalog_attribute_changelist")).status_code == 200
    assert client.get(reverse("admin:catalog_attribute_add")).status_code == 403
    assert Product.objects.count() == 0
