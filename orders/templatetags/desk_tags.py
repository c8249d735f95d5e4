from django import template

from orders.carriers import name_of

register = template.Library()
register.filter("carrier_name", name_of)
