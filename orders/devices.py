"""The browser that somebody pays from: a random number in a signed cookie, known to the database as a digest only."""

import secrets

from django.conf import settings

from accounts.encryption import blind_index

NAME, SALT = "device", "orders.device"
YEAR = 365 * 24 * 3600


def device_of(request):
    """The digest of the browser's number, or "" when it has none, or one that we did not sign."""
    number = request.get_signed_cookie(NAME, default="", salt=SALT, max_age=YEAR)
    return digest(number) if number else ""


def digest(number):
    return blind_index(number, field="device")[:32]


def mark(request, response):
    """Give the browser a number when it has none; returns ``response``."""
    if not device_of(request):
        response.set_signed_cookie(
            NAME,
            secrets.token_urlsafe(16),
            salt=SALT,
            max_age=YEAR,
            httponly=True,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )
    return response
