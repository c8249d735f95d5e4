"""Why people come back.

Direction: tier ← member ← points lots and entries, growth entries, evaluations, check-ins, lottery tickets;
scope ← coupon template ← coupons and their entries, batches, shared packets,
prizes ← odds tables ← draws; runs apart.
"""

from loyalty.models.check_in import CheckIn
from loyalty.models.coupon import Coupon, CouponEntry
from loyalty.models.coupon_batch import CouponBatch
from loyalty.models.coupon_template import CouponTemplate
from loyalty.models.growth import GrowthEntry
from loyalty.models.lottery_draw import LotteryCheck, LotteryDraw, LotterySeed
from loyalty.models.lottery_ticket import LotteryTicket
from loyalty.models.lucky_packet import LuckyPacket
from loyalty.models.member import Member
from loyalty.models.odds_table import OddsLine, OddsTable
from loyalty.models.points import PointsEntry, PointsHold, PointsLot
from loyalty.models.prize import Prize
from loyalty.models.run import LoyaltyRun
from loyalty.models.scope import Goods, Scope
from loyalty.models.tier import Tier, TierEvaluation

__all__ = [
    "CheckIn",
    "Coupon",
    "CouponBatch",
    "CouponEntry",
    "CouponTemplate",
    "Goods",
    "GrowthEntry",
    "LotteryCheck",
    "LotteryDraw",
    "LotterySeed",
    "LotteryTicket",
    "LoyaltyRun",
    "LuckyPacket",
    "Member",
    "OddsLine",
    "OddsTable",
    "PointsEntry",
    "PointsHold",
    "PointsLot",
    "Prize",
    "Scope",
    "Tier",
    "TierEvaluation",
]
