"""Reviews: by buyers only, shown at once or read first, hidden with a reason, counted on the listing."""

import threading
from datetime import timedelta

import pytest
from django.contrib.admin import site
from django.db import connection, connections
from django.utils import timezone

from accounts.history import TransitionNotAllowed
from catalog import moderation, reports, review_page, reviews, screening
from catalog.admin.moderated import HELD
from catalog.admin.reviews import ReviewAdmin
from catalog.models import FollowUp, HelpfulVote, Product, Report, Review, ReviewInvitation, ReviewPicture
from tests.catalog.voices import SAID, broken_books, invited, photo
from tests.factories import make_category, make_product, make_sku


@pytest.fixture(autouse=True)
def own_private_files(monkeypatch, tmp_path):
    for name in ("file", "small"):
        storage = ReviewPicture._meta.get_field(name).storage
        monkeypatch.setitem(storage.__dict__, "location", str(tmp_path / "private"))


@pytest.fixture
def teapot(yuji):
    return make_sku(make_product(yuji, category=make_category()))


@pytest.fixture
def invitation(alice, teapot):
    return invited(alice, teapot)


def rating(sku):
    product = Product.objects.get(pk=sku.product_id)
    return product.rating_sum, product.rating_count, product.review_facets


def test_an_invitation_is_made_once_and_told_once_a_day(alice, teapot):
    first = invited(alice, teapot)
    invited(alice, teapot)
    invited(alice, teapot, source="order-line:2")
    assert ReviewInvitation.objects.count() == 2
    assert alice.notifications.filter(kind="review_invited").count() == 1
    assert first.follow_up_until - first.review_until == timedelta(days=150)


def test_a_second_parcel_of_the_line_makes_the_time_longer_and_never_shorter(alice, teapot):
    invited(alice, teapot, days_left=20)
    longer = invited(alice, teapot, days_left=30)
    longer.refresh_from_db()
    invited(alice, teapot, days_left=5)
    assert ReviewInvitation.objects.get().review_until == longer.review_until
    assert (longer.review_until - timezone.now()).days in (29, 30)


def test_a_buyer_reviews_and_the_listing_counts_it(client, alice, invitation, teapot):
    client.force_login(alice)
    assert "山影" in client.get("/account/reviews/").content.decode()
    answer = client.post(
        f"/account/reviews/{invitation.pk}/",
        {"stars": "4", "text": SAID, "tags": ["well_made"], "photos": [photo(), photo("b.jpg", "red")]},
    )
    assert answer.status_code == 302
    review = Review.objects.get()
    assert (review.user, review.source, review.status) == (alice, "order-line:1", "published")
    assert rating(teapot) == (4, 1, {"4": 1, "pictures": 1, "tag:well_made": 1})
    client.logout()
    page = client.get(teapot.product.get_absolute_url()).content.decode()
    assert SAID in page
    assert "Alice" not in page
    assert page.count("/reviews/pictures/") == 4
    assert broken_books() == set()


@pytest.mark.parametrize(
    ("typed", "field"),
    [({"text": SAID}, "stars"), ({"stars": "6", "text": SAID}, "stars"), ({"stars": "5", "text": "好用"}, "text"),
     ({"stars": "5", "text": "长" * 1001}, "text"), ({"stars": "5", "text": SAID, "tags": ["free_money"]}, "tags")],
)  # fmt: skip
def test_a_form_that_is_wrong_says_so_beside_its_field_and_saves_nothing(client, alice, invitation, typed, field):
    client.force_login(alice)
    answer = client.post(f"/account/reviews/{invitation.pk}/", typed)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert not Review.objects.exists()


def test_seven_pictures_or_a_text_file_are_refused_and_nothing_is_kept(client, alice, invitation):
    client.force_login(alice)
    for photos in ([photo(f"{n}.jpg") for n in range(7)], [photo(), text_file()]):
        answer = client.post(f"/account/reviews/{invitation.pk}/", {"stars": "5", "text": SAID, "photos": photos})
        assert answer.status_code == 422
    assert not Review.objects.exists()
    assert not ReviewPicture.objects.exists()


def text_file():
    from django.core.files.uploadedfile import SimpleUploadedFile

    return SimpleUploadedFile("notes.jpg", SAID.encode(), content_type="image/jpeg")


def test_strangers_meet_no_invitation_and_nobody_reviews_without_one(client, mallory, invitation):
    client.force_login(mallory)
    for address in (f"/account/reviews/{invitation.pk}/", "/account/reviews/99999/"):
        assert client.get(address).status_code == 404
        assert client.post(address, {"stars": "1", "text": SAID}).status_code == 404
    assert not Review.objects.exists()


def test_a_line_is_reviewed_once_and_only_in_its_time(alice, teapot, invitation):
    reviews.write(invitation, stars=5, text=SAID)
    with pytest.raises(reviews.NotNow) as twice:
        reviews.write(invitation, stars=1, text=SAID)
    over = invited(alice, teapot, source="order-line:2", days_left=-1)
    with pytest.raises(reviews.NotNow) as late:
        reviews.write(over, stars=1, text=SAID)
    assert (twice.value.too_late, late.value.too_late) == (False, True)
    assert rating(teapot)[:2] == (5, 1)


@pytest.mark.parametrize(
    ("text", "why"),
    [("加我微信 abc12345 返利", "contact"), ("电话１３８-0000-0001 找我", "contact"), ("看 www.example.com 更便宜", "contact"),
     ("这是刷 单，不要信", "words"), ("用了 300 天，容量 1200 毫升，268 元很值", ""), (SAID, "")],
)  # fmt: skip
def test_contact_details_and_banned_words_are_read_first(db, text, why):
    assert screening.held_because(text) == why


def test_what_waits_is_not_counted_and_its_author_sees_why(client, alice, invitation, teapot):
    review = reviews.write(invitation, stars=5, text="很好用，加微信 teapot-88 领红包")
    assert review.status == "pending"
    assert rating(teapot)[:2] == (0, 0)
    assert "teapot-88" not in client.get(teapot.product.get_absolute_url()).content.decode()
    client.force_login(alice)
    assert "teapot-88" in client.get("/account/reviews/?written").content.decode()
    moderation.publish(review)
    assert rating(teapot)[:2] == (5, 1)
    assert alice.notifications.filter(kind="review_shown").count() == 1


def test_hiding_takes_it_off_the_count_keeps_the_reason_and_tells_the_author(
    client, alice, operator, invitation, teapot
):
    review = reviews.write(invitation, stars=1, text=SAID)
    assert moderation.hide(review, by=operator, reason="含他人隐私")
    assert not moderation.hide(review, by=operator, reason="再次")
    assert rating(teapot) == (0, 0, {})
    assert SAID not in client.get(teapot.product.get_absolute_url()).content.decode()
    told = alice.notifications.get(kind="review_hidden")
    assert told.facts["reason"] == "含他人隐私"
    client.force_login(alice)
    page = client.get("/account/reviews/?written").content.decode()
    assert SAID in page
    assert "含他人隐私" in page
    assert broken_books() == set()


def test_pictures_are_private_until_shown_and_again_when_hidden(client, alice, mallory, operator, invitation):
    from catalog.pictures import made_safe

    held = reviews.write(invitation, stars=5, text=SAID + " 微信号: tea88888", pictures=[made_safe(photo().read())])
    address = f"/reviews/pictures/{held.pictures.get().pk}/small/"

    def seen_by(user):
        client.logout()
        if user:
            client.force_login(user)
        answer = client.get(address)
        for close in answer._resource_closers:  # answer.close() would end the test's connection too
            close()
        return answer.status_code

    assert [seen_by(user) for user in (None, mallory, alice, operator)] == [404, 404, 200, 200]
    moderation.publish(held)
    assert seen_by(None) == 200
    moderation.hide(held, by=operator, reason="广告")
    assert seen_by(None) == 404


def test_the_author_adds_once_and_in_time(client, alice, invitation):
    review = reviews.write(invitation, stars=5, text=SAID)
    client.force_login(alice)
    address = f"/account/reviews/{review.pk}/follow-up/"
    assert client.post(address, {"text": "短"}).status_code == 422
    assert client.post(address, {"text": "用了两个月，还是很喜欢它。"}).status_code == 302
    client.post(address, {"text": "再追加一次，应该不行才对。"})
    assert FollowUp.objects.get().text == "用了两个月，还是很喜欢它。"
    FollowUp.objects.all().delete()
    ReviewInvitation.objects.update(follow_up_until=timezone.now() - timedelta(seconds=1))
    with pytest.raises(reviews.NotNow):
        reviews.follow_up(review, "时间已经过了，写不进去。")
    assert not FollowUp.objects.exists()


def test_what_is_added_to_a_review_that_waits_is_not_said_to_be_shown(client, alice, invitation):
    held = reviews.write(invitation, stars=5, text=SAID + " 微信号: tea88888")
    client.force_login(alice)
    address = f"/account/reviews/{held.pk}/follow-up/"
    assert address not in client.get("/account/reviews/?written").content.decode()
    words = {"text": "用了两个月，还是很喜欢它。"}
    waiting = [str(m) for m in client.post(address, words, follow=True).context["messages"]]
    assert address not in client.get("/account/reviews/?written").content.decode()
    FollowUp.objects.all().delete()
    moderation.publish(held)
    assert address in client.get("/account/reviews/?written").content.decode()
    shown = [str(m) for m in client.post(address, words, follow=True).context["messages"]]
    assert len(waiting) == len(shown) == 1
    assert waiting != shown


def test_staff_see_in_the_queue_why_a_review_waits_or_is_hidden(client, operator, invitation):
    held = reviews.write(invitation, stars=5, text=SAID + " 微信号: tea88888")
    client.force_login(operator)
    queue = client.get("/admin/catalog/review/").context["cl"].result_list
    admin = ReviewAdmin(Review, site)
    assert [str(admin.why(review)) for review in queue] == [str(HELD[screening.CONTACT])]
    moderation.hide(held, by=operator, reason="含他人隐私")
    assert "含他人隐私" in client.get("/admin/catalog/review/").content.decode()
    assert "含他人隐私" in client.get(f"/admin/catalog/review/{held.pk}/change/").content.decode()


def test_the_merchant_replies_in_the_back_office_and_the_author_is_told(client, alice, yuji_staff, invitation):
    review = reviews.write(invitation, stars=3, text=SAID)
    client.force_login(yuji_staff)
    answer = client.post(f"/admin/catalog/review/{review.pk}/change/", {"reply": "谢谢您，新一批已改进。"})
    assert answer.status_code == 302
    review.refresh_from_db()
    assert (review.reply, review.stars, review.text) == ("谢谢您，新一批已改进。", 3, SAID)
    assert alice.notifications.filter(kind="review_replied").count() == 1
    assert "新一批已改进" in client.get(review.product.get_absolute_url()).content.decode()


def test_a_merchant_can_reply_but_not_hide(client, yuji_staff, invitation):
    review = reviews.write(invitation, stars=1, text=SAID)
    client.force_login(yuji_staff)
    client.post("/admin/catalog/review/", {"action": "hide", "_selected_action": [review.pk], "reason": "不喜欢"})
    review.refresh_from_db()
    assert review.status == "published"


def test_a_vote_counts_once_can_be_taken_back_and_never_comes_from_the_author(client, alice, bob, invitation):
    review = reviews.write(invitation, stars=5, text=SAID)
    client.force_login(bob)
    counts = []
    for _ in range(3):
        client.post(f"/reviews/{review.pk}/vote/")
        counts.append(Review.objects.get().helpful_count)
    assert counts == [1, 0, 1]
    assert not reviews.vote(review, alice)
    assert HelpfulVote.objects.get().user == bob
    assert broken_books() == set()


def test_a_report_is_decided_once_with_a_reason_and_people_are_told(client, alice, bob, operator, invitation, teapot):
    review = reviews.write(invitation, stars=5, text=SAID)
    client.force_login(bob)
    address = f"/reports/review/{review.pk}/"
    assert client.post(address, {}).status_code == 422
    for _ in range(2):
        client.post(address, {"reason": "untrue", "note": "说的不是这把壶"})
    found = Report.objects.get()
    assert reports.uphold(found, operator, reason="内容与商品无关")
    with pytest.raises(TransitionNotAllowed):
        reports.dismiss(found, operator, reason="改主意")
    assert Review.objects.get().hidden_reason == "内容与商品无关"
    assert rating(teapot)[:2] == (0, 0)
    assert bob.notifications.filter(kind="review_report_upheld").exists()
    assert alice.notifications.filter(kind="review_hidden").exists()


def test_a_dismissed_report_leaves_the_review_where_it_is(bob, operator, invitation):
    review = reviews.write(invitation, stars=5, text=SAID)
    reports.report(review, bob, reason="insult")
    reports.dismiss(Report.objects.get(), operator, reason="没有不当内容")
    assert Review.objects.get().status == "published"
    assert bob.notifications.get(kind="review_report_dismissed").facts["reason"] == "没有不当内容"


def test_filters_narrow_by_pictures_stars_and_tags_and_pages_are_cut(client, alice, teapot):
    for number in range(7):
        invitation = invited(alice, teapot, source=f"order-line:{number}")
        reviews.write(
            invitation, stars=5 if number else 2, text=f"第{number}把：{SAID}", tags=["good_gift"][: number % 2]
        )
    product = Product.objects.get(pk=teapot.product_id)

    def found(**asked):
        return len(review_page.of(product, **asked).page)

    assert [found(), found(number="2"), found(asked="2"), found(asked="tag:good_gift")] == [5, 2, 1, 3]
    assert found(asked="nonsense") == 5
    page = client.get(product.get_absolute_url() + "?reviews=2").content.decode()
    assert "第0把" in page
    assert "第1把" not in page
    assert "page=2#reviews" in client.get(product.get_absolute_url()).content.decode()


def test_the_books_find_a_review_that_is_not_its_buyers_and_a_wrong_count(alice, mallory, operator, invitation):
    review = reviews.write(invitation, stars=5, text=SAID)
    assert broken_books() == set()
    Review.objects.filter(pk=review.pk).update(user=mallory, helpful_count=3, stars=1)
    assert broken_books() == {
        "review-is-of-its-invitation",
        "helpful-count-equals-votes",
        "review-facets-equal-reviews",
        "listing-rating-equals-reviews",
    }


@pytest.mark.django_db(transaction=True)
def test_two_reviews_of_a_listing_at_once_are_both_counted(alice, bob, teapot):
    invitations = [invited(alice, teapot), invited(bob, teapot, source="order-line:2")]
    start = threading.Barrier(2)

    def write(invitation):
        try:
            start.wait()
            reviews.write(invitation, stars=4, text=SAID)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=write, args=[one]) for one in invitations]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert connection.vendor == "postgresql"
    assert rating(teapot) == (8, 2, {"4": 2})
