from django.contrib import admin, messages
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.reasoned_action import reasoned
from accounts.scoped_admin import ScopedModelAdmin
from catalog import moderation, screening
from catalog.admin.thumbnails import pill
from catalog.models.moderated import Moderated

TONES = {Moderated.Status.PUBLISHED: "ok", Moderated.Status.PENDING: "warn", Moderated.Status.HIDDEN: "bad"}
HELD = {screening.CONTACT: _("seems to hold contact details"), screening.WORDS: _("holds words on a list of the shop")}


class ModeratedAdmin(ScopedModelAdmin):
    """Words of shoppers are shown or hidden with a reason, never changed or deleted (the law asks for that)."""

    list_per_page = 50
    actions = ["publish", "hide"]

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def has_moderate_permission(self, request):
        return request.user.has_perm(f"{self.opts.app_label}.change_{self.opts.model_name}")

    @admin.display(description=_("text"))
    def excerpt(self, said):
        return said.text[:60]

    @admin.display(description=_("status"), ordering="status")
    def state(self, said):
        return pill(said.get_status_display(), TONES.get(said.status, ""))

    @admin.display(description=_("reason"))
    def why(self, said):
        """Why it waits to be read, or why it is hidden."""
        if said.status == Moderated.Status.HIDDEN:
            return said.hidden_reason
        return HELD.get(said.held_because, "") if said.status == Moderated.Status.PENDING else ""

    @admin.display(description=_("shown name"))
    def masked_author(self, said):
        return said.masked_author

    @admin.action(description=_("Publish"), permissions=["moderate"])
    def publish(self, request, queryset):
        self._tell(request, [moderation.publish(said, by=request.user) for said in queryset])

    @admin.action(description=_("Hide"), permissions=["moderate"])
    @reasoned(_("Hide from shoppers"), _("The reason is kept, and the author is told."))
    def hide(self, request, queryset, reason):
        self._tell(request, [moderation.hide(said, by=request.user, reason=reason) for said in queryset])

    def _tell(self, request, moved):
        n = sum(moved)
        self.message_user(request, ngettext("%(n)d changed.", "%(n)d changed.", n) % {"n": n}, messages.SUCCESS)
