from collections import defaultdict

from django.core.management.base import BaseCommand
from django.http import QueryDict

from catalog import listings, shelf
from catalog.demo.judged_queries import judged

SEEN = 5


class Command(BaseCommand):
    help = "Asks the demo shop the judged queries; prints how many find what was meant among the first five."

    def handle(self, *args, **options):
        asked, missed = defaultdict(int), defaultdict(list)
        for kind, query, titles in judged():
            page = shelf.build("/search/", QueryDict(), listings.on_sale(), words=query).page
            shown = [product.title for product in list(page)[:SEEN]]
            asked[kind] += 1
            if not any(part in title for part in titles for title in shown):
                missed[kind].append(f"{query} → {', '.join(shown) or 'nothing'}")
        for kind, number in asked.items():
            good = number - len(missed[kind])
            self.stdout.write(f"{kind:12} {good:3} of {number:3}  {good / number:6.1%}")
            for line in missed[kind]:
                self.stdout.write(f"             missed: {line}")
        good = sum(asked.values()) - sum(map(len, missed.values()))
        self.stdout.write(f"success at {SEEN}: {good} of {sum(asked.values())}, {good / sum(asked.values()):.1%}")
