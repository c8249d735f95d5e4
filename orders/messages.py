"""What a shopper is told about orders. Facts are numbers and plain words; the receiver's data stays in the order."""

from django.utils.translation import gettext_lazy as _

from accounts.notifications import INBOX, Group, Kind, register

register(
    order_placed=Kind(
        _("Order %(number)s is waiting for your payment"),
        _(
            "Its page says until when we keep the goods for you. Unpaid, the order closes by itself and nothing is lost."
        ),
        channels=(INBOX,),
    ),
    order_paid=Kind(
        _("Order %(number)s is paid"),
        _("Thank you. The warehouse will send it soon; until it is handed over you can still cancel it."),
    ),
    presale_deposit_paid=Kind(
        _("The deposit of order %(number)s is paid"),
        _("The balance of ¥%(balance)s can be paid from %(from)s to %(until)s. We remind you."),
    ),
    presale_balance_open=Kind(
        _("The balance of order %(number)s can be paid"),
        _("Please pay ¥%(balance)s before %(until)s. After that the order closes and the deposit is not returned."),
    ),
    presale_balance_soon=Kind(
        _("The balance of order %(number)s is due soon"),
        _("Please pay ¥%(balance)s before %(until)s. After that the deposit of ¥%(deposit)s is not returned."),
    ),
    presale_extended=Kind(
        _("You have more time for the balance of order %(number)s"),
        _("The balance of ¥%(balance)s can be paid until %(until)s now. Your deposit stays as it is."),
    ),
    presale_missed=Kind(
        _("Order %(number)s is closed: its balance was not paid in time"),
        _("The deposit stays with the shop, as its page said. Coupons and points you meant to use are yours again."),
    ),
    presale_failed=Kind(
        _("We cannot deliver order %(number)s, and we are sorry"),
        _("Your deposit of ¥%(deposit)s goes back the way it came, and we pay you the same amount once more."),
    ),
    order_held=Kind(
        _("We look at order %(number)s once more before it leaves"),
        _("It is paid and the goods are yours. For your safety a colleague checks it first; you need not do anything."),
    ),
    order_freed=Kind(
        _("Order %(number)s goes to the warehouse"),
        _("Thank you for waiting: all is in order."),
        channels=(INBOX,),
    ),
    order_repriced=Kind(
        _("Order %(number)s costs ¥%(now)s now"),
        _(
            "The shop has lowered its price from ¥%(before)s. Please pay on the page of the order; older links are closed."
        ),
    ),
    order_readdressed=Kind(
        _("The address of order %(number)s was changed"),
        _("The shop changed it, as you agreed with us. Is it wrong? Tell our service before the order is packed."),
    ),
    order_closed=Kind(
        _("Order %(number)s is closed"),
        _("Points you used are back. If you had paid, the money returns the way it came."),
    ),
    order_shipped=Kind(
        _("Order %(number)s is on its way"),
        _("A parcel of your order was handed to the carrier. Follow it on the page of the order."),
    ),
    presale_arrived=Kind(
        _("The pre-sale of order %(number)s has come in"),
        _("What you ordered ahead is here now. We send it by %(day)s."),
    ),
    order_late=Kind(
        _("Order %(number)s is late"),
        _("We have not sent all of it in time, and we are sorry. On its page you can wait or have your money back."),
    ),
    order_late_with_gift=Kind(
        _("Order %(number)s is late, and we have something for you"),
        _(
            "We have not sent all of it in time. You find what we give for the delay in your points or coupons. "
            "On the page of the order you can wait or have your money back."
        ),
    ),
    parcel_arrives_late=Kind(
        _("A parcel of order %(number)s takes longer than we promised"),
        _("It is on its way, and we watch it. You need not do anything; its page shows every step."),
    ),
    parcel_came_back=Kind(
        _("A parcel of order %(number)s came back to us"),
        _("It could not be handed over. We refund its goods and their share of the delivery fee the way you paid."),
    ),
    parcel_at_station=Kind(
        _("A parcel of order %(number)s can be picked up"),
        _("It waits for you here: %(place)s"),
    ),
    parcel_in_transit=Kind(
        _("A parcel of order %(number)s is travelling"),
        _("The carrier has scanned it. The page of the order shows every step."),
        channels=(INBOX,),
    ),
    parcel_out_for_delivery=Kind(
        _("A parcel of order %(number)s arrives today"),
        _("The courier has it. Please keep your phone at hand."),
    ),
    parcel_delivered=Kind(
        _("A parcel of order %(number)s was delivered"),
        _("It was signed for. Is something wrong with it? You can ask for a return on the page of the order."),
    ),
    parcel_exception=Kind(
        _("A parcel of order %(number)s is held up"),
        _("The carrier reports a problem. We look into it; you need not do anything."),
    ),
    parcel_delayed=Kind(
        _("A parcel of order %(number)s has not moved for days"),
        _("We have asked the carrier. You may wait, or ask for your money back on the page of the order."),
    ),
    parcel_lost=Kind(
        _("A parcel of order %(number)s seems to be lost"),
        _("We are sorry. On the page of the order you can have it sent again or ask for your money back."),
    ),
    parcel_sent_again=Kind(
        _("We send what is missing of order %(number)s once more"),
        _("It costs you nothing, and we send it within 48 hours. The page of the order shows the new parcel."),
    ),
    parcel_not_sent_again=Kind(
        _("We could not send what is missing of order %(number)s again"),
        _("We are sorry. Ask for your money back on the page of the order; the delivery fee comes back with it."),
    ),
    order_received=Kind(
        _("Order %(number)s is received"),
        _("Thank you for buying from us. Your points become available when the return window is over."),
        channels=(INBOX,),
    ),
    refund_sent=Kind(
        _("A refund of ¥%(amount)s for order %(number)s is on its way"),
        _("The money goes back the way it came; most channels take 1 to 3 working days."),
    ),
    surplus_sent=Kind(
        _("¥%(amount)s that order %(number)s did not need is on its way back to you"),
        _(
            "It was paid twice, or after the order had closed. The order itself stays as it is; "
            "most channels take 1 to 3 working days."
        ),
    ),
    surplus_back=Kind(
        _("¥%(amount)s that order %(number)s did not need is back"),
        _("The payment channel has confirmed it. The order itself stays as it is."),
    ),
    account_payment_guard=Kind(
        _("The protection of your payments was changed"),
        _("Was it not you? Change the password you sign in with, and tell our service."),
    ),
    refund_done=Kind(
        _("¥%(amount)s of order %(number)s were refunded"),
        _("The payment channel has confirmed the refund."),
    ),
    invoice_issued=Kind(
        _("The invoice for order %(number)s is here"),
        _("It says ¥%(amount)s. You can load it as a PDF from the page of the order."),
        group=Group.ORDERS,
    ),
    invoice_red=Kind(
        _("The invoice for order %(number)s was taken back"),
        _("A red letter of ¥%(amount)s was issued because of a refund. What is left is invoiced anew."),
        group=Group.ORDERS,
    ),
    invoice_failed=Kind(
        _("The invoice for order %(number)s could not be issued"),
        _("Please look at its title on the page of the order; we also look into it."),
        group=Group.ORDERS,
    ),
)
