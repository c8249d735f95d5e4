"""What members are told."""

from django.utils.translation import gettext_lazy as _

from accounts.notifications import INBOX, Group, Kind, register

register(
    tier_upgrade=Kind(
        subject=_("You have moved up a tier"),
        body=_("Your growth reached %(growth)s. The benefits of your new tier apply until %(until)s."),
    ),
    tier_renew=Kind(
        subject=_("Your tier was renewed"),
        body=_("Your tier and its benefits go on until %(until)s."),
        channels=(INBOX,),
    ),
    tier_grace=Kind(
        subject=_("Your tier is about to end"),
        body=_("Reach %(threshold)s growth by %(until)s to keep it. Until then all benefits remain."),
    ),
    tier_demote=Kind(
        subject=_("Your tier has changed"),
        body=_("Your growth of the last 365 days is %(growth)s, so your tier went down one level."),
    ),
    points_expiring=Kind(
        subject=_("%(points)s points expire in %(days)s days"),
        body=_("They can be used until the end of %(last_day)s. 100 points take ¥1 off an order."),
    ),
    coupon_received=Kind(
        subject=_("You received a coupon"),
        body=_("It is in your account and can be used until %(last_day)s."),
        channels=(INBOX,),
    ),
    coupon_expiring=Kind(
        subject=_("%(count)s coupons of yours expire soon"),
        body=_("They can be used until the end of %(last_day)s."),
    ),
    ticket_earned=Kind(
        subject=_("You earned a lottery ticket"),
        body=_("For seven days of checking in. It is good for one draw."),
        channels=(INBOX,),
        group=Group.MEMBER,
    ),
    prize_won=Kind(
        subject=_("You won in the lottery"),
        body=_(
            "Your prize is worth ¥%(worth)s and in your account already. The page of draw %(number)s shows how to check it."
        ),
        channels=(INBOX,),
        group=Group.MEMBER,
    ),
    points_granted=Kind(
        subject=_("You received %(points)s points"),
        body=_("From the shop: %(note)s"),
        channels=(INBOX,),
    ),
)
