"""The stories of the demo shop: who bought what, when, and how far it went."""

from config.demo.stories import Story

STORIES = (
    # finished long ago
    Story("DIAMOND", 96, {"SY-MOON-1": 1, "SY-VASE-WHITE": 2}, "finished"),
    Story("DIAMOND", 61, {"YJ-POT-PINE-24": 1, "NM-MILL-W22": 1, "YJ-MILKPAN-16": 1}, "finished"),
    Story("PLATINUM", 84, {"ML-TOWEL3-BATH": 4, "ML-BLK-OAT-200": 2}, "finished", company="成都梧桐民宿管理有限公司"),
    Story("PLATINUM", 47, {"SY-PLATE4-25": 3, "SY-BOWL3-EARTH": 4, "NM-CHOP-4": 3}, "finished"),
    Story("GOLD", 73, {"SY-TP-QING-200": 1, "SY-CUP2-QM": 1}, "finished"),
    Story("GOLD", 38, {"YJ-GK-BLACK": 1, "YJ-PT-280": 1, "YJ-TIN-PINE": 2}, "finished"),
    Story("GOLD", 24, {"SY-GW-110": 1}, "finished"),
    Story("SILVER", 55, {"ML-CUSH-BRICK-F": 2}, "finished"),
    Story("SILVER", 29, {"GZ-PEN-GREEN-F": 1, "GZ-NB-BRICK-DOT": 2}, "finished"),
    # received or delivered: can be sent back
    Story("DIAMOND", 7, {"MD-MUSH-ORANGE": 1, "YQ-CANDLE-PINE": 2}, "received"),
    Story("GOLD", 6, {"SY-TP-MI-300": 1, "NM-TRAY-28": 1, "SY-CUP2-MM": 2}, "delivered"),
    Story("PLATINUM", 5, {"ML-SLIP-GREEN-38": 6, "YQ-SPRAY-250": 2, "YJ-CRUET-250": 2}, "delivered"),
    Story("SILVER", 5, {"MD-CLOUD-1": 1}, "delivered", hour=9),
    Story("DIAMOND", 8, {"NM-STOOL-OAK": 2, "ML-RUG-SAGE-60": 1}, "delivered", hour=11),
    # on the road
    Story("GOLD", 2, {"BC-BTL-NAVY": 2, "BC-LUNCH-GREEN": 1}, "in_transit", hour=8),
    Story("NORMAL", 2, {"SY-MUG-BRICK": 2}, "in_transit", hour=9),
    Story("DIAMOND", 1, {"BC-PACK-SAGE": 1}, "shipped", hour=6),
    # in the house
    Story("PLATINUM", 1, {"SY-MUG-GREEN": 6, "ML-TEATOWEL-2": 6}, "packed", hour=10, note="请分开包装，送人用"),
    Story("SILVER", 1, {"ML-CORD-2": 1, "MD-GLOBE-20": 1}, "released", hour=15),
    Story("GOLD", 1, {"YQ-INC-SET": 1, "SY-VASE-PINE": 1}, "released", hour=19),
    Story("NORMAL", 1, {"GZ-CAL-2027": 2, "GZ-TAPE-4": 1}, "released", hour=21),
    Story("DIAMOND", 1, {"NM-WIND-OAK": 4}, "released", hour=20, company="上海枕水设计有限公司"),
)
# Placed minutes ago: still waiting for money.
UNPAID = (("SILVER", {"ML-BASKET-S": 1, "ML-BOX-OAT-S": 2}), ("NORMAL", {"YJ-DWG-250": 1, "SY-CUP2-QM": 1}))
# Paid, and held by the risk rules until somebody looks at it.
HELD = ("GOLD", {"SY-TP-QING-200": 1, "SY-VASE-PINE": 2})
# Lost on the road: the page of the order offers it again or the money.
LOST = ("SILVER", 13, {"SY-MUG-BRICK": 2}, "in_transit")
# Nobody paid, or the shopper thought better of it.
TIMED_OUT = ("NORMAL", 3, {"YQ-TIN-TRIO": 1})
CANCELLED = ("GOLD", 11, {"BC-TUMB-OAT": 2})
