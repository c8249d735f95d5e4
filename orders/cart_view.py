"""A cart as people see it: grouped by merchant, with what changed, what it costs, and what cannot be bought apart."""

from dataclasses import dataclass, field, replace

from accounts.models import Merchant
from catalog import stock
from catalog.models import Product
from orders import add_ons
from orders.cart import MOST
from orders.checkout import delivery_of, quote_for
from orders.delivery_templates import exist as templates_exist
from orders.delivery_templates import usual_region

FEW = 10


@dataclass
class LineView:
    """A cart line with its stock. ``problem``: "", "off_shelf" or "sold_out"."""

    line: object
    available: int

    def __post_init__(self):
        self.sku = self.line.sku
        self.product = self.sku.product
        self.sku_id = self.line.sku_id
        self.quantity = self.line.quantity
        self.selected = self.line.selected
        self.picture = self.sku.picture or self.product.cover
        self.price_fen = self.sku.price_fen
        self.most = max(1, min(MOST, self.available))

    @property
    def problem(self):
        sold = self.sku.is_active and self.product.status == Product.Status.PUBLISHED
        if not sold or self.sku.merchant.status != Merchant.Status.ACTIVE:
            return "off_shelf"
        return "sold_out" if self.available <= 0 else ""

    @property
    def cheaper_by_fen(self):
        """How much the unit price fell since it was put in; negative when it rose."""
        return self.line.price_when_added_fen - self.price_fen

    @property
    def dearer_by_fen(self):
        return -self.cheaper_by_fen

    @property
    def is_low(self):
        return self.available < FEW

    @property
    def is_too_many(self):
        return self.quantity > self.available

    @property
    def total_fen(self):
        return self.price_fen * self.quantity


@dataclass
class Group:
    """The lines of one merchant."""

    merchant: object
    lines: list = field(default_factory=list)

    @property
    def selected(self):
        return all(line.selected for line in self.lines)


@dataclass
class CartView:
    """What the cart page shows. ``quote`` is None when nothing is ticked.

    Delivery is an estimate for ``region`` (a name; "" when it is not known yet); ``refused`` maps SKU ids that cannot be
    sent there to why; ``add_ons`` can be put in at a special price.
    """

    groups: list
    invalid: list
    quote: object
    region: str = ""
    refused: dict = field(default_factory=dict)
    add_ons: list = field(default_factory=list)

    @property
    def lines(self):
        return [line for group in self.groups for line in group.lines]

    @property
    def chosen(self):
        """The cart lines that would be ordered now."""
        return [shown.line for shown in self.lines if shown.selected]

    @property
    def chosen_units(self):
        return sum(line.quantity for line in self.chosen)

    @property
    def units(self):
        return sum(line.quantity for line in self.lines) + sum(line.quantity for line in self.invalid)

    @property
    def all_selected(self):
        return bool(self.lines) and all(line.selected for line in self.lines)

    @property
    def is_empty(self):
        return not self.groups and not self.invalid


def lines_of(cart):
    """The lines with everything that showing or ordering them needs: one query."""
    if cart is None:
        return []
    related = ("sku", "sku__product", "sku__product__cover", "sku__picture", "sku__merchant")
    return list(cart.lines.select_related(*related))


def view(cart, user=None):
    """The ``CartView`` of a cart (or of None) for ``user`` (None: a guest); prices are today's."""
    lines = lines_of(cart)
    left = stock.available([line.sku_id for line in lines]) if lines else {}
    groups, invalid = {}, []
    for shown in (LineView(line, left[line.sku_id]) for line in lines):
        if shown.problem:
            invalid.append(shown)
        else:
            groups.setdefault(shown.sku.merchant_id, Group(shown.sku.merchant)).lines.append(shown)
    chosen = [line.line for group in groups.values() for line in group.lines if line.selected]
    quote = quote_for(user, chosen, nudges=True) if chosen else None
    offered = add_ons.for_cart(quote, user, left) if quote else []
    shown = CartView(list(groups.values()), invalid, quote, add_ons=offered)
    return _with_region(shown, user) if templates_exist() else shown


def _with_region(shown, user):
    """Where delivery is estimated to, and what cannot be sent there."""
    code, name = usual_region(user)
    lines = [line.line for line in shown.lines]
    return replace(shown, region=name, refused=delivery_of(user, lines, code).refused if code else {})
