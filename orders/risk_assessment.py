"""Counting the facts for ``orders.risk`` when a shopper goes to pay, and keeping what the rules said."""

from dataclasses import asdict
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from accounts.encryption import blind_index
from orders import payment_guard
from orders.models import KnownDevice, Order, Payment, RiskAssessment, RiskRules
from orders.risk import HOLD, STRENGTH, Facts, judge


def assess(order, device):
    """The ``RiskAssessment`` of ``order`` for a payment from ``device`` (a digest, or "").

    An order that was to be held stays so: coming back on another device makes nothing better.
    """
    limits = RiskRules.current()
    address = _address_digest(order)
    verdict = judge(_facts(order, device, address, limits), limits)
    with transaction.atomic():
        Order.objects.select_for_update(no_key=True).only("pk").get(pk=order.pk)
        row = RiskAssessment.objects.filter(order=order).first() or RiskAssessment(order=order)
        row.device, row.address = device, address
        if row.level != HOLD or STRENGTH[verdict.level] >= STRENGTH[row.level]:
            row.level, row.reasons = verdict.level, [asdict(reason) for reason in verdict.reasons]
        row.save()
    return row


def _facts(order, device, address, limits):
    since = timezone.now() - timedelta(minutes=limits.window_minutes)
    mine = Order.objects.filter(user=order.user_id)
    paid = mine.filter(paid_at__isnull=False).exclude(pk=order.pk)
    usual = set(paid.exclude(close_reason=Order.CloseReason.RISK).values_list("province", flat=True).distinct())
    tries = Payment.objects.filter(order__user=order.user_id, created_at__gte=since)
    others = RiskAssessment.objects.filter(at__gte=since).exclude(order=order)
    return Facts(
        amount_fen=order.payable_fen,
        orders_of_shopper=mine.filter(placed_at__gte=since).count(),
        orders_of_device=1 + (others.filter(device=device).count() if device else 0),
        orders_to_address=1 + others.filter(address=address).count(),
        attempts=tries.count(),
        failed=tries.filter(status=Payment.Status.FAILED).count(),
        paid_before=bool(usual),
        device_known=bool(device) and KnownDevice.objects.filter(user=order.user_id, device=device).exists(),
        region_usual=order.province in usual,
        may_ask=payment_guard.can_answer(order.user),
    )


def _address_digest(order):
    """Equal for the same door, however it is spaced or written in capitals."""
    door = "".join(f"{order.region_code}{order.detail}".split()).lower()
    return blind_index(door, field="order-address")[:32]
