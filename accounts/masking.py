"""How personal data looks to somebody who has not asked to read it."""


def mask_phone(phone):
    """``+8613800001234`` → ``138****1234``; short numbers show their last two digits."""
    digits = (phone or "").removeprefix("+86")
    if len(digits) < 8:
        return "*" * max(len(digits) - 2, 0) + digits[-2:]
    return digits[:3] + "*" * (len(digits) - 7) + digits[-4:]


def mask_name(name):
    """``林小满`` → ``林**``."""
    name = name or ""
    return name[:1] + "*" * min(max(len(name) - 1, 1), 3) if name else ""


def mask_email(email):
    """``someone@example.com`` → ``s***@example.com``."""
    local, at, domain = (email or "").partition("@")
    return f"{local[:1]}***{at}{domain}" if at else ""


def mask_detail(detail):
    """A street address keeps its first six characters."""
    detail = detail or ""
    return detail[:6] + "****" if len(detail) > 6 else "****"
