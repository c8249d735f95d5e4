import pytest

from accounts import regions


def test_a_place_has_province_city_and_district():
    assert regions.names_of("440305") == ("广东省", "深圳市", "南山区")
    assert regions.path_to("440305") == ["440000", "440300", "440305"]
    assert regions.is_selectable("440305")


def test_levels_that_exist_on_paper_only_are_hidden():
    labels = {name for province, _name in regions.children() for _code, name in regions.children(province)}
    assert not labels & regions.ON_PAPER
    assert ("419001", "济源市") in regions.children("410000")
    assert regions.names_of("419001") == ("河南省", "济源市", "")
    assert regions.is_selectable("419001")


def test_the_counties_of_chongqing_stand_beside_its_districts():
    assert [name for _code, name in regions.children("500000")] == ["重庆市"]
    assert ("500235", "云阳县") in regions.children("500100")


def test_every_place_without_a_level_below_can_be_chosen_and_named():
    seen = 0
    waiting = [code for code, _name in regions.children()]
    while waiting:
        code = waiting.pop()
        below = [child for child, _name in regions.children(code)]
        assert regions.is_selectable(code) is not bool(below)
        assert regions.names_of(code)[0]
        waiting += below
        seen += 1
    assert seen > 3800


def test_a_place_that_is_no_more_keeps_its_name_and_is_not_offered():
    assert regions.names_of("320611") == ("江苏省", "南通市", "港闸区")
    assert not regions.is_selectable("320611")
    assert "320611" not in dict(regions.children("320600"))


def test_an_unknown_code_is_an_error_and_not_selectable():
    assert not regions.is_selectable("999999")
    assert regions.children("999999") == []
    with pytest.raises(KeyError):
        regions.names_of("999999")


def test_the_data_stays_small():
    assert regions.DATA.stat().st_size < 120_000
    assert "MIT License" in (regions.DATA.parent / "NOTICE").read_text(encoding="utf-8")
