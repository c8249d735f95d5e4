"""The variants of the demo's listings, their prices as the past days had them, and their stock."""

from datetime import timedelta

from django.utils import timezone

from catalog.models import DealtPrice, PriceChange, Sku, Stock, StockMovement, Warehouse


def load(fresh, products, pictures):
    """[(Sku, units)], with a first line in the price history."""
    rows = []
    for shape in fresh:
        names = [{value.code: value.name.zh for value in axis.values} for axis in shape.axes]
        by_value = {picture.value: picture.name for picture in reversed(shape.pictures) if picture.value}
        product = products[shape.handle]
        for position, sku in enumerate(shape.skus):
            options = [names[n][code] for n, code in enumerate(sku.values)]
            shown = next((by_value[code] for code in sku.values if code in by_value), None)
            row = Sku(
                product=product,
                merchant_id=product.merchant_id,
                code=sku.code,
                price_fen=sku.price,
                reference_price_fen=sku.reference_price or None,
                weight_g=sku.weight,
                picture=pictures[shape.handle].get(shown),
                position=position,
                **{f"option{n}": option for n, option in enumerate(options, 1)},
            )
            rows.append((row, sku.stock))
    Sku.objects.bulk_create([row for row, _units in rows])
    reduced = [row for row, _units in rows if row.reference_price_fen]
    PriceChange.objects.bulk_create(
        PriceChange(sku=row, after_fen=row.reference_price_fen or row.price_fen, source="demo") for row, _units in rows
    )
    PriceChange.objects.bulk_create(
        PriceChange(sku=row, before_fen=row.reference_price_fen, after_fen=row.price_fen, source="demo")
        for row in reduced
    )
    _deals(reduced)
    return rows


def _deals(reduced):
    """What is struck through was really paid a few days ago; else the pages would not show it."""
    at = timezone.now() - timedelta(days=3)
    DealtPrice.objects.bulk_create(
        DealtPrice(
            sku=row, day=timezone.localdate(at), unit_fen=row.reference_price_fen, units=2, first_at=at, last_at=at
        )
        for row in reduced
    )


def put_in_stock(skus, merchants):
    homes = {w.merchant_id: w for w in Warehouse.objects.filter(merchant__in=merchants.values(), is_default=True)}
    places = [Stock(sku=sku, warehouse=homes[sku.merchant_id], on_hand=units) for sku, units in skus]
    StockMovement.objects.bulk_create(
        [
            StockMovement(
                stock=place,
                kind=StockMovement.Kind.RECEIVE,
                on_hand_change=place.on_hand,
                source=f"demo:{place.sku.code}",
            )
            for place in Stock.objects.bulk_create(places)
            if place.on_hand
        ]
    )
