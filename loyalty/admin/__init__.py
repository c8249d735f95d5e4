"""The back office of the loyalty programme: tiers are edited, everything else is written by rules."""

from loyalty.admin import coupons, lottery, luck, members, programme

__all__ = ["coupons", "lottery", "luck", "members", "programme"]
