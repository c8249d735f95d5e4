"""The lottery as members, guests and staff meet it."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.utils import timezone

from loyalty import lottery, points, tickets
from loyalty.models import LotteryDraw, LotterySeed, LotteryTicket, OddsTable, Prize
from tests.loyalty.lotteries import e22_table, make_prize, make_table
from tests.loyalty.tickets import make_template

pytestmark = pytest.mark.django_db
PAGE, TICKETS, DRAWS, SEEDS = (f"/lottery/{end}" for end in ("", "tickets/", "draws/", "seeds/"))
LIST = "/admin/loyalty/oddstable/"


@pytest.fixture
def rich(client, alice):
    """Alice with points, signed in."""
    points.grant(alice, "gift", 1_000, "gift")
    client.force_login(alice)
    return alice


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_everybody_sees_the_published_odds_numbers_and_the_hash_of_today(client, db, language):
    e22_table()
    client.cookies["django_language"] = language
    page = client.get(PAGE)
    text = page.content.decode()
    for chance in ("0.1%", "2%", "7.9%", "30%", "60%"):
        assert f">{chance}<" in text
    assert [(row.first, row.last) for row in page.context["rows"]][:2] == [(0, 999), (1_000, 20_999)]
    assert LotterySeed.objects.get().commitment in text
    assert LotterySeed.objects.get().secret not in text


@pytest.mark.parametrize("path", [PAGE, DRAWS, SEEDS])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_pages_open_without_a_lottery_too(client, rich, path, language):
    client.cookies["django_language"] = language
    assert client.get(path).status_code == 200


def test_a_member_buys_a_ticket_and_draws_with_it_and_double_clicks_are_one(client, rich):
    e22_table()
    key = client.get(PAGE).context["key"]
    for _ in range(2):
        client.post(TICKETS, {"key": key})
    ticket = LotteryTicket.objects.get()
    answers = [client.post(DRAWS, {"ticket": ticket.pk}) for _ in range(2)]
    drawn = LotteryDraw.objects.get()
    assert [answer["Location"] for answer in answers] == [drawn.get_absolute_url()] * 2
    page = client.get(drawn.get_absolute_url())
    assert page.context["draw"].prize == drawn.prize
    assert [one.pk for one in client.get(DRAWS).context["page"]] == [drawn.pk]


def test_a_draw_is_checked_on_its_page_when_its_day_is_over(client, rich):
    e22_table()
    drawn = lottery.draw(rich, tickets.exchange(rich, uuid4()).pk)
    before = client.get(drawn.get_absolute_url())
    assert before.context["proof"]["seed"] == ""
    assert drawn.seed.secret not in before.content.decode()
    assert drawn.seed.secret not in client.get(SEEDS).content.decode()
    with time_machine.travel(timezone.now() + timedelta(days=1), tick=False):
        client.force_login(rich)
        after = client.get(drawn.get_absolute_url())
        assert (after.context["proof"]["number"], after.context["proof"]["kept"]) == (drawn.number, True)
        assert drawn.seed.secret in after.content.decode()
        assert drawn.seed.secret in client.get(SEEDS).content.decode()


def test_a_strangers_draw_and_ticket_are_not_found(client, rich, bob):
    e22_table()
    drawn = lottery.draw(rich, tickets.exchange(rich, uuid4()).pk)
    ticket = tickets.exchange(rich, uuid4())
    client.force_login(bob)
    assert client.get(drawn.get_absolute_url()).status_code == 404
    assert client.post(DRAWS, {"ticket": ticket.pk}).status_code == 404
    ticket.refresh_from_db()
    assert ticket.used_at is None


@pytest.mark.parametrize("facts", [{}, {"ticket": "x"}, {"ticket": "-1"}, {"ticket": "9" * 30}])
def test_a_form_that_makes_no_sense_draws_nothing(client, rich, facts):
    e22_table()
    assert client.post(DRAWS, facts)["Location"] == PAGE
    assert client.post(TICKETS, {"key": "x"})["Location"] == PAGE
    assert not LotteryTicket.objects.exists()


def test_refusals_are_said_and_nothing_is_taken(client, rich, bob):
    ticket = tickets.exchange(rich, uuid4())
    answer = client.post(DRAWS, {"ticket": ticket.pk}, follow=True)
    assert [message.level_tag for message in answer.context["messages"]] == ["warning"]
    client.force_login(bob)
    answer = client.post(TICKETS, {"key": uuid4()}, follow=True)
    assert [message.level_tag for message in answer.context["messages"]] == ["warning"]
    assert LotteryTicket.objects.get().used_at is None


def test_the_pages_take_few_statements(client, rich, django_assert_max_num_queries):
    e22_table()
    for _ in range(4):
        lottery.draw(rich, tickets.exchange(rich, uuid4()).pk)
    for path in (PAGE, DRAWS, SEEDS, LotteryDraw.objects.first().get_absolute_url()):
        client.get(path)
        with django_assert_max_num_queries(12):
            client.get(path)


# --- the back office --------------------------------------------------------------------------------------------------


@pytest.fixture
def office(client, manager):
    client.force_login(manager)
    return client


def action(office, table, name, **more):
    return office.post(LIST, {"action": name, "_selected_action": table.pk, **more}, follow=True)


def levels(page):
    return {message.level_tag for message in page.context["messages"]}


def form_of(*lines, day=None):
    day = day or timezone.localdate() + timedelta(days=1)
    facts = {
        "name": "冬季抽奖", "rules": "人人可验", "opens_at_0": day, "opens_at_1": "00:00",
        "closes_at_0": day + timedelta(days=9), "closes_at_1": "00:00",
        "lines-TOTAL_FORMS": len(lines), "lines-INITIAL_FORMS": 0,
    }  # fmt: skip
    for n, (prize, weight) in enumerate(lines):
        facts |= {f"lines-{n}-place": n + 1, f"lines-{n}-prize": prize.pk, f"lines-{n}-weight": weight}
    return facts


def test_a_manager_drafts_publishes_revises_and_closes_a_table(office):
    prize, nothing = make_prize(100), make_prize(0, "nothing")
    office.post(LIST + "add/", form_of((prize, 400_000), (nothing, 600_001)), follow=True)
    table = OddsTable.objects.get()
    assert levels(action(office, table, "publish")) == {"error"}
    table.lines.filter(prize=nothing).update(weight=600_000)
    assert levels(action(office, table, "publish")) == {"success"}
    assert office.post(f"{LIST}{table.pk}/change/", form_of((prize, 1))).status_code == 403
    action(office, table, "revise")
    assert list(OddsTable.objects.values_list("version", "status")) == [(2, "draft"), (1, "published")]
    action(office, table, "close", reason="end of the season")
    assert OddsTable.objects.get(version=1).status == "closed"
    assert levels(action(office, table, "publish")) == {"error"}


@pytest.mark.parametrize(
    ("facts", "field"),
    [({"kind": "points"}, "points"), ({"kind": "points", "points": "5000001"}, "__all__"),
     ({"kind": "coupon"}, "coupon_template"),
     ({"kind": "nothing", "stock": "5"}, "stock"), ({"kind": "nothing", "points": "5"}, "points")],
)  # fmt: skip
def test_a_prize_that_makes_no_sense_or_is_above_the_law_is_refused(office, facts, field):
    page = office.post("/admin/loyalty/prize/add/", {"name": "奖", "points": "0"} | facts)
    assert field in page.context["adminform"].form.errors
    assert not Prize.objects.exists()


def test_the_worth_of_a_prize_follows_from_what_it_is_and_its_stock_only_rises(office):
    template = make_template(amount_fen=5_000, claimable=False)
    facts = {"name": "¥50", "kind": "coupon", "points": "0", "coupon_template": template.pk, "stock": "10"}
    office.post("/admin/loyalty/prize/add/", facts)
    prize = Prize.objects.get()
    assert prize.value_fen == 5_000
    make_table((prize, 400_000), (make_prize(0, "nothing"), 600_000))
    for stock, expected in (("9", 10), ("", 10), ("101", 10), ("12", 12)):
        office.post(f"/admin/loyalty/prize/{prize.pk}/change/", {"stock": stock})
        prize.refresh_from_db()
        assert prize.stock == expected


def test_an_operator_reads_everything_and_publishes_nothing(client, operator, rich):
    table = e22_table(publish=False, opens_at=timezone.now() + timedelta(days=1))
    client.force_login(operator)
    for model in ("oddstable", "prize", "lotterydraw", "lotteryseed", "lotterycheck", "lotteryticket"):
        assert client.get(f"/admin/loyalty/{model}/").status_code == 200
    assert client.get(f"{LIST}{table.pk}/change/").status_code == 200
    client.post(LIST, {"action": "publish", "_selected_action": table.pk})
    table.refresh_from_db()
    assert table.status == "draft"


def test_staff_read_the_seed_of_a_day_only_when_it_is_over(client, manager, alice):
    points.grant(alice, "gift", 100, "gift")
    e22_table()
    seed = lottery.draw(alice, tickets.exchange(alice, uuid4()).pk).seed
    addresses = ("/admin/loyalty/lotteryseed/", f"/admin/loyalty/lotteryseed/{seed.pk}/change/")
    client.force_login(manager)
    for address in addresses:
        page = client.get(address).content.decode()
        assert seed.commitment in page
        assert seed.secret not in page
    with time_machine.travel(timezone.now() + timedelta(days=1), tick=False):
        client.force_login(manager)
        for address in addresses:
            assert seed.secret in client.get(address).content.decode()
