from accounts.forms.address import AddressForm
from accounts.forms.preferences import PreferencesForm
from accounts.forms.profile import ProfileForm

__all__ = ["AddressForm", "PreferencesForm", "ProfileForm"]
