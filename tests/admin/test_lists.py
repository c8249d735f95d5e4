"""Every list of the back office: cards on a phone, and no caption in the wrong language."""

import re

import pytest
from django.contrib import admin
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.html import strip_tags

from accounts.models import Merchant, StateLog
from catalog.models import SpotCheck
from config.templatetags.ops_tags import in_our_words, under
from tests.factories import make_category, make_product, make_sku


@pytest.fixture
def listed(yuji):
    pot = make_product(yuji, category=make_category())
    make_sku(pot)
    return pot


def page_of(client, name, language, **asked):
    address = reverse(f"admin:{name}")
    return client.get(address, asked, headers={"accept-language": language}).content.decode()


@pytest.mark.parametrize("name", ["catalog_product_changelist", "accounts_merchant_changelist"])
def test_each_cell_of_a_list_names_its_column(client, manager, listed, name):
    client.force_login(manager)
    html = page_of(client, name, "en")
    heads = [strip_tags(head).strip() for head in re.findall(r"<thead>.*?</thead>", html, re.S)[0].split("</th>")]
    rows = re.findall(r"<tr>(.*?)</tr>", html[html.index("<tbody>") :], re.S)
    assert rows
    for row in rows:
        assert re.findall(r'<t[dh][^>]* data-label="([^"]+)"', row) == [head for head in heads if head]


@pytest.mark.parametrize("name", ["catalog_sku_changelist", "accounts_merchant_changelist"])
def test_pictures_of_lists_are_said_in_the_language_of_the_page(client, manager, listed, name):
    client.force_login(manager)
    said = page_of(client, name, "zh-CN")
    assert 'alt="是"' in said
    assert re.search(r'alt="(True|False|None|Search)"', said) is None
    assert 'alt="Search"' in page_of(client, name, "en")


def test_ticks_of_a_form_are_said_in_the_language_of_the_page(client, operator, yuji):
    client.force_login(operator)
    Merchant.objects.filter(pk=yuji.pk).update(self_operated=True)
    address = reverse("admin:accounts_merchant_change", args=[yuji.pk])
    said = client.get(address, headers={"accept-language": "zh-CN"}).content.decode()
    assert 'alt="是"' in said
    assert 'alt="True"' not in said


def test_a_list_is_named_by_what_it_lists(client, manager, listed):
    client.force_login(manager)
    html = page_of(client, "catalog_product_changelist", "en")
    assert "<h1>Listings</h1>" in html


def test_what_is_missing_is_marked_and_what_people_wrote_stays_as_it_is():
    heads = [{"text": "name"}, {"text": '<input id="action-toggle">'}, {"text": "a & b"}]
    cells = ["<th>—</th>", '<td class="x"><input></td>', "<td>&lt;img alt=&quot;True&quot;&gt;</td>"]
    assert under(cells, heads) == [
        '<th data-label="Name" data-empty>—</th>',
        '<td class="x"><input></td>',
        '<td data-label="A &amp; b">&lt;img alt=&quot;True&quot;&gt;</td>',
    ]
    assert in_our_words('<img src="x" alt="Truely">') == '<img src="x" alt="Truely">'


def test_every_column_has_a_name_that_can_be_translated():
    nameless = []
    for model, page in admin.site._registry.items():
        # A number given by the database is called ID in every language.
        fields = {field.name for field in model._meta.fields} | {"__str__"}
        for name in set(page.list_display) & fields - {"__str__", "id"}:
            named = isinstance(model._meta.get_field(name).verbose_name, Promise)
            nameless += [] if named or model._meta.app_label == "mfa" else [f"{model.__name__}.{name}"]
        for name in set(page.list_display) - fields:
            shown = getattr(page, name, None) or getattr(model, name)
            shown = shown.fget if isinstance(shown, property) else shown
            if not isinstance(getattr(shown, "short_description", None), Promise):
                nameless.append(f"{model.__name__}.{name}")
    assert nameless == []


def test_a_draft_offers_no_link_to_a_page_that_is_not_there(client, manager, yuji):
    client.force_login(manager)
    draft, sold = make_product(yuji, published=False), make_product(yuji)
    for product, offered in ((draft, False), (sold, True)):
        html = client.get(reverse("admin:catalog_product_change", args=[product.pk])).content.decode()
        assert ('class="viewsitelink"' in html) is offered


def test_the_history_of_a_case_names_states_as_people_read_them():
    steps = [StateLog(from_state="open", to_state="passed"), StateLog(from_state="", to_state="gone")]
    with translation.override("en"):
        html = render_to_string("admin/catalog/listingreview/_states.html", {"states": steps, "of": SpotCheck()})
    assert "to be checked → passed" in html
    assert "— → gone" in html
