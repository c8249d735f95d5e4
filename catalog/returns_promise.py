"""What may be promised about returns beside the buy button: what the law gives everybody, never less."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

# Without a reason, from the day after delivery; higher tiers may have longer, which their member page says.
DAYS = 7
# With a fault, from the day after delivery.
FAULT_DAYS = 15


@dataclass(frozen=True)
class Promise:
    """Sentences: the window, who pays the postage, and what is excluded."""

    window: str
    postage: str
    exclusions: list = field(default_factory=list)


def of(product):
    """The ``Promise`` for ``product`` in the language of the page."""
    policy = product.ReturnPolicy
    if product.return_policy == policy.REQUIRED:
        window = ngettext(
            "%(n)d day from delivery, no reason needed", "%(n)d days from delivery, no reason needed", DAYS
        )
        return Promise(
            window % {"n": DAYS},
            _("Without a reason you pay the postage back; if it is faulty, damaged or wrong, the seller pays."),
            [
                _("It must be complete and as good as new; trying it out as in a shop is fine."),
                _("Gifts that came with it go back too."),
            ],
        )
    by_law = product.return_policy == policy.EXCLUDED_BY_LAW
    window = (
        _("No return without a reason, by law")
        if by_law
        else _("No return without a reason; you confirm it at checkout")
    )
    return Promise(
        window,
        _("Faulty, damaged or wrong? Tell us within %(n)d days of delivery; the seller pays the postage.")
        % {"n": FAULT_DAYS},
    )
