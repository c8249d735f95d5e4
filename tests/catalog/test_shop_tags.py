"""Prices, counts and form controls as people see them."""

import re

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from catalog.templatetags import shop_tags


def text(html):
    return re.sub(r"<[^>]+>", "", html)


@pytest.mark.parametrize(
    ("fen", "shown", "value"),
    [
        (0, "¥0.00", "0.00"),
        (5, "¥0.05", "0.05"),
        (26800, "¥268.00", "268.00"),
        (123450, "¥1,234.50", "1234.50"),
        (-4000, "−¥40.00", "-40.00"),
        (-1, "−¥0.01", "-0.01"),
        (9_999_999_900, "¥99,999,999.00", "99999999.00"),
    ],
)
def test_a_price_shows_yuan_and_carries_its_plain_value(fen, shown, value):
    html = shop_tags.price(fen)
    assert text(html) == shown
    assert f'value="{value}"' in html


def test_a_price_nobody_knows_is_a_dash_with_words():
    with translation.override("en"):
        assert text(shop_tags.price(None)) == "—no price"


def test_a_price_says_its_label_without_showing_it():
    assert '<span class="vh">Was &lt;b&gt; </span>' in shop_tags.price(100, label="Was <b>")


def test_size_and_colour_are_classes():
    assert 'class="price price--xl price--ink"' in shop_tags.price(100, size="xl", ink=True)


def test_a_coupon_leaves_out_decimals_that_are_zero_only():
    assert text(shop_tags.price(2000, bare=True)) == "¥20"
    assert text(shop_tags.price(2050, bare=True)) == "¥20.50"


def test_from_stands_where_the_language_wants_it():
    with translation.override("en"):
        assert text(shop_tags.price(100, from_=True)) == "from ¥1.00"


@pytest.mark.parametrize(("fen", "shown"), [(0, "¥0.00"), (123450, "¥1,234.50"), (-500, "−¥5.00"), (None, "—")])
def test_yuan_as_text(fen, shown):
    assert shop_tags.yuan(fen) == shown


def test_a_summary_row_is_money_or_words():
    assert shop_tags.amount(-4000) == "−¥40.00"
    assert shop_tags.amount("free") == "free"


def test_a_phone_is_masked():
    assert shop_tags.mask_phone("+8613800001234") == "138****1234"


@pytest.mark.parametrize(
    ("rating", "drawn", "said"), [(4.9, "★★★★★", "4.9"), (4.4, "★★★★☆", "4.4"), (0, "☆☆☆☆☆", "0"), (5, "★★★★★", "5")]
)
def test_stars_are_drawn_and_said(rating, drawn, said):
    with translation.override("en"):
        assert text(shop_tags.stars(rating)) == f"{drawn}{said} out of 5"


def test_no_rating_no_stars():
    assert shop_tags.stars(None) == ""


@pytest.mark.parametrize(
    ("available", "said"), [(0, "Sold out"), (-1, "Sold out"), (1, "Only 1 left"), (9, "Only 9 left"), (10, "In stock")]
)
def test_stock_is_said_truthfully(available, said):
    with translation.override("en"):
        assert text(shop_tags.stock_label(available)) == said


@pytest.mark.parametrize(
    ("number", "chinese", "english"),
    [(0, "0", "0"), (9999, "9,999", "9,999"), (10_000, "1万", "10k"), (31_999, "3.1万", "31k"), (None, "0", "0")],
)
def test_counts_are_short_and_never_too_high(number, chinese, english):
    with translation.override("zh-hans"):
        assert shop_tags.short_count(number) == chinese
    with translation.override("en"):
        assert shop_tags.short_count(number) == english


@pytest.mark.parametrize(("number", "shown"), [(None, ""), (0, ""), (1, "1"), (99, "99"), (100, "99+")])
def test_a_badge_hides_zero_and_stops_at_99(number, shown):
    assert shop_tags.badge(number) == shown


def test_the_page_one_is_on_is_marked():
    at = {"request": RequestFactory().get("/orders/20261122/")}
    assert shop_tags.current(at, "/orders/") == ' aria-current="page"'
    assert shop_tags.current(at, "/orders/", exact=True) == ""
    assert shop_tags.current(at, "/") == ""
    assert shop_tags.current({}, "/orders/") == ""


def test_page_numbers_have_gaps():
    assert shop_tags.page_numbers(Paginator(range(200), 10).page(7)) == [1, None, 6, 7, 8, None, 20]


class AddressForm(forms.Form):
    receiver = forms.CharField(label="Receiver", help_text="As on the bell")
    region = forms.ChoiceField(label="Region", choices=[("", "-"), ("330106", "Xihu")])
    label = forms.ChoiceField(
        label="Label", required=False, widget=forms.RadioSelect, choices=[("home", "Home"), ("work", "Work")]
    )
    note = forms.CharField(label="Note", required=False, widget=forms.Textarea)
    default = forms.BooleanField(label="Default address", required=False)
    website = forms.CharField(
        required=False, widget=forms.TextInput(attrs={"style": "position: absolute;", "tabindex": "-1"})
    )


def rendered(form):
    with translation.override("en"):
        return str(form)


def test_a_field_is_label_then_hint_then_error_then_control():
    html = rendered(AddressForm({"receiver": "", "region": "330106"}))
    receiver = html[html.index('<label for="id_receiver"') :]
    order = [receiver.index(mark) for mark in ("Receiver", "As on the bell", 'id="id_receiver_error"', "<input")]
    assert order == sorted(order)
    assert 'aria-describedby="id_receiver_helptext id_receiver_error"' in html
    assert 'aria-invalid="true"' in html


def test_a_form_with_errors_begins_with_a_summary_that_links_to_the_fields():
    html = rendered(AddressForm({}))
    assert "2 things need to be changed" in html
    assert '<a href="#id_receiver">Please fill in: Receiver.</a>' in html
    assert '<a href="#id_region">Please choose: Region.</a>' in html
    assert html.index("error-summary") < html.index("<label")


def test_a_form_without_errors_has_no_summary():
    html = rendered(AddressForm({"receiver": "Chen Yu", "region": "330106"}))
    assert "error-summary" not in html
    assert "aria-invalid" not in html


def test_optional_is_said_and_required_is_not():
    html = rendered(AddressForm())
    assert html.count("(optional)") == 2  # label and note; a tick needs no such word


def test_radios_have_a_legend_and_a_row_each():
    html = rendered(AddressForm())
    assert '<legend class="legend">Label' in html
    assert html.count('<label class="check" for="id_label_') == 2


def test_a_trap_for_robots_is_hidden_without_an_inline_style():
    html = rendered(AddressForm())
    assert "style=" not in html
    assert '<div class="vh" aria-hidden="true">' in html


def test_a_page_title_counts_the_errors():
    with translation.override("en"):
        assert shop_tags.error_prefix(AddressForm({"region": "330106"})) == "1 thing to change – "
        assert shop_tags.error_prefix(AddressForm()) == ""


def test_an_icon_is_for_the_eye_only():
    html = Template('{% icon "cart" "icon--s" %}').render(Context())
    assert 'aria-hidden="true"' in html
    assert re.search(r'href="/static/img/ui/icons[^"]*\.svg#i-cart"', html)
