"""What the payment pages draw."""

import segno
from django import template
from django.utils.safestring import mark_safe

register = template.Library()


@register.simple_tag
def scan_code(text, label):
    """A drawing of ``text`` as a QR code, dark on white in every theme, because scanners want it so."""
    # Everything in the drawing comes from segno; the label is escaped by it, the text becomes squares.
    code = segno.make(text, error="m")
    svg = code.svg_inline(
        scale=6, border=4, dark="#000", light="#fff", svgclass="qr__code", lineclass=None, title=label
    )
    return mark_safe(svg.replace("<svg ", '<svg role="img" ', 1))  # noqa: S308
