"""Addresses of orders."""

from django.urls import path

from orders.views import (
    address_change,
    callbacks,
    cart,
    checkout,
    invoices,
    orders,
    payment_guard,
    payments,
    presale,
    sandbox_bank,
    sandbox_carrier,
)

urlpatterns = [
    path("cart/", cart.cart, name="cart"),
    path("cart/lines/", cart.cart_lines, name="cart_lines"),
    path("checkout/", checkout.checkout, name="checkout"),
    path("presale/<int:sku_id>/", presale.presale, name="presale"),
    path("orders/", orders.orders, name="orders"),
    path("orders/<str:number>/", orders.order, name="order"),
    path("orders/<str:number>/cancellation/", orders.order_cancellation, name="order_cancellation"),
    path("orders/<str:number>/balance/", presale.order_balance, name="order_balance"),
    path("orders/<str:number>/address/", address_change.order_address, name="order_address"),
    path("orders/<str:number>/receipt/", orders.order_receipt, name="order_receipt"),
    path("orders/<str:number>/parts/<int:pk>/waiting/", orders.order_waiting, name="order_waiting"),
    path("orders/<str:number>/parcels/<int:pk>/again/", orders.order_resend, name="order_resend"),
    path("orders/<str:number>/more-time/", orders.order_more_time, name="order_more_time"),
    path("orders/<str:number>/hiding/", orders.order_hiding, name="order_hiding"),
    path("orders/<str:number>/repeat/", orders.order_repeat, name="order_repeat"),
    path("orders/<str:number>/invoice/", invoices.order_invoice, name="order_invoice"),
    path("orders/<str:number>/invoice/<int:pk>/", invoices.invoice_paper, name="invoice_paper"),
    path("orders/<str:number>/invoice/<int:pk>/mail/", invoices.invoice_mail, name="invoice_mail"),
    # --- paying, callbacks of channels and carriers, the sandbox ---
    path("orders/<str:number>/payment/", payments.order_payment, name="order_payment"),
    path("orders/<str:number>/payment/check/", payments.order_payment_check, name="order_payment_check"),
    path("payments/return/<str:number>/", payments.order_payment_return, name="order_payment_return"),
    path("account/payment-protection/", payment_guard.protection, name="payment_protection"),
    path("notify/carriers/<slug:carrier>/", callbacks.notify_carrier, name="notify_carrier"),
    path("notify/<slug:gateway>/", callbacks.notify_gateway, name="notify_gateway"),
    path("sandbox/cashier/<str:number>/", sandbox_bank.cashier, name="sandbox_cashier"),
    path("sandbox/bank/<slug:operation>/", sandbox_bank.bank, name="sandbox_bank"),
    path("sandbox/carrier/poll/", sandbox_carrier.carrier_desk, name="sandbox_carrier"),
]
