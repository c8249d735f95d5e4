from django.contrib import admin

from accounts.scoped_admin import HIDDEN_FROM_MERCHANTS, ReadOnlyAdmin
from orders.models import CarrierPush, Deadline, PaymentNotice


class Inbox(ReadOnlyAdmin):
    """What other houses told us, and timers: to be read, never to be changed."""

    merchant_path = HIDDEN_FROM_MERCHANTS
    show_full_result_count = False


@admin.register(PaymentNotice)
class PaymentNoticeAdmin(Inbox):
    list_display = ["received_at", "gateway", "event_id", "payment", "outcome", "times"]
    list_filter = ["gateway", "outcome"]
    list_select_related = ["payment"]
    search_fields = ["event_id", "payment__number"]


@admin.register(CarrierPush)
class CarrierPushAdmin(Inbox):
    list_display = ["received_at", "carrier", "parcel", "outcome", "times"]
    list_filter = ["carrier", "outcome"]
    list_select_related = ["parcel"]


@admin.register(Deadline)
class DeadlineAdmin(Inbox):
    list_display = ["run_after", "kind", "entity", "entity_id", "done_at", "paused_at", "cancelled_at", "last_error"]
    list_filter = ["kind"]
