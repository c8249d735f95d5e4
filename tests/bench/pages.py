"""Which pages ``make bench`` opens, and who opens them: prints JSON for its own process.

``{"pages": [[name, address, whether somebody is signed in], …], "cookie": "…"}``; the shopper has a cart of three lines.
"""

import json
import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from importlib import import_module  # noqa: E402

from django.conf import settings  # noqa: E402
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402

from accounts.models import User  # noqa: E402
from catalog.models import Category, Product, Sku  # noqa: E402
from orders.models import Cart, CartLine  # noqa: E402

LINES = 3


def pages():
    """(name, address, signed in) of every page that is measured."""
    category = Category.objects.order_by("pk").first().get_absolute_url()
    product = Product.objects.published().order_by("pk").first().get_absolute_url()
    shown = [("list", category), ("search", "/search/?q=%E8%8C%B6%E5%A3%B6"), ("product", product)]
    guests = [("home", "/", False), *((name, path, False) for name, path in shown)]
    return [*guests, *((f"{name}, signed in", path, True) for name, path in shown), ("cart", "/cart/", True)]


def cookie():
    """The ``Cookie`` header of a shopper who is signed in, with ``LINES`` listings in the cart."""
    user = User.objects.filter(is_staff=False).order_by("pk").first()
    fill_cart(user, LINES)
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(user.pk), settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


def fill_cart(user, lines):
    """One unit of ``lines`` different listings that are on sale, and nothing else."""
    cart, _made = Cart.objects.get_or_create(user=user)
    cart.lines.all().delete()
    found = Sku.objects.buyable().filter(product__in_stock=True).order_by("product_id", "pk").distinct("product_id")
    CartLine.objects.bulk_create(
        CartLine(cart=cart, sku=sku, price_when_added_fen=sku.price_fen) for sku in found[:lines]
    )


if __name__ == "__main__":
    print(json.dumps({"pages": pages(), "cookie": cookie()}))
