"""Paying in months: the plans that a channel sells, worked out to the fen. The channel charges them, we only say so.

The fee comes on top and goes to the channel; what the order receives is its payable amount whichever plan is chosen.
"""

from dataclasses import dataclass

from catalog.money import rate_of

# Below this a month would be less than the channels allow for one instalment.
LEAST_A_MONTH_FEN = 1_000


class NotOffered(Exception):
    """The channel does not sell this number of months for this amount."""


@dataclass(frozen=True)
class Plan:
    """``months`` instalments: each ``monthly_fen`` but the first, which takes the fen that do not divide."""

    months: int
    fee_fen: int
    first_fen: int
    monthly_fen: int

    @property
    def total_fen(self):
        return self.first_fen + self.monthly_fen * (self.months - 1)


def plan(amount_fen, months, fee_bp):
    """The ``Plan`` for an amount and a fee in basis points of it (rounded half up to the fen)."""
    return spread(amount_fen, months, rate_of(amount_fen, fee_bp))


def spread(amount_fen, months, fee_fen):
    """The ``Plan`` for an amount and its fee, both in fen."""
    monthly, rest = divmod(amount_fen + fee_fen, months)
    return Plan(months=months, fee_fen=fee_fen, first_fen=monthly + rest, monthly_fen=monthly)


def plans(channel, amount_fen):
    """The plans that ``channel`` offers for an amount, shortest first."""
    return [
        plan(amount_fen, months, rate)
        for months, rate in sorted(channel.instalments.items())
        if amount_fen // months >= LEAST_A_MONTH_FEN
    ]


def plan_of(channel, amount_fen, months):
    """The plan of ``months``, None for 0. Raises ``NotOffered``."""
    if not months:
        return None
    found = [offer for offer in plans(channel, amount_fen) if offer.months == months]
    if not found:
        raise NotOffered(f"{channel.name}: {months}")
    return found[0]
