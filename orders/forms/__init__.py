from orders.forms.checkout import CheckoutForm, read_items, write_items

__all__ = ["CheckoutForm", "read_items", "write_items"]
