"""The shapes of the demo data. Frozen, plain, no Django: a seeding command reads them.

Units: prices are int fen, weights int grams, warranty int months, ages int days before today.
Every text a shopper reads is a Text with Chinese and English. A picture NAME is the file pictures/NAME.webp.
References are by slug, handle or code (str), never by object.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

PICTURES = Path(__file__).parent / "pictures"

# Whether seven-day return without a reason applies to a product.
REQUIRED = "REQUIRED"
EXCLUDED_IF_CONFIRMED = "EXCLUDED_IF_CONFIRMED"


@dataclass(frozen=True, slots=True)
class Text:
    """One text in both languages of the shop."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Merchant:
    """A seller. `picture` is its seal (a square picture)."""

    slug: str
    name: Text
    company: str
    blurb: Text
    ships_from: Text
    picture: str


@dataclass(frozen=True, slots=True)
class Brand:
    slug: str
    name: Text


@dataclass(frozen=True, slots=True)
class Category:
    """A category; `parent` is the slug of the category above it, "" at the top.

    Parents come before children. `picture` is "" below the top.
    """

    slug: str
    name: Text
    parent: str = ""
    picture: str = ""
    blurb: Text | None = None


@dataclass(frozen=True, slots=True)
class Value:
    """One choice on an axis. `swatch` is "#rrggbb" for colours, else ""."""

    code: str
    name: Text
    swatch: str = ""


@dataclass(frozen=True, slots=True)
class Axis:
    """Something the shopper chooses: colour, capacity, size."""

    name: Text
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Sku:
    """One thing in stock. `values` holds one value code per axis, in the order of the axes.

    price and reference_price in fen (reference_price 0 = none), weight in grams, stock in pieces (0 = sold out).
    """

    code: str
    values: tuple[str, ...]
    price: int
    weight: int
    stock: int
    reference_price: int = 0


@dataclass(frozen=True, slots=True)
class Spec:
    """One row of the specification table."""

    name: Text
    value: Text


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture in gallery order; `value` is the axis value code it shows, "" when it shows any."""

    name: str
    alt: Text
    value: str = ""


@dataclass(frozen=True, slots=True)
class Product:
    """A listing. `axes` has 0, 1 or 2 entries; without axes there is one SKU with values ().

    description: paragraphs. category: slug of the deepest category. tags: slugs from catalogue.TAGS.
    no_reason_note says why the no-reason return is excluded; None when it is REQUIRED.
    """

    handle: str
    title: Text
    subtitle: Text
    description: tuple[Text, ...]
    merchant: str
    brand: str
    category: str
    tags: tuple[str, ...]
    axes: tuple[Axis, ...]
    skus: tuple[Sku, ...]
    specs: tuple[Spec, ...]
    pictures: tuple[Picture, ...]
    listed_days_ago: int = 90
    no_reason: str = REQUIRED
    no_reason_note: Text | None = None
    warranty_months: int = 12


@dataclass(frozen=True, slots=True)
class Catalogue:
    merchants: tuple[Merchant, ...]
    brands: tuple[Brand, ...]
    categories: tuple[Category, ...]
    tags: tuple[tuple[str, Text], ...]
    products: tuple[Product, ...]


@dataclass(frozen=True, slots=True)
class Review:
    """What a buyer wrote. `product` is a handle, `sku` a code of that product, stars 1-5, name already masked."""

    product: str
    sku: str
    stars: int
    text: str
    days_ago: int
    name: str


@dataclass(frozen=True, slots=True)
class Address:
    """A Chinese delivery address: real province, city and district; the street is invented."""

    receiver: str
    phone: str
    province: str
    city: str
    district: str
    street: str
    label: Text


@dataclass(frozen=True, slots=True)
class Shopper:
    """A demo member. `tier` is NORMAL, SILVER, GOLD, PLATINUM or DIAMOND; the first address is the default."""

    email: str
    name: str
    phone: str
    tier: str
    addresses: tuple[Address, ...]
    story: Text


@dataclass(frozen=True, slots=True)
class Staff:
    """Someone behind the counter. `role` is MERCHANT (then `merchant` is a slug), OPERATOR or MANAGER."""

    email: str
    name: str
    phone: str
    role: str
    merchant: str = ""


@dataclass(frozen=True, slots=True)
class People:
    shoppers: tuple[Shopper, ...]
    staff: tuple[Staff, ...]


def axis(zh: str, en: str, *values: tuple[str, ...]) -> Axis:
    """An axis written short: axis("颜色", "Colour", ("qing", "霁青", "Celadon", "#7fa79a"))."""
    return Axis(Text(zh, en), tuple(Value(v[0], Text(v[1], v[2]), *v[3:]) for v in values))


def specs(*rows: tuple[str, str, str, str]) -> tuple[Spec, ...]:
    """Specification rows written short: (name zh, name en, value zh, value en)."""
    return tuple(Spec(Text(a, b), Text(c, d)) for a, b, c, d in rows)


def pictures(*rows: tuple[str, ...]) -> tuple[Picture, ...]:
    """Pictures written short: (name, alt zh, alt en[, value code])."""
    return tuple(Picture(r[0], Text(r[1], r[2]), *r[3:]) for r in rows)
