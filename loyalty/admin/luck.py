"""Check-ins and lottery tickets, to be read: members make them and rules write them."""

from django.contrib import admin

from loyalty.admin.programme import LedgerAdmin
from loyalty.models import CheckIn, LotteryTicket


@admin.register(CheckIn)
class CheckInAdmin(LedgerAdmin):
    list_display = ["date", "member", "made_up_in", "at"]
    list_filter = ["date", ("made_up_in", admin.EmptyFieldListFilter)]
    search_fields = ["member__user__email"]


@admin.register(LotteryTicket)
class LotteryTicketAdmin(LedgerAdmin):
    list_display = ["created_at", "member", "day", "nth", "source", "used_at"]
    list_filter = ["day", ("used_at", admin.EmptyFieldListFilter)]
