"""Carts as people leave them: a price that fell, a limit an order, something sold out, and things saved for later."""

from catalog.models import Product, Sku
from orders.models import Cart

# The listing of this SKU is sold two an order.
FEW_AN_ORDER, MOST = "YJ-TIN-BRICK", 2
IN_CART = [("SY-TP-QING-200", 1, 0), ("YJ-PT-280", 1, 600), (FEW_AN_ORDER, 3, 0), ("GZ-CUT-SET", 1, 0)]
FOR_LATER = [("NM-TRAY-36", 1, 1_000), ("SY-SH-BLACK", 1, 0)]


def load(shoppers):
    """Fill the cart of the diamond member; returns how many lines it has."""
    Product.objects.filter(skus__code=FEW_AN_ORDER).update(max_per_order=MOST)
    skus = {sku.code: sku for sku in Sku.objects.filter(code__in=[code for code, *_rest in (*IN_CART, *FOR_LATER)])}
    cart = Cart.objects.get_or_create(user=shoppers["DIAMOND"])[0]
    for lines, rows in ((cart.lines, IN_CART), (cart.saved, FOR_LATER)):
        for code, units, fell in rows:
            sku = skus[code]
            lines.get_or_create(sku=sku, defaults={"quantity": units, "price_when_added_fen": sku.price_fen + fell})
    return len(IN_CART) + len(FOR_LATER)
