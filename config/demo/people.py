"""Shoppers of every tier and the staff, with the password that the demo prints."""

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group

from accounts import regions
from accounts.models import Address, Merchant, MerchantStaff, User
from accounts.roles import MANAGER, MERCHANT, OPERATOR
from catalog.demo.people import PEOPLE
from config.demo.clock import at, days_ago
from loyalty import growth, points
from loyalty.members import member_of
from loyalty.models import GrowthEntry

PASSWORD = "yuji-demo-2026"  # noqa: S105 (printed by make run, for the demo only)
ROLES = {"MERCHANT": MERCHANT, "OPERATOR": OPERATOR, "MANAGER": MANAGER}
# What a shopper of a tier has grown besides the demo's own orders.
GROWTH = {"NORMAL": 0, "SILVER": 1_600, "GOLD": 6_300, "PLATINUM": 17_500, "DIAMOND": 43_000}
JOINED_DAYS_AGO = {"NORMAL": 6, "SILVER": 140, "GOLD": 320, "PLATINUM": 410, "DIAMOND": 900}


def load():
    """Make the people; returns shoppers by tier."""
    # One slow hash for all of them.
    password = make_password(PASSWORD)
    for person in PEOPLE.staff:
        _staff(person, password)
    return {person.tier: _shopper(person, password) for person in PEOPLE.shoppers}


def _user(person, password, **fields):
    user = User(email=person.email, display_name=person.name, password=password, **fields)
    user.set_phone(person.phone)
    user.save()
    EmailAddress.objects.create(user=user, email=person.email, verified=True, primary=True)
    return user


def _staff(person, password):
    joined = days_ago(500, hour=9)
    user = _user(person, password, is_staff=True, date_joined=joined, phone_verified_at=joined)
    user.groups.add(Group.objects.get_or_create(name=ROLES[person.role])[0])
    if person.merchant:
        MerchantStaff.objects.create(merchant=Merchant.objects.get(slug=person.merchant), user=user)


def _shopper(person, password):
    joined = days_ago(JOINED_DAYS_AGO[person.tier], hour=20)
    user = _user(person, password, date_joined=joined, phone_verified_at=joined)
    for number, address in enumerate(person.addresses):
        Address.objects.create(
            user=user,
            receiver=address.receiver,
            phone="+86" + address.phone,
            region_code=_region_code(address),
            province=address.province,
            city=address.city,
            district=address.district,
            detail=address.street,
            is_default=number == 0,
        )
    member_of(user)
    _opening_balance(user, GROWTH[person.tier])
    return user


def _opening_balance(user, total):
    """What the shopper brings along from the shop's earlier years: growth, most of it from buying, and points."""
    source, day = f"opening:{user.pk}", days_ago(45)
    with at(day):
        growth.post(user, source, total * 4 // 5, GrowthEntry.Reason.SPEND, day.date())
        growth.post(user, source, total // 5, GrowthEntry.Reason.GRANT, day.date())
        if total:
            points.grant(user, source, total // 4, "opening")


def _region_code(address):
    """The code of the district with these names; the demo's data name places that exist."""
    codes = [""]
    for name in (address.province, address.city, address.district):
        found = [code for parent in codes for code, child in regions.children(parent) if child == name]
        codes = found or codes
    return codes[0]
