"""Paper that goes with a parcel: the packing list (A5) inside and the label (100 × 150 mm) outside.

The label has the full address, because the carrier needs it, and never the full phone: the carrier has that by its own way.
Both are written in Chinese characters as the goods are named.
"""

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Shop
from orders.carriers import name_of
from orders.paper import A5, LABEL, Paper

PACKING, LABELS = "packing", "label"


def packing_lists(boxes):
    """One PDF (bytes) with the packing list of every parcel in ``boxes``, each on its own sheets."""
    shop = Shop.current()
    paper = Paper(A5, title=_("Packing list"), author=shop.name)
    for number, box in enumerate(boxes):
        if number:
            paper.next_sheet()
        _packing_list(paper, box, shop)
    return paper.pdf()


def _packing_list(paper, box, shop):
    paper.text(10, 10, shop.name_local, size=13, bold=True)
    y = paper.text(138, 10, _("Packing list"), size=13, align="right")
    paper.barcode(82, y + 3, box.number, width=56, height=10)
    order = box.order
    facts = [
        (_("Order number"), order.number),
        (_("Parcel"), box.number),
        (_("Seller"), box.merchant.name_local),
        (_("Placed at"), f"{timezone.localtime(order.placed_at):%Y-%m-%d %H:%M}"),
        (_("Receiver"), f"{order.masked_receiver} {order.masked_phone}"),
    ]
    below = y + 2
    for label, value in facts:
        paper.text(10, below + 2, label, size=8, grey=0.4)
        below = paper.text(32, below + 2, value, size=9, width=48)
    columns = [(_("SKU code"), 34, "left"), (_("Goods"), 78, "left"), (_("Units"), 16, "right")]
    rows = [
        [row.line.sku_code, f"{row.line.title_local} {row.line.options_text}".strip(), str(row.quantity)]
        for row in box.lines.all()
    ]
    y = paper.table(below + 6, columns, rows)
    y = paper.text(136, y + 2, _("In all: %(n)s") % {"n": sum(row.quantity for row in box.lines.all())}, align="right")
    if note := order.note_for(box.merchant_id):
        y = paper.text(10, y + 2, _("Note of the shopper:") + " " + note, size=9, width=128)
    paper.text(10, paper.height - 16, shop.slogan_local, size=8, grey=0.4, width=128)


def labels(boxes):
    """One PDF (bytes) with a label for every parcel in ``boxes``. Whoever asks reads addresses: log it before."""
    paper = Paper(LABEL, title=_("Shipping labels"), author=Shop.current().name)
    for number, box in enumerate(boxes):
        if number:
            paper.next_sheet()
        _label(paper, box)
    return paper.pdf()


def _label(paper, box):
    order = box.order
    paper.box(3, 3, 94, 144)
    y = paper.text(7, 7, name_of(box.carrier) if box.carrier else _("Carrier to be chosen"), size=15, bold=True)
    code = box.waybill or box.number
    paper.barcode(12, y + 2, code, width=76, height=16)
    y = paper.text(50, y + 20, code, size=11, align="center")
    y = paper.rule(y + 2, left=3, right=3, grey=0)
    y = paper.text(7, y + 3, _("To"), size=8, grey=0.35)
    y = paper.text(7, y + 1, f"{order.receiver}  {order.masked_phone}", size=13, bold=True, width=86)
    y = paper.text(7, y + 1, f"{order.region_name} {order.detail}", size=12, width=86)
    y = paper.rule(y + 3, left=3, right=3, grey=0)
    y = paper.text(7, y + 3, _("From"), size=8, grey=0.35)
    y = paper.text(7, y + 1, box.merchant.name, size=10, width=86)
    y = paper.rule(y + 3, left=3, right=3, grey=0)
    units = sum(row.quantity for row in box.lines.all())
    paper.text(7, y + 3, _("Parcel %(number)s, %(n)s units") % {"number": box.number, "n": units}, size=9)
    if note := order.note_for(box.merchant_id):
        paper.text(7, y + 9, note, size=9, width=86)
    paper.text(7, 140, _("Phone masked: the carrier connects calls."), size=7, grey=0.35)
