"""What a post of the cart page means: quantities, ticks, one more, one less, away with it.

``shown`` names the lines that were on the page. A tick of a group or of everything counts when it differs from what the
page showed (``was…``), else the ticks of the lines do.
"""

import re

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from orders import cart as carts
from orders import saved_lines

ID = re.compile(r"\d{1,18}")


def apply(cart, posted):
    """Do what ``posted`` asks; returns what could not be done: {SKU id: sentence}."""
    mine = {line.sku_id: line for line in cart.lines.select_related("sku")}
    shown = [sku_id for sku_id in _ids(posted.getlist("shown")) if sku_id in mine]
    if posted.get("remove"):
        carts.remove(cart, _ids([posted["remove"]]))
    elif posted.get("clear"):
        carts.remove(cart, _ids(posted.getlist("invalid")))
    elif posted.get("forget"):
        saved_lines.forget(cart, _ids([posted["forget"]]))
    _tick(cart, posted, shown, mine)
    problems = _set_quantities(cart, posted, shown, mine)
    if posted.get("add"):
        problems |= _add(cart, posted["add"])
    return problems | _move(cart, posted)


def _add(cart, sku_id):
    """One unit of what the page offered beside the cart."""
    try:
        carts.add(cart, carts.buyable(sku_id), 1)
    except carts.CartRefused:
        return {sku_id: _("This item cannot be bought just now.")}
    return {}


def _move(cart, posted):
    """To what is saved for later and back. Quantities that were typed come along, so this is done last."""
    for name, move in (("later", saved_lines.put_aside), ("back", saved_lines.take_back)):
        for sku_id in _ids([posted.get(name, "")]):
            try:
                move(cart, sku_id)
            except carts.CartFull:
                return {sku_id: _("There is no more room. Please remove something first.")}
            except carts.CartRefused:
                return {sku_id: _("This item cannot be bought just now.")}
    return {}


def _set_quantities(cart, posted, shown, mine):
    problems = {}
    stepped, step = _step(posted)
    for sku_id in shown:
        before = mine[sku_id].quantity
        try:
            wanted = carts.read_quantity(posted.get(f"q{sku_id}", before))
            if sku_id == stepped:
                wanted = max(1, min(wanted + step, carts.MOST))
            if wanted != before and str(sku_id) != posted.get("remove"):
                now = carts.change(cart, sku_id, wanted)
                if now < wanted:
                    problems[sku_id] = _few(now)
        except carts.BadQuantity:
            problems[sku_id] = _("Please give a quantity from 1 to 999.")
        except carts.CartRefused:
            problems[sku_id] = _("This item cannot be bought just now.")
    return problems


def _few(left):
    text = ngettext(
        "Only %(n)s can be had; the quantity was set to it.",
        "Only %(n)s can be had; the quantity was set to that.",
        left,
    )
    return text % {"n": left}


def _step(posted):
    sku_id, _colon, step = posted.get("step", "").partition(":")
    return (int(sku_id), 1 if step == "1" else -1) if ID.fullmatch(sku_id) and step in {"1", "-1"} else (None, 0)


def _tick(cart, posted, shown, mine):
    if not shown:
        return
    if _toggled(posted, "all"):
        wanted = set(shown) if posted.get("all") else set()
    else:
        wanted = {sku_id for sku_id in shown if posted.get(f"t{sku_id}")}
        for merchant_id in {mine[sku_id].sku.merchant_id for sku_id in shown}:
            if _toggled(posted, f"g{merchant_id}"):
                group = {sku_id for sku_id in shown if mine[sku_id].sku.merchant_id == merchant_id}
                wanted = wanted | group if posted.get(f"g{merchant_id}") else wanted - group
    carts.select(cart, wanted, among=shown)


def _toggled(posted, name):
    was = posted.get(f"was-{name}")
    return was is not None and bool(was) != bool(posted.get(name))


def _ids(texts):
    return [int(text) for text in texts if ID.fullmatch(text)]
