"""Shared red packets: shares to the fen, one a person, never more than there is."""

from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from loyalty import packets
from loyalty.models import Coupon, LuckyPacket
from tests.loyalty.tickets import make_template


@given(total=st.integers(1, 10**7), pieces=st.integers(1, 200), seed=st.integers())
def test_shares_sum_to_the_packet_and_everybody_gets_a_fen(total, pieces, seed):
    if total < pieces:
        with pytest.raises(ValueError, match="fen"):
            packets.shares_of(total, pieces, seed=seed)
        return
    shares = packets.shares_of(total, pieces, seed=seed)
    assert (len(shares), sum(shares), min(shares) >= 1) == (pieces, total, True)
    assert shares == packets.shares_of(total, pieces, seed=seed)


def test_shares_differ():
    assert len(set(packets.shares_of(2_000, 8, seed=1))) > 4


@pytest.fixture
def packet(db):
    template = make_template(kind="red_packet", claimable=False, threshold_fen=0)
    return packets.make(
        template, total_fen=1_000, pieces=2, expires_at=timezone.now() + timedelta(days=1), source="test", seed=7
    )


def test_everybody_opens_one_share_and_the_third_finds_it_empty(packet, alice, bob, mallory):
    first = packets.open_packet(packet, alice)
    assert packets.open_packet(packet, alice) == first
    second = packets.open_packet(packet, bob)
    assert first.amount_fen + second.amount_fen == 1_000
    with pytest.raises(packets.PacketClosed, match="empty"):
        packets.open_packet(packet, mallory)
    assert [coupon.user for coupon in packets.opened_by(packet)] == [bob, alice]


def test_a_packet_that_is_over_gives_nothing(packet, alice):
    LuckyPacket.objects.update(expires_at=timezone.now())
    packet.refresh_from_db()
    with pytest.raises(packets.PacketClosed, match="over"):
        packets.open_packet(packet, alice)
    assert not Coupon.objects.exists()
    assert LuckyPacket.objects.get().opened == 0


def test_a_packet_whose_red_packets_are_sold_out_keeps_its_shares(packet, alice):
    packet.template.status = "ended"
    packet.template.save(update_fields=["status"])
    with pytest.raises(packets.PacketClosed, match="sold_out"):
        packets.open_packet(packet, alice)
    assert LuckyPacket.objects.get().opened == 0
    assert not Coupon.objects.exists()


def test_a_source_makes_one_packet(packet):
    again = packets.make(packet.template, total_fen=5, pieces=1, expires_at=timezone.now(), source="test")
    assert again == packet
