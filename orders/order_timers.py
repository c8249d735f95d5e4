"""The timers of an order and how long they run (docs/domain.md 2.9)."""

UNPAID, RELEASE, AUTO_CONFIRM, AUTO_CONFIRM_UNSIGNED, FINISH = (
    "order_unpaid",
    "order_release",
    "order_auto_confirm",
    "order_auto_confirm_unsigned",
    "order_finish",
)
BALANCE_OPENS, BALANCE_REMINDER, BALANCE_LAST_REMINDER, BALANCE_ENDS = (
    "order_balance_opens",
    "order_balance_reminder",
    "order_balance_last_reminder",
    "order_balance_ends",
)
UNPAID_MINUTES = 30
RELEASE_MINUTES = 30
AUTO_CONFIRM_DAYS = 10
AUTO_CONFIRM_UNSIGNED_DAYS = 20
