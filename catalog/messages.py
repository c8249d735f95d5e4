"""What shoppers are told about what they wrote, asked and keep in mind."""

from django.utils.translation import gettext_lazy as _

from accounts.models import NotificationPreference
from accounts.notifications import INBOX, Kind, register

Group = NotificationPreference.Group

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
