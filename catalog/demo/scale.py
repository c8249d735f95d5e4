"""Listings by the hundred thousand, to measure on: invented, believable, and with books that add up.

Rows go in by COPY and set-based statements; the same ``start`` of the random numbers gives the same shop.
"""

import random
from dataclasses import dataclass

from django.db import connection, transaction
from django.utils import timezone
from django.utils.text import slugify

from accounts.models import Merchant
from catalog import search
from catalog.demo import scale_words as words
from catalog.models import Brand, Category, Picture, Warehouse

MERCHANTS = 20
INDEX_BATCH = 2_000
DAYS = 700


@dataclass(frozen=True)
class Place:
    category: int
    thing: str


class Scale:
    """Adds ``number`` listings to the shop. Use once."""

    def __init__(self, number, *, start=7, advance=None):
        self.number = number
        self.dice = random.Random(start)  # noqa: S311 goods, not secrets
        self.advance = advance or (lambda what, done, total: None)

    def add(self):
        """All rows in one transaction, then the search words in batches; returns the ids as a range."""
        with transaction.atomic():
            # Every listing is written with its row for searches: more than a page may ever wait for.
            _run("SET LOCAL statement_timeout = 0", [])
            places, brands, merchants = _places(), _brands(), _merchants()
            first = _claim_ids("catalog_product", self.number)
            ids = range(first, first + self.number)
            axes = self._copy_listings(ids, places, brands, merchants)
            self._copy_skus(ids, axes)
            for number, statement in enumerate(SET_BASED):
                _run(statement, [first, ids[-1]])
                self.advance("stock, prices, pictures", number + 1, len(SET_BASED))
        for at in range(0, self.number, INDEX_BATCH):
            search.index(list(ids[at : at + INDEX_BATCH]))
            self.advance("search words", min(at + INDEX_BATCH, self.number), self.number)
        with connection.cursor() as cursor:
            for table in ("product", "sku", "stock", "stockmovement", "pricechange", "picture"):
                cursor.execute(f"VACUUM ANALYZE catalog_{table}")
        return ids

    def _copy_listings(self, ids, places, brands, merchants):
        now, pick = timezone.now(), self.dice.choice
        counts = {}
        columns = (
            "id, merchant_id, handle, slug, title, title_en, subtitle, subtitle_en, description, description_en,"
            " category_id, brand_id, tags, axes, status, return_policy, return_policy_reason, warranty_months,"
            " created_at, updated_at, published_at, price_min_fen, price_max_fen, in_stock, sold_count, rating_sum,"
            " rating_count, review_facets, choices"
        )
        with connection.cursor() as cursor, cursor.copy(f"COPY catalog_product ({columns}) FROM STDIN") as rows:
            for number, pk in enumerate(ids):
                place, brand = pick(places), pick(brands)
                title = self._title(brand[1], place.thing)
                counts[pk] = self.dice.randint(1, 3)
                listed = now - timezone.timedelta(minutes=self.dice.randrange(DAYS * 1440))
                sold = min(int(self.dice.paretovariate(0.8) * 3) - 3, 900_000)
                rows.write_row((
                    pk, pick(merchants), f"scale-{pk}", slugify(title, allow_unicode=True)[:120], title, "",
                    f"{pick(words.MATERIALS)}{place.thing}，{pick(words.QUALITIES)}又{pick(words.QUALITIES)}", "",
                    f"<p>{title}。{'实物如图，七天无理由退货。' * 6}</p>", "", place.category, brand[0],
                    [pick(words.QUALITIES)], [words.AXIS], "published", "required", "", 0, listed, listed, listed,
                    0, 0, False, sold, 0, 0, "{}", [],
                ))  # fmt: skip
                if number % 5_000 == 0:
                    self.advance("listings", number, self.number)
        return counts

    def _title(self, brand, thing):
        pick, some = self.dice.choice, self.dice.sample(words.QUALITIES, self.dice.randint(2, 4))
        middle = "".join([pick(words.SEASONS), *some, pick(words.MATERIALS), thing, pick(words.WEARERS)])
        return f"{brand + ' ' if self.dice.random() < 0.8 else ''}{middle}{pick(words.ENDINGS)}"

    def _copy_skus(self, ids, counts):
        pk = _claim_ids("catalog_sku", sum(counts.values()))
        _run("CREATE TEMPORARY TABLE new_sku (id bigint, product_id bigint, code text, option1 text, price bigint,"
             " position int) ON COMMIT DROP")  # fmt: skip
        with connection.cursor() as cursor, cursor.copy("COPY new_sku FROM STDIN") as rows:
            for product in ids:
                price = int(self.dice.lognormvariate(9.4, 0.8)) // 100 * 100 + 900
                shades = self.dice.sample(words.SHADES, counts[product])
                for position, shade in enumerate(shades):
                    rows.write_row(
                        (pk, product, f"ZG{product:07d}-{position + 1}", shade, price + 1000 * position, position)
                    )
                    pk += 1


def _places():
    found = []
    for position, (branch, leaves) in enumerate(words.TREE.items()):
        top, _made = Category.objects.get_or_create(
            parent=None, name=branch, defaults={"slug": f"scale-{position}", "position": 100 + position}
        )
        for number, (leaf, things) in enumerate(leaves.items()):
            below, _made = Category.objects.get_or_create(
                parent=top, name=leaf, defaults={"slug": f"scale-{position}-{number}", "position": number}
            )
            found += [Place(below.pk, thing) for thing in things.split()]
    return found


def _brands():
    Brand.objects.bulk_create(
        [Brand(name=name, slug=f"scale-{slugify(name, allow_unicode=True)}") for name in words.BRANDS],
        ignore_conflicts=True,
    )
    return list(Brand.objects.filter(name__in=words.BRANDS).order_by("pk").values_list("pk", "name"))


def _merchants():
    Merchant.objects.bulk_create(
        [Merchant(slug=f"scale-{n}", name=f"测速商家 {n}") for n in range(1, MERCHANTS + 1)], ignore_conflicts=True
    )
    found = list(Merchant.objects.filter(slug__startswith="scale-").order_by("pk").values_list("pk", flat=True))
    have = set(Warehouse.objects.filter(merchant__in=found, is_default=True).values_list("merchant", flat=True))
    Warehouse.objects.bulk_create(
        Warehouse(merchant_id=pk, name="默认仓", is_default=True) for pk in found if pk not in have
    )
    return found


def _claim_ids(table, number):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(s), setval(s, currval(s) + %s) FROM pg_get_serial_sequence(%s, 'id') AS s", [number, table]
        )
        return cursor.fetchone()[0]


def _run(statement, params=()):
    with connection.cursor() as cursor:
        cursor.execute(statement, params)


# The statements after the listings; each takes the first and the last id.
SET_BASED = [
    "INSERT INTO catalog_sku (id, product_id, merchant_id, code, option1, option2, option3, price_fen, weight_g,"
    " barcode, is_active, position) SELECT s.id, s.product_id, p.merchant_id, s.code, s.option1, '', '', s.price, 300,"
    " '', true, s.position FROM new_sku s JOIN catalog_product p ON p.id = s.product_id"
    " WHERE p.id BETWEEN %s AND %s",
    "INSERT INTO catalog_pricechange (sku_id, before_fen, after_fen, source, at) SELECT s.id, NULL, s.price_fen,"
    " 'scale', now() FROM catalog_sku s WHERE s.product_id BETWEEN %s AND %s",
    "INSERT INTO catalog_stock (sku_id, warehouse_id, on_hand, reserved) SELECT s.id, w.id,"
    " CASE WHEN s.id %% 11 = 0 THEN 0 ELSE s.id * 7919 %% 90 + 1 END, 0 FROM catalog_sku s"
    " JOIN catalog_warehouse w ON w.merchant_id = s.merchant_id AND w.is_default"
    " WHERE s.product_id BETWEEN %s AND %s",
    "INSERT INTO catalog_stockmovement (stock_id, kind, on_hand_change, reserved_change, source, reason, at)"
    " SELECT place.id, 'receive', place.on_hand, 0, 'scale', '', now() FROM catalog_stock place"
    " JOIN catalog_sku s ON s.id = place.sku_id WHERE place.on_hand > 0 AND s.product_id BETWEEN %s AND %s",
    # Pictures that the shop has already are lent to the invented listings.
    "INSERT INTO catalog_picture ({columns}, product_id) SELECT {lent}, p.id FROM catalog_product p JOIN"
    " (SELECT *, row_number() OVER (ORDER BY id) - 1 AS place, count(*) OVER () AS many FROM catalog_picture"
    "  WHERE status = 'ready' ORDER BY id LIMIT 200) AS lent ON lent.place = p.id %% lent.many"
    " WHERE p.id BETWEEN %s AND %s",
    "UPDATE catalog_product p SET price_min_fen = sale.low, price_max_fen = sale.high, in_stock = sale.in_stock,"
    " cover_id = (SELECT id FROM catalog_picture WHERE product_id = p.id ORDER BY position, id LIMIT 1)"
    " FROM (SELECT s.product_id, min(s.price_fen) AS low, max(s.price_fen) AS high,"
    "  bool_or(place.on_hand > 0) AS in_stock"
    "  FROM catalog_sku s JOIN catalog_stock place ON place.sku_id = s.id GROUP BY s.product_id) AS sale"
    " WHERE sale.product_id = p.id AND p.id BETWEEN %s AND %s",
]
_LENT = [f.column for f in Picture._meta.concrete_fields if f.column not in ("id", "product_id")]
SET_BASED[4] = SET_BASED[4].format(
    columns=", ".join(f'"{c}"' for c in _LENT), lent=", ".join(f'lent."{c}"' for c in _LENT)
)
