"""Coupons in the back office: the editor with its checks, versions, handing out, packets, figures."""

import pytest

from accounts import work
from loyalty import coupons
from loyalty.models import Coupon, CouponBatch, CouponTemplate, LuckyPacket
from tests.loyalty.tickets import make_template

pytestmark = pytest.mark.django_db
LIST = "/admin/loyalty/coupontemplate/"
GOOD = {
    "kind": "coupon", "name": "满199减15", "threshold_fen": "199", "amount_fen": "15", "scope_kind": "all",
    "valid_days": "7", "quota": "100", "per_member": "1", "claimable": "on",
}  # fmt: skip


@pytest.fixture
def office(client, manager):
    client.force_login(manager)
    return client


def action(office, template, name, **more):
    return office.post(LIST, {"action": name, "_selected_action": template.pk, **more}, follow=True)


def test_a_draft_is_made_published_and_edited_by_a_version(office):
    office.post(LIST + "add/", GOOD)
    draft = CouponTemplate.objects.get()
    assert (draft.status, draft.amount_fen, draft.threshold_fen) == ("draft", 1_500, 19_900)
    action(office, draft, "publish")
    draft.refresh_from_db()
    assert draft.status == "published"
    assert office.post(f"{LIST}{draft.pk}/change/", GOOD | {"amount_fen": "99"}).status_code == 403
    action(office, draft, "revise")
    version = CouponTemplate.objects.get(version=2)
    assert office.post(f"{LIST}{version.pk}/change/", GOOD | {"amount_fen": "20"}).status_code == 302
    action(office, version, "publish")
    assert dict(CouponTemplate.objects.values_list("version", "status")) == {1: "ended", 2: "published"}
    action(office, draft, "publish")
    assert dict(CouponTemplate.objects.values_list("version", "status")) == {1: "ended", 2: "published"}


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"amount_fen": ""}, "amount_fen"),
        ({"rate_bp": "9000", "cap_fen": "50"}, "rate_bp"),
        ({"amount_fen": "", "rate_bp": "9000"}, "cap_fen"),
        ({"amount_fen": "", "rate_bp": "10000", "cap_fen": "50"}, "rate_bp"),
        ({"amount_fen": "199"}, "threshold_fen"),
        ({"valid_days": ""}, "valid_days"),
        ({"valid_until_0": "2001-01-01", "valid_until_1": "00:00", "valid_days": ""}, "valid_until"),
        ({"scope_kind": "goods"}, "product_ids"),
        ({"scope_kind": "goods", "product_ids": "999"}, "product_ids"),
        ({"scope_kind": "goods", "product_ids": "x"}, "product_ids"),
        ({"scope_kind": "categories"}, "category_ids"),
        ({"per_member": "0"}, "per_member"),
    ],
)
def test_a_template_that_makes_no_sense_is_refused_beside_its_field(office, change, field):
    page = office.post(LIST + "add/", GOOD | change)
    assert field in page.context["adminform"].form.errors
    assert not CouponTemplate.objects.exists()


def test_coupons_are_handed_out_to_people_by_mail_and_phone_once(office, alice, bob):
    template = make_template(claimable=False)
    address = f"{LIST}{template.pk}/handing-out/"
    key = office.get(address).context["form"]["key"].value()
    for _ in range(2):
        office.post(address, {"people": "13800000001\nBOB@example.com\n\n", "key": key})
    work.run_due(CouponBatch)
    assert {coupon.user for coupon in Coupon.objects.all()} == {alice, bob}
    assert CouponBatch.objects.count() == 1


def test_unknown_people_are_named_by_their_line_and_nobody_gets_anything(office, alice):
    template = make_template(claimable=False)
    address = f"{LIST}{template.pk}/handing-out/"
    key = office.get(address).context["form"]["key"].value()
    page = office.post(address, {"people": "alice@example.com\nnobody@example.com\nx", "key": key})
    assert page.status_code == 422
    assert "2, 3" in str(page.context["form"].errors["people"])
    assert office.post(address, {"people": "", "key": key}).status_code == 422
    assert not CouponBatch.objects.exists()


def test_a_packet_is_made_with_its_address(office):
    template = make_template(kind="red_packet", claimable=False, threshold_fen=0)
    address = f"{LIST}{template.pk}/packet/"
    facts = {
        "title": "新年快乐", "total_fen": "20", "pieces": "5", "expires_at_0": "2099-01-01", "expires_at_1": "00:00",
        "key": office.get(address).context["form"]["key"].value(),
    }  # fmt: skip
    for _ in range(2):
        page = office.post(address, facts, follow=True)
    packet = LuckyPacket.objects.get()
    assert sum(packet.shares) == 2_000
    assert packet.get_absolute_url() in page.content.decode()
    assert office.post(address, facts | {"total_fen": "0.04"}).status_code == 422
    assert office.get(f"{LIST}{make_template().pk}/packet/").status_code == 403


def test_the_list_shows_what_each_template_brought_in_few_queries(office, alice, django_assert_max_num_queries):
    for _ in range(4):
        coupon = coupons.claim(alice, make_template())
        coupons.lock(alice, [coupon.pk], source=f"order:{coupon.pk}", saved={coupon.pk: 1_500})
        coupons.spend(f"order:{coupon.pk}", paid_fen=18_400)
    with django_assert_max_num_queries(20):
        page = office.get(LIST).content.decode()
    assert page.count("184.00") == 4


def test_staff_make_a_free_coupon_void_and_say_why(office, alice):
    coupon = coupons.claim(alice, make_template())
    where = "/admin/loyalty/coupon/"
    office.post(where, {"action": "void", "_selected_action": coupon.pk, "reason": "fraud"})
    coupon.refresh_from_db()
    assert coupon.status == "void"
    assert coupon.entries.get(kind="void").reason == "fraud"


def test_an_operator_reads_templates_and_hands_nothing_out(client, operator):
    template = make_template()
    client.force_login(operator)
    assert client.get(LIST).status_code == 200
    assert client.get(f"{LIST}{template.pk}/handing-out/").status_code == 403
