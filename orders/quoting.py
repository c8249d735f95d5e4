"""What cart lines cost a shopper: goods, offers, coupons, points and delivery in one quote; nothing is written."""

from catalog.tree import tree
from loyalty import coupons, members
from orders import delivery_templates, pricing
from orders.live_offers import offers_for, snapshot
from orders.pricing.remembered import remembered_quote


def quote_for(
    user,
    lines,
    *,
    points_wanted=0,
    benefits=None,
    choice=None,
    region_code="",
    nudges=False,
    presale=None,
    limits=None,
    mine=None,
):
    """The quote of cart lines (with ``sku`` loaded) for a member, or for a guest (None).

    ``choice`` is the shopper's own choice of coupons (pricing.Choice), the best ones when None. ``nudges`` looks for what
    little more would save. ``presale`` (presale_terms.Terms): the one line is ordered by its terms. ``limits``
    (orders.limits.Limits) is what a page has read of offers already, ``mine`` the coupons that the shopper can use.
    """
    if presale is not None:
        (line,) = lines
        terms = {"benefits": benefits or members.benefits(user), "offers": presale.offers_for(user, line.sku)}
        fee = delivery_of(user, lines, region_code)
        return pricing.quote([priced_line(line.sku, line.quantity, by_category=False)], delivery_fee_fen=fee, **terms)
    mine = coupons.usable(user) if mine is None else mine
    by_category = bool(mine or snapshot().offers)  # else nobody asks where in the tree the goods are
    wanted = [priced_line(line.sku, line.quantity, by_category=by_category) for line in lines]
    benefits = benefits or members.benefits(user)
    who = {"tier_code": benefits.tier_code, "region_code": region_code, "limits": limits}
    offers = offers_for(user, wanted, coupons=mine, choice=choice, **who)
    terms = {"benefits": benefits, "delivery_fee_fen": delivery_of(user, lines, region_code), "offers": offers}
    return remembered_quote(wanted, points=points_wanted, nudges=nudges, **terms)


def write_gifts(quote):
    """The gifts of a quote as text, for a form that remembers what it showed."""
    return ",".join(sorted(f"{gift.sku_id}x{gift.quantity}" for gift in quote.gifts))


def delivery_of(user, lines, region_code=""):
    """The delivery ``Charges`` of cart lines, to the shopper's usual region when none is given."""
    if not region_code and delivery_templates.exist():
        region_code = delivery_templates.usual_region(user)[0]
    return delivery_templates.charges(lines, region_code)


def priced_line(sku, quantity, *, by_category=True):
    """A SKU (with its listing) as the engine knows it."""
    product = sku.product
    line = tree().line(product.category_id) if by_category else ()
    return pricing.Line(
        sku.pk,
        sku.merchant_id,
        sku.price_fen,
        quantity,
        product_id=product.pk,
        category_ids=tuple(category.pk for category in line),
        brand_id=product.brand_id,
        tags=tuple(product.tags),
    )
