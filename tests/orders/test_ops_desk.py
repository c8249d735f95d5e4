"""The back office of orders: what staff see and may do, whose it is, and that money is asked about first."""

import pytest

from accounts.models import AccessLog
from orders import lifecycle, parcels
from orders.models import Parcel, Refund
from tests.fakes.shopping import pay_and_hear, run_refunds, ship_all, to_warehouse

pytestmark = pytest.mark.django_db

SF = "SF1234567890123"


@pytest.fixture
def order(alice, teapot, cup, place):
    """A teapot of 屿集 and two cups of 松烟, paid."""
    return pay_and_hear(place(alice, (teapot, 1), (cup, 2)))


@pytest.fixture
def released(order):
    lifecycle.release_to_warehouse(order)
    return order


def desk(order, path=""):
    return f"/admin/orders/order/{order.pk}/{path or 'change/'}"


def act(client, order, name, **data):
    return client.post(desk(order, f"deeds/{name}/"), data)


def buttons(client, order):
    page = client.get(desk(order)).content.decode()
    return {name for name in ("release", "cancel", "void", "query", "approve") if f"/deeds/{name}/" in page}


def test_the_page_offers_what_is_lawful_now_and_nothing_else(client, operator, order):
    client.force_login(operator)
    assert buttons(client, order) == {"release", "cancel"}
    act(client, order, "release")
    order.refresh_from_db()
    assert order.status == "processing"
    assert buttons(client, order) == {"cancel"}
    parcel = parcels.pack(order, order.lines.first().merchant, operator)
    assert buttons(client, order) == {"void"}
    parcels.void(parcel, by=operator)
    ship_all(order, operator)
    assert buttons(client, order) == set()


def test_a_deed_whose_time_is_over_changes_nothing(client, operator, order):
    lifecycle.release_to_warehouse(order)
    ship_all(order, operator)
    client.force_login(operator)
    act(client, order, "cancel", confirmed="yes", reason="late")
    order.refresh_from_db()
    assert (order.status, Refund.objects.count()) == ("shipped", 0)


def test_cancelling_says_the_amount_and_asks_for_a_reason_first(client, operator, order):
    client.force_login(operator)
    asked = act(client, order, "cancel")
    assert "358.00" in asked.content.decode()
    assert act(client, order, "cancel", confirmed="yes", reason="").status_code == 422
    order.refresh_from_db()
    assert order.status == "paid"
    act(client, order, "cancel", confirmed="yes", reason="out of stock")
    run_refunds()
    order.refresh_from_db()
    assert (order.status, order.refunds.get().status) == ("closed", "succeeded")


def test_a_large_refund_is_approved_by_a_second_person(client, operator, manager, alice, teapot, place):
    order = pay_and_hear(place(alice, (teapot, 8)))
    lifecycle.cancel(order, by=operator)
    refund = order.refunds.get()
    client.force_login(operator)
    assert "approve" not in buttons(client, order)
    assert act(client, order, "approve", target=refund.pk, confirmed="yes", reason="me").status_code == 403
    client.force_login(manager)
    assert "approve" in buttons(client, order)
    act(client, order, "approve", target=refund.pk, confirmed="yes", reason="checked")
    refund.refresh_from_db()
    assert (refund.status, refund.approved_by) == ("approved", manager)


def test_packing_and_shipping_on_the_page(client, operator, released, cup):
    client.force_login(operator)
    line = released.lines.get(sku=cup)
    client.post(desk(released, f"packing/{line.merchant_id}/"), {f"pack-{line.merchant_id}-line-{line.pk}": "1"})
    parcel = Parcel.objects.get()
    assert parcel.lines.get().quantity == 1
    prefix = f"parcel-{parcel.pk}"
    client.post(desk(released, f"shipping/{parcel.pk}/"), {f"{prefix}-carrier": "shunfeng", f"{prefix}-waybill": "77"})
    parcel.refresh_from_db()
    assert parcel.status == "packed"
    client.post(desk(released, f"shipping/{parcel.pk}/"), {f"{prefix}-carrier": "shunfeng", f"{prefix}-waybill": SF})
    parcel.refresh_from_db()
    released.refresh_from_db()
    assert (parcel.status, released.status) == ("shipped", "partially_shipped")


def test_several_parcels_are_shipped_at_once_and_a_bad_waybill_stays(client, operator, released):
    boxes = [parcels.pack(released, line.merchant, operator) for line in released.lines.all()]
    client.force_login(operator)
    assert client.get("/admin/orders/parcel/shipping/").status_code == 200
    form = {f"parcel-{box.pk}-carrier": "shunfeng" for box in boxes}
    form |= {f"parcel-{boxes[0].pk}-waybill": SF, f"parcel-{boxes[1].pk}-waybill": "nonsense"}
    page = client.post("/admin/orders/parcel/shipping/", form)
    assert page.status_code == 422
    assert "nonsense" in page.content.decode().lower()
    assert [Parcel.objects.get(pk=box.pk).status for box in boxes] == ["shipped", "packed"]


def test_a_merchants_staff_see_their_part_only(client, yuji_staff, released, songyan, operator):
    other = parcels.pack(released, songyan, operator)
    client.force_login(yuji_staff)
    page = client.get(desk(released)).content.decode()
    assert "山影" in page
    assert "对饮" not in page
    assert other.number not in page
    assert "358.00" not in page
    assert "268.00" in page
    assert released.payments.get().number not in page
    assert buttons(client, released) == set()
    assert client.post(desk(released, f"packing/{songyan.pk}/"), {}).status_code == 404
    assert client.post(desk(released, f"shipping/{other.pk}/"), {}).status_code == 404
    assert act(client, released, "void", target=other.pk).status_code == 404
    assert act(client, released, "cancel", confirmed="yes", reason="x").status_code == 403
    other.refresh_from_db()
    released.refresh_from_db()
    assert (other.status, released.status) == ("packed", "processing")


def test_a_merchants_staff_pack_and_ship_their_own(client, yuji_staff, released, yuji):
    client.force_login(yuji_staff)
    line = released.lines.get(merchant=yuji)
    client.post(desk(released, f"packing/{yuji.pk}/"), {f"pack-{yuji.pk}-line-{line.pk}": "1"})
    box = Parcel.objects.get()
    client.post(
        "/admin/orders/parcel/shipping/", {f"parcel-{box.pk}-carrier": "shunfeng", f"parcel-{box.pk}-waybill": SF}
    )
    box.refresh_from_db()
    assert box.status == "shipped"


def test_a_merchant_without_lines_in_an_order_does_not_find_it(client, yuji_staff, alice, cup, place):
    order = to_warehouse(place(alice, (cup, 1)))
    client.force_login(yuji_staff)
    assert client.get(desk(order)).status_code == 302
    assert order.number not in client.get("/admin/orders/order/").content.decode()
    assert client.post(desk(order, "reading/")).status_code == 404
    assert client.get("/admin/orders/payment/").status_code == 403


def test_names_are_masked_until_somebody_asks_and_that_is_written_down(client, operator, order):
    client.force_login(operator)
    page = client.get(desk(order)).content.decode()
    assert "林**" in page
    assert "林小满" not in page
    assert not AccessLog.objects.exists()
    assert client.get(desk(order, "reading/")).status_code == 405
    revealed = client.post(desk(order, "reading/")).content.decode()
    assert "林小满" in revealed
    assert "1201" in revealed
    assert AccessLog.objects.get().subject == order.about


@pytest.mark.parametrize("queue", ["", "unpaid", "to_release", "to_pack", "to_ship", "late", "refunds", "returns"])
def test_every_queue_opens(client, operator, order, queue):
    client.force_login(operator)
    page = client.get(f"/admin/orders/order/?queue={queue}" if queue else "/admin/orders/order/")
    assert page.status_code == 200
    assert (order.number in page.content.decode()) == (queue in {"", "to_release"})


@pytest.mark.parametrize("model", ["payment", "refund", "parcel", "paymentnotice", "carrierpush", "deadline"])
def test_every_list_opens(client, operator, order, model):
    client.force_login(operator)
    assert client.get(f"/admin/orders/{model}/").status_code == 200


def test_a_note_for_colleagues(client, operator, order):
    client.force_login(operator)
    client.post(desk(order, "notes/"), {"text": "shopper rang twice"})
    assert "shopper rang twice" in client.get(desk(order)).content.decode()


def test_a_shopper_has_no_desk(client, alice, order):
    client.force_login(alice)
    assert client.get(desk(order)).status_code == 302
    assert act(client, order, "release").status_code == 302
    order.refresh_from_db()
    assert order.status == "paid"
