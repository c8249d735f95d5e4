"""The pages of a member."""

from loyalty.views.member_pages import growth, member, points

__all__ = ["growth", "member", "points"]
