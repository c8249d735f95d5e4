"""What the threads of one process share is never set and then read again: another thread may come in between.

The other thread comes in at a sure place here: a key whose hash lets it.
"""

import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts import memo
from accounts.memo import KeyedMemo, Memo, weight
from accounts.prepared import SOME, Prepared
from catalog.models import Category
from orders import live_offers, running_offers
from orders.live_offers import snapshot
from orders.models import Promotion
from orders.pricing import Buyer, Line, Offer, Scope, Snapshot

pytestmark = pytest.mark.django_db


class Door(str):
    """A text that opens whenever somebody looks for it in a dict: then ``others`` act, before the look goes on."""

    __slots__ = ("busy", "others")

    def __hash__(self):
        if not getattr(self, "busy", True):
            self.busy = True
            self.others()
            self.busy = False
        return str.__hash__(self)

    __eq__ = str.__eq__

    def opens(self, others):
        self.others, self.busy = others, False
        return self


def test_a_snapshot_answers_while_others_fill_its_memory():
    live = Snapshot([Offer(1, "sale", ((0, 9_000),))])
    calls = []

    def many_others():
        calls.append(1)
        for number in range(100):
            live.bits_for(Buyer(region_code=f"{len(calls)}-{number}"))

    assert live.bits_for(Buyer(region_code=Door("33").opens(many_others))) == 1
    assert calls


def test_what_runs_now_is_answered_while_others_ask_about_the_next_minute(monkeypatch):
    version = Door("v1")
    live = Snapshot([Offer(1, "sale", ((0, 9_000),))], version)
    other = Snapshot([Offer(2, "sale", ((0, 9_000),)), Offer(3, "sale", ((0, 8_000),))], "v2")
    now = {"live": live}
    monkeypatch.setattr(running_offers, "snapshot", lambda: now["live"])
    monkeypatch.setattr(running_offers, "_spent", lambda: (frozenset(), frozenset()))

    def another():
        now["live"] = other
        assert running_offers.running() == (other, 3)
        now["live"] = live

    version.opens(another)
    assert running_offers.running() == (live, 1)
    assert running_offers.running() == (live, 1)


def test_the_bits_of_a_listing_never_come_from_another_snapshot(yuji):
    class Listing:
        pk, merchant_id, category_id, brand_id, price_min_fen, deals = 7, yuji.pk, None, None, 100, []

        def __init__(self, tag):
            self.tags = [tag]

    tag = Door("tea")
    old = Snapshot([Offer(1, "sale", scope=Scope(tags=frozenset({"tea"})))], "old")
    new = Snapshot([Offer(2, "sale", scope=Scope(tags=frozenset({"ink"})))], "new")
    plain = Listing("tea")
    tag.opens(lambda: running_offers.bits_of(new, Listing("ink"), ()))
    assert running_offers.bits_of(old, Listing(tag), ()) == 1
    tag.opens(lambda: running_offers.bits_of(new, Listing("ink"), ()))
    assert running_offers.bits_of(old, Listing(tag), ()) == 1
    assert running_offers.bits_of(new, plain, ()) == 0  # nothing of the old one was left in its memory


def test_promotions_and_presales_are_of_one_compilation(promote, teapot):
    promote("sale", [(0, 9_000)])
    first = live_offers._compiled["now"]
    promote("sale", [(0, 8_000)])
    second = live_offers._compiled["now"]
    snapshot()
    assert (len(first.snapshot.offers), first.version) != (len(live_offers._compiled["now"].snapshot.offers), None)
    assert first is not live_offers._compiled["now"]
    with pytest.raises(AttributeError):
        second.version = "another"


@pytest.mark.parametrize("times", [1, 3])
def test_a_memo_answers_while_others_forget_it(times):
    kept = Memo(60)
    asked = []

    @kept
    def tree():
        asked.append(1)
        if len(asked) <= times:
            tree.forget()  # what another thread does while this one reads
        return "tree"

    assert [tree() for _time in range(4)] == ["tree"] * 4


def test_a_keyed_memo_answers_while_others_forget_and_fill_it():
    kept = KeyedMemo(60, 3, 10_000)

    def answer():
        kept.forget()
        for number in range(12):
            kept.get(f"k{number}", lambda: "x" * 900)
        return "answer"

    assert [kept.get("key", answer) for _time in range(5)] == ["answer"] * 5
    counted = sum(row[2] for row in kept.kept.values())
    assert kept.bytes == counted


def test_a_keyed_memo_counts_its_bytes_right_in_any_crowd():
    kept = KeyedMemo(60, 20, 4_000)
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)

    def ask(hand):
        for number in range(400):
            text = "x" * ((hand * 7 + number) % 90)
            assert kept.get(f"k{(hand + number) % 50}", lambda text=text: text).strip("x") == ""
            if number % 97 == 0:
                kept.forget()

    try:
        with ThreadPoolExecutor(8) as pool:
            list(pool.map(ask, range(8)))
    finally:
        sys.setswitchinterval(before)
    assert kept.bytes == sum(row[2] for row in kept.kept.values()) <= 4_000
    assert all(row[2] == weight((key, row[1])) for key, row in kept.kept.items())


def test_a_prepared_question_is_asked_even_when_another_thread_begins_it_anew(db):
    class Forgetful(Prepared):
        """Its memory is emptied by others as soon as it is filled."""

        @property
        def made(self):
            return None

        @made.setter
        def made(self, value):
            pass

    assert Forgetful(lambda pk: Category.objects.filter(pk=pk), pk=SOME)(pk=1) == []


def test_a_quote_lives_through_a_publication_in_its_midst(promote, teapot):
    """A whole look-up of offers while another thread publishes and everything is forgotten."""
    promote("sale", [(0, 9_000)], ends_at=timezone.now() + timedelta(days=1))
    line = Line(teapot.pk, teapot.merchant_id, 26_800, 1, product_id=teapot.product_id)

    def publish():
        Promotion.objects.update(changed_at=timezone.now())
        memo.forget_all()
        snapshot()

    region = Door("330106").opens(publish)
    live = snapshot()
    found = live.candidates([line], Buyer(region_code=region, now=timezone.localtime()))
    assert [offer.kind for offer, _lines in found] == ["sale"]
