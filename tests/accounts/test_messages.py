import pytest
from django.core import mail
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from accounts import channels, notifications, tasks
from accounts.models import Delivery, NotificationPreference, Shop, TextMessage, User
from accounts.notifications import Group, Kind, group_of, notify, wording


@pytest.fixture(autouse=True)
def kinds(monkeypatch):
    monkeypatch.setattr(notifications, "KINDS", {})
    notifications.register(
        order_test=Kind(subject=_("Messages"), body="%(number)s <b>"),
        return_test=Kind(subject="R %(number)s", body="", channels=("inbox",)),
        security_test=Kind(subject="S", body="S", channels=("inbox", "email", "sms")),
    )


def tell(user, kind="order_test", key="k1", **facts):
    return notify(user, kind, key=key, facts={"number": "ZG1", **facts}, url="/orders/ZG1/")


def test_a_message_is_worded_in_the_language_of_its_reader(alice):
    message = tell(alice)
    with translation.override("zh-hans"):
        assert wording(message) == ("消息", "ZG1 <b>")
    with translation.override("en"):
        assert wording(message) == ("Messages", "ZG1 <b>")


def test_old_messages_stay_readable_when_the_wording_changes(alice):
    message = tell(alice)
    notifications.register(order_test=Kind(subject="%(colour)s", body="%(number)s"))
    assert wording(message) == ("…", "ZG1")


def test_the_same_thing_is_told_once(alice):
    assert tell(alice)
    assert tell(alice) is None
    assert alice.notifications.count() == 1
    assert Delivery.objects.count() == 1


def test_kinds_belong_to_the_group_of_their_name():
    assert group_of("order_test") == Group.ORDERS
    assert group_of("return_test") == Group.AFTER_SALES
    assert group_of("tier_reached") == Group.MEMBER
    assert group_of("security_test") == Group.ACCOUNT


def test_the_mail_is_in_the_readers_language_as_text_and_page(alice):
    User.objects.filter(pk=alice.pk).update(language="en")
    tell(alice)
    tasks.send_messages()
    (sent,) = mail.outbox
    assert sent.to == ["alice@example.com"]
    assert sent.subject == "Messages"
    assert "http" in sent.body
    assert "/orders/ZG1/" in sent.body
    page, kind = sent.alternatives[0]
    assert kind == "text/html"
    assert "ZG1 &lt;b&gt;" in page
    assert 'lang="en"' in page
    assert "style=" not in page
    assert Delivery.objects.get().done_at


def test_the_mail_carries_the_shops_name_and_colour(alice):
    Shop(name="松风小铺", seal="松", seal_colour="#225544").save()
    tell(alice)
    tasks.send_messages()
    page = mail.outbox[0].alternatives[0][0]
    assert "松风小铺" in page
    assert "#225544" in page


@pytest.mark.parametrize("why", ["switched off", "no address", "not active"])
def test_nobody_is_written_to_who_cannot_or_will_not_be(alice, why):
    if why == "switched off":
        NotificationPreference.objects.create(user=alice, group=Group.ORDERS, email=False)
    if why == "no address":
        User.objects.filter(pk=alice.pk).update(email=None)
    if why == "not active":
        User.objects.filter(pk=alice.pk).update(is_active=False)
    tell(alice)
    tasks.send_messages()
    assert mail.outbox == []
    assert Delivery.objects.get().done_at
    assert alice.notifications.count() == 1


def test_switching_off_one_group_leaves_the_others(alice):
    NotificationPreference.objects.create(user=alice, group=Group.MEMBER, email=False)
    tell(alice)
    tasks.send_messages()
    assert len(mail.outbox) == 1


def test_a_text_message_goes_to_a_proved_number_only(alice, bob, settings):
    for user in (alice, bob):
        tell(user, "security_test", key=f"s{user.pk}")
    tasks.send_messages()
    assert [m.phone for m in TextMessage.objects.all()] == ["+8613800000001"]
    TextMessage.objects.all().delete()
    User.objects.filter(pk=alice.pk).update(phone_verified_at=None)
    tell(alice, "security_test", key="again")
    tasks.send_messages()
    assert not TextMessage.objects.exists()


def test_a_broken_mail_server_is_tried_again(alice, monkeypatch):
    monkeypatch.setattr(channels.email.EmailMultiAlternatives, "send", lambda self: 1 / 0)
    tell(alice)
    tasks.send_messages()
    row = Delivery.objects.get()
    assert row.done_at is None
    assert "ZeroDivisionError" in row.last_error


# --- the message centre ---


def test_to_open_a_message_is_to_read_it(client, alice):
    first, second = tell(alice), tell(alice, key="k2", number="ZG2")
    client.force_login(alice)
    page = client.get("/account/messages/")
    assert page.context["unread_count"]() == 2
    assert "ZG1 &lt;b&gt;" in page.content.decode()
    opened = client.get(f"/account/messages/{first.pk}/").content.decode()
    assert 'href="/orders/ZG1/"' in opened
    assert list(alice.notifications.unread()) == [second]
    assert "ZG1" not in client.get("/account/messages/?unread").content.decode()


def test_a_prefetched_message_is_not_read(client, alice):
    message = tell(alice)
    client.force_login(alice)
    client.get(f"/account/messages/{message.pk}/", headers={"sec-purpose": "prefetch"})
    assert alice.notifications.unread().count() == 1


def test_one_or_all_messages_are_marked_as_read(client, alice, bob):
    first, _second = tell(alice), tell(alice, key="k2")
    of_bob = tell(bob, key="k3")
    client.force_login(alice)
    client.post("/account/messages/read/", {"pk": first.pk})
    assert alice.notifications.unread().count() == 1
    client.post("/account/messages/read/", {"pk": of_bob.pk})
    client.post("/account/messages/read/", {"pk": "9" * 30})
    assert alice.notifications.unread().count() == 1
    client.post("/account/messages/read/")
    assert not alice.notifications.unread().exists()
    assert bob.notifications.unread().count() == 1


def test_a_strangers_message_does_not_exist(client, alice, mallory):
    message = tell(alice)
    client.force_login(mallory)
    assert client.get(f"/account/messages/{message.pk}/").status_code == 404
    assert alice.notifications.unread().count() == 1


def test_the_inbox_costs_the_same_however_full(client, alice, django_assert_max_num_queries):
    for n in range(30):
        tell(alice, key=f"m{n}")
    client.force_login(alice)
    with django_assert_max_num_queries(12):
        client.get("/account/messages/")


def test_guests_pay_no_query_for_the_count_of_messages(client, db, django_assert_max_num_queries):
    client.get("/account/login/")
    with django_assert_max_num_queries(2):
        client.get("/account/login/")


def test_preferences_are_stored_and_shown(client, alice):
    client.force_login(alice)
    client.post("/account/preferences/", {"orders": "on"})
    off = alice.notification_preferences.filter(email=False).values_list("group", flat=True)
    assert set(off) == {"aftersales", "member"}
    client.post("/account/preferences/", {"orders": "on", "member": "on"})
    form = client.get("/account/preferences/").context["form"]
    assert {name: form[name].value() for name in form.fields} == {"orders": True, "aftersales": False, "member": True}


def test_tidying_keeps_what_is_needed(alice, bob):
    old = timezone.now() - timezone.timedelta(days=91)
    tell(alice), tell(bob, key="k2"), tell(bob, key="k3")
    rows = list(Delivery.objects.order_by("pk"))
    Delivery.objects.filter(pk=rows[0].pk).update(done_at=old)
    Delivery.objects.filter(pk=rows[1].pk).update(done_at=timezone.now())
    forgotten = User.objects.create_user(phone="13900001234", phone_verified_at=None, date_joined=old)
    tasks.tidy()
    assert list(Delivery.objects.order_by("pk")) == rows[1:]
    assert not User.objects.filter(pk=forgotten.pk).exists()
    assert User.objects.count() == 2
