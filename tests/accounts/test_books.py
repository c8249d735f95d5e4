import pytest
from django.db import connection
from django.utils import timezone

from accounts import addresses, books
from accounts.models import Address, Delivery, Notification, User
from tests.accounts.test_addresses import FIELDS

RULES = {name: sql for name, _rule, sql in books.INVARIANTS}


def broken(name):
    with connection.cursor() as cursor:
        cursor.execute(RULES[name])
        return len(cursor.fetchall())


@pytest.fixture(autouse=True)
def people(alice, bob, yuji_staff):
    addresses.save(alice, fields=FIELDS)
    message = Notification.objects.create(user=alice, kind="x", dedupe_key="x")
    Delivery.objects.create(notification=message, channel="email")


def test_a_shop_in_order_breaks_no_rule():
    assert {name: broken(name) for name in RULES} == dict.fromkeys(RULES, 0)


@pytest.mark.parametrize(
    ("rule", "harm"),
    [
        ("one default address", lambda: Address.objects.update(is_default=False)),
        ("phone and its index", lambda: User.objects.filter(display_name="Alice").update(phone_index=None)),
        ("somebody can be reached", lambda: User.objects.filter(display_name="Bob").update(email=None)),
        ("deliveries end", lambda: Delivery.objects.update(done_at=timezone.now(), given_up_at=timezone.now())),
        ("deliveries end", lambda: Delivery.objects.update(run_after=timezone.now() - timezone.timedelta(days=2))),
        ("merchants' staff may enter", lambda: User.objects.filter(display_name="Merchant").update(is_staff=False)),
    ],
)
def test_each_rule_sees_its_harm(rule, harm):
    harm()
    assert broken(rule) == 1
