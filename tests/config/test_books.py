"""check_books finds what is wrong: each planted error is named, and clean books pass."""

import json
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from catalog import standing
from catalog.models import MerchantStanding, StandingEntry, Stock
from config import books
from tests.factories import make_product, make_sku


@pytest.fixture
def stock(yuji):
    sku = make_sku(make_product(yuji), on_hand=5)
    return Stock.objects.get(sku=sku)


def broken():
    return {f"{finding.app}.{finding.name}" for finding in books.check() if finding.broken}


def test_every_invariant_is_named_once_and_runs(db):
    names = [f"{finding.app}.{finding.name}" for finding in books.check()]
    assert len(names) == len(set(names)) > 20


def test_an_empty_shop_has_clean_books(db):
    assert broken() == set()


def test_stock_that_left_the_ledger_is_found(stock):
    Stock.objects.filter(pk=stock.pk).update(on_hand=6)
    assert any(name.startswith("catalog.") for name in broken())


def test_a_standing_that_left_its_ledger_is_found(yuji):
    until = timezone.localdate()
    standing.deduct(yuji, 12, reason=StandingEntry.Reason.RULES, source="test", until=until)
    assert "catalog.standing-equals-ledger" not in broken()
    MerchantStanding.objects.filter(merchant=yuji).update(score=100)
    assert "catalog.standing-equals-ledger" in broken()


def test_points_that_returned_at_midnight_are_counted_within_a_day(yuji):
    day = timezone.localdate()
    standing.deduct(yuji, 3, reason=StandingEntry.Reason.RULES, source="last night", until=day - timedelta(days=1))
    MerchantStanding.objects.filter(merchant=yuji).update(score=97)
    assert "catalog.standing-equals-ledger" not in broken()
    standing.deduct(yuji, 12, reason=StandingEntry.Reason.RULES, source="long ago", until=day - timedelta(days=9))
    MerchantStanding.objects.filter(merchant=yuji).update(score=88)
    assert "catalog.standing-equals-ledger" in broken()


def test_the_command_exits_1_and_prints_the_rows(stock, capsys):
    Stock.objects.filter(pk=stock.pk).update(on_hand=6)
    with pytest.raises(SystemExit) as exit_:
        call_command("check_books")
    assert exit_.value.code == 1
    assert "BROKEN" in capsys.readouterr().out


def test_the_command_speaks_json(stock, capsys):
    Stock.objects.filter(pk=stock.pk).update(on_hand=6)
    with pytest.raises(SystemExit):
        call_command("check_books", "--json")
    report = json.loads(capsys.readouterr().out)
    assert report["broken"][0]["broken"] == 1
