"""Invoices: asked for, corrected, issued after receipt, taken back when money goes back, and never saying more than was paid."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts import work
from accounts.history import TransitionNotAllowed
from accounts.models import AccessLog, Notification
from catalog import goods_tax
from catalog.models import Category
from catalog.tree import tree
from config import books
from orders import anchors, invoice_mails, invoices, lifecycle, refunds
from orders.invoice_lines import lines_of, tax_in, tax_of
from orders.issuers.sandbox import signed_number
from orders.models import Invoice, InvoiceMail, InvoiceRequest, Order, SandboxInvoice
from tests.factories import make_product, make_sku
from tests.fakes.shopping import pay_and_hear, run_refunds

pytestmark = pytest.mark.django_db
PERSON = {"kind": "personal", "title": "林小满"}
COMPANY = {"kind": "company", "title": "屿集有限公司", "tax_number": "91350100M000100Y43"}


@pytest.fixture
def bought(alice, cup, place):
    """Three cups at ¥45.00, paid."""
    return pay_and_hear(place(alice, (cup, 3)))


@pytest.fixture
def received(bought):
    """The same order, received: invoices are issued from here on."""
    Order.objects.filter(pk=bought.pk).update(status="completed", completed_at=timezone.now())
    bought.lines.update(shipped_quantity=3, signed_at=timezone.now())
    bought.refresh_from_db()
    return bought


def the_issuer_works():
    """The worker's sweep until nothing is under way."""
    for _ in range(6):
        Invoice.objects.filter(done_at=None).update(run_after=timezone.now())
        SandboxInvoice.objects.update(ready_at=timezone.now() - timedelta(seconds=1))
        invoices.issue_due()


def send_back(order, units, source="return:RT1"):
    line = order.lines.get()
    goods, _shipping, points = anchors.worth(line, units)
    refunds.request(order, lines=[(line, units, goods, 0, points)], source=source, reason="return")
    run_refunds()
    run_refunds()


def orders_books_are_right():
    broken = [finding for finding in books.check() if finding.broken and "invoice" in finding.name]
    assert not broken, broken


def said(order):
    """[(kind, fen)] of the documents that were issued."""
    return list(Invoice.objects.filter(request__order=order, status="issued").values_list("kind", "amount_fen"))


def test_an_invoice_waits_for_receipt_and_then_says_what_was_paid(bought, alice):
    invoices.ask(bought, by=alice, **COMPANY)
    the_issuer_works()
    assert InvoiceRequest.objects.get().status == "requested"
    Order.objects.filter(pk=bought.pk).update(status="completed", completed_at=timezone.now())
    the_issuer_works()
    wish, document = InvoiceRequest.objects.get(), Invoice.objects.get()
    assert (wish.status, wish.amount_fen, document.amount_fen) == ("issued", 13_500, bought.payable_fen)
    assert document.official_number == signed_number(document.number, SandboxInvoice.objects.get().facts)
    assert Notification.objects.filter(user=alice, kind="invoice_issued").count() == 1
    orders_books_are_right()


def test_asking_the_issuer_again_and_again_makes_one_document(received, alice):
    invoices.ask(received, by=alice, **PERSON)
    for _ in range(3):
        the_issuer_works()
        invoices.settle(InvoiceRequest.objects.get())
    assert said(received) == [("blue", 13_500)]
    assert SandboxInvoice.objects.count() == 1


def test_a_part_sent_back_is_a_red_letter_and_an_invoice_of_what_is_left(received, alice):
    invoices.ask(received, by=alice, **PERSON)
    the_issuer_works()
    send_back(received, 1)
    assert InvoiceRequest.objects.get().status == "reversing"
    orders_books_are_right()
    the_issuer_works()
    assert said(received) == [("blue", 13_500), ("red", 13_500), ("blue", 9_000)]
    assert InvoiceRequest.objects.get().status == "issued"
    assert Invoice.objects.last().lines == [
        {
            "name": "对饮 品茗杯",
            "quantity": 2,
            "list_fen": 9_000,
            "discount_fen": 0,
            "amount_fen": 9_000,
            "tax_bp": 1_300,
        }
    ]
    orders_books_are_right()


def test_everything_sent_back_ends_in_a_red_letter(received, alice):
    invoices.ask(received, by=alice, **PERSON)
    the_issuer_works()
    send_back(received, 3)
    the_issuer_works()
    assert said(received) == [("blue", 13_500), ("red", 13_500)]
    wish = InvoiceRequest.objects.get()
    assert (wish.status, wish.amount_fen) == ("red", 0)
    the_issuer_works()
    assert len(said(received)) == 2
    orders_books_are_right()


def test_a_refund_while_the_issuer_thinks_is_caught_up_with(received, alice):
    invoices.ask(received, by=alice, **PERSON)
    invoices.issue_due()
    send_back(received, 1)
    the_issuer_works()
    assert said(received) == [("blue", 13_500), ("red", 13_500), ("blue", 9_000)]
    orders_books_are_right()


def test_a_wish_for_an_order_that_is_cancelled_is_cancelled(bought, alice):
    invoices.ask(bought, by=alice, **PERSON)
    lifecycle.cancel(bought, by=alice)
    run_refunds()
    run_refunds()
    the_issuer_works()
    assert InvoiceRequest.objects.get().status == "cancelled"
    assert not Invoice.objects.exists()


def test_coupons_and_points_are_discounts_on_the_invoice(received, alice):
    received.lines.update(d_coupon_fen=1_000, d_points_fen=500, payable_fen=12_000, anchor_fen=12_000)
    Order.objects.filter(pk=received.pk).update(payable_fen=12_000, discount_fen=1_500)
    received.payments.update(amount_fen=12_000)
    invoices.ask(received, by=alice, **PERSON)
    the_issuer_works()
    (line,) = Invoice.objects.get().lines
    assert (line["list_fen"], line["discount_fen"], line["amount_fen"]) == (13_500, 1_500, 12_000)


def test_amounts_that_do_not_sum_are_shown_to_staff_and_nothing_is_issued(received, alice):
    received.payments.update(amount_fen=99)
    invoices.ask(received, by=alice, **PERSON)
    the_issuer_works()
    wish = InvoiceRequest.objects.get()
    assert wish.status == "failed"
    assert received.number in wish.failure
    assert not Invoice.objects.exists()


def test_a_refused_title_is_corrected_and_issued(received, alice, manager):
    invoices.ask(received, by=alice, kind="personal", title="拒开")
    the_issuer_works()
    wish = InvoiceRequest.objects.get()
    assert (wish.status, wish.failure) == ("failed", "title")
    assert Notification.objects.filter(kind="invoice_failed").count() == 1
    invoices.ask(received, by=alice, **PERSON)
    the_issuer_works()
    assert said(received) == [("blue", 13_500)]
    orders_books_are_right()


def test_staff_try_a_failed_one_again_and_only_a_failed_one(received, alice, manager):
    wish = invoices.ask(received, by=alice, kind="personal", title="拒开")
    with pytest.raises(TransitionNotAllowed):
        invoices.try_again(wish, by=manager)
    the_issuer_works()
    wish.refresh_from_db()
    assert invoices.try_again(wish, by=manager).kind == "blue"
    assert Invoice.objects.count() == 2


def test_an_issued_title_is_not_changed(received, alice):
    invoices.ask(received, by=alice, **PERSON)
    the_issuer_works()
    with pytest.raises(TransitionNotAllowed):
        invoices.ask(received, by=alice, **COMPANY)
    assert InvoiceRequest.objects.get().title == "林小满"


def test_an_invoice_can_be_asked_for_during_180_days(bought, alice):
    with time_machine.travel(bought.paid_at + timedelta(days=180), tick=False):
        assert not invoices.may_ask(bought)
        with pytest.raises(TransitionNotAllowed):
            invoices.ask(bought, by=alice, **PERSON)
    assert not InvoiceRequest.objects.exists()
    assert invoices.may_ask(bought)


def test_a_silent_issuer_is_given_up_and_shown(received, alice, monkeypatch):
    def silent(number):
        raise OSError("no answer")

    monkeypatch.setattr(invoices.ISSUER, "query", silent)
    invoices.ask(received, by=alice, **PERSON)
    invoices.issue_due()
    Invoice.objects.update(attempts=Invoice.MAX_ATTEMPTS - 1, run_after=timezone.now())
    work.run_due(Invoice)
    assert InvoiceRequest.objects.get().status == "failed"
    assert Invoice.objects.get().status == "failed"


@pytest.mark.parametrize(("fen", "tax"), [(11_300, 1_300), (100, 12), (1, 0), (13_500, 1_553)])
def test_the_tax_is_inside_the_price(fen, tax):
    assert tax_in(fen) == tax


# --- pages ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_shopper_asks_on_the_page_and_loads_the_pdf(client, alice, received, language):
    client.force_login(alice)
    client.cookies["django_language"] = language
    address = f"/orders/{received.number}/invoice/"
    assert address in client.get(received.get_absolute_url()).content.decode()
    assert client.get(address).context["form"] is not None
    assert client.post(address, COMPANY)["Location"] == address
    the_issuer_works()
    page = client.get(address)
    assert page.context["form"] is None
    document = Invoice.objects.get()
    paper = client.get(f"{address}{document.pk}/")
    assert (paper["Content-Type"], paper.content[:5]) == ("application/pdf", b"%PDF-")
    assert f"{address}{document.pk}/" in page.content.decode()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": "a<b>"}, "title"),
        ({"tax_number": ""}, "tax_number"),
        ({"tax_number": "91350100M000100Y44"}, "tax_number"),
        ({"kind": "x"}, "kind"),
        ({"email": "x"}, "email"),
    ],
)
def test_a_wrong_wish_is_refused_beside_its_field(client, alice, bought, change, field):
    client.force_login(alice)
    page = client.post(f"/orders/{bought.number}/invoice/", COMPANY | change)
    assert page.status_code == 422
    assert field in page.context["form"].errors
    assert not InvoiceRequest.objects.exists()


def test_strangers_find_neither_page_nor_paper_and_staff_are_logged(client, alice, mallory, operator, received):
    invoices.ask(received, by=alice, **PERSON)
    the_issuer_works()
    address = f"/orders/{received.number}/invoice/"
    paper = f"{address}{Invoice.objects.get().pk}/"
    client.force_login(mallory)
    assert client.get(address).status_code == client.get(paper).status_code == 404
    assert client.post(address, PERSON).status_code == 404
    assert not AccessLog.objects.exists()
    client.force_login(operator)
    assert client.get(paper).status_code == 200
    assert AccessLog.objects.get().reader == operator


def test_staff_see_what_failed_and_send_it_again(client, alice, manager, received):
    wish = invoices.ask(received, by=alice, kind="personal", title="拒开")
    the_issuer_works()
    client.force_login(manager)
    where = "/admin/orders/invoicerequest/"
    assert received.number in client.get(f"{where}?status__exact=failed").content.decode()
    client.post(where, {"action": "try_again", "_selected_action": wish.pk})
    assert Invoice.objects.count() == 2
    assert client.get("/admin/orders/invoice/").status_code == 200


# --- by mail ---------------------------------------------------------------------------------------------------------

MAILED = COMPANY | {"email": "books@firm.example"}


def the_mails_go_out():
    work.run_due(InvoiceMail, limit=20)


def test_an_issued_invoice_goes_to_its_mailbox_with_its_paper_once(received, alice, mailoutbox):
    invoices.ask(received, by=alice, **MAILED)
    the_issuer_works()
    for _time in range(2):
        the_mails_go_out()
    (mail,) = mailoutbox
    document = Invoice.objects.get()
    assert mail.to == ["books@firm.example"]
    ((name, paper, kind),) = mail.attachments
    assert (name, kind, paper[:4]) == (f"{document.official_number}.pdf", "application/pdf", b"%PDF")


def test_the_red_letter_and_what_is_left_go_out_too(received, alice, mailoutbox):
    invoices.ask(received, by=alice, **MAILED)
    the_issuer_works()
    send_back(received, 1)
    the_issuer_works()
    the_mails_go_out()
    names = {mail.attachments[0][0] for mail in mailoutbox}
    assert names == {f"{one.official_number}.pdf" for one in Invoice.objects.all()}
    assert len(mailoutbox) == 3


def test_without_a_mailbox_nothing_is_mailed(received, alice, mailoutbox):
    invoices.ask(received, by=alice, **PERSON)
    the_issuer_works()
    the_mails_go_out()
    assert not mailoutbox
    with pytest.raises(invoice_mails.NoMailbox):
        invoice_mails.again(Invoice.objects.get(), by=alice)
    assert not InvoiceMail.objects.exists()


def test_a_mail_server_that_is_down_is_tried_again(received, alice, monkeypatch, mailoutbox):
    invoices.ask(received, by=alice, **MAILED)
    the_issuer_works()

    def down(*_args, **_kwargs):
        raise OSError("no mail server")

    with monkeypatch.context() as broken:
        broken.setattr("django.core.mail.EmailMessage.send", down)
        the_mails_go_out()
    row = InvoiceMail.objects.get()
    assert (row.done_at, row.attempts, mailoutbox) == (None, 1, [])
    InvoiceMail.objects.update(run_after=timezone.now(), leased_until=None)
    the_mails_go_out()
    assert len(mailoutbox) == 1


def test_the_shopper_has_it_mailed_again_three_times_a_day(client, received, alice, mailoutbox):
    invoices.ask(received, by=alice, **MAILED)
    the_issuer_works()
    client.force_login(alice)
    address = f"{received.get_absolute_url()}invoice/{Invoice.objects.get().pk}/mail/"
    assert address in client.get(f"{received.get_absolute_url()}invoice/").content.decode()
    for _time in range(5):
        client.post(address)
    the_mails_go_out()
    assert len(mailoutbox) == 1 + 3


def test_nobody_mails_the_invoice_of_another(client, received, alice, mallory):
    invoices.ask(received, by=alice, **MAILED)
    the_issuer_works()
    client.force_login(mallory)
    address = f"{received.get_absolute_url()}invoice/{Invoice.objects.get().pk}/mail/"
    assert client.post(address).status_code == 404
    assert InvoiceMail.objects.count() == 1


# --- tax rates -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("of_sku", "of_category", "of_parent", "rate"),
    [
        (None, None, None, 1_300),
        (None, None, 900, 900),
        (None, 600, 900, 600),
        (0, 600, 900, 0),
        (900, None, None, 900),
    ],
)
def test_the_nearest_rate_counts(teapot, of_sku, of_category, of_parent, rate):
    above = Category.objects.create(name="茶", slug="tea", tax_bp=of_parent)
    below = Category.objects.create(name="茶叶", slug="leaves", parent=above, tax_bp=of_category, is_active=False)
    teapot.product.category, teapot.tax_bp = below, of_sku
    tree.forget()
    assert goods_tax.rate_of(teapot) == rate


def test_an_order_keeps_its_rates_and_the_delivery_fee_follows_its_goods(alice, yuji, cup, place):
    tea = make_sku(make_product(yuji, title="茶叶"), price_fen=2_000, tax_bp=900)
    order = pay_and_hear(place(alice, (tea, 1), (cup, 1)))
    tea.tax_bp = 0
    tea.save()
    tree.forget()
    found = lines_of(order, order.payable_fen)
    assert order.shipping_fen == 800
    assert {(line["name"] == "delivery", line["amount_fen"], line["tax_bp"]) for line in found} == {
        (False, 2_000, 900),
        (False, 4_500, 1_300),
        (True, 554, 1_300),
        (True, 246, 900),
    }
    assert tax_of(found) == tax_in(2_000, 900) + tax_in(4_500) + tax_in(554) + tax_in(246, 900)


@pytest.mark.parametrize(
    ("fen", "rate", "tax"), [(10_900, 900, 900), (11_300, 1_300, 1_300), (5_000, 0, 0), (1, 1_300, 0)]
)
def test_the_tax_is_in_the_price(fen, rate, tax):
    assert tax_in(fen, rate) == tax
