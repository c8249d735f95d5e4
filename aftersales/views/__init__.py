"""Service pages: what rights there are, asking for a return, and following it."""

from aftersales.views.asking import return_new
from aftersales.views.following import photo, remarks, return_page, waybill, withdrawal
from aftersales.views.help import help_page
from aftersales.views.home import returns, service

__all__ = ["help_page", "photo", "remarks", "return_new", "return_page", "returns", "service", "waybill", "withdrawal"]
