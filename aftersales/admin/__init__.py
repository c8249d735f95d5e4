"""The desk where requests are decided and returned goods are looked at."""

from aftersales.admin import postage, returns

__all__ = ["postage", "returns"]
