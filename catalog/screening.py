"""Which words of shoppers are shown at once and which a person reads first: contact details and banned words wait.

The words here always count; staff add more in the back office (word rules for what shoppers write).
"""

import re
import unicodedata

from catalog.listing_rules import rulebook
from catalog.models import WordRule

CONTACT, WORDS = "contact", "words"

# Seven digits in a row with anything thin between them are a number to call; an amount or a year is shorter.
NUMBER = re.compile(r"(?:\d[\s\-_.·,*()]{0,2}){7,}")
ADDRESS = re.compile(r"https?://|www\.|\b[\w.+-]+@[\w-]+\.\w+|\b[\w-]+\.(?:com|cn|net|top|shop|xyz|vip|cc)\b", re.I)
MESSENGER = re.compile(
    r"(?:加|\+)\s*(?:我|微|v|薇|威|q|扣)|微\s*信\s*(?:号|:|：)|\b(?:vx|wechat|weixin|qq|whatsapp|telegram)\b", re.I
)
BANNED = (
    "刷单", "好评返现", "返现", "代购加", "兼职日结", "网赚", "办证", "发票代开", "代开发票", "赌博", "博彩", "六合彩",
    "色情", "裸聊", "约炮", "毒品", "冰毒", "枪支", "傻逼", "操你", "草泥马", "他妈的", "fuck you", "casino", "porn",
)  # fmt: skip


def held_because(*texts):
    """Why a person must read ``texts`` before they are shown: "contact", "words", or "" when nothing speaks against."""
    text = unicodedata.normalize("NFKC", " ".join(texts)).lower()
    if NUMBER.search(text) or ADDRESS.search(text) or MESSENGER.search(text):
        return CONTACT
    bare = re.sub(r"[\s\-_.·*|]+", "", text)
    if any(word.replace(" ", "") in bare for word in BANNED):
        return WORDS
    for word, _start, _end in rulebook.lexicon(WordRule.Where.SHOPPERS).hits(text):
        return CONTACT if word.kind == WordRule.Kind.CONTACT else WORDS
    return ""
