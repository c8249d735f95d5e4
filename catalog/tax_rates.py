"""The rates of tax that prices may hold, in basis points; the accountant decides (``catalog.goods_tax``)."""

from django.utils.translation import gettext_lazy as _

USUAL = 1_300
CHOICES = [
    (1_300, _("13 % (goods)")),
    (900, _("9 % (farm produce, books, water)")),
    (600, _("6 % (services)")),
    (300, _("3 % (small taxpayer)")),
    (0, _("free of tax")),
]
