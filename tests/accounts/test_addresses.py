import pytest

from accounts import addresses
from accounts.forms import AddressForm
from accounts.models import Address

NANSHAN = {"province": "440000", "city": "440300", "district": "440305"}
FIELDS = {
    "receiver": "林小满",
    "phone": "+8613800001234",
    "region_code": "440305",
    "province": "广东省",
    "city": "深圳市",
    "district": "南山区",
    "detail": "科技园一路1号",
}


def typed(**changes):
    return {"receiver": "林小满", "phone": "138 0000 1234", "detail": "科技园一路1号", **NANSHAN, **changes}


def test_a_new_address_is_kept_with_its_names_and_is_the_default(client, alice):
    client.force_login(alice)
    answer = client.post("/account/addresses/new/", typed())
    assert answer.status_code == 302
    address = alice.addresses.get()
    assert (address.receiver, address.phone, address.region_code) == ("林小满", "+8613800001234", "440305")
    assert address.region_name == "广东省深圳市南山区"
    assert address.is_default


def test_there_is_always_one_default(alice):
    first, second = (addresses.save(alice, fields=FIELDS) for _ in range(2))
    assert [a.is_default for a in (first, second)] == [True, False]
    addresses.make_default(second)
    addresses.make_default(second)
    assert list(alice.addresses.filter(is_default=True)) == [second]
    addresses.save(alice, fields=FIELDS | {"detail": "新址"}, address=second, default=False)
    assert list(alice.addresses.filter(is_default=True)) == [second]
    addresses.delete(second)
    assert list(alice.addresses.filter(is_default=True)) == [first]


def test_the_twenty_first_address_is_refused_and_nothing_changed(client, alice):
    Address.objects.bulk_create(Address(user=alice, **FIELDS, is_default=n == 0) for n in range(addresses.MOST))
    client.force_login(alice)
    answer = client.post("/account/addresses/new/", typed(detail="第二十一个"))
    assert answer.status_code == 422
    assert "20" in answer.content.decode()
    assert alice.addresses.count() == addresses.MOST


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"phone": "1380000"}, "phone"),
        ({"receiver": ""}, "receiver"),
        ({"district": ""}, "district"),
        ({"city": "110100", "district": ""}, "city"),
        ({"province": "999999", "city": "", "district": ""}, "province"),
        ({"detail": "一"}, "detail"),
        ({"detail": "路" * 121}, "detail"),
    ],
)
def test_a_wrong_field_is_named_and_nothing_is_saved(client, alice, wrong, field):
    client.force_login(alice)
    answer = client.post("/account/addresses/new/", typed(**wrong))
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert not alice.addresses.exists()


def test_without_script_the_region_is_chosen_step_by_step(client, alice):
    client.force_login(alice)
    page = client.get("/account/addresses/new/")
    assert "深圳市" not in page.content.decode()
    step = {"receiver": "林小满", "phone": "13800001234", "detail": "科技园一路1号", "step": "region"}
    page = client.post("/account/addresses/new/", {**step, "province": "440000"})
    assert page.status_code == 200
    assert "深圳市" in page.content.decode()
    assert 'value="林小满"' in page.content.decode()
    page = client.post("/account/addresses/new/", {**step, "province": "440000", "city": "440300"})
    assert "南山区" in page.content.decode()
    assert not alice.addresses.exists()


def test_a_changed_province_offers_its_own_cities(client, alice):
    client.force_login(alice)
    page = client.post("/account/addresses/new/", typed(step="region", province="330000"))
    assert "杭州市" in page.content.decode()
    assert "深圳市" not in page.content.decode()


def test_a_city_state_has_nothing_to_choose_between_province_and_district():
    form = AddressForm(initial={"province": "110000"})
    assert form.initial["city"] == "110100"
    assert ("110105", "朝阳区") in form.fields["district"].choices


def test_a_county_directly_below_its_province_needs_no_district(alice):
    form = AddressForm(typed(province="410000", city="419001", district=""))
    assert form.is_valid(), form.errors
    assert form.address_fields["city"] == "济源市"
    assert form.address_fields["district"] == ""


def test_a_pasted_address_fills_the_form_and_saves_nothing(client, alice):
    client.force_login(alice)
    paste = "王芳 139 0000 1234 浙江省杭州市西湖区文三路90号"
    page = client.post("/account/addresses/new/", {"paste": paste, "step": "paste"})
    form = page.context["form"]
    assert form["receiver"].value() == "王芳"
    assert form["district"].value() == "330106"
    assert form["detail"].value() == "文三路90号"
    assert not alice.addresses.exists()


def test_a_form_inside_another_form_keeps_its_prefix():
    data = {f"ship-{name}": value for name, value in typed().items()}
    assert AddressForm.at_step(data, prefix="ship") is None
    form = AddressForm(data, prefix="ship")
    assert form.is_valid(), form.errors
    again = AddressForm.at_step({**data, "ship-step": "region", "ship-city": "", "ship-district": ""}, prefix="ship")
    assert "district" not in again.fields
    assert again.step_name == "ship-step"


def test_the_next_select_comes_alone_when_asked_for(client, db):
    page = client.get("/account/addresses/regions/", {"prefix": "ship", "ship-province": "440000"})
    text = page.content.decode()
    assert "深圳市" in text
    assert 'name="ship-city"' in text
    assert "<html" not in text


def test_the_book_shows_masked_phones(client, alice):
    addresses.save(alice, fields=FIELDS)
    client.force_login(alice)
    text = client.get("/account/addresses/").content.decode()
    assert "138****1234" in text
    assert "13800001234" not in text


@pytest.mark.parametrize(("method", "path"), [("get", ""), ("post", ""), ("post", "deletion/"), ("post", "default/")])
def test_a_strangers_address_does_not_exist(client, alice, mallory, method, path):
    first, second = (addresses.save(alice, fields=FIELDS) for _ in range(2))
    client.force_login(mallory)
    answer = getattr(client, method)(f"/account/addresses/{second.pk}/{path}", typed(detail="换掉"))
    assert answer.status_code == 404
    assert alice.addresses.get(is_default=True) == first
    assert alice.addresses.get(pk=second.pk).detail == "科技园一路1号"


def test_deleting_asks_first(client, alice):
    address = addresses.save(alice, fields=FIELDS)
    client.force_login(alice)
    assert client.get(f"/account/addresses/{address.pk}/deletion/").status_code == 200
    assert alice.addresses.exists()
    client.post(f"/account/addresses/{address.pk}/deletion/")
    assert not alice.addresses.exists()


def test_changing_keeps_the_row(client, alice):
    address = addresses.save(alice, fields=FIELDS)
    client.force_login(alice)
    page = client.get(f"/account/addresses/{address.pk}/")
    assert page.context["form"]["district"].value() == "440305"
    client.post(f"/account/addresses/{address.pk}/", typed(detail="深南大道 9 号"))
    assert alice.addresses.get().detail == "深南大道 9 号"


def test_the_street_is_unreadable_in_the_database(alice, django_assert_num_queries):
    addresses.save(alice, fields=FIELDS)
    assert Address.objects.extra(where=["detail LIKE 'v1.%%'", "phone LIKE 'v1.%%'", "receiver LIKE 'v1.%%'"]).exists()
