"""What the demo's merchants take for sending, and what they promise: the near pay what the shop always took."""

from datetime import date

from accounts.models import Merchant, Shop
from orders import delivery_promise, delivery_templates
from orders.models import DeliveryTemplate, DeliveryZone, Holiday, ShippingTerms

# Xinjiang and Tibet; the islands and regions that parcels of this shop do not reach.
FAR = ["650000", "540000"]
NOT_YET = ["810000", "820000", "710000"]
DAYS_OFF = (
    (date(2027, 1, 1), "元旦", "New Year"),
    (date(2027, 2, 5), "除夕", "New Year's Eve"),
    (date(2027, 2, 6), "春节", "Spring Festival"),
    (date(2027, 2, 7), "春节", "Spring Festival"),
    (date(2027, 2, 8), "春节", "Spring Festival"),
)


def load():
    """A template and terms for every merchant, and the days off; returns how many templates."""
    fee = Shop.current().delivery_fee_fen
    merchants = list(Merchant.objects.order_by("pk"))
    templates = [DeliveryTemplate(merchant=merchant, name="标准快递", is_default=True) for merchant in merchants]
    zones = []
    for template in DeliveryTemplate.objects.bulk_create(templates):
        # Far away every two further pieces cost as much again.
        zones += [
            DeliveryZone(template=template, first=99, first_fen=fee, further=99, further_fen=0, days=3),
            DeliveryZone(
                template=template, regions=FAR, first=2, first_fen=fee + 700, further=2, further_fen=500, days=7
            ),
            DeliveryZone(
                template=template,
                regions=NOT_YET,
                refused=True,
                why="暂不发往港澳台",
                why_en="Not sent to Hong Kong, Macao and Taiwan yet",
            ),
        ]
    DeliveryZone.objects.bulk_create(zones)
    ShippingTerms.objects.bulk_create(
        ShippingTerms(merchant=merchant, late_gift=ShippingTerms.Gift.POINTS, late_points=100) for merchant in merchants
    )
    Holiday.objects.bulk_create(Holiday(day=day, name=name, name_en=english) for day, name, english in DAYS_OFF)
    delivery_templates.forget()
    delivery_promise.forget()
    return len(templates)
