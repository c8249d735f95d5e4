"""REVIEWS: tuple[shapes.Review, ...]."""

from .shapes import Review

REVIEWS: tuple[Review, ...] = ()
