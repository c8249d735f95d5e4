"""The nightly look ahead: how long the stock of each SKU on sale lasts, and one message a fall to those who order more."""

from datetime import datetime, time, timedelta

from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import MerchantStaff
from accounts.notifications import notify
from catalog import forecast
from catalog.models import StockOutlook, StockPolicy

State = StockOutlook.State
A_TIME = 2000
NAMED = 5

# What was promised to orders less what was given back, by the weekday on which it happened (Monday is 1).
DEMAND = """
SELECT sku.id, sku.merchant_id, sku.code, coalesce(policy.low_days, %(low)s), coalesce(policy.over_days, %(over)s),
    coalesce((SELECT sum(on_hand - reserved) FROM catalog_stock WHERE sku_id = sku.id), 0)::int,
    ARRAY(SELECT coalesce(sum(moved.reserved_change) FILTER (WHERE extract(isodow FROM moved.at AT TIME ZONE %(zone)s) = day), 0)
        FROM generate_series(1, 7) AS day LEFT JOIN (
            catalog_stock AS place JOIN catalog_stockmovement AS moved ON moved.stock_id = place.id
                AND moved.kind IN ('reserve', 'release') AND moved.at >= %(since)s AND moved.at < %(until)s
        ) ON place.sku_id = sku.id GROUP BY day ORDER BY day)::int[],
    known.low_since
FROM catalog_sku AS sku JOIN catalog_product AS listing ON listing.id = sku.product_id AND listing.status = 'published'
LEFT JOIN catalog_stockpolicy AS policy ON policy.merchant_id = sku.merchant_id
LEFT JOIN catalog_stockoutlook AS known ON known.sku_id = sku.id
WHERE sku.is_active AND sku.id > %(after)s ORDER BY sku.id LIMIT %(most)s
"""


def run(today=None):
    """Look at every SKU on sale; returns how many. Merchants' staff are told of what has fallen below their threshold."""
    today = today or timezone.localdate()
    after, seen, fallen = 0, 0, {}
    while rows := _rows(after, today):
        after, seen = rows[-1][0], seen + len(rows)
        with transaction.atomic():
            outlooks = [_outlook(row, today, fallen) for row in rows]
            fields = ["units", "weekdays", "sold", "days", "state", "low_since", "computed_on"]
            StockOutlook.objects.bulk_create(
                outlooks, update_conflicts=True, unique_fields=["sku"], update_fields=fields
            )
            _tell(fallen, today)
            fallen = {}
    StockOutlook.objects.exclude(computed_on=today).delete()  # no longer on sale
    return seen


def _rows(after, today):
    zone = timezone.get_current_timezone()
    until = datetime.combine(today, time(), tzinfo=zone)
    facts = {"after": after, "most": A_TIME, "zone": str(zone), "until": until}
    facts |= {
        "since": until - timedelta(days=forecast.DAYS),
        "low": StockPolicy.LOW_DAYS,
        "over": StockPolicy.OVER_DAYS,
    }
    with connection.cursor() as cursor:
        cursor.execute(DEMAND, facts)
        return cursor.fetchall()


def _outlook(row, today, fallen):
    pk, merchant, code, low, over, units, weekdays, low_since = row
    days = forecast.cover_days(units, weekdays, next_weekday=today.weekday())
    state = state_of(units, days, low_days=low, over_days=over)
    is_low = state in (State.OUT, State.LOW)
    if is_low and low_since is None:
        fallen.setdefault(merchant, []).append(code)
    return StockOutlook(
        sku_id=pk,
        units=units,
        weekdays=weekdays,
        sold=sum(weekdays),
        days=days,
        state=state,
        low_since=(low_since or today) if is_low else None,
        computed_on=today,
    )


def state_of(units, days, *, low_days, over_days):
    """The state of ``units`` that last ``days`` (None: nothing sells)."""
    if units <= 0:
        return State.OUT
    if days is None:
        return State.STILL
    if days < low_days:
        return State.LOW
    return State.OVER if days >= over_days else State.FINE


def _tell(fallen, today):
    for staff in MerchantStaff.objects.filter(merchant__in=fallen).select_related("user"):
        codes = fallen[staff.merchant_id]
        facts = {"n": len(codes), "codes": ", ".join(codes[:NAMED]) + ("…" if len(codes) > NAMED else "")}
        url = reverse("admin:catalog_stockoutlook_changelist") + "?cover=short"
        notify(staff.user, "stock_low", key=f"stock-low:{staff.pk}:{today}:{codes[0]}", facts=facts, url=url)
