"""The payment page: which channels, in which order, and what paying in months costs."""

import pytest

from catalog.money import yuan
from orders import instalments, payment_choice, payments
from orders.gateways import SLOTS, gateway_of, register
from orders.gateways.base import Gateway, Visit
from orders.models import SandboxTrade

NAMES = ["alipay", "wechatpay", "stripe", "unionpay"]


@pytest.mark.parametrize(
    ("visit", "language", "first"),
    [
        (Visit(), "zh-hans", "wechatpay"),
        (Visit(phone=True), "zh-hans", "alipay"),
        (Visit(phone=True, in_wechat=True), "zh-hans", "wechatpay"),
        (Visit(), "en", "stripe"),
    ],
)
def test_the_likeliest_channel_comes_first(visit, language, first):
    assert payment_choice.ranked(NAMES, visit, language=language)[0] == first


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_test_channels_stand_behind_the_real_ones(language):
    names = ["sandbox", "sandbox-card", "own-bank", *NAMES]
    found = payment_choice.ranked(names, Visit(), language=language)
    assert set(found[:4]) == set(NAMES)
    assert found[4:] == ["own-bank", "sandbox", "sandbox-card"]


def test_months_add_up_to_the_fen():
    plan = instalments.plan(26_800, 3, 230)
    assert (plan.fee_fen, plan.first_fen, plan.monthly_fen) == (616, 9_140, 9_138)
    assert plan.total_fen == 26_800 + 616


@pytest.mark.parametrize("amount", [3_000, 9_999, 26_801, 1_234_567])
@pytest.mark.parametrize("months", [3, 6, 12])
def test_every_plan_sums_to_the_amount_and_its_fee(amount, months):
    plan = instalments.plan(amount, months, 750)
    assert plan.total_fen == amount + plan.fee_fen
    assert 0 <= plan.first_fen - plan.monthly_fen < months


def test_small_amounts_are_not_divided():
    channel = Gateway()
    channel.instalments = {3: 230, 12: 750}
    assert [plan.months for plan in instalments.plans(channel, 3_000)] == [3]
    with pytest.raises(instalments.NotOffered):
        instalments.plan_of(channel, 3_000, 12)


def test_the_digital_yuan_is_a_name_that_nothing_can_fill():
    class Pretender(Gateway):
        name = "ecny"

    with pytest.raises(Exception, match="slot"):
        register(Pretender())
    assert "ecny" in SLOTS


@pytest.mark.django_db
def test_the_page_offers_what_is_set_up_and_nothing_else(client, alice, order, open_company):
    open_company("alipay")
    client.force_login(alice)
    page = client.get(f"/orders/{order.number}/payment/").content.decode()
    assert 'value="alipay"' in page
    assert 'value="alipay:12"' in page
    assert 'value="wechatpay"' not in page
    assert "ecny" not in page
    refused = client.post(f"/orders/{order.number}/payment/", {"gateway": "wechatpay"})
    assert refused.status_code == 422
    assert not order.payments.exists()


@pytest.mark.django_db
def test_the_code_is_drawn_on_our_own_page(client, alice, order, open_company):
    open_company("wechatpay")
    client.force_login(alice)
    page = client.post(f"/orders/{order.number}/payment/", {"gateway": "wechatpay"}, follow=True).content.decode()
    assert "<svg" in page
    assert 'role="img"' in page
    assert 'style="' not in page.split("cashier__code")[1].split("</svg>")[0]
    assert 'http-equiv="refresh"' in page


@pytest.mark.django_db
def test_alipays_instalments_are_asked_for(order, open_company):
    alipay = open_company("alipay")
    payment = payments.start(order, "alipay", visit=Visit(instalments=12))
    assert alipay.arrive(payment).facts["extend_params"]["hb_fq_num"] == "12"
    assert payment.amount_fen == order.payable_fen


@pytest.mark.django_db
@pytest.mark.parametrize("months", [0, 3])
def test_the_test_bank_shows_the_plan_and_its_fee_before_it_takes_money(client, alice, order, months):
    client.force_login(alice)
    chosen = f"sandbox-card:{months}" if months else "sandbox-card"
    answer = client.post(f"/orders/{order.number}/payment/", {"gateway": chosen})
    cashier = client.get(answer["Location"])
    plan = instalments.plan_of(gateway_of("sandbox-card"), order.due_fen, months)
    assert cashier.context["plan"] == plan
    for fen in [plan.monthly_fen, plan.first_fen, plan.fee_fen, plan.total_fen] if plan else []:
        assert f"¥{yuan(fen)}" in cashier.content.decode()
    assert (SandboxTrade.objects.get().amount_fen, SandboxTrade.objects.get().instalments) == (order.due_fen, months)


def test_stripe_believes_both_secrets_while_one_is_replaced_and_follows_only_its_own_events(order, open_company, tell):
    company = open_company("stripe")
    payment = payments.start(order, "stripe")
    company.pay(payment)
    assert tell(company, company.other_notice()).status_code == 200
    assert tell(company, company.notice(payment, key="next")).status_code == 200
    order.refresh_from_db()
    assert order.status == "paid"
