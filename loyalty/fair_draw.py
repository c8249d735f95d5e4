"""The number of a draw, which nobody can choose and everybody can check afterwards (docs/lottery.md).

1. The shop draws a secret seed for each day and publishes its SHA-256 before the day begins.
2. A draw takes HMAC-SHA256 with the seed as key and "draw:member:ticket" (their numbers in decimal digits) as message.
3. The 32 bytes are read as eight numbers of four bytes, highest byte first. The first one below 4,294,000,000 counts, modulo
   1,000,000; numbers from there on are left out, so that each result is equally likely. Should all eight be left out, the
   SHA-256 of the 32 bytes takes their place, and so on.
4. When the day is over the seed is published.

Key and hashed text are the 64 hexadecimal digits of the seed, as ASCII.
"""

import hashlib
import hmac
import secrets

RANGE = 1_000_000
FAIR = 2**32 // RANGE * RANGE
WORD = 4  # bytes


def new_seed():
    return secrets.token_hex(32)


def commitment(seed):
    """The SHA-256 of ``seed`` that is published beforehand, as 64 hexadecimal digits."""
    return hashlib.sha256(seed.encode()).hexdigest()


def message(draw_id, member_id, ticket_id):
    return f"{draw_id}:{member_id}:{ticket_id}"


def digest(seed, text):
    return hmac.new(seed.encode(), text.encode(), hashlib.sha256).digest()


def number(seed, draw_id, member_id, ticket_id):
    """The number 0…999,999 of a draw."""
    return read(digest(seed, message(draw_id, member_id, ticket_id)))


def read(block):
    """The first fair number in a block of 32 bytes, or in the blocks that follow from it."""
    while True:
        for start in range(0, len(block), WORD):
            value = int.from_bytes(block[start : start + WORD], "big")
            if value < FAIR:
                return value % RANGE
        block = hashlib.sha256(block).digest()
