"""From cart to doorstep. Direction: cart apart; order ← line ← adjustment; order ← payment ← notice, refund; order ← parcel
← tracking; deadlines and invoices hang off the order."""

from orders.models.adjustment import Adjustment
from orders.models.cart import Cart, CartLine, SavedLine
from orders.models.deadline import Deadline
from orders.models.delivery import DeliveryTemplate, DeliveryZone, SpecialDelivery
from orders.models.flash import FlashPool, FlashTaking
from orders.models.invoice import Invoice, InvoiceRequest, SandboxInvoice
from orders.models.invoice_mail import InvoiceMail
from orders.models.listing_day import ListingDay, ListingFigures
from orders.models.note import OrderNote
from orders.models.order import Order
from orders.models.order_line import OrderLine
from orders.models.parcel import Parcel, ParcelLine
from orders.models.payment import Payment, PaymentNotice
from orders.models.payment_guard import PaymentGuard
from orders.models.presale import DepositDebt, OrderPresale
from orders.models.price_cut import PriceCut
from orders.models.promise import Holiday, OrderPart, ShippingTerms
from orders.models.promotion import Promotion, PromotionMember, PromotionUse, PromotionVersion
from orders.models.reconciliation import BillLine, ChannelBill, Difference
from orders.models.refund import Refund, RefundLine
from orders.models.risk import HoldReview, KnownDevice, RiskAssessment, RiskRules
from orders.models.sandbox import SandboxNotice, SandboxRefund, SandboxShipment, SandboxTrade
from orders.models.tracking import CarrierPush, TrackingEvent, TrackingSubscription

__all__ = [
    "ListingDay",
    "ListingFigures",
    "Adjustment",
    "BillLine",
    "Cart",
    "CartLine",
    "CarrierPush",
    "ChannelBill",
    "Deadline",
    "DeliveryTemplate",
    "DeliveryZone",
    "DepositDebt",
    "Difference",
    "FlashPool",
    "FlashTaking",
    "HoldReview",
    "Holiday",
    "Invoice",
    "InvoiceMail",
    "InvoiceRequest",
    "KnownDevice",
    "Order",
    "OrderLine",
    "OrderNote",
    "OrderPart",
    "OrderPresale",
    "Parcel",
    "ParcelLine",
    "Payment",
    "PaymentGuard",
    "PaymentNotice",
    "PriceCut",
    "Promotion",
    "PromotionMember",
    "PromotionUse",
    "PromotionVersion",
    "Refund",
    "RefundLine",
    "RiskAssessment",
    "RiskRules",
    "SandboxInvoice",
    "SandboxNotice",
    "SandboxRefund",
    "SandboxShipment",
    "SandboxTrade",
    "SavedLine",
    "ShippingTerms",
    "SpecialDelivery",
    "TrackingEvent",
    "TrackingSubscription",
]
