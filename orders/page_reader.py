"""What the head of every page and the offers on it ask about a member, in one statement."""

from dataclasses import dataclass, field

from django.contrib.postgres.aggregates import JSONBAgg
from django.db.models import Exists, OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce, JSONObject

from accounts import glance
from accounts.models import User
from accounts.prepared import SOME, Prepared
from loyalty.models import Member, Tier
from orders.models import CartLine, Order, Promotion, PromotionMember


@dataclass(frozen=True)
class Reader:
    """``units`` in the cart, the tier's code, whether there was no paid order yet, and how many units were bought of each
    published promotion that allows each member so many ({promotion id: units}).

    A guest may be new and is of no tier.
    """

    units: int = 0
    tier_code: str = ""
    is_newcomer: bool = True
    had: dict = field(default_factory=dict)


GUEST = Reader()


def look(user, *, anew):
    """Leave it for ``once`` on the same page. It comes with the glance at the reader, the first time that it is wanted and
    not ``anew``; else it is read now."""
    rows = None if anew else glance.of(user).along.pop("reader", None)
    user._page_reader = _read(user.pk) if rows is None else _made(rows)
    return user._page_reader


def once(user):
    """What the head of this page has read, and only once; else it is read now. A guest's (None) costs nothing."""
    if user is None:
        return GUEST
    found = getattr(user, "_page_reader", None) or _read(user.pk)
    user._page_reader = None
    return found


def _read(pk):
    return _made(_asked(pk=pk))


def _made(rows):
    for row in rows:
        had = {each["promotion"]: each["units"] for each in row.had or ()}
        return Reader(row.units, row.tier_code or "", not row.bought, had)
    return GUEST


def _about(pk):
    lines = CartLine.objects.filter(cart__user=OuterRef("pk")).order_by().values("cart__user")
    tier = Member.objects.filter(user=OuterRef("pk")).values("tier__code")
    shares = PromotionMember.objects.filter(user=OuterRef("pk"), promotion__status=Promotion.Status.PUBLISHED)
    share = JSONBAgg(JSONObject(promotion="promotion", units="units"))
    return (
        User.objects.only("pk")
        .annotate(
            units=Coalesce(Subquery(lines.values(units=Sum("quantity"))), 0),
            tier_code=Coalesce(Subquery(tier), Subquery(Tier.objects.filter(rank=0).values("code")[:1])),
            bought=Exists(Order.objects.filter(user=OuterRef("pk"), paid_at__isnull=False)),
            had=Subquery(shares.order_by().values("user").values(all=share)),
        )
        .filter(pk=pk)
    )


_asked = Prepared(_about, pk=SOME)
glance.ask_along(reader=_asked)
