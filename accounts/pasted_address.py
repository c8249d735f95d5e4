"""Reads an address as people paste it: name, phone, region and street in one line, in any order."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from accounts import regions
from accounts.phones import LANDLINE, MOBILE

LONGEST = 300
NAME_LENGTH = 20
LABELS = re.compile(
    r"(收货人|收件人|联系人|姓名|手机号码|手机号|手机|联系电话|电话|所在地区|所在地|详细地址|收货地址|地址|邮编)\s*[::]\s*"
)
PHONE = re.compile(
    r"(?<!\d)(?:(?:\+|00)?86[\s-]?)?(1[3-9]\d[\s-]?\d{4}[\s-]?\d{4})(?!\d)|(?<!\d)(0\d{2,3}-?\d{7,8})(?!\d)"
)
SEPARATORS = re.compile(r"[\s,、;|/]+")
PAPER = re.compile(r"(市辖区|县辖区|省直辖县级行政区划|自治区直辖县级行政区划|省直辖县)")
SUFFIX = re.compile(
    r"(特别行政区|维吾尔自治区|壮族自治区|回族自治区|自治区|省|市|地区|盟|自治州|自治县|自治旗|新区|林区|区|县|旗)$"
)
SUFFIXES = tuple("省市区县旗盟州")
STREETISH = re.compile(r"[\d号室楼栋幢层路街巷弄村组园苑座]|单元|[省市区县镇乡旗盟州]$")
LATIN = re.compile(r"(?<=[A-Za-z.]) (?=[A-Za-z])")


@dataclass(frozen=True)
class Pasted:
    """What was recognised; the rest is "". ``region`` is the code of the deepest place found, maybe not a district."""

    receiver: str = ""
    phone: str = ""
    region: str = ""
    detail: str = ""


def parse(text):
    """``Pasted`` of a pasted address. Never raises; what is not recognised stays empty or in ``detail``."""
    text = LABELS.sub(" ", unicodedata.normalize("NFKC", text or "")[:LONGEST])
    phone, text = _take_phone(text)
    # The words of a Latin name stay together: their blank is hidden from the splitting.
    tokens = [token.replace("\u2060", " ") for token in SEPARATORS.split(LATIN.sub("\u2060", text)) if token]
    best = max(_places(tokens), key=lambda place: place[0], default=None)
    if best is None:
        receiver, rest = _take_name(tokens, [])
        return Pasted(receiver=receiver, phone=phone, detail=" ".join(rest))
    _score, index, offset, region, length = best
    before = [*tokens[:index], *([tokens[index][:offset]] if offset else [])]
    receiver, rest = _take_name(before, _left(tokens[index:], offset + length))
    return Pasted(receiver=receiver, phone=phone, region=region, detail=" ".join(rest))


def _take_phone(text):
    found = PHONE.search(text)
    if not found:
        return "", text
    digits = re.sub(r"[\s-]", "", found.group(1) or found.group(2))
    if not (MOBILE.fullmatch(digits) or LANDLINE.fullmatch(digits)):
        return "", text
    return digits, f"{text[: found.start()]} {text[found.end() :]}"


def _left(tokens, used):
    """The tokens that are left when the first ``used`` characters are gone."""
    left = []
    for token in tokens:
        if used >= len(token):
            used -= len(token)
            continue
        left.append(token[used:])
        used = 0
    return left


def _take_name(before, after):
    """(receiver, the other tokens): a short token before the region, else one at the end that is no street."""
    for group, order in ((before, before), (after, after[::-1])):
        if group is after and len(after) < 2:
            continue
        for token in order:
            if len(token) <= NAME_LENGTH and not STREETISH.search(token):
                rest = [one for one in [*before, *after] if one is not token]
                return token, rest
    return "", [*before, *after]


def _places(tokens):
    """Every place in the tokens as (score, token, offset in it, code, characters used)."""
    for index, token in enumerate(tokens):
        text = "".join(tokens[index:])
        for offset in range(min(len(token), 7)):
            code, length = _longest(text[offset:])
            if length:
                # A name may sound like a town: the deeper and longer match wins, then the one that starts a token.
                yield (len(regions.path_to(code)), length, offset == 0, -index), index, offset, code, length


def _longest(text):
    """(code, characters) of the longest chain of places with which ``text`` starts; ("", 0) when there is none."""
    best = ("", 0)
    for name, codes in _starts().get(text[:2], ()):
        if _names(text, name):
            for code in codes:
                best = max(best, _follow(code, text, len(name)), key=lambda one: (one[1], len(one[0])))
    return best


def _names(text, name):
    """Whether ``text`` starts with the place ``name``: "朝阳" is not meant by "朝阳区…"."""
    return text.startswith(name) and (name[-1] in SUFFIXES or text[len(name) : len(name) + 1] not in SUFFIXES)


def _follow(code, text, used):
    """Go on below ``code``; a level may be left out or said twice."""
    rest = text[used:]
    if paper := PAPER.match(rest):
        return _follow(code, text, used + paper.end())
    found = (code, used)
    for below, _name in regions.children(code):
        for candidate in [below, *(deeper for deeper, _deeper in regions.children(below))]:
            for name in _spellings(candidate):
                if _names(rest, name):
                    found = max(found, _follow(candidate, text, used + len(name)), key=lambda one: one[1])
    only = regions.children(found[0])
    return (
        (only[0][0], found[1]) if found[0] == code and len(only) == 1 and regions.children(only[0][0]) == [] else found
    )


@cache
def _spellings(code):
    """The full name of a place and the short one ("南山区", "南山"), longest first."""
    full = next(name for name in reversed(regions.names_of(code)) if name)
    short = SUFFIX.sub("", full)
    return (full, short) if len(short) >= 2 and short != full else (full,)


@cache
def _starts():
    """Where an address may start: provinces and cities in any spelling, districts by a full name that is unique."""
    names = {}
    for province, _name in regions.children():
        for city, _city in [(province, ""), *regions.children(province)]:
            for name in _spellings(city):
                names.setdefault(name, set()).add(city)
            if city != province:
                for district, full in regions.children(city):
                    names.setdefault(full, set()).add(district)
    starts = {}
    for name, codes in names.items():
        districts_only = all(len(regions.path_to(code)) == 3 for code in codes)
        if len(name) >= 3 or not districts_only:
            if districts_only and len(codes) > 1:
                continue
            starts.setdefault(name[:2], []).append((name, sorted(codes)))
    return starts
