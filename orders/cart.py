"""The cart: what somebody means to buy. A guest's is known by a token in the session and joins the member's at sign-in.

Nothing here promises stock; quantities are cut to what is there, and what cannot be bought is said with the reason.
"""

import secrets
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F, OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce, Least

from accounts import glance
from accounts.prepared import SOME, Prepared
from catalog import choice, shopper_events, stock
from catalog.models import Sku
from orders import page_reader, presale_terms
from orders.models import Cart, CartLine

MOST = 999
MOST_LINES = 120
SESSION_KEY = "cart_token"


class CartRefused(Exception):
    """The cart stays as it was. Subclasses say why."""


class BadQuantity(CartRefused):
    """Not a whole number from 1 to 999."""


class NotForSale(CartRefused):
    """No such SKU, or it is off the shelf."""


class SoldOut(CartRefused):
    """Nothing of this SKU is left."""


class CartFull(CartRefused):
    """The cart has as many lines as it can hold."""


@dataclass(frozen=True)
class Added:
    """``line`` now holds ``quantity``; ``cut`` when fewer could be put in than were asked for."""

    line: CartLine
    quantity: int
    cut: bool


def cart_of(request, *, create=False):
    """The visitor's cart, or None when there is none yet (with ``create`` there always is).

    The first request of a member who put things into a guest's cart merges it; ``request.cart_merged`` then counts the
    units that came along.
    """
    if request.user.is_authenticated:
        if SESSION_KEY in request.session:
            request.cart_merged = merge_guest_cart(request, request.user)
        if create:
            return Cart.objects.get_or_create(user=request.user)[0]
        return next(iter(_of_member(user_id=request.user.pk)), None)
    token = request.session.get(SESSION_KEY)
    cart = next(iter(_of_guest(token=token)), None) if token else None
    if cart is None and create:
        cart = Cart.objects.create(token=secrets.token_urlsafe(32))
        request.session[SESSION_KEY] = cart.token
    return cart


_of_member = Prepared(lambda user_id: Cart.objects.filter(user_id=user_id), user_id=SOME)
_of_guest = Prepared(lambda token: Cart.objects.filter(token=token), token="nobody's")  # noqa: S106 no secret


def count_units(request):
    """Units in the visitor's cart; no query for a guest without one."""
    if request.user.is_authenticated:
        if SESSION_KEY in request.session:
            cart_of(request)
        # A request that may have changed the cart since looks again.
        return page_reader.look(request.user, anew=request.method not in ("GET", "HEAD")).units
    if SESSION_KEY in request.session:
        return sum(cart.units for cart in _with_units(token=request.session[SESSION_KEY]))
    return 0


def _counted(token):
    units = CartLine.objects.filter(cart=OuterRef("pk")).order_by().values("cart").values(units=Sum("quantity"))
    return Cart.objects.only("pk").annotate(units=Coalesce(Subquery(units), 0)).filter(token=token)


_with_units = Prepared(_counted, token="nobody's")  # noqa: S106 no secret


def read_quantity(text):
    """The quantity somebody typed, in full-width digits too. Raises ``BadQuantity``."""
    text = str(text).strip()
    # Decimals of any script are read by int(); "²" is none.
    if not (text.isdecimal() and len(text) <= 4 and 1 <= int(text) <= MOST):
        raise BadQuantity(text)
    return int(text)


def buyable(sku_id):
    """The SKU that a form names. Raises ``NotForSale``."""
    text = str(sku_id)
    found = (
        Sku.objects.buyable().filter(pk=int(text))
        if text.isascii() and text.isdecimal() and len(text) <= 18
        else Sku.objects.none()
    )
    sku = found.select_related("product").annotate(**choice.LEFT).first()
    if sku is None:
        raise NotForSale(text[:40])
    return sku


def add(cart, sku, quantity):
    """Put ``quantity`` more units of ``sku`` into the cart, as many as there are; returns ``Added``."""
    if presale_terms.of_sku(sku.pk):
        raise NotForSale(sku.pk)  # it is ordered with a deposit
    left = stock.available([sku.pk])[sku.pk]
    if left <= 0:
        raise SoldOut(sku.pk)
    most = min(MOST, left, sku.product.max_per_order or MOST)
    held = dict(cart.lines.values_list("sku_id", "quantity"))
    if sku.pk not in held and len(held) >= MOST_LINES:
        raise CartFull
    _put(cart, sku, quantity, most)
    shopper_events.record(cart.user_id, [sku.product_id], shopper_events.Kind.CART)
    line = cart.lines.get(sku=sku)
    return Added(line, line.quantity, cut=line.quantity < held.get(sku.pk, 0) + quantity)


def _put(cart, sku, quantity, most):
    raised = cart.lines.filter(sku=sku).update(quantity=Least(F("quantity") + quantity, most), selected=True)
    if not raised:
        new = CartLine(cart=cart, sku=sku, quantity=min(quantity, most), price_when_added_fen=sku.price_fen)
        CartLine.objects.bulk_create([new], ignore_conflicts=True)


def change(cart, sku_id, quantity):
    """Set the quantity of a line, cut to the stock and to what an order may hold of the listing; returns the quantity now.

    Raises ``NotForSale``, ``SoldOut``.
    """
    line = cart.lines.filter(sku_id=sku_id).values_list("sku__product__max_per_order").first()
    if line is None:
        raise NotForSale(sku_id)
    left = stock.available([sku_id])[sku_id]
    if left <= 0:
        raise SoldOut(sku_id)
    quantity = max(1, min(quantity, MOST, left, line[0] or MOST))
    cart.lines.filter(sku_id=sku_id).update(quantity=quantity)
    return quantity


def select(cart, sku_ids, *, among=None):
    """Tick exactly ``sku_ids`` among the lines ``among`` (all lines when None)."""
    lines = cart.lines.all() if among is None else cart.lines.filter(sku_id__in=among)
    lines.filter(sku_id__in=sku_ids, selected=False).update(selected=True)
    lines.exclude(sku_id__in=sku_ids).filter(selected=True).update(selected=False)


def remove(cart, sku_ids):
    """Take lines out; returns how many there were."""
    return cart.lines.filter(sku_id__in=sku_ids).delete()[0]


def merge_guest_cart(request, user):
    """Move a guest's lines into the member's cart; quantities add up, cut to 999 and to the stock.

    Returns the units that came along.
    """
    token = request.session.pop(SESSION_KEY, None)
    glance.forget(user)
    guest = Cart.objects.filter(token=token).first() if token else None
    if guest is None:
        return 0
    mine = Cart.objects.get_or_create(user=user)[0]
    with transaction.atomic():
        if not Cart.objects.select_for_update().filter(pk=guest.pk).exists():
            return 0  # another request of the same browser was faster
        lines = list(guest.lines.select_related("sku__product").order_by("sku_id"))
        left = stock.available([line.sku_id for line in lines])
        before = mine.lines.aggregate(units=Sum("quantity"))["units"] or 0
        for line in lines:
            _put(mine, line.sku, line.quantity, max(1, min(MOST, left[line.sku_id])))
        _merge_saved(guest, mine)
        guest.delete()
        shopper_events.record(user.pk, [line.sku.product_id for line in lines], shopper_events.Kind.CART)
        after = mine.lines.aggregate(units=Sum("quantity"))["units"] or 0
    return max(after - before, 0)


def _merge_saved(guest, mine):
    """What a guest saved for later joins what the member saved; of the same SKU the larger number stays."""
    for line in guest.saved.order_by("sku_id"):
        there = mine.saved.filter(sku_id=line.sku_id)
        if there.exists():
            there.filter(quantity__lt=line.quantity).update(quantity=line.quantity)
        elif mine.saved.count() < MOST_LINES:
            guest.saved.filter(pk=line.pk).update(cart=mine)
