"""An invoice as a PDF, in the language of the page that asks."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from catalog.money import yuan
from orders.invoice_lines import rate_in, tax_in, tax_of
from orders.models import Invoice
from orders.paper import A5, Paper


def pdf_of(document, *, seller):
    """The PDF of an issued ``document`` as bytes; ``seller`` is the name of the shop."""
    red = document.kind == Invoice.Kind.RED
    sign = -1 if red else 1
    name = _("Red letter") if red else _("Electronic invoice")
    paper = Paper(A5, title=f"{name} {document.official_number}", author=seller)
    y = paper.text(paper.width / 2, 10, name, size=16, bold=True, align="center")
    y = paper.rule(y + 2)
    for label, value in _facts(document, seller):
        paper.text(10, y + 2, label, size=8, grey=0.4)
        y = paper.text(42, y + 2, value, size=9, width=96)
    columns = [
        (_("Item"), 44, "left"),
        (_("Units"), 12, "right"),
        (_("Discount"), 20, "right"),
        (pgettext("money", "Amount"), 22, "right"),
        (_("Tax rate"), 14, "right"),
        (_("Tax"), 16, "right"),
    ]
    rows = [
        [
            _("Delivery") if line["name"] == "delivery" else line["name"],
            line["quantity"],
            yuan(-line["discount_fen"]) if line["discount_fen"] else "",
            yuan(sign * line["amount_fen"]),
            f"{rate_in(line) / 100:g} %",
            yuan(sign * tax_in(line["amount_fen"], rate_in(line))),
        ]
        for line in document.lines
    ]
    y = paper.table(y + 4, columns, rows)
    total, tax = sign * document.amount_fen, sign * tax_of(document.lines)
    y = paper.text(136, y + 2, _("In all: ¥%(amount)s") % {"amount": yuan(total)}, size=11, bold=True, align="right")
    words = _("of it tax: ¥%(tax)s, net: ¥%(net)s") % {"tax": yuan(tax), "net": yuan(total - tax)}
    y = paper.text(136, y + 1, words, size=8, align="right", grey=0.3)
    if document.reverses:
        words = _("Takes back invoice %(number)s in full.") % {"number": document.reverses.official_number}
        paper.text(10, y + 4, words, size=8)
    foot = _("Issued by the test issuer of this shop: a receipt, not a tax document.")
    paper.text(10, paper.height - 14, foot, size=7, grey=0.45, width=128)
    return paper.pdf()


def _facts(document, seller):
    issued = timezone.localtime(document.issued_at)
    yield _("Invoice number"), document.official_number
    yield _("Issued"), f"{issued:%Y-%m-%d %H:%M}"
    yield _("Order number"), document.request.order.number
    yield _("Buyer"), document.title
    if document.tax_number:
        yield _("Tax number"), document.tax_number
    yield _("Seller"), seller
