"""What the shopper chooses from: the channels that are set up, the likeliest first, with their instalments."""

import re
from dataclasses import dataclass

from accounts.senders import sender_of
from orders import instalments
from orders.gateways import GATEWAYS
from orders.gateways.base import Gateway, Visit

PHONE = re.compile(r"Mobi|Android|iPhone|HarmonyOS", re.IGNORECASE)
# Behind these stands whatever is not named: one of the shop's own, then test channels, which move no real money.
ON_PHONE = ("alipay", "wechatpay", "unionpay", "stripe")
AT_DESK = ("wechatpay", "alipay", "unionpay", "stripe")
IN_WECHAT = ("wechatpay", "unionpay", "stripe", "alipay")  # WeChat's browser opens no page of Alipay


@dataclass(frozen=True)
class Choice:
    """One channel on the page, with the plans that it sells for this order."""

    channel: Gateway
    plans: list


def visit_of(request, months=0):
    """The ``Visit`` that a request is."""
    agent = request.headers.get("User-Agent", "")
    return Visit(
        phone=bool(PHONE.search(agent)),
        in_wechat="MicroMessenger" in agent,
        ip=sender_of(request),
        instalments=months,
    )


def ranked(names, visit, *, language):
    """``names`` of channels, the likeliest for this visit first; who reads English most likely pays by a foreign card."""
    order = IN_WECHAT if visit.in_wechat else ON_PHONE if visit.phone else AT_DESK
    rank = {name: place for place, name in enumerate(order, start=1)}
    if not language.startswith("zh"):
        rank["stripe"] = 0
    last = len(order) + 1
    return sorted(names, key=lambda name: (rank.get(name, last), name.startswith("sandbox")))


def choices(order, visit, *, language):
    """The ``Choice`` for every channel of the shop, in the order in which the page shows them."""
    names = ranked(GATEWAYS, visit, language=language)
    return [Choice(GATEWAYS[name], instalments.plans(GATEWAYS[name], order.due_fen)) for name in names]
