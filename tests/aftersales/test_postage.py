"""Return postage when the goods were at fault: by receipt, capped, owed once, paid by two people (docs/domain.md 4.5, E17)."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from accounts.history import TransitionNotAllowed
from accounts.models import Notification, StateLog
from aftersales import books as rules
from aftersales import postage, returns
from aftersales.models import ReturnPostage
from config import books
from orders import debts
from orders.models import Refund
from tests.aftersales.test_returns import line_of, pay_out, take_back

pytestmark = pytest.mark.django_db

E17 = (("A", 1, 4_500, 0, 0, 0), ("B", 1, 4_000, 0, 0, 0))


@pytest.fixture
def order(alice, bought):
    return bought(alice, rows=E17, shipping=800)


@pytest.fixture
def came_back(alice, operator, order):
    """``came_back("B", "defect")``: asked for, sent back and accepted."""

    def go(title, reason):
        asked = returns.request(alice, line_of(order, title), 1, reason)
        take_back(asked, by=operator)
        asked.refresh_from_db()
        return asked

    return go


def the_books_are_right():
    broken = [finding for finding in books.check() if finding.app == "aftersales" and finding.broken]
    assert not broken, broken


def test_e17_a_faulty_line_brings_its_postage_and_the_other_only_its_price(client, alice, operator, manager, came_back):
    faulty = came_back("B", "defect")
    owed = postage.enter(faulty, 1_200, "SF-9", by=operator)
    assert (owed.amount_fen, owed.status) == (1_200, "owed")
    pay_out(faulty)
    client.force_login(alice)
    page = client.get(faulty.get_absolute_url())
    assert [row[1] for row in page.context["summary"]] == [4_000, 376, "0", 4_376, 1_200, 5_576]
    other = came_back("A", "no_reason")
    pay_out(other)
    assert sorted(Refund.objects.values_list("amount_fen", flat=True)) == [4_376, 4_500]
    assert Notification.objects.filter(user=alice, kind="return_postage").count() == 1
    the_books_are_right()
    assert debts.sent(owed, by=operator)
    assert not debts.sent(owed, by=operator)
    owed.refresh_from_db()
    with pytest.raises(debts.SamePerson):
        debts.confirmed(owed, by=operator)
    assert debts.confirmed(owed, by=manager)
    owed.refresh_from_db()
    assert (owed.status, bool(owed.paid_at)) == ("paid", True)
    states = (
        StateLog.objects.filter(entity="aftersales.returnpostage").order_by("pk").values_list("to_state", flat=True)
    )
    assert list(states) == ["owed", "sent", "paid"]
    the_books_are_right()


def test_the_same_receipt_once_more_changes_nothing_and_another_is_refused(operator, came_back):
    asked = came_back("B", "damaged")
    first = postage.enter(asked, 1_200, "SF-9", by=operator)
    assert postage.enter(asked, 1_200, "SF-9", by=operator) == first
    with pytest.raises(TransitionNotAllowed):
        postage.enter(asked, 1_300, "SF-10", by=operator)
    assert (ReturnPostage.objects.get().amount_fen, Notification.objects.filter(kind="return_postage").count()) == (
        1_200,
        1,
    )


def test_a_no_reason_return_pays_its_own_postage(operator, came_back):
    asked = came_back("A", "no_reason")
    with pytest.raises(TransitionNotAllowed):
        postage.enter(asked, 1_200, "SF-9", by=operator)
    assert not ReturnPostage.objects.exists()


def test_nothing_is_owed_before_the_goods_are_accepted_or_when_none_are(alice, operator, order):
    asked = returns.request(alice, line_of(order, "B"), 1, "defect")
    assert not postage.may_enter(asked)
    with pytest.raises(TransitionNotAllowed):
        postage.enter(asked, 1_200, "SF-9", by=operator)
    take_back(asked, by=operator, accepted={part.line_id: 0 for part in asked.lines.all()}, condition="worn")
    asked.refresh_from_db()
    with pytest.raises(TransitionNotAllowed):
        postage.enter(asked, 1_200, "SF-9", by=operator)
    assert not ReturnPostage.objects.exists()


@pytest.mark.parametrize("fen", [0, -1, 2_501])
def test_postage_is_capped_by_the_rule_and_by_the_database(operator, came_back, fen):
    asked = came_back("B", "defect")
    with pytest.raises(postage.OverCap):
        postage.enter(asked, fen, "SF-9", by=operator)
    with pytest.raises(IntegrityError), transaction.atomic():
        ReturnPostage.objects.create(request=asked, amount_fen=fen, receipt="x", entered_by=operator)
    assert not ReturnPostage.objects.exists()


def test_postage_is_entered_at_the_desk_and_only_when_it_may(client, operator, came_back):
    asked, plain = came_back("B", "defect"), came_back("A", "no_reason")
    client.force_login(operator)
    address = reverse("admin:aftersales_returnrequest_desk", args=[asked.pk, "postage"])
    page = reverse("admin:aftersales_returnrequest_change", args=[asked.pk])
    assert address in client.get(page).content.decode()
    assert (
        b"/desk/postage/" not in client.get(reverse("admin:aftersales_returnrequest_change", args=[plain.pk])).content
    )
    for posted in ({"amount": "12"}, {"amount": "25.01", "receipt": "x"}, {"amount": "abc", "receipt": "x"}):
        client.post(address, posted)
        assert not ReturnPostage.objects.exists()
    client.post(address, {"amount": "12.00", "receipt": "SF-9"})
    assert ReturnPostage.objects.get().entered_by == operator
    again = client.get(page)
    assert address not in again.content.decode()
    assert b"SF-9" in again.content
    client.post(
        reverse("admin:aftersales_returnrequest_desk", args=[plain.pk, "postage"]), {"amount": "1", "receipt": "x"}
    )
    assert ReturnPostage.objects.count() == 1


def test_finance_pays_from_the_list_and_two_people_sign(client, operator, manager, came_back):
    owed = postage.enter(came_back("B", "defect"), 1_200, "SF-9", by=operator)
    address = reverse("admin:aftersales_returnpostage_changelist")

    def act(who, action):
        client.force_login(who)
        client.post(address, {"action": action, "_selected_action": [owed.pk]})
        owed.refresh_from_db()
        return owed.status

    assert act(manager, "confirm") == "owed"
    assert act(manager, "send") == "sent"
    assert act(manager, "confirm") == "sent"
    assert client.get(address).status_code == 200


def test_the_shopper_is_told_to_keep_the_receipt_only_when_postage_is_ours(client, alice, operator, order):
    client.force_login(alice)
    faulty = returns.request(alice, line_of(order, "B"), 1, "defect")
    returns.approve(faulty, by=operator)
    own = returns.request(alice, line_of(order, "A"), 1, "no_reason")
    returns.approve(own, by=operator)
    seen = [client.get(asked.get_absolute_url()) for asked in (faulty, own)]
    assert [page.context["postage_is_ours"] for page in seen] == [True, False]
    assert seen[0].content.count(b"notice") > seen[1].content.count(b"notice")


@pytest.mark.parametrize(
    "tamper", ["receipt = ''", "status = 'paid'", "status = 'sent'", "amount_fen = amount_fen, request_id = %s"]
)
def test_the_books_find_postage_that_is_not_right(operator, came_back, tamper):
    asked, plain = came_back("B", "defect"), came_back("A", "no_reason")
    postage.enter(asked, 1_200, "SF-9", by=operator)
    (sql,) = [sql for name, _rule, sql in rules.INVARIANTS if name == "return postage"]
    with connection.cursor() as cursor:
        cursor.execute(sql)
        assert cursor.fetchall() == []
        cursor.execute(f"UPDATE aftersales_returnpostage SET {tamper}", [plain.pk] if "%s" in tamper else [])  # noqa: S608
        cursor.execute(sql)
        assert len(cursor.fetchall()) == 1
