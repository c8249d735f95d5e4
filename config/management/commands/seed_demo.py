from django.core.management.base import BaseCommand, CommandError

from config.demo import shop


class Command(BaseCommand):
    help = "Fills an empty shop with the demo: listings, people, orders and returns in every state."

    def add_arguments(self, parser):
        parser.add_argument("--if-empty", action="store_true", help="do nothing when the shop has merchants or people")

    def handle(self, *args, **options):
        if not shop.is_empty():
            if options["if_empty"]:
                return
            raise CommandError("This shop is not empty; the demo goes into an empty database only.")
        shop.load(say=self.stdout.write)
