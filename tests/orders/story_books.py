"""The invariants that a story is held to after every step."""

from aftersales import books as aftersales_books
from catalog import books as catalog_books
from loyalty import books as loyalty_books
from orders import books as orders_books

# One statement, planned once: the names of the invariants that are broken.
BROKEN = " UNION ALL ".join(
    f"SELECT '{app}: {name.replace(chr(39), chr(39) * 2)}' WHERE EXISTS ({sql})"
    for app, module in (
        ("catalog", catalog_books),
        ("loyalty", loyalty_books),
        ("orders", orders_books),
        ("aftersales", aftersales_books),
    )
    for name, _rule, sql in module.INVARIANTS
    # Listings are brought up to date after the commit, and the clock of the database stands still.
    if (app != "catalog" or ("stock" in sql and "listing" not in name)) and "now()" not in sql
)
