"""Counting the facts for ``orders.risk`` when a shopper goes to pay, and keeping what the rules said."""

from dataclasses import asdict
from datetime import timedelta

from django.db import connection, transaction
from django.utils import timezone

from accounts.encryption import blind_index
from accounts.one_trip import insert
from accounts.prepared import SOME, PreparedUnderLock
from accounts.row_locks import queue_at
from orders import payment_guard
from orders.models import RiskAssessment, RiskRules
from orders.risk import HOLD, STRENGTH, Facts, judge


def assess(order, device):
    """The ``RiskAssessment`` of ``order`` for a payment from ``device`` (a digest, or "").

    An order that was to be held stays so: coming back on another device makes nothing better.
    """
    limits = RiskRules.current()
    address = _address_digest(order)
    verdict = judge(_facts(order, device, address, limits), limits)
    with transaction.atomic():
        queue_at(order)
        row = said_of(order) or RiskAssessment(order=order)
        row.device, row.address = device, address
        if row.level != HOLD or STRENGTH[verdict.level] >= STRENGTH[row.level]:
            row.level, row.reasons = verdict.level, [asdict(reason) for reason in verdict.reasons]
        row.save() if row.pk else insert(row)
    return row


def said_of(order):
    """The assessment of ``order``, or None before anybody went to pay it."""
    return next(iter(_said(order_id=order.pk)), None)


_said = PreparedUnderLock(lambda order_id: RiskAssessment.objects.filter(order_id=order_id), order_id=SOME)


FACTS = """
SELECT
    ARRAY(SELECT DISTINCT province FROM orders_order
          WHERE user_id = %(user)s AND paid_at IS NOT NULL AND id <> %(order)s AND close_reason <> 'risk'),
    (SELECT count(*) FROM orders_order WHERE user_id = %(user)s AND placed_at >= %(since)s),
    (SELECT count(*) FROM orders_riskassessment
     WHERE at >= %(since)s AND order_id <> %(order)s AND device = %(device)s AND device <> ''),
    (SELECT count(*) FROM orders_riskassessment
     WHERE at >= %(since)s AND order_id <> %(order)s AND address = %(address)s),
    tries.attempts, tries.failed,
    EXISTS (SELECT FROM orders_knowndevice WHERE user_id = %(user)s AND device = %(device)s AND device <> '')
FROM (
    SELECT count(*) AS attempts, count(*) FILTER (WHERE tried.status = 'failed') AS failed
    FROM orders_payment AS tried JOIN orders_order AS mine ON mine.id = tried.order_id
    WHERE mine.user_id = %(user)s AND tried.created_at >= %(since)s
) AS tries
"""


def _facts(order, device, address, limits):
    since = timezone.now() - timedelta(minutes=limits.window_minutes)
    asked = {"user": order.user_id, "order": order.pk, "since": since, "device": device, "address": address}
    with connection.cursor() as cursor:
        cursor.execute(FACTS, asked)
        usual, mine, of_device, to_address, attempts, failed, known = cursor.fetchone()
    return Facts(
        amount_fen=order.payable_fen,
        orders_of_shopper=mine,
        orders_of_device=1 + of_device,
        orders_to_address=1 + to_address,
        attempts=attempts,
        failed=failed,
        paid_before=bool(usual),
        device_known=known,
        region_usual=order.province in usual,
        may_ask=payment_guard.can_answer(order.user),
    )


def _address_digest(order):
    """Equal for the same door, however it is spaced or written in capitals."""
    door = "".join(f"{order.region_code}{order.detail}".split()).lower()
    return blind_index(door, field="order-address")[:32]
