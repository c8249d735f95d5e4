"""Stories told step by step, without luck: together they come to every state that the deeds can lead to."""

from orders.models import Order
from tests.orders.story_of_offers import OFFERS


def told_to_the_end(story):
    story.begin("received")


def told_to_a_refund(story):
    story.begin("received")
    story.ask_for_money_back(0, 0, 1, 0)
    for _step in range(4):
        story.the_return_desk_goes_on(0, good=True)
    story.the_worker_sends_refunds()


def told_to_a_cancellation(story):
    story.put_into_the_cart_and_order(0, [(0, 1)])
    story.cancel(0)


def told_to_a_flash_sale(story):
    story.buy_in_the_flash_sale(0, 1)
    story.buy_in_the_flash_sale(1, 1)
    story.cancel(0)


def told_to_gifts(story):
    story.order_what_earns_a_gift_and_an_add_on(0, paid=True)


def told_to_a_balance(story):
    story.order_with_a_deposit(0, paid=True)
    story.time_passes(5)
    story.pay_the_balance(0, use_points=True, paid=True)


def told_to_a_kept_deposit(story):
    story.order_with_a_deposit(0, paid=True)
    story.time_passes(5)
    story.staff_give_more_time_for_the_balance(40)
    story.time_passes(30)
    assert Order.objects.get().status == "pending_balance"
    story.time_passes(10 * 24)


def told_to_a_doubled_deposit(story):
    story.order_with_a_deposit(1, paid=True)
    story.staff_cancel(0)
    story.the_worker_sends_refunds()


# Each with what its shop has published.
TOLD = (
    (told_to_the_end, ()),
    (told_to_a_refund, ()),
    (told_to_a_cancellation, ()),
    (told_to_a_flash_sale, ("flash",)),
    (told_to_gifts, ("gift", "add_on")),
    (told_to_a_balance, OFFERS),
    (told_to_a_kept_deposit, OFFERS),
    (told_to_a_doubled_deposit, OFFERS),
)
