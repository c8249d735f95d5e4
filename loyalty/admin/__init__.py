"""The back office of the loyalty programme: tiers are edited, everything else is written by rules."""

from loyalty.admin import members, programme

__all__ = ["members", "programme"]
