"""People. Direction: shop, user ← merchant, address, notification, history, access log."""

from accounts.models.access_log import AccessLog
from accounts.models.address import Address
from accounts.models.merchant import Merchant, MerchantStaff
from accounts.models.notification import Delivery, Notification
from accounts.models.notification_preference import NotificationPreference
from accounts.models.rate_count import RateCount
from accounts.models.shop import Shop
from accounts.models.state_log import StateLog
from accounts.models.text_message import TextMessage
from accounts.models.user import User

__all__ = [
    "AccessLog",
    "Address",
    "Delivery",
    "Merchant",
    "MerchantStaff",
    "Notification",
    "NotificationPreference",
    "RateCount",
    "Shop",
    "StateLog",
    "TextMessage",
    "User",
]
