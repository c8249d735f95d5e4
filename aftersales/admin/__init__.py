"""The desk where requests are decided and returned goods are looked at."""

from aftersales.admin import returns

__all__ = ["returns"]
