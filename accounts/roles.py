"""Who may do what in the admin: three roles as Django groups, kept in step after every migration."""

MERCHANT, OPERATOR, MANAGER = "merchant", "operator", "manager"


def is_global(user):
    """Whether the user sees the rows of every merchant (operators and managers do, merchants' staff do not)."""
    if user.is_superuser:
        return True
    if not hasattr(user, "_role_names"):
        user._role_names = set(user.groups.values_list("name", flat=True))
    return bool(user._role_names & {OPERATOR, MANAGER})
