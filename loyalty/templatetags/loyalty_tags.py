from django import template

register = template.Library()


@register.filter
def times(basis_points):
    """12500 → "×1.25"."""
    whole, part = divmod(basis_points, 10_000)
    return f"×{whole}.{part:04d}".rstrip("0").rstrip(".")


@register.filter
def grouped(number):
    """1280 → "1,280" in every language (Chinese formats have no grouping of their own)."""
    return f"{number:,}".replace("-", "−")


@register.filter
def signed(points):
    """+120 or −80, with a real minus sign."""
    return f"+{points:,}" if points > 0 else f"−{-points:,}" if points < 0 else "0"
