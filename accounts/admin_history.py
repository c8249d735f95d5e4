"""The history of everything that has states, in words."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from accounts.models import StateLog
from accounts.scoped_admin import HIDDEN_FROM_MERCHANTS, ReadOnlyAdmin


@admin.register(StateLog)
class StateLogAdmin(ReadOnlyAdmin):
    merchant_path = HIDDEN_FROM_MERCHANTS
    list_display = ["at", "about", "kind", "before", "after", "actor", "user", "reason"]
    list_filter = ["actor", "at"]
    list_select_related = ["user"]
    list_per_page = 50
    show_full_result_count = False
    search_fields = ["=about"]
    search_help_text = _("Such as order:ZG… or listing:12")
    fields = ["at", "about", "kind", "entity_id", "before", "after", "actor", "user", "reason", "data"]

    @admin.display(description=_("kind of thing"), ordering="entity")
    def kind(self, step):
        return step.kind

    @admin.display(description=_("from"))
    def before(self, step):
        return step.named(step.from_state)

    @admin.display(description=_("to"))
    def after(self, step):
        return step.named(step.to_state)
