"""Where a page leads back to: addresses of this shop and no other."""

import pytest

from accounts.way_back import way_back


@pytest.mark.parametrize(
    ("asked", "leads"),
    [
        ("/orders/1/?a=b", "/orders/1/?a=b"),
        ("", "home"),
        ("https://evil.example/", "home"),
        ("//evil.example/", "home"),
        ("javascript:alert(1)", "home"),
        ("http://testserver/cart/", "http://testserver/cart/"),
    ],
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_only_addresses_of_the_shop_are_ways_back(rf, method, asked, leads):
    assert way_back(getattr(rf, method)("/", {"next": asked}), "home") == leads
