"""How often people who are not signed in look at a listing: a number a day, and nothing that tells who they are.

The browser says it once the page is there, for each listing once a day as far as it remembers. So the page costs no
statement more, robots that run no script are not counted, and those that do and say so are left out.
"""

import re

from django.db import connection
from django.utils import timezone

from catalog import browsing
from catalog.models import GuestViews, Product

ROBOT = re.compile(r"bot\b|bots?[/;]|crawl|spider|slurp|preview|headless|lighthouse|monitor|curl|wget|python|^$", re.I)

COUNT = """
INSERT INTO catalog_guestviews AS known (product_id, day, views)
SELECT id, %(day)s, 1 FROM catalog_product WHERE id = %(product)s AND status = %(published)s
ON CONFLICT (product_id, day) DO UPDATE SET views = known.views + 1
"""


def count(product_id, agent):
    """A guest whose browser calls itself ``agent`` looks at a listing on sale; says whether it was counted."""
    if ROBOT.search(agent):
        return False
    values = {"product": product_id, "day": timezone.localdate(), "published": Product.Status.PUBLISHED}
    with connection.cursor() as cursor:
        cursor.execute(COUNT, values)
        return cursor.rowcount == 1


def tidy():
    """Drop days that nobody counts anew; returns how many. The figures of the back office keep them for longer."""
    return GuestViews.objects.filter(day__lt=timezone.localdate() - browsing.KEPT).delete()[0]
