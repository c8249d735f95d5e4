"""The pages of a member."""

from loyalty.views.coupons import coupon_centre, coupon_claims, coupons, packet
from loyalty.views.member_pages import growth, member, points

__all__ = ["coupon_centre", "coupon_claims", "coupons", "growth", "member", "packet", "points"]
