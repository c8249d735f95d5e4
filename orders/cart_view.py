"""A cart as people see it: grouped by merchant, with what changed, what it costs, and what cannot be bought apart."""

from dataclasses import dataclass, field, replace

from accounts.models import Merchant
from catalog.models import Product
from loyalty import coupons, members
from orders import add_ons, cart_rows, coupon_wishes, delivery_promise, line_limits
from orders.delivery_templates import exist as templates_exist
from orders.delivery_templates import usual_region
from orders.limits import Limits
from orders.price_words import name_of
from orders.quoting import delivery_of, quote_for

FEW = 10
OFFER_STAGES = {"UNIT", "LINE", "THRESHOLD"}


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
        self.limit = self.product.max_per_order
        # Filled by ``view``: offers that take part of its price, and whether its listing is over its limit an order.
        self.offers, self.over_limit = (), False
        # Why there are not so many for this shopper, else "".
        self.too_many = ""
        # The first day of sending of what is still to come, else None.
        self.presale_on = getattr(self.line, "presale_on", None)

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
    def total_fen(self):
        return self.price_fen * self.quantity


@dataclass
class Group:
    """The lines of one merchant."""

    merchant: object
    lines: list = field(default_factory=list)
    # When its parcel is sent and arrives, in words, if it were paid now.
    sent: str = ""
    arrives: str = ""

    @property
    def selected(self):
        return all(line.selected for line in self.lines)


@dataclass
class CartView:
    """What the cart page shows. ``quote`` is None when nothing is ticked.

    Delivery is an estimate for ``region`` (a name; "" when it is not known yet); ``refused`` maps SKU ids that cannot be
    sent there to why; ``add_ons`` can be put in at a special price;
    ``gifts`` are (gift of the quote, its SKU).
    """

    groups: list
    invalid: list
    quote: object
    region: str = ""
    refused: dict = field(default_factory=dict)
    add_ons: list = field(default_factory=list)
    gifts: list = field(default_factory=list)
    saved: list = field(default_factory=list)
    # The shopper's coupons, the choice among them (None: the best), and why that is not what was chosen.
    coupons: list = field(default_factory=list)
    choice: object = None
    lost: str = ""

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
        return not self.groups and not self.invalid and not self.saved

    @property
    def over_limit(self):
        """The ticked lines of listings of which an order may not hold so many."""
        return [line for line in self.lines if line.over_limit]


def chosen_of(cart):
    """The cart lines that would be ordered now, as ``CartView.chosen`` has them, without a price: one query."""
    lines, _saved, shelf = cart_rows.read(cart, saved=False)
    _note_first_days(lines, shelf)
    return [line for line in lines if line.selected and not LineView(line, shelf[line.sku_id].units).problem]


def _note_first_days(lines, shelf):
    """Tell each line from when on it is sent, when that is not at once."""
    for line in lines:
        line.left = shelf[line.sku_id]
        line.presale_on = line.left.waits_until(line.quantity)


def view(cart, user=None, wishes=None):
    """The ``CartView`` of a cart (or of None) for ``user`` (None: a guest); prices are today's.

    ``wishes`` are the coupons that the shopper chose (orders.coupon_wishes).
    """
    lines, later, shelf = cart_rows.read(cart)
    left = {sku_id: found.units for sku_id, found in shelf.items()}
    _note_first_days(lines, shelf)
    groups, invalid = {}, []
    for shown in (LineView(line, left[line.sku_id]) for line in lines):
        if shown.problem:
            invalid.append(shown)
        else:
            groups.setdefault(shown.sku.merchant_id, Group(shown.sku.merchant)).lines.append(shown)
    chosen = [line for group in groups.values() for line in group.lines if line.selected]
    limits = Limits(user, also=add_ons.running())
    quote, *about_coupons = _priced(user, [line.line for line in chosen], wishes or {}, limits)
    _tell_offers(chosen, quote)
    _tell_limits(chosen)
    _tell_left(groups, shelf, quote)
    offered, gifts = add_ons.for_cart(quote, user, {line.sku_id for line in lines}, limits=limits)
    saved = [LineView(_as_line(line), left[line.sku_id]) for line in later]
    shown = CartView(list(groups.values()), invalid, quote, add_ons=offered, gifts=gifts, saved=saved)
    shown.coupons, shown.choice, shown.lost = about_coupons
    return _with_delivery(shown, user)


def _priced(user, lines, wishes, limits):
    """(quote, the shopper's coupons, their choice of them, why it is another one) of the ticked lines."""
    if not lines:
        return None, [], None, ""
    mine, benefits = coupons.usable(user), members.benefits(user)

    def quote_by(choice):
        terms = {"choice": choice, "mine": mine, "benefits": benefits}
        return quote_for(user, lines, nudges=True, limits=limits, **terms)

    quote, choice, lost = coupon_wishes.settled(wishes, mine, quote_by)
    return quote, mine, choice, lost


def _as_line(saved):
    """A saved line in the shape of a line of the cart."""
    saved.selected = False
    return saved


def _tell_offers(chosen, quote):
    """To each ticked line the offers that take part of its price."""
    for number, line in enumerate(chosen):
        steps = [step for step in quote.steps if step.stage in OFFER_STAGES and step.shares and step.shares[number]]
        line.offers = tuple(name_of(step.params) for step in steps)


def _tell_limits(chosen):
    over = line_limits.over_limit([line.line for line in chosen])
    for line in chosen:
        line.over_limit = line.sku_id in over


def _tell_left(groups, shelf, quote):
    """To each line why there are not so many; what of a flash sale can be had is known of those in the quote."""
    pooled = line_limits.pooled_of(quote)
    for line in (line for group in groups.values() for line in group.lines):
        left = shelf[line.sku_id] if line.selected else replace(shelf[line.sku_id], aside=0)
        line.too_many = line_limits.why_not_so_many(left, line.quantity, pooled.get(line.sku_id, 0))


def _with_delivery(shown, user):
    """Where delivery is estimated to, what cannot be sent there, and when each merchant's parcel would come."""
    lines = [line.line for line in shown.lines]
    if not lines:
        return shown
    known = templates_exist()
    code, name = usual_region(user) if known else ("", "")
    charges = delivery_of(user, lines, code)
    promises = delivery_promise.before_paying(lines, charges)
    for group in shown.groups:
        group.sent, group.arrives = promises.get(group.merchant.pk, ("", ""))
    return replace(shown, region=name, refused=charges.refused if code else {})
