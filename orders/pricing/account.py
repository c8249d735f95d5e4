"""What a plan used and what it left aside: promotions with their amounts, coupons and prices with the reason. Pure; fen."""

from orders.pricing.basket import Note


def shipping_coupon(plan):
    return plan.ending.shipping if plan.ending.shipping in plan.coupons_for_delivery else None


def used(planner, plan, gifts):
    """((offer, fen, units), …) of the promotions in the plan, by id."""
    rows = [(unit[0], unit[1], planner.prices.room[unit[0].id, i]) for i, unit in enumerate(plan.state.units) if unit]
    for offer, shares in (*plan.state.groups, *plan.thresholds):
        units = sum(line.quantity for line, share in zip(planner.lines, shares, strict=True) if share)
        rows.append((offer, sum(shares), units))
    by = plan.ending.shipping
    if by is not None and by not in plan.coupons_for_delivery:
        rows.append((by, plan.ending.delivery.saved_fen, 0))
    rows += [(gift.offer, 0, gift.quantity) for gift in gifts if gift.quantity]
    found = {}
    for offer, fen, units in rows:
        _offer, fen_before, units_before = found.get(offer.id, (offer, 0, 0))
        found[offer.id] = (offer, fen_before + fen, units_before + units)
    return tuple(found[key] for key in sorted(found))


def pooled(planner, plan):
    """((promotion id, SKU id, units), …) that the plan takes out of the stock of flash sales."""
    return tuple(
        (unit[0].promotion_id, planner.lines[i].sku_id, planner.prices.room[unit[0].id, i])
        for i, unit in enumerate(plan.state.units)
        if unit and unit[0].is_pooled
    )


def notes(planner, plan, offers, gifts):
    """Coupons that were not used and what they would have cost, unit prices passed over (docs/domain.md 6.5), gifts that are
    sold out."""
    for gift in gifts:
        if gift.missing:
            yield Note("GIFT_GONE", {"name": gift.offer.name, "name_en": gift.offer.name_en, "sku_id": gift.sku_id})
    spent = {c.id for c in (plan.ending.coupon, plan.ending.red_packet, shipping_coupon(plan)) if c}
    for coupon in sorted(offers.coupons, key=lambda coupon: coupon.id):
        if coupon.id in spent:
            continue
        facts = {"id": coupon.id, "name": coupon.name, "name_en": coupon.name_en, "stage": coupon.stage}
        covered = sum(line.gross_fen for line in planner.lines if coupon.scope.covers(line))
        seen = planner.finisher.best_with.get(coupon.id)
        if seen is not None:
            yield Note("NOT_USED", facts | {"dearer_fen": seen - plan.ending.payable_fen})
        elif covered < coupon.at_fen or not covered:
            yield Note("NOT_REACHED", facts | {"missing_fen": coupon.at_fen - covered if covered else 0})
    for offer, i in planner.lost_units():
        yield Note("LOST", {"name": offer.name, "name_en": offer.name_en, "sku_id": planner.lines[i].sku_id})
