"""Pieces of pages are kept in the process, and nobody ever sees an old one."""

import re

import pytest

from accounts import memo
from accounts.prepared import SOME, Prepared
from catalog import card_rows, choice, listings, previews, prices, product_page, shelf
from catalog.models import Picture, Product, Sku, Stock
from tests.catalog.test_pages import fill

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@pytest.fixture
def teapot(yuji):
    return fill(yuji, products=3)


def seen(client, address, **headers):
    return client.get(address, **headers).content.decode()


def pages(client, teapot):
    """What a guest sees of ``teapot`` on its own page and on a list, both seen before."""
    addresses = [teapot.get_absolute_url(), teapot.category.get_absolute_url()]
    return [seen(client, address) for address in addresses]


def test_another_price_is_on_the_very_next_page(client, teapot, operator):
    pages(client, teapot)
    prices.change(teapot.skus.get(), 123_400, by=operator, source="test")
    for page in pages(client, teapot):
        assert 'value="1234.00"' in page


def test_another_title_is_on_the_very_next_page(client, teapot):
    pages(client, teapot)
    Product.objects.filter(pk=teapot.pk).update(title="另一把壶", title_en="Another pot")
    own, listed = pages(client, teapot)
    assert "<h1>另一把壶</h1>" in own
    assert "另一把壶</a></h3>" in listed


def test_each_language_has_pieces_of_its_own(client, teapot):
    Product.objects.filter(pk=teapot.pk).update(title_en="Another pot")
    for page in pages(client, teapot):
        assert "Another pot" not in page
    client.cookies["django_language"] = "en"
    for page in pages(client, teapot):
        assert "Another pot" in page


def test_a_picture_that_has_just_been_drawn_is_shown_at_once(client, teapot):
    pages(client, teapot)
    cover = Product.objects.get(pk=teapot.pk).cover
    Picture.objects.filter(pk=cover.pk).update(status=Picture.Status.READY, drawn=True, width=1600, height=1600)
    before = sum(page.count("image/avif") for page in pages(client, teapot))
    Picture.objects.filter(pk=cover.pk).update(drawn=False)
    assert sum(page.count("image/avif") for page in pages(client, teapot)) < before


def test_what_is_sold_out_or_taken_down_says_so_at_once(client, teapot, operator):
    pages(client, teapot)
    Stock.objects.filter(sku__product=teapot).update(on_hand=0, reserved=0)
    listings.refresh([teapot.pk])
    own, listed = pages(client, teapot)
    assert "btn--pine" in own
    assert 'name="go" value="buy"' not in own
    assert "pcard--gone" in listed
    listings.take_down(Product.objects.get(pk=teapot.pk), by=operator, reason="test")
    own, listed = pages(client, teapot)
    assert f'href="{teapot.get_absolute_url()}"' not in listed
    assert 'id="buy"' not in own


def test_form_tokens_nonces_and_addresses_belong_to_one_answer(client, teapot):
    first, second = (client.get(teapot.get_absolute_url()) for _time in range(2))
    tokens = [set(TOKEN.findall(answer.content.decode())) for answer in (first, second)]
    assert all(len(found) == 1 for found in tokens)
    for answer in (first, second):
        nonces = set(re.findall(r'nonce="([^"]+)"', answer.content.decode()))
        assert len(nonces) == 1
        assert nonces.pop() in answer.headers["Content-Security-Policy"]
        assert "open-" not in re.sub(r"popover\w*", "", answer.content.decode())
    assert first.headers["Content-Security-Policy"] != second.headers["Content-Security-Policy"]
    other = seen(client, teapot.get_absolute_url() + "?quantity=2")
    assert 'name="next" value="' + teapot.get_absolute_url() + "?quantity=2" in other
    assert 'value="&lt;b&gt;' in seen(client, "/search/?q=<b>")


def test_what_a_guest_saw_is_not_what_somebody_signed_in_sees(client, teapot, alice):
    guest = pages(client, teapot)
    client.force_login(alice)
    for before, after in zip(guest, pages(client, teapot), strict=True):
        assert "/account/messages/" not in before
        assert "/account/messages/" in after
    client.logout()
    assert all("/account/messages/" not in page for page in pages(client, teapot))


def test_prepared_questions_give_what_the_queryset_gives(teapot, alice):
    found = product_page.find(teapot.pk)
    assert (found, found.merchant, found.brand) == (teapot, teapot.merchant, teapot.brand)
    assert product_page.find(teapot.pk, alice).is_favourite is False
    assert product_page.find(teapot.pk + 10_000) is None
    [sku] = choice.skus_of(teapot.pk)
    assert sku == Sku.objects.get(product=teapot)
    assert sku.available == sum(stock.on_hand - stock.reserved for stock in sku.stocks.all())
    mine, usual = card_rows.by_id([teapot.pk])[teapot.pk], shelf.cards(Product.objects.filter(pk=teapot.pk)).get()
    assert card_rows.stamp(mine) == card_rows.stamp(usual)


def test_a_value_that_does_not_reach_the_statement_is_refused(db):
    with pytest.raises(TypeError, match="pk"):
        Prepared(lambda pk: Product.objects.all(), pk=SOME)(pk=1)
    with pytest.raises(TypeError, match="wanted"):
        Prepared(lambda pk: Product.objects.filter(pk=pk), pk=SOME)(number=1)


def test_what_is_kept_stays_within_its_bytes_and_drops_the_oldest():
    kept = memo.KeyedMemo(seconds=60, most=100, most_bytes=10_000)
    for number in range(20):
        kept.get(("page", number), lambda: "x" * 1_000)
    assert kept.bytes <= 10_000
    assert kept.bytes == sum(memo.weight((key, answer)) for key, (_until, answer, _bytes) in kept.kept.items())
    assert ("page", 19) in kept.kept
    assert ("page", 0) not in kept.kept
    made = []
    for _time in range(2):
        kept.get(("page", "large"), lambda: made.append(1) or "x" * 20_000)
    assert len(made) == 2  # larger than all that may be kept: drawn each time, never an error
    assert kept.bytes <= 10_000
    kept.forget()
    assert (kept.kept, kept.bytes) == ({}, 0)


def test_a_preview_never_leaves_its_own_pieces_on_the_page(client, teapot):
    address = previews.address(teapot)
    shown = seen(client, address)
    assert "disabled" in shown
    page = seen(client, teapot.get_absolute_url())
    assert address not in page
    assert 'name="go" value="cart" disabled' not in page
    assert address in seen(client, address)
