from django import forms

from accounts.models import NotificationPreference
from accounts.notifications import OPTIONAL_GROUPS


class PreferencesForm(forms.Form):
    """One tick a group: e-mails of this group or not."""

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        off = set(user.notification_preferences.filter(email=False).values_list("group", flat=True))
        for group in OPTIONAL_GROUPS:
            self.fields[group.value] = forms.BooleanField(label=group.label, required=False, initial=group not in off)

    def save(self):
        """Store the choice of every group."""
        NotificationPreference.objects.bulk_create(
            [
                NotificationPreference(user=self.user, group=group, email=self.cleaned_data[group.value])
                for group in OPTIONAL_GROUPS
            ],
            update_conflicts=True,
            update_fields=["email"],
            unique_fields=["user", "group"],
        )
