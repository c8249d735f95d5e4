"""What checkout shows and what it is about: the lines, the offer of points, the quote."""

from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from catalog import stock
from loyalty import points
from loyalty.coupons import CouponUnusable
from orders import cart, checkout_refusals, coupon_wishes, delivery_promise, line_limits, quoting
from orders.cart_view import Group, chosen_of
from orders.models import CartLine


class LinesChanged(Exception):
    """The lines are not those that the page showed (bought, removed or sold out elsewhere)."""


@dataclass
class Checkout:
    """The lines by merchant, what points may pay, and the quote with or without them."""

    lines: list
    quote: object
    points_offered: int
    # SKU id → why it cannot be ordered like this: not sent to the chosen region, or not so many for this shopper.
    refused: dict = field(default_factory=dict)
    # merchant id → (sent by, there by), as sentences.
    promises: dict = field(default_factory=dict)
    # The choice of coupons that the quote is about (None: the best), and why it is not what was chosen.
    choice: object = None
    lost: str = ""

    @property
    def groups(self):
        groups = {}
        for line in self.lines:
            groups.setdefault(line.sku.merchant_id, Group(line.sku.merchant)).lines.append(line)
        return list(groups.values())

    @property
    def units(self):
        return sum(line.quantity for line in self.lines)


def chosen_lines(request, asked):
    """The lines to order: the one that ``asked`` names (bought at once), else the ticked lines of the cart.

    Raises ``orders.cart.CartRefused`` for a line that cannot be bought.
    """
    if "sku" in asked:
        sku = cart.buyable(asked["sku"])
        line = CartLine(sku=sku, quantity=cart.read_quantity(asked.get("quantity", "1")))
        line.left = stock.Left(sku.available, sku.here, sku.presale_on, sku.aside)
        line.presale_on = line.left.waits_until(line.quantity)
        return [line]
    return chosen_of(cart.cart_of(request))


def same_lines(lines, items):
    """``lines`` when they are what the page showed (``items``: SKU id and quantity), else ``LinesChanged``."""
    if sorted((line.sku_id, line.quantity) for line in lines) != sorted(items):
        raise LinesChanged
    return lines


def shown_lines(items):
    """Lines as the page showed them, for a form whose key may have made an order already."""
    return [CartLine(sku_id=sku_id, quantity=quantity) for sku_id, quantity in items]


def of(user, lines, *, use_points, choice=None, region_code="", wishes=None, coupons=()):
    """The ``Checkout`` of ``lines`` for ``user``, who may have chosen coupons: ``choice`` is taken as it is, ``wishes``
    (orders.coupon_wishes) among ``coupons`` fall back to the best where they are not lawful."""
    plain, lost = None, ""
    if wishes is not None:
        by = {"region_code": region_code, "mine": coupons}
        plain, choice, lost = coupon_wishes.settled(
            wishes, coupons, lambda choice: quoting.quote_for(user, lines, choice=choice, **by)
        )
    wishes = {"choice": choice, "region_code": region_code}
    plain = plain or quoting.quote_for(user, lines, **wishes)
    offered = min(plain.points_max, points.most_usable(user, plain.goods_fen))
    wanted = offered if use_points else 0
    quote = quoting.quote_for(user, lines, points_wanted=wanted, **wishes) if wanted else plain
    charges = quoting.delivery_of(user, lines, region_code)
    promises = delivery_promise.before_paying(lines, charges)
    refused = line_limits.why_not(lines, quote) | charges.refused
    return Checkout(lines, quote, offered, refused=refused, promises=promises, choice=choice, lost=lost)


def why_not(refusal, lines):
    """A refusal of ``place_order`` as a sentence for the shopper."""
    titles = {line.sku_id: line.sku.product.title_local for line in lines}
    if isinstance(refusal, stock.OutOfStock):
        return _out_of_stock(refusal.short, titles)
    if isinstance(refusal, checkout_refusals.NotForSale):
        names = ", ".join(titles.get(sku_id, "") for sku_id in refusal.sku_ids)
        return _("No longer on sale: %(names)s. Please take it out of the cart.") % {"names": names}
    if isinstance(refusal, checkout_refusals.NotDelivered):
        names = ", ".join(titles.get(sku_id, "") for sku_id in refusal.refused)
        return _("Not sent to this address: %(names)s. Please take it out or choose another address.") % {
            "names": names
        }
    if isinstance(refusal, checkout_refusals.TooManyPerOrder):
        facts = {"n": refusal.product.max_per_order, "name": refusal.product.title_local}
        return _("At most %(n)s of “%(name)s” per order.") % facts
    if isinstance(refusal, checkout_refusals.PresaleOver):
        return _("This presale has ended or has other terms now. Please look at its page once more.")
    if isinstance(refusal, checkout_refusals.GiftsChanged):
        return _("The gifts have changed meanwhile. Please look at them and send it again.")
    if isinstance(refusal, checkout_refusals.TooManyUnpaid) and refusal.orders:
        text = _("You have %(n)s unpaid orders. Please pay or cancel one first.") % {"n": refusal.orders}
        return format_html('{} <a href="{}?tab=to-pay">{}</a>', text, reverse("orders"), _("To the unpaid orders"))
    if isinstance(refusal, checkout_refusals.TooManyUnpaid):
        facts = {"n": checkout_refusals.MOST_UNITS_HELD, "name": titles.get(refusal.sku_id, "")}
        return _("At most %(n)s of “%(name)s” can wait for payment. Please order fewer, or write to us.") % facts
    if isinstance(refusal, checkout_refusals.NotConfirmed):
        return _("Please confirm the items that have no no-reason return.")
    if isinstance(refusal, CouponUnusable):
        return _("The coupon that you chose can no longer be used. Please look at the coupons once more.")
    if isinstance(refusal, points.NotEnoughPoints):
        return _("You have fewer points than before: %(n)s can be used now.") % {"n": refusal.usable}
    return _("The cart has changed meanwhile. Please look at it once more.")


def _out_of_stock(short, titles):
    sku_id, left = next(iter(short.items()))
    facts = {"name": titles.get(sku_id, ""), "n": max(left, 0)}
    if left <= 0:
        return _("“%(name)s” has just been sold out. Please take it out of the cart.") % facts
    return _("Of “%(name)s” only %(n)s are left. Please order fewer.") % facts
