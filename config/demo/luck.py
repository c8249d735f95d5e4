"""Check-ins of the demo shop: a streak that is running, one that was saved, one with a gap."""

from config.demo.clock import at, days_ago
from loyalty import check_ins

# Days before today on which a shopper of a tier was here.
HERE = {
    "NORMAL": [2, 1],
    "SILVER": [9, 8, 7, 5, 4],
    "GOLD": [16, 15, 14, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1],
    "PLATINUM": [6, 5, 4, 3, 2],
}
SAVED = "SILVER", 2  # the day on which it came again and made up the one before


def load(shoppers):
    """``shoppers`` by tier. Returns how many days they were here."""
    here = [(days, tier) for tier, all_days in HERE.items() for days in all_days]
    for days, tier in sorted(here, reverse=True):
        with at(days_ago(days, hour=8, minute=12)):
            check_ins.check_in(shoppers[tier])
    tier, days = SAVED
    with at(days_ago(days, hour=9)):
        check_ins.make_up(shoppers[tier])
        check_ins.check_in(shoppers[tier])
    return len(here) + 2
