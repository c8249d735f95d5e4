from django import template

from orders.carriers import name_of
from orders.gateways import title_of
from orders.reason_words import words_of

register = template.Library()
register.filter("carrier_name", name_of)
register.filter("channel_name", title_of)
register.filter("reason_words", words_of)
