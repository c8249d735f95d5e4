from django.core.management.base import BaseCommand

from catalog import search, search_terms
from catalog.models import Product

BATCH = 2_000


class Command(BaseCommand):
    help = "Writes the table behind suggestions and mended slips anew; --words also what every listing is found by."

    def add_arguments(self, parser):
        parser.add_argument("--words", action="store_true", help="index the words of every listing again")

    def handle(self, *args, **options):
        if options["words"]:
            ids = list(Product.objects.order_by("pk").values_list("pk", flat=True))
            for at in range(0, len(ids), BATCH):
                search.index(ids[at : at + BATCH])
            self.stdout.write(f"{len(ids)} listings indexed")
        self.stdout.write(f"{search_terms.rebuild()} terms")
