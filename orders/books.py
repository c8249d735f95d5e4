"""The invariants of this app, as SQL that returns the rows that break them."""

from orders.books_invoices import INVOICE_INVARIANTS
from orders.books_money import MONEY_INVARIANTS
from orders.books_promotions import PROMOTION_INVARIANTS
from orders.order_books import ORDER_INVARIANTS

INVARIANTS = [*ORDER_INVARIANTS, *MONEY_INVARIANTS, *INVOICE_INVARIANTS, *PROMOTION_INVARIANTS]
