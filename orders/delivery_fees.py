"""What delivery costs. Pure: the shop's fee, free from a threshold that depends on the member's tier."""

from dataclasses import dataclass


@dataclass(frozen=True)
class DeliveryFee:
    """``fen`` to pay, ``saved_fen`` waived by the threshold, ``missing_fen`` of goods until delivery is free."""

    fen: int
    saved_fen: int
    free_from_fen: int
    missing_fen: int


def delivery_fee(goods_fen, *, fee_fen, free_from_fen):
    """The fee for goods that cost ``goods_fen`` after coupons and before points; nothing to send costs nothing."""
    if goods_fen <= 0:
        return DeliveryFee(0, 0, free_from_fen, free_from_fen)
    if goods_fen >= free_from_fen:
        return DeliveryFee(0, fee_fen, free_from_fen, 0)
    return DeliveryFee(fee_fen, 0, free_from_fen, free_from_fen - goods_fen if fee_fen else 0)
