from django import template
from django.utils.translation import gettext as _

register = template.Library()


@register.filter
def times(basis_points):
    """12500 → "1.25 points per ¥1"."""
    number = f"{basis_points / 10_000:.2f}".rstrip("0").rstrip(".")
    return _("%(number)s points per ¥1") % {"number": number}


@register.filter
def signed(points):
    """+120 or −80, with a real minus sign."""
    return f"+{points:,}" if points > 0 else f"−{-points:,}" if points < 0 else "0"
