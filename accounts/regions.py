"""The tree of provinces, cities and districts of China: codes of six digits and their names.

Levels that exist only on paper ("市辖区", "省直辖县") are hidden: what they hold hangs one level higher, so a place has
two or three levels. Codes vanish over the years, so whoever stores a code stores the names beside it.
"""

import json
from functools import cache
from pathlib import Path
from types import SimpleNamespace

DATA = Path(__file__).parent / "data" / "regions.json"
ON_PAPER = {"市辖区", "县", "省直辖县", "自治区直辖县级行政区划"}
# The counties of Chongqing stand beside its districts.
JOINED = {"500200": "500100"}


def children(code=""):
    """[(code, name)] one level below ``code``; the provinces for "". Empty for a place that has no level below."""
    return _tree().below.get(code, [])


def names_of(code):
    """(province, city, district) of a place on any level; a missing level is "". Raises ``KeyError`` when unknown."""
    return _tree().names[code]


def is_selectable(code):
    """Whether a parcel can go there: the place exists today and has no level below."""
    tree = _tree()
    return code in tree.names and code not in tree.closed and not tree.below.get(code)


def path_to(code):
    """The codes from the province down to ``code``, itself included. Raises ``KeyError`` when unknown."""
    parents = _tree().parents
    path = [code]
    while parents[path[0]]:
        path.insert(0, parents[path[0]])
    return path


@cache
def _tree():
    data = json.loads(DATA.read_text(encoding="utf-8"))
    tree = SimpleNamespace(names={}, parents={}, below={"": []}, closed=set(data["closed"]))
    for short, name in data["provinces"].items():
        _hang(tree, short + "0000", "", name, (name, "", ""))
    for short, name in data["cities"].items():
        province = short[:2] + "0000"
        if name not in ON_PAPER:
            _hang(tree, short + "00", province, name, (tree.names[province][0], name, ""))
    for code, name in data["districts"].items():
        _hang_district(tree, code, name)
    return tree


def _hang_district(tree, code, name):
    province, city = code[:2] + "0000", code[:4] + "00"
    city = JOINED.get(city, city)
    if name in ON_PAPER:
        # A city without districts: its one child is a name on paper.
        tree.names[code], tree.parents[code] = tree.names[city], province
    elif city in tree.names:
        _hang(tree, code, city, name, (*tree.names[city][:2], name))
    else:
        _hang(tree, code, province, name, (tree.names[province][0], name, ""))


def _hang(tree, code, parent, name, names):
    tree.names[code], tree.parents[code] = names, parent
    if code not in tree.closed:
        tree.below.setdefault(parent, []).append((code, name))
