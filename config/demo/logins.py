"""What ``make run`` prints: who can sign in to the demo, and with what."""

from accounts.models import User
from catalog.demo.people import PEOPLE
from config.demo.people import PASSWORD


def lines(address):
    """Lines for a terminal; none when the demo's people are not in this shop."""
    if not User.objects.filter(email=PEOPLE.shoppers[0].email).exists():
        return []
    shoppers = [(person.tier.lower(), person.email) for person in PEOPLE.shoppers]
    staff = [(f"{person.role.lower()} {person.merchant}".strip(), person.email) for person in PEOPLE.staff]
    return [
        f"  Password of every demo login: {PASSWORD}",
        f"  Shoppers  {address}account/login/",
        *(f"    {email:36}{name}" for name, email in shoppers),
        f"  Back office  {address}admin/",
        *(f"    {email:36}{name}" for name, email in staff),
    ]
