from celery import shared_task

from accounts import bell, work
from loyalty import coupon_expiry, lottery_checks, nightly, seeds
from loyalty.models import CouponBatch

BUDGET_SECONDS = 180


@shared_task
def recalculate():
    """The nightly run, in pieces that stay under the worker's time limit: an unfinished run rings for its next piece."""
    outcomes = nightly.recalculate(nightly.yesterday(), seconds=BUDGET_SECONDS)
    if outcomes and not outcomes[-1].done:
        bell.ring("loyalty.tasks.recalculate")


@shared_task
def issue_coupons():
    work.run_due(CouponBatch)


@shared_task
def expire_coupons():
    coupon_expiry.expire_due()


@shared_task
def tell_expiring_coupons():
    coupon_expiry.tell_expiring()


@shared_task
def turn_lottery_seeds():
    seeds.turn()


@shared_task
def check_lottery():
    lottery_checks.check(nightly.yesterday())
