"""The pages of a member."""

from loyalty.views.check_in import check_in, make_up
from loyalty.views.coupons import coupon_centre, coupon_claims, coupons, packet
from loyalty.views.lottery import lottery, lottery_draw, lottery_draws, lottery_seeds, lottery_tickets
from loyalty.views.member_pages import growth, member, points

__all__ = [
    "check_in",
    "coupon_centre",
    "coupon_claims",
    "coupons",
    "growth",
    "lottery",
    "lottery_draw",
    "lottery_draws",
    "lottery_seeds",
    "lottery_tickets",
    "make_up",
    "member",
    "packet",
    "points",
]
