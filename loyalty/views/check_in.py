from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from loyalty import check_in_pages, check_in_rule, check_ins, tickets
from loyalty.members import member_of

REFUSALS = {
    "done": gettext_lazy("Yesterday is checked in already."),
    "nothing": gettext_lazy("There is no streak that a make-up could save."),
    "used": gettext_lazy("You have used this month's make-up."),
    "points": gettext_lazy("You have too few points for a make-up."),
}


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def check_in(request):
    """The board of check-ins; a POST checks in for today."""
    if request.method == "POST":
        _say(request, check_ins.check_in(request.user))
        return redirect("member_check_in")
    me = member_of(request.user)
    context = {
        "member": me,
        "board": check_in_pages.board(me, request.GET.get("month", "")),
        "tickets": tickets.unused(me).count(),
        "make_up_cost": check_in_rule.MAKE_UP_COST,
        "growth": check_in_rule.GROWTH,
    }
    return render(request, "loyalty/check_in.html", context)


@require_POST
@login_required
def make_up(request):
    try:
        check_ins.make_up(request.user)
    except check_ins.MakeUpRefused as refused:
        messages.warning(request, REFUSALS[refused.reason])
    else:
        messages.success(request, _("Yesterday is checked in, and your streak goes on."))
    return redirect("member_check_in")


def _say(request, outcome):
    if not outcome.new:
        messages.info(request, _("You have checked in today already. See you tomorrow."))
        return
    won = outcome.reward
    said = ngettext("Checked in: %(points)s point.", "Checked in: %(points)s points.", won.points)
    words = said % {"points": won.points}
    messages.success(request, f"{words} {_('And a lottery ticket.')}" if won.tickets else words)
