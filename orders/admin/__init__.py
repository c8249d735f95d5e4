"""The back office of orders: the desk of one order, the queues, payments, refunds and parcels."""

from orders.admin import inboxes, money, order, parcel, reconciliation

__all__ = ["inboxes", "money", "order", "parcel", "reconciliation"]
