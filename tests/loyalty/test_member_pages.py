"""The pages of a member."""

import pytest
from django.utils import timezone

from loyalty import growth, points
from loyalty.admin.members import grant
from loyalty.members import member_of
from loyalty.models import Member, PointsEntry

PAGES = ["/member/", "/member/points/", "/member/growth/"]


@pytest.mark.parametrize("page", PAGES)
def test_a_guest_is_asked_to_sign_in(client, db, page):
    response = client.get(page)
    assert response.status_code == 302
    assert "/account/login/" in response["Location"]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_pages_open_for_a_new_member_and_for_an_old_one(client, alice, bob, page, language):
    points.grant(bob, "gift", 1_280, "gift", note="生日快乐")
    growth.post(bob, "order:26112200000001", 3_260, "spend", timezone.localdate())
    client.cookies["django_language"] = language
    for user in (alice, bob):
        client.force_login(user)
        assert client.get(page).status_code == 200


def test_the_growth_page_explains_the_tier_in_numbers(client, alice):
    today = timezone.localdate()
    for source, reason, amount in (("a", "spend", 4_100), ("b", "activity", 720), ("c", "review", 260)):
        growth.post(alice, source, amount, reason, today)
    client.force_login(alice)
    client.cookies["django_language"] = "en"
    page = client.get("/member/growth/").content.decode()
    for number in ("4960", "4100", "600", "720", "260", "5000", ">40<"):
        assert number in page.replace(",", "")


def test_the_member_page_takes_few_queries(client, alice, django_assert_max_num_queries):
    points.grant(alice, "gift", 1_280, "gift")
    client.force_login(alice)
    client.get("/member/")
    with django_assert_max_num_queries(20):
        client.get("/member/")


def test_staff_grant_points_with_a_reason_once(client, alice, manager):
    member = member_of(alice)
    client.force_login(manager)
    page = client.get(f"/admin/loyalty/member/{member.pk}/points/")
    key = page.context["form"].initial["key"]
    for _ in range(2):
        client.post(f"/admin/loyalty/member/{member.pk}/points/", {"points": 300, "note": "补偿", "key": key})
    assert Member.objects.get(pk=member.pk).points == 300
    assert PointsEntry.objects.get().lot.by == manager


def test_an_operator_may_look_but_not_grant(client, alice, operator):
    member = member_of(alice)
    client.force_login(operator)
    assert client.get(f"/admin/loyalty/member/{member.pk}/change/").status_code == 200
    response = client.post(f"/admin/loyalty/member/{member.pk}/points/", {"points": 300, "note": "-", "key": "x"})
    assert response.status_code == 403
    assert not PointsEntry.objects.exists()


@pytest.mark.parametrize(
    "model", ["tier", "member", "pointsentry", "pointslot", "growthentry", "tierevaluation", "loyaltyrun"]
)
def test_the_back_office_lists_open(client, alice, manager, model):
    grant(member_of(alice), 100, note="n", key="k", by=manager)
    client.force_login(manager)
    assert client.get(f"/admin/loyalty/{model}/").status_code == 200
