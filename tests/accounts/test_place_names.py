"""Names of places for those who read no Chinese; what is stored and printed stays Chinese."""

import pytest
from django.utils import translation

from accounts import place_names, regions
from accounts.forms import AddressForm
from accounts.models import Address

ADDRESS = {"region_code": "330106", "province": "浙江省", "city": "杭州市", "district": "西湖区"}


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("浙江省", "Zhejiang"),
        ("陕西省", "Shaanxi"),
        ("内蒙古自治区", "Inner Mongolia"),
        ("新疆维吾尔自治区", "Xinjiang"),
        ("重庆市", "Chongqing"),
        ("厦门市", "Xiamen"),
        ("西湖区", "Xihu District"),
        ("滨海新区", "Binhai New Area"),
        ("沙县", "Shaxian"),
        ("青龙满族自治县", "Qinglong County"),
        ("博尔塔拉蒙古自治州", "Bortala Prefecture"),
        ("克孜勒苏柯尔克孜自治州", "Kizilsu Prefecture"),
        ("经济技术开发区", "Development Zone"),
        ("阿里地区", "Ngari Prefecture"),
        ("雅安市", "Ya’an"),
        ("", ""),
    ],
)
def test_a_place_has_an_english_name(name, said):
    with translation.override("en"):
        assert place_names.spoken(name) == said
    with translation.override("zh-hans"):
        assert place_names.spoken(name) == name


def test_every_place_that_can_be_chosen_has_a_name_without_chinese_characters():
    def walk(code=""):
        for place, _name in regions.children(code):
            yield place
            yield from walk(place)

    with translation.override("en"):
        said = {place_names.joined(regions.names_of(code)) for code in walk()}
    assert len(said) > 3_000
    assert [name for name in said if any("\u3400" <= sign <= "\u9fff" for sign in name)] == []


def test_an_address_is_read_in_english_and_kept_in_chinese(alice):
    address = Address.objects.create(user=alice, receiver="林", phone="+8613800001234", detail="1 号", **ADDRESS)
    with translation.override("en"):
        assert address.region_local == "Xihu District, Hangzhou, Zhejiang"
        assert address.region_name == "浙江省杭州市西湖区"
    with translation.override("zh-hans"):
        assert address.region_local == address.region_name


def test_the_form_offers_places_in_english_from_a_to_z_and_keeps_their_chinese_names():
    data = {"receiver": "Lin", "phone": "13800001234", "detail": "1 Songjian Road", "province": "330000"}
    with translation.override("en"):
        form = AddressForm(data | {"city": "330100", "district": "330106"})
        provinces = [name for _code, name in form.fields["province"].choices[1:]]
        assert form.is_valid(), form.errors
    assert provinces == sorted(provinces)
    assert "Zhejiang" in provinces
    fields = form.address_fields
    assert (fields["province"], fields["city"], fields["district"]) == ("浙江省", "杭州市", "西湖区")
