"""A day at the desk of orders: from queue to order and on to the next, and what is said of money that waits."""

from urllib.parse import quote

import pytest

from accounts.models import StateLog
from orders import lifecycle, refunds
from orders.models import Difference, Refund
from tests.fakes.shopping import pay_and_hear

pytestmark = pytest.mark.django_db
KEEP = "?_changelist_filters=" + quote("queue=to_release", safe="")


@pytest.fixture
def paid(place, alice, bob, teapot):
    """Two paid orders that wait for their release."""
    return [pay_and_hear(place(who, (teapot, 1), key=who.email)) for who in (alice, bob)]


@pytest.fixture
def large(place, alice, teapot):
    """A paid order of more than ¥2,000."""
    return pay_and_hear(place(alice, (teapot, 9)))


def desk(order, path="change/"):
    return f"/admin/orders/order/{order.pk}/{path}"


def test_an_order_opened_from_a_queue_leads_back_to_it_and_on_to_the_next(client, operator, paid):
    client.force_login(operator)
    first, second = paid
    page = client.get(desk(first) + KEEP)
    assert (page.context["came_from"].count, page.context["following"]) == (2, second)
    done = client.post(desk(first, "deeds/release/") + KEEP)
    assert done.url == desk(first) + KEEP
    page = client.get(done.url)
    assert (page.context["came_from"].count, page.context["following"]) == (1, second)
    client.post(desk(second, "deeds/release/") + KEEP)
    page = client.get(desk(second) + KEEP)
    assert (page.context["came_from"].count, page.context["following"]) == (0, None)


def test_a_question_in_between_does_not_lose_the_queue(client, operator, paid):
    client.force_login(operator)
    asked = client.post(desk(paid[0], "deeds/cancel/") + KEEP)
    assert KEEP in asked.content.decode()
    done = client.post(desk(paid[0], "deeds/cancel/") + KEEP, {"confirmed": "yes", "reason": "asked by phone"})
    assert done.url == desk(paid[0]) + KEEP


@pytest.mark.parametrize("came_from", ["", "queue=nothing", "status=paid", "queue=held&queue=x"])
def test_an_order_opened_from_elsewhere_is_shown_all_the_same(client, yuji_staff, paid, came_from):
    client.force_login(yuji_staff)
    page = client.get(desk(paid[0]) + "?_changelist_filters=" + came_from)
    assert page.status_code == 200
    assert "came_from" not in page.context


def test_of_a_large_refund_is_said_that_it_waits_and_for_whom(client, operator, manager, large):
    client.force_login(operator)
    client.post(desk(large, "deeds/cancel/"), {"confirmed": "yes", "reason": "asked by phone"})
    page = client.get(desk(large))
    (shown,) = page.context["refunds"]
    assert (shown["waits"], shown["is_own"]) == (True, True)
    (said,) = [str(message) for message in page.context["messages"]]
    assert f"{large.payable_fen / 100:,.2f}" in said
    client.force_login(manager)
    (shown,) = client.get(desk(large)).context["refunds"]
    assert not shown["waits"]


def test_why_a_refund_was_approved_stays_in_its_history(client, operator, manager, large):
    lifecycle.cancel(large, by=operator, reason="asked by phone")
    refund = Refund.objects.get()
    client.force_login(manager)
    client.post(desk(large, "deeds/approve/"), {"target": refund.pk, "confirmed": "yes", "reason": "called back"})
    row = StateLog.objects.get(entity="orders.refund", to_state="approved")
    assert (row.reason, row.user) == ("called back", manager)
    assert "called back" in client.get(desk(large)).content.decode()


def test_whoever_asked_for_a_refund_does_not_approve_it(operator, large):
    lifecycle.cancel(large, by=operator, reason="asked by phone")
    refund = Refund.objects.get()
    with pytest.raises(refunds.SamePerson):
        refunds.approve(refund, by=operator, reason="me")
    refund.refresh_from_db()
    assert (refund.status, refund.approved_by) == ("requested", None)


def test_refunds_are_filtered_by_reasons_that_occur_in_words(client, operator, large):
    lifecycle.cancel(large, by=operator, reason="asked by phone")
    client.force_login(operator)
    refund = Refund.objects.get()
    listed = client.get("/admin/orders/refund/", {"reason": refund.reason})
    assert list(listed.context["cl"].result_list) == [refund]
    (reasons,) = [spec for spec in listed.context["cl"].filter_specs if spec.title == "reason" or spec.title == "原因"]
    ((code, words),) = reasons.lookup_choices
    assert (code, words) != (refund.reason, refund.reason)
    assert not client.get("/admin/orders/refund/", {"reason": "unapplied"}).context["cl"].result_count


def test_a_difference_says_both_amounts_where_it_is_resolved():
    assert str(Difference(kind="amount", number="P1", here_fen=58_400, there_fen=58_300)).endswith(
        "P1 (¥584.00 / ¥583.00)"
    )
