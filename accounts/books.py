"""The invariants of this app, as SQL that returns the rows that break them."""

INVARIANTS = [
    (
        "one default address",
        "whoever has addresses has exactly one default address, and at most twenty of them",
        """
        SELECT user_id, count(*) AS addresses, count(*) FILTER (WHERE is_default) AS defaults
        FROM accounts_address GROUP BY user_id
        HAVING count(*) FILTER (WHERE is_default) <> 1 OR count(*) > 20
        """,
    ),
    (
        "phone and its index",
        "a person has a blind index of the phone if and only if there is a phone, and only then it is verified",
        """
        SELECT id FROM accounts_user
        WHERE (phone IS NULL) <> (phone_index IS NULL) OR (phone IS NULL AND phone_verified_at IS NOT NULL)
        """,
    ),
    (
        "somebody can be reached",
        "every active person has an e-mail address or a phone",
        "SELECT id FROM accounts_user WHERE is_active AND email IS NULL AND phone IS NULL",
    ),
    (
        "deliveries end",
        "a delivery is done, given up or waiting, never done and given up, and never waits longer than a day untried",
        """
        SELECT id, run_after, attempts FROM accounts_delivery
        WHERE (done_at IS NOT NULL AND given_up_at IS NOT NULL)
           OR (done_at IS NULL AND given_up_at IS NULL AND run_after < now() - interval '1 day')
        """,
    ),
    (
        "one owner of an address",
        "no two people have proved the same e-mail address",
        """
        SELECT lower(email) AS address, count(DISTINCT user_id) AS people FROM account_emailaddress
        WHERE verified GROUP BY lower(email) HAVING count(DISTINCT user_id) > 1
        """,
    ),
    (
        "merchants' staff may enter",
        "whoever is staff of a merchant may enter the back office",
        """
        SELECT staff.id, staff.user_id
        FROM accounts_merchantstaff staff JOIN accounts_user person ON person.id = staff.user_id
        WHERE person.is_active AND NOT person.is_staff
        """,
    ),
]
