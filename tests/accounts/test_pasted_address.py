import pytest

from accounts import regions
from accounts.addresses import Pasted, parse

NANSHAN, XIHU, CHAOYANG = "440305", "330106", "110105"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "林小满 13800001234 广东省深圳市南山区粤海街道科技园一路1号2栋301",
            Pasted("林小满", "13800001234", NANSHAN, "粤海街道科技园一路1号2栋301"),
        ),
        (
            "收货人：林小满，手机号码：138 0000 1234，所在地区：浙江省杭州市西湖区，详细地址：文三路 90 号 301 室",
            Pasted("林小满", "13800001234", XIHU, "文三路 90 号 301 室"),
        ),
        (
            "北京市朝阳区建国路88号SOHO现代城 王芳 +86 139-0000-1234",
            Pasted("王芳", "13900001234", CHAOYANG, "建国路88号SOHO现代城"),
        ),
        ("北京市北京市朝阳区建国路88号 王芳", Pasted("王芳", "", CHAOYANG, "建国路88号")),
        ("上海市市辖区浦东新区世纪大道100号 李雷13900001234", Pasted("李雷", "13900001234", "310115", "世纪大道100号")),
        ("张三13800001234深圳南山科技园", Pasted("张三", "13800001234", NANSHAN, "科技园")),
        ("河南省济源市沁园街道 1 号 赵六", Pasted("赵六", "", "419001", "沁园街道 1 号")),
        ("白云 13800001234 广州市白云区机场路1号", Pasted("白云", "13800001234", "440111", "机场路1号")),
        (
            "新疆乌鲁木齐市天山区光明路1号 阿依努尔·买买提 13800001234",
            Pasted("阿依努尔·买买提", "13800001234", "650102", "光明路1号"),
        ),
        (
            "Zhang San １３８００００１２３４ 东莞市长安镇振安路1号",
            Pasted("Zhang San", "13800001234", "441904", "振安路1号"),
        ),
        ("重庆市云阳县双江镇 3号", Pasted("", "", "500235", "双江镇 3号")),
        ("朝阳区建国路88号", Pasted("", "", "", "朝阳区建国路88号")),
        ("", Pasted()),
    ],
)
def test_a_pasted_line_is_sorted_into_fields(text, found):
    assert parse(text) == found


def test_the_street_may_follow_in_a_new_line_and_the_landline_counts():
    found = parse("陈生\n0571-88886666\n浙江省 杭州市 西湖区\n文三路 90 号")
    assert found == Pasted("陈生", "057188886666", XIHU, "文三路 90 号")


def test_any_district_with_its_full_path_is_recognised():
    missed = []
    for province, _name in regions.children():
        for city, _city in regions.children(province):
            for code, _district in regions.children(city):
                names = "".join(regions.names_of(code))
                found = regions.names_of(parse(f"{names}和平路1号").region or province)
                if found != regions.names_of(code):
                    missed.append((names, found))
    assert missed == []


def test_nonsense_of_any_length_is_only_nonsense():
    assert parse("，，，；；" * 500).region == ""
    assert parse("省" * 5000) is not None
