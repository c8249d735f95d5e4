from celery import shared_task

from accounts import work
from catalog import (
    browsing,
    companions,
    dealt_prices,
    favourites,
    guest_views,
    listings,
    outlook,
    presale,
    search_terms,
    standing,
)
from catalog.exporting import runs as exports
from catalog.listing_rules import desk
from catalog.models import Banner, ExportRun, ImportRun, ListingTimer, Picture

# Enough for a while, few enough that one call ends well before the worker's time limit.
PICTURES_A_CALL = 40


@shared_task
def draw_pictures():
    work.run_due(Banner, limit=PICTURES_A_CALL)
    work.run_due(Picture, limit=PICTURES_A_CALL)


@shared_task
def run_imports():
    work.run_due(ImportRun)


@shared_task
def correct_stock_flags():
    listings.correct_stock_flags()


@shared_task
def tell_favourites():
    favourites.tell_price_drops()
    favourites.tell_back_in_stock()


@shared_task
def tidy_history():
    browsing.tidy()
    guest_views.tidy()


@shared_task
def rebuild_search_terms():
    search_terms.rebuild()


@shared_task
def write_exports():
    work.run_due(ExportRun)


@shared_task
def tidy_exports():
    exports.tidy()


@shared_task
def judge_listings():
    """Points return, promotions, licences and proofs end: what was lawful yesterday is judged again."""
    standing.recount()
    listings.refresh_prices(dealt_prices.settle())
    desk.check_all()


@shared_task
def recommend():
    companions.run()


@shared_task
def look_ahead():
    outlook.run()


@shared_task
def carry_out_timers():
    work.run_due(ListingTimer)


@shared_task
def serve_presales():
    presale.close_due()
    presale.serve()
