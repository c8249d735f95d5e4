"""The back office of the loyalty programme: tiers are edited, everything else is written by rules."""

from loyalty.admin import coupons, members, programme

__all__ = ["coupons", "members", "programme"]
