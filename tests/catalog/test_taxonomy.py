"""Bad input to categories, merchants and variants: said where it belongs, and nothing is half saved."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from accounts.models import Merchant
from catalog.models import Category
from tests.factories import make_category, make_product, make_sku


@pytest.fixture
def tree(db):
    top = make_category("茶器", slug="tea")
    middle = make_category("壶", slug="pots", parent=top)
    return top, middle, make_category("侧把壶", slug="side", parent=middle)


def paths():
    return dict(Category.objects.values_list("slug", "path"))


@pytest.mark.parametrize("below", [0, 1, 2])
def test_a_category_is_not_moved_below_itself(client, manager, tree, below):
    before = paths()
    client.force_login(manager)
    sent = {"parent": tree[below].pk, "name": "茶器", "slug": "tea", "position": 0, "is_active": "on"}
    response = client.post(reverse("admin:catalog_category_change", args=[tree[0].pk]), sent)
    assert "parent" in response.context["adminform"].form.errors
    assert paths() == before


@pytest.mark.parametrize("below", [0, 1, 2])
def test_no_code_moves_a_category_below_itself_either(tree, below):
    before = paths()
    top = Category.objects.get(pk=tree[0].pk)
    top.parent = tree[below]
    with pytest.raises(ValidationError):
        top.save()
    assert paths() == before
    assert Category.objects.get(pk=top.pk).parent is None


def test_a_moved_category_takes_all_below_it_along(tree):
    lamps = make_category("灯", slug="lamps")
    tree[1].parent = lamps
    tree[1].save()
    side = Category.objects.get(slug="side")
    assert side.ancestor_ids == [lamps.pk, tree[1].pk, side.pk]


def test_two_merchants_with_one_slug_are_refused_beside_the_field(client, manager, yuji):
    client.force_login(manager)
    form = client.get(reverse("admin:accounts_merchant_add")).context["adminform"].form
    sent = dict.fromkeys(form.fields, "") | {"slug": yuji.slug, "name": "另一家", "status": "active"}
    management = {f"{prefix}-{n}_FORMS": "0" for prefix in ("staff", "warehouses") for n in ("TOTAL", "INITIAL")}
    response = client.post(reverse("admin:accounts_merchant_add"), sent | management)
    assert "slug" in response.context["adminform"].form.errors
    assert Merchant.objects.filter(slug=yuji.slug).count() == 1


@pytest.mark.parametrize("field", ["title", "subtitle", "title_en"])
def test_html_in_a_text_is_shown_as_text(client, yuji, field):
    evil = '<script>alert(1)</script><img src=x onerror="alert(2)">'
    listing = make_product(yuji, category=make_category(), **{field: evil})
    make_sku(listing)
    for address in (listing.get_absolute_url(), listing.category.get_absolute_url(), "/"):
        page = client.get(address, {"lang": "en"}).content.decode()
        assert "<script>alert" not in page
        assert "<img src=x" not in page
