"""Words of Django's own pages that its Chinese does not have yet: named here so that ours has them."""

from django.utils.translation import gettext_lazy as _

# The hidden heads of the tables on the front page of the back office and in its side bar.
WORDS = [_("Model name"), _("Add link"), _("Change or view list link")]
