"""Every periodic job: what and when. Sweeps find rows whose bell was lost; a few seconds late, never never."""

from celery.schedules import crontab

BEAT_SCHEDULE = {
    "accounts: send messages": {"task": "accounts.tasks.send_messages", "schedule": 5.0},
    "catalog: fetch and draw pictures": {"task": "catalog.tasks.draw_pictures", "schedule": 20.0},
    "catalog: correct stock flags": {"task": "catalog.tasks.correct_stock_flags", "schedule": 60.0},
    "catalog: what may be suggested": {
        "task": "catalog.tasks.rebuild_search_terms",
        "schedule": crontab(hour=4, minute=10),
    },
    "catalog: listings on and off sale": {"task": "catalog.tasks.carry_out_timers", "schedule": 10.0},
    "catalog: write exports": {"task": "catalog.tasks.write_exports", "schedule": 15.0},
    "catalog: remove old exports": {"task": "catalog.tasks.tidy_exports", "schedule": crontab(minute=25)},
    "catalog: judge listings again": {"task": "catalog.tasks.judge_listings", "schedule": crontab(hour=0, minute=40)},
    "catalog: run imports": {"task": "catalog.tasks.run_imports", "schedule": 15.0},
    "catalog: lower prices and goods that are back": {"task": "catalog.tasks.tell_favourites", "schedule": 60.0},
    "catalog: tidy the browsing history": {
        "task": "catalog.tasks.tidy_history",
        "schedule": crontab(hour=3, minute=40),
    },
    "catalog: days of cover": {"task": "catalog.tasks.look_ahead", "schedule": crontab(hour=5, minute=10)},
    "catalog: what goes with what": {"task": "catalog.tasks.recommend", "schedule": crontab(hour=2, minute=40)},
    "orders: deadlines": {"task": "orders.tasks.fire_deadlines", "schedule": 5.0},
    "orders: refunds": {"task": "orders.tasks.send_refunds", "schedule": 10.0},
    "orders: channel queries": {"task": "orders.tasks.query_payments", "schedule": 10.0},
    # Channels have the bill of a day by ten in the morning of the next.
    "orders: bills of yesterday": {"task": "orders.tasks.start_bills", "schedule": crontab(hour=10, minute=0)},
    "orders: fetch and compare bills": {"task": "orders.tasks.fetch_bills", "schedule": 300.0},
    "orders: notices of the test bank": {"task": "orders.tasks.send_sandbox_notices", "schedule": 5.0},
    "orders: invoices": {"task": "orders.tasks.issue_invoices", "schedule": 10.0},
    "orders: invoices by mail": {"task": "orders.tasks.mail_invoices", "schedule": 10.0},
    "orders: offers on lists": {"task": "orders.tasks.settle_offers", "schedule": crontab(hour=3, minute=50)},
    "catalog: pre-sales that have come": {"task": "catalog.tasks.serve_presales", "schedule": 30.0},
    "orders: promises of pre-sales": {"task": "orders.tasks.follow_presales", "schedule": 30.0},
    "orders: sales and views of listings": {
        "task": "orders.tasks.count_listing_days",
        "schedule": crontab(minute=35),
    },
    "orders: tracking": {"task": "orders.tasks.follow_parcels", "schedule": 3.0},
    "loyalty: nightly recalculation": {
        "task": "loyalty.tasks.recalculate",
        "schedule": crontab(hour=0, minute=10),
    },
    "loyalty: coupons for many": {"task": "loyalty.tasks.issue_coupons", "schedule": 15.0},
    "loyalty: coupons whose time is over": {"task": "loyalty.tasks.expire_coupons", "schedule": 60.0},
    "loyalty: coupons that end soon": {
        "task": "loyalty.tasks.tell_expiring_coupons",
        "schedule": crontab(hour=9, minute=30),
    },
    # At midnight the hash of the day and the seed of the day before; the other hours make up for a midnight that was missed.
    "loyalty: seeds of the lottery": {"task": "loyalty.tasks.turn_lottery_seeds", "schedule": crontab(minute=0)},
    "loyalty: the lottery against its odds": {
        "task": "loyalty.tasks.check_lottery",
        "schedule": crontab(hour=0, minute=25),
    },
    "config: check the books": {"task": "config.tasks.check_books", "schedule": crontab(hour=4, minute=30)},
    "accounts: tidy": {"task": "accounts.tasks.tidy", "schedule": crontab(hour=3, minute=15)},
}

for _job in BEAT_SCHEDULE.values():
    # A sweep that no worker took in time is worth nothing: the next one sees the same rows.
    if isinstance(_job["schedule"], float):
        _job["options"] = {"expires": _job["schedule"] * 2}
