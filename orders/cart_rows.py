"""The rows of a cart with everything that showing or ordering them needs: one statement, whatever is in it.

It reads the SKUs, with price and stock as they are now, and to each the line and the saved line that name it.
"""

from datetime import datetime

from django.db import connection
from django.db.models import OuterRef, Subquery
from django.db.models.functions import JSONObject

from accounts.prepared import SOME, Prepared
from catalog import stock
from catalog.models import Product, Sku
from orders.delivery_templates import OWN_TEMPLATE
from orders.models import CartLine, SavedLine

RELATED = ("product", "product__cover", "picture", "merchant")
NAMES = {model: [field.attname for field in model._meta.concrete_fields] for model in (CartLine, SavedLine)}
# The column by which each comes, the newest first.
WHEN = {CartLine: "added_at", SavedLine: "saved_at"}


def read(cart, *, saved=True):
    """(lines, saved lines, {SKU id: ``catalog.stock.Left``}) of a cart (or of None), each list the newest first.

    Without ``saved`` nobody asks for what is saved for later.
    """
    if cart is None:
        return [], [], {}
    skus = (_both if saved else _lines)(cart_id=cart.pk)
    lines = _rows(CartLine, [(sku, sku.line) for sku in skus])
    later = _rows(SavedLine, [(sku, sku.saved) for sku in skus]) if saved else []
    return lines, later, {sku.pk: stock.read_left(sku.left) for sku in skus}


def _skus_of(cart_id, **models):
    ids = [model.objects.filter(cart_id=cart_id).order_by().values("sku_id") for model in models.values()]
    skus = Sku.objects.filter(pk__in=ids[0].union(*ids[1:]) if ids[1:] else ids[0]).order_by()
    for name, model in models.items():
        row = model.objects.filter(cart_id=cart_id, sku=OuterRef("pk")).order_by()
        skus = skus.annotate(**{name: Subquery(row.values(row=JSONObject(**{each: each for each in NAMES[model]})))})
    skus = skus.annotate(left=stock.left_of(), own_template_id=OWN_TEMPLATE).select_related(*RELATED)
    return skus.defer(*(f"product__{name}" for name in Product.LONG))


_lines = Prepared(lambda cart_id: _skus_of(cart_id, line=CartLine), cart_id=SOME)
_both = Prepared(lambda cart_id: _skus_of(cart_id, line=CartLine, saved=SavedLine), cart_id=SOME)


def _rows(model, found):
    when, rows = WHEN[model], []
    for sku, values in found:
        if values is not None:
            values[when] = datetime.fromisoformat(values[when])
            row = model.from_db(sku._state.db, NAMES[model], [values[name] for name in NAMES[model]])
            row.sku = sku
            rows.append(row)
    return sorted(rows, key=lambda row: (getattr(row, when), row.pk), reverse=True)


TAKE_OUT = """
DELETE FROM orders_cartline AS line USING orders_cart AS cart
WHERE line.id = ANY(%s) AND cart.id = line.cart_id AND cart.user_id = %s
"""


def take_out(user, line_ids):
    """Delete these lines of the cart of ``user``; returns how many were still there."""
    with connection.cursor() as cursor:
        cursor.execute(TAKE_OUT, [line_ids, user.pk])
        return cursor.rowcount
