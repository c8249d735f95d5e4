"""The back office of orders: the desk of one order, the queues, payments, refunds and parcels."""

from orders.admin import (
    delivery,
    inboxes,
    invoices,
    listing_figures,
    money,
    order,
    parcel,
    presales,
    promotions,
    reconciliation,
    risk,
)

__all__ = [
    "delivery",
    "inboxes",
    "invoices",
    "listing_figures",
    "money",
    "order",
    "parcel",
    "presales",
    "promotions",
    "reconciliation",
    "risk",
]
