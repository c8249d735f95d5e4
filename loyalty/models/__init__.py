"""Why people come back. Direction: tier ← member ← points lots and entries, growth entries, evaluations; runs apart."""

from loyalty.models.growth import GrowthEntry
from loyalty.models.member import Member
from loyalty.models.points import PointsEntry, PointsHold, PointsLot
from loyalty.models.run import LoyaltyRun
from loyalty.models.tier import Tier, TierEvaluation

__all__ = ["GrowthEntry", "LoyaltyRun", "Member", "PointsEntry", "PointsHold", "PointsLot", "Tier", "TierEvaluation"]
