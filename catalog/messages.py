"""What shoppers are told about what they wrote, asked and keep in mind."""

from django.utils.translation import gettext_lazy as _

from accounts.models import NotificationPreference
from accounts.notifications import INBOX, Kind, register

Group = NotificationPreference.Group
# The merchant's staff are told in the message centre; their work is no newsletter, so it is not sent by e-mail too.
register(
    listing_approved=Kind(_("“%(title)s” was approved"), _("Shoppers see it from now on."), channels=(INBOX,)),
    listing_returned=Kind(
        _("“%(title)s” was returned"),
        _("Why: %(reasons)s. Note: %(note)s. Mend it and submit it again."),
        channels=(INBOX,),
    ),
    listing_taken_down=Kind(
        _("“%(title)s” was taken off sale after a spot check"), _("The reason: %(reason)s"), channels=(INBOX,)
    ),
    credential_accepted=Kind(_("Accepted: %(what)s"), _("Listings that need it may go on sale."), channels=(INBOX,)),
    credential_refused=Kind(_("Refused: %(what)s"), _("The reason: %(reason)s"), channels=(INBOX,)),
    stock_low=Kind(
        _("%(n)s SKUs are running low"),
        _(
            "They last fewer days than you want to keep in stock: %(codes)s. You are told once; again only after they recover."
        ),
        channels=(INBOX,),
    ),
    standing_deducted=Kind(
        _("%(points)s points were taken from your standing"),
        _("%(note)s. They return after %(until)s. You may object once."),
        channels=(INBOX,),
    ),
    objection_upheld=Kind(_("Your objection was upheld"), _("The points are back. %(reason)s"), channels=(INBOX,)),
    objection_dismissed=Kind(_("Your objection was dismissed"), _("The reason: %(reason)s"), channels=(INBOX,)),
)

register(
    review_invited=Kind(
        _("How do you like what arrived?"),
        _("You have 30 days to review it; your words help the next shopper."),
        channels=(INBOX,),
        group=Group.ORDERS,
    ),
    review_shown=Kind(
        _("What you wrote about %(title)s is shown now"),
        _("We have read it: “%(text)s”. Thank you for waiting."),
        channels=(INBOX,),
        group=Group.ORDERS,
    ),
    review_hidden=Kind(
        _("What you wrote about %(title)s was hidden"),
        _("“%(text)s” is not shown to others any more. The reason: %(reason)s. You still see it in your account."),
        channels=(INBOX,),
        group=Group.ORDERS,
    ),
    review_replied=Kind(
        _("The merchant replied to your review of %(title)s"),
        _("Read it under your review."),
        channels=(INBOX,),
        group=Group.ORDERS,
    ),
    review_report_upheld=Kind(
        _("What you reported was hidden"),
        _("Thank you for telling us. The reason: %(reason)s"),
        channels=(INBOX,),
        group=Group.ORDERS,
    ),
    review_report_dismissed=Kind(
        _("What you reported stays"),
        _("We have looked at it. Why it stays: %(reason)s"),
        channels=(INBOX,),
        group=Group.ORDERS,
    ),
    question_for_buyer=Kind(
        _("Somebody asks about %(title)s, which you bought"),
        _("“%(question)s” Only answer if you like. You can switch such questions off on the page of your questions."),
        channels=(INBOX,),
        group=Group.MEMBER,
    ),
    question_answered=Kind(
        _("Your question about %(title)s has an answer"),
        _("You asked: “%(question)s”"),
        channels=(INBOX,),
        group=Group.MEMBER,
    ),
    favourite_cheaper=Kind(
        _("%(title)s is cheaper: ¥%(price)s"),
        _("It cost ¥%(before)s when you added it to your favourites."),
        channels=(INBOX,),
        group=Group.MEMBER,
    ),
    favourite_back=Kind(
        _("%(title)s is back"),
        _("One of your favourites can be had again."),
        channels=(INBOX,),
        group=Group.MEMBER,
    ),
    stock_back=Kind(
        _("%(title)s %(options)s is back"),
        _("You asked us to tell you. We do not put goods aside, so do not wait too long."),
        group=Group.MEMBER,
    ),
)
