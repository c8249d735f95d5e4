"""Which orders have units that lie ready and are in no parcel yet: of many what ``parcels.to_pack`` says of one."""

from django.db.models import CharField, Exists, F, OuterRef, Subquery, Sum, Value
from django.db.models.functions import Cast, Coalesce, Concat

from catalog.models import Reservation
from orders.models import OrderLine, Parcel, ParcelLine
from orders.parcels import PACKABLE

IN_THE_HOUSE = (Parcel.Status.CREATED, Parcel.Status.PACKED)


def to_pack(orders, merchants=None):
    """Those of ``orders`` with units to pack; ``merchants``: look at theirs only, None at everybody's."""
    mine = {} if merchants is None else {"merchant__in": merchants}
    return orders.filter(Exists(_lines().filter(order=OuterRef("pk"), **mine)), status__in=PACKABLE)


def _lines():
    packed = ParcelLine.objects.filter(
        line=OuterRef("pk"),
        parcel__direction=Parcel.Direction.OUTBOUND,
        parcel__status__in=IN_THE_HOUSE,
        parcel__resend_of=None,
    )
    packed = packed.order_by().values("line").annotate(units=Sum("quantity")).values("units")
    to_come = Reservation.objects.filter(source=OuterRef("key"), presale_on__isnull=False, quantity__gt=0)
    lines = OrderLine.objects.annotate(
        key=Concat(Value("order-line:"), Cast("pk", CharField())), packed=Coalesce(Subquery(packed), 0)
    )
    ready = lines.filter(quantity__gt=F("shipped_quantity") + F("cancelled_quantity") + F("packed"))
    return ready.filter(~Exists(to_come))
