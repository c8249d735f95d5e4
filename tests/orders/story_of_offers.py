"""What offers add to any story of an order: a flash sale with a stock of its own, gifts, add-ons, and a presale."""

from datetime import timedelta

from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import rule

from accounts import memo
from orders import (
    balance_windows,
    checkout,
    flash_sales,
    presale_balance,
    presale_terms,
    presales,
    promotions,
    quoting,
)
from orders.models import CartLine, DepositDebt, FlashTaking, Order, OrderLine, OrderPresale, Promotion
from tests.factories import make_product, make_sku

OFFERS = ("flash", "gift", "add_on", "presale")


class OfferDeeds:
    """Mixed into the state machine. ``self.offers``: what this story's shop has published, by kind."""

    def publish_offers(self, kinds):
        """One thing more is sold with a deposit, one given away; both only come with their offers."""
        memo.forget_all()
        self.offers = {kind: getattr(self, f"publish_{kind}")() for kind in kinds}
        memo.forget_all()

    def publish(self, kind, **fields):
        promotion = Promotion.objects.create(kind=kind, name=kind, starts_at=timezone.now(), **fields)
        promotions.publish(promotion)
        return promotion

    def publish_flash(self):
        sku = str(self.skus[0].pk)
        return self.publish("flash", prices={sku: 9_900}, pool_units={sku: 2}, units_a_member=2)

    def publish_gift(self):
        self.gift = make_sku(make_product(self.merchants[0]), price_fen=2_990, on_hand=2)
        return self.publish("gift", steps=[[25_000, 1]], gift_sku=self.gift, gift_value_fen=2_990)

    def publish_add_on(self):
        sku = str(self.skus[1].pk)
        return self.publish("add_on", steps=[[20_000, 0]], prices={sku: 3_000}, quota_units=3)

    def publish_presale(self):
        self.lamp = make_sku(make_product(self.merchants[1]), price_fen=99_900, on_hand=2)
        opens = timezone.now() + timedelta(hours=5)
        terms = {
            "counts": {str(self.lamp.pk): 10_000},
            "balance_from": opens.isoformat(),
            "balance_until": (opens + timedelta(hours=30)).isoformat(),
        }
        return self.publish("presale", prices={str(self.lamp.pk): 5_000}, presale=terms, ends_at=opens)

    # --- the shopper

    @rule(who=st.integers(0, 1), units=st.integers(1, 3))
    def buy_in_the_flash_sale(self, who, units):
        if "flash" in self.offers:
            self.order(who, [(0, units)], 0)

    @rule(who=st.integers(0, 1), paid=st.booleans())
    def order_what_earns_a_gift_and_an_add_on(self, who, paid):
        if "gift" in self.offers or "add_on" in self.offers:
            (self.order_and_pay_at_once if paid else self.put_into_the_cart_and_order)(who, [(0, 1), (1, 1)])

    @rule(who=st.integers(0, 1), paid=st.booleans())
    def order_with_a_deposit(self, who, paid):
        terms = presale_terms.of_sku(self.lamp.pk) if "presale" in self.offers else None
        if terms is None:
            return
        lines = [CartLine(sku=self.lamp, quantity=1)]

        def place():
            region = self.address.region_code
            quote = quoting.quote_for(self.people[who], lines, region_code=region, presale=terms)
            return checkout.place_order(
                self.people[who],
                cart_lines=lines,
                address=self.address,
                key=self.a_key(),
                seen_payable_fen=quote.payable_fen,
                presale=terms,
            )

        order = self.try_to(place)
        if order and paid:
            self.pay_at_once(order)

    @rule(number=st.integers(0, 7), use_points=st.booleans(), paid=st.booleans())
    def pay_the_balance(self, number, use_points, paid):
        rows = Order.objects.filter(user__in=self.people, presale__isnull=False)
        order = self.pick(rows, number)
        if order is None:
            return

        def settle():
            quote = presales.balance_quote(order)
            if use_points:
                quote = presales.balance_quote(order, None, presale_balance.points_offered(order, quote))
            return presales.settle(order, seen_fen=quote.payable_fen + order.shipping_fen, use_points=use_points)

        settled = self.try_to(settle)
        if settled and paid and settled.waits_for_money:
            self.pay_at_once(settled)

    # --- staff

    @rule(which=st.sampled_from(OFFERS))
    def staff_stop_an_offer(self, which):
        if which in self.offers:
            promotions.stop(self.offers[which])
            memo.forget_all()

    @rule(hours=st.sampled_from([1, 40]))
    def staff_give_more_time_for_the_balance(self, hours):
        if "presale" in self.offers:
            until = balance_windows.end_of(self.fresh("presale")) + timedelta(hours=hours)
            self.try_to(lambda: balance_windows.extend(self.fresh("presale"), until, by=self.operator, reason="late"))
            memo.forget_all()

    @rule()
    def a_flash_sale_begins_anew(self):
        if "flash" in self.offers:
            flash_sales.open_pools(self.offers["flash"])

    def fresh(self, kind):
        return Promotion.objects.select_related("current").get(pk=self.offers[kind].pk)


def facts():
    """What offers have come to in the story that is told, beside states."""
    found = {
        ("flash", "sold"): FlashTaking.objects.filter(back_at=None),
        ("flash", "back"): FlashTaking.objects.exclude(back_at=None),
        ("gift", "given"): OrderLine.objects.exclude(gift_of=None),
        ("add_on", "sold"): Promotion.objects.filter(kind="add_on", used_units__gt=0),
        ("deposit", "kept"): OrderPresale.objects.filter(kept_fen__gt=0),
        ("deposit", "doubled"): DepositDebt.objects.all(),
        ("balance", "with points"): Order.objects.filter(presale__isnull=False, points_used__gt=0),
    }
    return {fact for fact, rows in found.items() if rows.exists()}
