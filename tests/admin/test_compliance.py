"""The back office of the listing rules: words in place, the queue, papers in private, spot checks, whose rows."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from catalog import listing_reviews, spot_checks, standing
from catalog.listing_rules import default_words
from catalog.models import (
    ListingReview,
    MerchantStanding,
    Objection,
    Picture,
    Proof,
    SpotCheckRound,
    WordRule,
)
from tests.admin.test_listings import editor, filled
from tests.factories import make_category, make_product, make_sku

PDF = b"%PDF-1.4\n%%EOF\n"


@pytest.fixture(autouse=True)
def _words(db):
    default_words.load(WordRule)


@pytest.fixture
def draft(yuji):
    made = make_product(yuji, title="江南最好的壶", published=False, category=make_category())
    make_sku(made)
    Picture.objects.create(product=made, status=Picture.Status.READY)
    return made


def page_of(kind, row):
    return reverse(f"admin:catalog_{kind}_change", args=[row.pk])


def test_the_editor_marks_the_words_where_they_stand(client, yuji_staff, draft):
    client.force_login(yuji_staff)
    page = client.get(editor(draft)).content.decode()
    assert "江南<mark>最好</mark>的壶" in page
    assert "广告法 9(3)" in page


def test_the_list_shows_badges_and_finds_what_is_blocked(client, yuji_staff, draft, yuji):
    client.force_login(yuji_staff)
    answer = client.post(editor(draft), filled(client.get(editor(draft))))
    assert answer.status_code == 302
    fine = make_product(yuji, title="壶")
    found = client.get(reverse("admin:catalog_product_changelist"), {"rules": "block"}).context["cl"].queryset
    assert list(found) == [draft]
    assert fine not in found


def test_a_listing_on_sale_takes_no_forbidden_words(client, yuji_staff, yuji):
    shown = make_product(yuji, title="壶", category=make_category())
    make_sku(shown)
    client.force_login(yuji_staff)
    answer = client.post(editor(shown), filled(client.get(editor(shown))) | {"title": "最好的壶"})
    assert answer.status_code == 200
    assert "title" in answer.context["adminform"].form.errors
    shown.refresh_from_db()
    assert shown.title == "壶"


def test_words_of_a_watched_merchant_wait(client, yuji_staff, yuji):
    shown = make_product(yuji, title="壶", category=make_category())
    make_sku(shown)
    standing.deduct(yuji, 50, reason="rules", source="t", until=timezone.localdate() + timedelta(days=5))
    client.force_login(yuji_staff)
    answer = client.post(editor(shown), filled(client.get(editor(shown))) | {"title": "新壶"})
    assert answer.status_code == 302
    shown.refresh_from_db()
    assert (shown.title, ListingReview.objects.get().proposed) == ("壶", {"title": "新壶"})


@pytest.fixture
def review(yuji, yuji_staff):
    waiting = make_product(yuji, title="壶", published=False, category=make_category())
    make_sku(waiting)
    Picture.objects.create(product=waiting, status=Picture.Status.READY)
    return listing_reviews.submit(waiting, yuji_staff)


def test_staff_approve_on_the_page_of_the_queue(client, operator, review):
    client.force_login(operator)
    assert client.get(page_of("listingreview", review)).status_code == 200
    assert client.post(page_of("listingreview", review), {"decision": "approve"}).status_code == 302
    review.product.refresh_from_db()
    assert review.product.is_published


def test_a_return_without_a_reason_is_refused_and_nothing_changes(client, operator, review):
    client.force_login(operator)
    answer = client.post(page_of("listingreview", review), {"decision": "return", "note": "x"})
    assert answer.status_code == 422
    review.refresh_from_db()
    assert review.status == "submitted"
    sent = {"decision": "return", "reasons": ["facts"], "note": "补尺寸"}
    assert client.post(page_of("listingreview", review), sent).status_code == 302
    review.refresh_from_db()
    assert (review.status, review.reasons) == ("returned", ["facts"])


def test_a_merchant_reads_the_queue_but_decides_nothing(client, yuji_staff, review):
    client.force_login(yuji_staff)
    assert client.get(page_of("listingreview", review)).status_code == 200
    assert client.post(page_of("listingreview", review), {"decision": "approve"}).status_code == 403
    review.refresh_from_db()
    assert review.status == "submitted"


def test_a_merchant_attaches_a_proof_that_only_they_and_staff_open(client, yuji_staff, yuji, operator, songyan):
    client.force_login(yuji_staff)
    sent = {"merchant": yuji.pk, "title": "证书", "words": "老字号", "valid_until": "2099-01-01"}
    add = reverse("admin:catalog_proof_add")
    refused = client.post(add, sent | {"scan": SimpleUploadedFile("a.pdf", b"<svg>")})
    assert (refused.status_code, Proof.objects.count()) == (200, 0)
    assert client.post(add, sent | {"scan": SimpleUploadedFile("a.pdf", PDF)}).status_code == 302
    proof = Proof.objects.get()
    document = reverse("admin:catalog_proof_document", args=[proof.pk])
    answer = client.get(document)
    assert (b"".join(answer.streaming_content), answer["Content-Type"]) == (PDF, "application/pdf")
    assert answer["Content-Disposition"].startswith("attachment")
    Proof.objects.update(merchant=songyan)
    assert client.get(document).status_code == 404
    client.force_login(operator)
    chosen = {"action": "accept", "_selected_action": [proof.pk]}
    client.post(reverse("admin:catalog_proof_changelist"), chosen)
    proof.refresh_from_db()
    assert proof.status == "approved"


def test_a_merchant_cannot_accept_their_own_proof(client, yuji_staff, yuji):
    proof = Proof.objects.create(merchant=yuji, title="x", words=["x"], valid_until=timezone.localdate())
    client.force_login(yuji_staff)
    client.post(reverse("admin:catalog_proof_changelist"), {"action": "accept", "_selected_action": [proof.pk]})
    proof.refresh_from_db()
    assert proof.status == "pending"


def test_staff_draw_a_round_and_note_results(client, operator, manager, yuji, yuji_staff):
    for _n in range(3):
        make_product(yuji)
    client.force_login(operator)
    answer = client.post(reverse("admin:catalog_spotcheckround_add"), {"name": "一月", "size": "2"})
    drawn = SpotCheckRound.objects.get()
    assert answer.url.endswith(f"round__id__exact={drawn.pk}")
    first, second = drawn.checks.all()
    client.force_login(yuji_staff)
    assert client.get(page_of("spotcheck", first)).status_code == 404
    client.force_login(operator)
    assert client.post(page_of("spotcheck", first), {"result": "fail"}).status_code == 422
    sent = {"result": "fail", "fault": "words", "gravity": "minor", "note": "与实物不符", "take_down": "on"}
    assert client.post(page_of("spotcheck", first), sent).status_code == 302
    assert client.post(page_of("spotcheck", second), {"result": "pass"}).status_code == 302
    assert MerchantStanding.objects.get(merchant=yuji).score == 97
    client.force_login(yuji_staff)
    assert client.get(page_of("spotcheck", first)).status_code == 200
    assert client.post(page_of("spotcheck", first), {"result": "pass"}).status_code == 403


def test_a_merchant_objects_once_and_staff_answer(client, yuji, yuji_staff, operator, songyan):
    until = timezone.localdate() + timedelta(days=5)
    entry = standing.deduct(yuji, 3, reason="rules", source="t", until=until)
    foreign = standing.deduct(songyan, 3, reason="rules", source="s", until=until)
    client.force_login(yuji_staff)
    add = reverse("admin:catalog_objection_add")
    assert client.post(add, {"entry": foreign.pk, "text": "不是我的"}).status_code == 200
    assert not Objection.objects.exists()
    assert client.post(add, {"entry": entry.pk, "text": "测量方法不同"}).status_code == 302
    assert client.post(add, {"entry": entry.pk, "text": "再说一次"}).status_code == 200
    objection = Objection.objects.get()
    assert (objection.by, objection.status) == (yuji_staff, "open")
    client.force_login(operator)
    chosen = {"action": "uphold", "_selected_action": [objection.pk], "reason": "属实"}
    client.post(reverse("admin:catalog_objection_changelist"), chosen)
    objection.refresh_from_db()
    assert (objection.status, MerchantStanding.objects.get(merchant=yuji).score) == ("upheld", 100)


@pytest.mark.parametrize(
    "kind",
    ["wordrule", "categoryrule", "licence", "proof", "listingreview", "merchantstanding", "standingentry", "objection",
     "spotcheckround", "spotcheck", "dealtprice", "standinglevel"],
)  # fmt: skip
def test_every_list_opens_for_staff(client, manager, yuji, kind):
    make_product(yuji)
    standing.recount()
    spot_checks.draw("一月", size=1)
    client.force_login(manager)
    assert client.get(reverse(f"admin:catalog_{kind}_changelist")).status_code == 200
