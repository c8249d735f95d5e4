"""Questions: anyone signed in asks, the merchant and people who received the item answer."""

import pytest

from catalog import moderation, questions
from catalog.models import Answer, Question, Report, ShopperChoice
from tests.catalog.voices import broken_books, invited
from tests.factories import make_category, make_product, make_sku


@pytest.fixture
def teapot(yuji):
    return make_sku(make_product(yuji, category=make_category()))


def address(sku):
    return sku.product.get_absolute_url() + "questions/"


def test_a_guest_is_led_to_sign_in_and_asks_nothing(client, teapot):
    answer = client.post(address(teapot), {"text": "可以放进洗碗机吗？"})
    assert answer["Location"].startswith("/account/login/")
    assert not Question.objects.exists()


def test_a_question_stands_on_the_page_at_once(client, alice, teapot):
    client.force_login(alice)
    assert client.post(address(teapot), {"text": "可以放进洗碗机吗？"}).status_code == 302
    client.logout()
    for page in (teapot.product.get_absolute_url(), address(teapot), f"/questions/{Question.objects.get().pk}/"):
        assert "可以放进洗碗机吗？" in client.get(page).content.decode()


def test_a_question_too_short_is_refused_beside_its_field(client, alice, teapot):
    client.force_login(alice)
    answer = client.post(address(teapot), {"text": "？"})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["text"]
    assert not Question.objects.exists()


def test_the_eleventh_question_of_a_day_is_refused(client, alice, teapot):
    client.force_login(alice)
    for number in range(11):
        client.post(address(teapot), {"text": f"第{number}个问题是什么？"})
    assert Question.objects.count() == 10


def test_a_question_with_contact_details_waits_and_asks_nobody_until_it_is_read(client, alice, bob, teapot):
    invited(bob, teapot)
    asked = questions.ask(teapot.product, alice, "加我微信 abc123 便宜卖你")
    assert asked.status == "pending"
    assert client.get(f"/questions/{asked.pk}/").status_code == 404
    assert not bob.notifications.filter(kind="question_for_buyer").exists()
    moderation.publish(asked)
    assert bob.notifications.filter(kind="question_for_buyer").count() == 1


def test_buyers_are_asked_once_and_who_wants_none_is_left_alone(alice, bob, mallory, teapot):
    invited(bob, teapot)
    invited(bob, teapot, source="order-line:2")
    invited(mallory, teapot, source="order-line:3")
    invited(alice, teapot, source="order-line:4")
    ShopperChoice.objects.create(user=mallory, may_be_asked=False)
    asked = questions.ask(teapot.product, alice, "断水利落吗？")
    questions.ask_buyers(asked)
    told = [user.notifications.filter(kind="question_for_buyer").count() for user in (alice, bob, mallory)]
    assert told == [0, 1, 0]


def test_a_shopper_switches_such_questions_off_and_on(client, bob):
    client.force_login(bob)
    for said, wanted in (("no", False), ("yes", True)):
        client.post("/account/questions/choice/", {"asked": said})
        assert ShopperChoice.objects.get(user=bob).may_be_asked is wanted


def test_a_buyer_answers_once_and_the_asker_is_told(client, alice, bob, teapot):
    invited(bob, teapot)
    asked = questions.ask(teapot.product, alice, "断水利落吗？")
    client.force_login(bob)
    for text in ("很利落。", "再说一次。"):
        client.post(f"/questions/{asked.pk}/", {"text": text})
    assert [answer.text for answer in Answer.objects.all()] == ["很利落。"]
    assert alice.notifications.filter(kind="question_answered").count() == 1
    assert "很利落。" in client.get(teapot.product.get_absolute_url()).content.decode()
    assert broken_books() == set()


def test_who_did_not_buy_it_cannot_answer(client, alice, mallory, teapot):
    asked = questions.ask(teapot.product, alice, "断水利落吗？")
    client.force_login(mallory)
    assert "<textarea" not in client.get(f"/questions/{asked.pk}/").content.decode()
    client.post(f"/questions/{asked.pk}/", {"text": "不知道。"})
    assert not Answer.objects.exists()
    assert not alice.notifications.exists()


def test_the_merchant_answers_in_the_back_office(client, alice, yuji_staff, teapot):
    asked = questions.ask(teapot.product, alice, "断水利落吗？")
    client.force_login(yuji_staff)
    page = f"/admin/catalog/question/{asked.pk}/change/"
    assert client.get(page).status_code == 200
    assert client.post(page, {"answer": "利落，请放心。"}).status_code == 302
    said = Answer.objects.get()
    assert (said.from_merchant, said.user, said.status) == (True, yuji_staff, "published")
    assert "屿集自营" in client.get(f"/questions/{asked.pk}/").content.decode()
    assert alice.notifications.filter(kind="question_answered").count() == 1


def test_a_merchant_of_another_shop_meets_no_question(client, alice, songyan, yuji_staff):
    foreign = make_sku(make_product(songyan))
    asked = questions.ask(foreign.product, alice, "断水利落吗？")
    client.force_login(yuji_staff)
    client.post(f"/admin/catalog/question/{asked.pk}/change/", {"answer": "我来答。"})
    assert not Answer.objects.exists()


def test_an_answer_is_reported_and_hidden_with_a_reason_by_staff(client, alice, bob, operator, teapot):
    invited(bob, teapot)
    asked = questions.ask(teapot.product, alice, "断水利落吗？")
    said = questions.answer(asked, bob, "别买，都是骗人的。")
    client.force_login(alice)
    client.post(f"/reports/answer/{said.pk}/", {"reason": "untrue"})
    client.force_login(operator)
    found = Report.objects.get()
    client.post("/admin/catalog/report/", {"action": "uphold", "_selected_action": [found.pk], "reason": "没有依据"})
    said.refresh_from_db()
    assert (said.status, said.hidden_reason) == ("hidden", "没有依据")
    assert "骗人" not in client.get(f"/questions/{asked.pk}/").content.decode()
    assert bob.notifications.filter(kind="review_hidden").count() == 1
    assert broken_books() == set()
