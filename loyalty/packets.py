"""Shared red packets: a sum drawn into random shares, each opened once."""

import random
import secrets

from django.db import transaction
from django.db.models import F, Func
from django.utils import timezone

from catalog.money import allocate
from loyalty import coupons
from loyalty.models import Coupon, LuckyPacket


class PacketClosed(Exception):
    """Nothing was opened. ``reason``: over (too late), empty (all shares are gone), sold_out (the template's are)."""

    def __init__(self, reason):
        super().__init__(reason)
        self.reason = reason


def shares_of(total_fen, pieces, *, seed):
    """``pieces`` random shares of at least one fen that sum to ``total_fen`` exactly; the same ``seed``, the same shares.

    Raises ``ValueError`` when there is not a fen for each.
    """
    if pieces < 1 or total_fen < pieces:
        raise ValueError("a share has at least one fen")
    dice = random.Random(seed)
    weights = [dice.randint(20, 180) for _ in range(pieces)]
    spare = total_fen - pieces
    # Weights in fen, so that no share is cut off at its weight (allocate never gives more than that).
    return [1 + share for share in allocate(spare, [weight * max(spare, 1) for weight in weights])]


def make(template, *, total_fen, pieces, expires_at, source, title="", title_en="", seed=None):
    """A packet of ``total_fen`` for ``pieces`` people; once per ``source``. ``template`` is a red packet's."""
    packet, _made = LuckyPacket.objects.get_or_create(
        source=source,
        defaults={
            "template": template,
            "total_fen": total_fen,
            "shares": shares_of(total_fen, pieces, seed=secrets.token_hex() if seed is None else seed),
            "expires_at": expires_at,
            "title": title,
            "title_en": title_en,
        },
    )
    return packet


@transaction.atomic
def open_packet(packet, user):
    """``user`` takes the next share as a red packet. Returns the coupon, the same one on a repeated call.

    Raises ``PacketClosed`` and takes nothing.
    """
    mine = share_of(packet, user)
    if mine is not None:
        return mine
    # The guarded counter says which share is mine; whoever waits here sees the next one.
    free = LuckyPacket.objects.filter(
        pk=packet.pk, expires_at__gt=timezone.now(), opened__lt=Func("shares", function="cardinality")
    )
    if not free.update(opened=F("opened") + 1):
        raise PacketClosed("over" if packet.expires_at <= timezone.now() else "empty")
    packet.refresh_from_db(fields=["opened"])
    mine = share_of(packet, user)
    if mine is not None:  # opened in two tabs at once: the other one won, and this counter goes back
        LuckyPacket.objects.filter(pk=packet.pk).update(opened=F("opened") - 1)
        return mine
    try:
        return coupons.issue(packet.template, user, source=_source(packet), amount_fen=packet.shares[packet.opened - 1])
    except coupons.ClaimRefused as refused:
        raise PacketClosed("sold_out") from refused


def closed(packet):
    """Why no more shares can be opened ("over", "empty"), or ""."""
    if packet.expires_at <= timezone.now():
        return "over"
    return "empty" if packet.opened >= len(packet.shares) else ""


def share_of(packet, user):
    """What ``user`` has taken from ``packet``, or None."""
    if not user.is_authenticated:
        return None
    return Coupon.objects.filter(user=user, source=_source(packet), template=packet.template_id).first()


def opened_by(packet):
    """The shares taken so far with their owners, newest first."""
    taken = Coupon.objects.filter(template=packet.template_id, source=_source(packet))
    return list(taken.select_related("user").order_by("-pk"))


def _source(packet):
    return f"packet:{packet.pk}"
