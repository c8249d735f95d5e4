"""Names of Chinese places for people who do not read Chinese: official English where there is one, else pinyin.

What is stored, printed on labels and told to carriers stays as it is written in China.
"""

import re
from functools import cache

from django.utils.translation import get_language
from pypinyin import lazy_pinyin

from accounts import regions

# Places whose English name is not the pinyin of their Chinese one, and those that pypinyin reads wrongly.
ENGLISH = {"陕西": "Shaanxi", "内蒙古": "Inner Mongolia", "西藏": "Tibet", "香港": "Hong Kong", "澳门": "Macao"}
ENGLISH |= {"乌鲁木齐": "Urumqi", "呼和浩特": "Hohhot", "拉萨": "Lhasa", "哈尔滨": "Harbin", "日喀则": "Shigatse"}
ENGLISH |= {
    "鄂尔多斯": "Ordos",
    "呼伦贝尔": "Hulunbuir",
    "克拉玛依": "Karamay",
    "吐鲁番": "Turpan",
    "齐齐哈尔": "Qiqihar",
}
ENGLISH |= {
    "喀什": "Kashgar",
    "和田": "Hotan",
    "伊犁": "Ili",
    "台北": "Taipei",
    "新北": "New Taipei",
    "高雄": "Kaohsiung",
}
ENGLISH |= {"九龙": "Kowloon", "新界": "New Territories", "香港岛": "Hong Kong Island", "澳门半岛": "Macao Peninsula"}
ENGLISH |= {"离岛": "Islands", "浦东": "Pudong", "台湾": "Taiwan", "六安": "Lu’an", "西安": "Xi’an", "亳州": "Bozhou"}
ENGLISH |= {"博尔塔拉": "Bortala", "克孜勒苏": "Kizilsu", "巴音郭楞": "Bayingolin", "阿勒泰": "Altay", "阿克苏": "Aksu"}
ENGLISH |= {"锡林郭勒": "Xilingol", "兴安": "Hinggan", "阿拉善": "Alxa", "巴彦淖尔": "Bayannur", "乌兰察布": "Ulanqab"}
ENGLISH |= {"林芝": "Nyingchi", "昌都": "Qamdo", "那曲": "Nagqu", "阿里": "Ngari", "甘孜": "Garze"}
# What a place is, the longest first. Provinces and cities go without it; what lies in a city needs it.
PEOPLES = (
    "满|蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|拉祜|水|东乡|纳西|景颇|柯尔克孜"
)
PEOPLES += "|土|达斡尔|仫佬|羌|布朗|撒拉|毛南|仡佬|保安|裕固|塔吉克|怒|普米|独龙|鄂温克|鄂伦春|锡伯|各"
SELF_RULED = re.compile(f"(.{{2,}}?)(?:(?:{PEOPLES})族)*(?:蒙古|哈萨克|柯尔克孜|塔吉克)?自治([州县旗])")
KINDS = {"维吾尔自治区": "", "壮族自治区": "", "回族自治区": "", "特别行政区": "", "自治区": ""}
KINDS |= {
    "高新技术产业开发区": "High-tech Zone",
    "高新技术开发区": "High-tech Zone",
    "高技术产业开发区": "High-tech Zone",
}
KINDS |= {"经济技术开发区": "Development Zone", "经济开发区": "Development Zone", "开发区": "Development Zone"}
KINDS |= {"管理区": "Administrative Zone", "示范区": "Demonstration Zone", "风景名胜区": "Scenic Area"}
KINDS |= {"工业园区": "Industrial Park", "产业园区": "Industrial Park", "园区": "Park", "新区": "New Area"}
KINDS |= {"街道办事处": "Subdistrict", "街道": "Subdistrict", "林区": "Forestry District", "矿区": "Mining District"}
KINDS |= {"地区": "Prefecture", "省": "", "市": "", "盟": "League", "区": "District", "县": "County", "旗": "Banner"}
KINDS |= {"镇": "Town", "乡": "Township"}
RULED = {"州": "Prefecture", "县": "County", "旗": "Banner"}
SHORTEST = 2  # a name of one character keeps what it is: 沙县 is Shaxian


def spoken(name):
    """One region in the language of the page."""
    return name if not name or _in_chinese() else roman(name)


def joined(names):
    """(province, city, district) as one phrase: 浙江省杭州市西湖区, or Xihu District, Hangzhou, Zhejiang."""
    names = [name for name in dict.fromkeys(names) if name]
    return "".join(names) if _in_chinese() else ", ".join(roman(name) for name in reversed(names))


def choices(code=""):
    """``regions.children`` of ``code`` with their names in the language of the page; in English from A to Z."""
    places = regions.children(code)
    if _in_chinese():
        return places
    return sorted(((place, roman(name)) for place, name in places), key=lambda pair: pair[1])


@cache
def roman(name):
    """A region for people who do not read Chinese: "Hangzhou", "Xihu District"."""
    ruled = SELF_RULED.fullmatch(name)
    if ruled:
        return f"{_pinyin(ruled[1])} {RULED[ruled[2]]}"
    for kind, words in KINDS.items():
        if name.endswith(kind):
            short = name.removesuffix(kind)
            if len(short) >= SHORTEST:
                return f"{_pinyin(short)} {words}".rstrip()
            return words if not short and words else _pinyin(name)
    return _pinyin(name)


def _pinyin(name):
    if name in ENGLISH:
        return ENGLISH[name]
    read = lazy_pinyin(name)
    # An apostrophe stands before a vowel within a word: Ya’an, not Yaan.
    return "".join(f"’{part}" if at and part[:1] in "aoe" else part for at, part in enumerate(read)).capitalize()


def _in_chinese():
    return (get_language() or "").startswith("zh")
