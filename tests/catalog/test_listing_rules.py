"""The listing rules on worked examples: Chinese words with their places, phrases that are harmless, proofs, papers."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from catalog import credentials, listings, screening
from catalog.listing_rules import default_words, desk
from catalog.listing_rules.finding import Finding
from catalog.listing_rules.plain_text import folded, plain, without_html
from catalog.models import (
    Brand,
    CategoryRule,
    Licence,
    ListingCheck,
    Picture,
    Product,
    Proof,
    Specification,
    WordRule,
)
from tests.factories import make_category, make_product, make_sku


@pytest.fixture(autouse=True)
def _words(db):
    WordRule.objects.all().delete()
    default_words.load(WordRule)


@pytest.fixture
def pot(yuji):
    """A draft that lacks nothing."""
    made = make_product(yuji, title="山影 侧提茶壶", published=False, category=make_category())
    make_sku(made)
    Picture.objects.create(product=made, status=Picture.Status.READY, width=1200, height=1200)
    return made


def found(product, **changes):
    for field, value in changes.items():
        setattr(product, field, value)
    product.save()
    return desk.findings_of(product)


def places(product, **changes):
    return [(each.field, each.start, each.end, each.found, each.severity) for each in found(product, **changes)]


@pytest.mark.parametrize(
    ("title", "start", "end", "word", "severity"),
    [
        ("全网最低价 青瓷壶", 0, 4, "全网最低", "block"),
        ("江南最好的茶壶", 2, 4, "最好", "block"),
        ("江南最-好的茶壶", 2, 5, "最-好", "block"),
        ("江南最 佳茶壶", 2, 5, "最 佳", "block"),
        ("國家級品質茶壺", 0, 3, "國家級", "block"),
        ("销量第一的茶壶", 2, 4, "第一", "block"),
        ("青瓷茶壶ＮＯ．１", 4, 8, "ＮＯ．１", "block"),
        ("喝了降血压的壶", 2, 5, "降血压", "block"),
        ("最薄的壶", 0, 1, "最", "warn"),
        ("国宴用壶", 0, 2, "国宴", "block"),
        ("中华老字号茶壶", 0, 5, "中华老字号", "proof"),
        ("祛斑茶", 0, 2, "祛斑", "block"),
    ],
)
def test_a_word_is_found_where_it_stands(pot, title, start, end, word, severity):
    assert ("title", start, end, word, severity) in places(pot, title=title)


@pytest.mark.parametrize(
    "title",
    [
        "第一次泡茶也顺手",
        "最后一片茶叶",
        "第一泡出汤快",
        "最佳赏味期 30 天",
        "唯一编号 0312",
        "最近到货的壶",
        "100%棉杯垫",
        "有机玻璃茶盘",
        "最多装 200 ml",
    ],
)
def test_a_phrase_that_claims_nothing_is_left_alone(pot, title):
    assert places(pot, title=title) == []


def test_a_phrase_protects_itself_only(pot):
    assert places(pot, title="第一次就是第一") == [("title", 5, 7, "第一", "block")]


def test_places_count_in_the_text_without_html_and_tags_hide_nothing(pot):
    described = "<p>釉色温润。</p><p>江南<b>最</b>好的壶&amp;杯</p>"
    assert without_html(described) == "釉色温润。\n江南最好的壶&杯"
    assert places(pot, description=described) == [("description", 8, 10, "最好", "block")]


def test_a_sentence_end_parts_words(pot):
    assert [each for each in places(pot, description="<p>这把最</p><p>好看的壶</p>") if each[4] == "block"] == []


def test_words_are_looked_for_in_specifications_options_and_tags(pot):
    Specification.objects.create(product=pot, name="等级", value="顶级")
    make_sku(pot, option1="极品青")
    pot.tags = ["万能"]
    pot.save()
    assert {(each.field, each.found) for each in desk.findings_of(pot)} >= {
        ("specifications", "顶级"), ("options", "极品"), ("tags", "万能"),
    }  # fmt: skip


def test_every_character_knows_where_it_came_from():
    whole = plain("㈱最・佳")
    tight = folded(whole)
    assert tight.text.endswith("最佳")
    assert tight.span(len(tight.text) - 2, len(tight.text)) == (1, 4)


def test_a_registered_brand_is_a_name_and_no_claim(pot):
    brand = Brand.objects.create(name="第一坊", slug="diyifang")
    assert places(pot, title="第一坊 茶壶", brand=brand) == []
    assert [each[3] for each in places(pot, title="第一坊 第一好壶", brand=brand)] == ["第一"]


def test_a_rule_holds_in_its_categories_and_below_them(yuji, pot):
    food = make_category("食品")
    tea = make_category("茶叶", parent=food)
    rule = WordRule.objects.create(text="养生", kind="medical", severity="block")
    rule.categories.add(food)
    rule.save()
    assert places(pot, title="养生壶") == []
    assert [each[3] for each in places(pot, title="养生茶", category=tea)] == ["养生"]


def test_what_staff_change_counts_at_once(pot):
    assert places(pot, title="云上壶") == []
    rule = WordRule.objects.create(text="云上", kind="forbidden", severity="warn")
    assert [each[3] for each in places(pot)] == ["云上"]
    rule.is_active = False
    rule.save()
    assert places(pot) == []


def test_a_pattern_that_could_keep_the_shop_busy_is_refused():
    for wrong in ("(a+)+", "[", "x*"):
        with pytest.raises(ValidationError):
            WordRule(text=wrong, is_pattern=True, kind="forbidden").full_clean()
    WordRule(text="祛(?:斑|痘)啦", is_pattern=True, kind="medical").full_clean()


def test_a_blocked_listing_does_not_go_on_sale_and_says_where(pot):
    pot.title = "江南最好的茶壶"
    pot.save()
    with pytest.raises(listings.NotPublishable) as refusal:
        listings.publish(pot)
    assert any("3–4" in reason and "最好" in reason for reason in refusal.value.reasons)
    pot.refresh_from_db()
    assert pot.status == Product.Status.DRAFT


def test_a_warning_does_not_keep_a_listing_from_sale(pot):
    pot.title = "最薄的壶"
    pot.save()
    assert listings.publish(pot)
    assert ListingCheck.objects.get(product=pot).warnings == 1


@pytest.fixture
def proof(pot, yuji):
    pot.title = "老字号茶壶"
    pot.save()
    today = timezone.localdate()
    return Proof.objects.create(
        merchant=yuji, title="证书", words=["老字号"], valid_from=today - timedelta(days=9), valid_until=today
    )


def test_a_claim_needs_an_accepted_proof(pot, proof, operator):
    with pytest.raises(listings.NotPublishable):
        listings.publish(pot)
    credentials.accept(proof, operator)
    assert [each.proved_until for each in desk.findings_of(pot)] == [proof.valid_until.isoformat()]
    assert listings.publish(pot)


def test_a_proof_holds_until_its_last_day(pot, proof, operator):
    credentials.accept(proof, operator)
    Proof.objects.update(valid_until=timezone.localdate() - timedelta(days=1))
    with pytest.raises(listings.NotPublishable):
        listings.publish(pot)


@pytest.mark.parametrize("narrow", ["brand", "product", "merchant", "words"])
def test_a_proof_covers_nothing_but_what_it_names(pot, proof, operator, yuji, songyan, narrow):
    credentials.accept(proof, operator)
    others = {
        "brand": {"brand": Brand.objects.create(name="别家", slug="other")},
        "product": {"product": make_product(yuji)},
        "merchant": {"merchant": songyan},
        "words": {"words": ["金奖"]},
    }
    for field, value in others[narrow].items():
        setattr(proof, field, value)
    proof.save()
    assert [each.stops for each in desk.findings_of(pot)] == [True]


def test_no_proof_allows_an_absolute_claim(pot, proof, operator):
    proof.words = ["最好"]
    proof.save()
    credentials.accept(proof, operator)
    assert [each.stops for each in found(pot, title="最好的壶")] == [True]


def test_a_refused_proof_stops_the_listing_again_and_is_kept_with_the_reason(pot, proof, operator):
    credentials.accept(proof, operator)
    credentials.refuse(proof, operator, reason="看不清")
    proof.refresh_from_db()
    assert (proof.status, proof.decision, proof.decided_by) == ("refused", "看不清", operator)
    assert ListingCheck.objects.get(product=pot).wants_proof == 1


def test_a_category_asks_for_licences_and_specifications_of_all_below_it(pot, yuji, operator):
    food = make_category("食品")
    tea = make_category("茶叶", parent=food)
    CategoryRule.objects.create(category=food, licences=["food"], specifications=["净含量"])
    CategoryRule.objects.create(category=tea, specifications=["产地"])
    wanting = {(each.rule, each.facts["name"]) for each in found(pot, category=tea) if each.rule != "licence"}
    assert wanting == {("specification", "净含量"), ("specification", "产地")}
    assert [each.severity for each in desk.findings_of(pot) if each.rule == "licence"] == ["block"]
    licence = Licence.objects.create(
        merchant=yuji, kind="food", number="JY1", valid_until=timezone.localdate() + timedelta(days=30)
    )
    assert any(each.rule == "licence" for each in desk.findings_of(pot))
    credentials.accept(licence, operator)
    for name in ("净含量", "产地"):
        Specification.objects.create(product=pot, name=name, value="有")
    assert desk.findings_of(pot) == []


def test_an_expired_licence_counts_no_more(pot, yuji):
    food = make_category("食品")
    CategoryRule.objects.create(category=food, licences=["food"])
    Licence.objects.create(
        merchant=yuji,
        kind="food",
        number="JY1",
        status="approved",
        valid_until=timezone.localdate() - timedelta(days=1),
    )
    assert [each.rule for each in found(pot, category=food)] == ["licence"]


@pytest.mark.parametrize(
    ("size", "rules"),
    [
        ((1200, 1200), []),
        ((299, 900), ["picture_small", "picture_ratio"]),
        ((799, 799), ["picture_soft"]),
        ((1600, 1200), []),
        ((1601, 1200), ["picture_ratio"]),
        ((None, None), []),
    ],
)
def test_pictures_are_large_enough_and_nearly_square(pot, size, rules):
    pot.pictures.update(width=size[0], height=size[1])
    assert [each.rule for each in desk.findings_of(pot)] == rules


def test_findings_are_kept_for_lists_and_read_back_as_they_were(pot):
    pot.title = "最好的壶"
    pot.save()
    fresh = desk.check([pot.pk])[pot.pk]
    kept = ListingCheck.objects.get(product=pot)
    assert desk.stored(kept) == fresh
    assert (kept.blocks, kept.wants_proof, kept.warnings) == (1, 0, 0)
    assert isinstance(fresh[0], Finding)


def test_checking_many_listings_takes_no_more_queries_than_one(yuji, django_assert_max_num_queries):
    products = [make_product(yuji, title="最好的壶") for _ in range(12)]
    with django_assert_max_num_queries(14):
        assert len(desk.check([product.pk for product in products])) == 12


def test_shoppers_words_wait_for_words_that_staff_add():
    assert screening.held_because("壶很好，出水顺") == ""
    WordRule.objects.create(text="小蓝盾", kind="forbidden", where="shoppers")
    assert screening.held_because("找我买小-蓝-盾") == screening.WORDS
    assert screening.held_because("加-微-信 聊") == screening.CONTACT
