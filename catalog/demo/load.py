"""Puts the demo catalogue into the shop. Safe to run again.

It writes rows in bulk and copies the drawn pictures, so it takes a few seconds; the worker draws the smaller renditions
later, and until then pages show the pictures as they are.
"""

from datetime import timedelta

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from accounts import memo
from accounts.models import Merchant
from catalog import listings
from catalog.demo import shapes, variants
from catalog.demo.catalogue import CATALOGUE
from catalog.demo.listing_videos import load_videos
from catalog.demo.size_guides import load_size_guides
from catalog.demo.specified import SPECIFIED
from catalog.demo.templates import load_templates
from catalog.demo.window import load_window
from catalog.models import (
    Brand,
    Category,
    MerchantStanding,
    Picture,
    Product,
    Specification,
    Term,
    Warehouse,
)

SIDE = 800
POLICY = {
    shapes.REQUIRED: Product.ReturnPolicy.REQUIRED,
    shapes.EXCLUDED_IF_CONFIRMED: Product.ReturnPolicy.EXCLUDED_IF_CONFIRMED,
}


def load_catalogue():
    """Merchants, brands, categories and the listings that are not there yet; returns what was made, by kind."""
    with transaction.atomic():
        merchants = {m.slug: _merchant(m) for m in CATALOGUE.merchants}
        brands = {b.slug: _named(Brand, b) for b in CATALOGUE.brands}
        categories = _categories()
        known = set(Product.objects.filter(merchant__in=merchants.values()).values_list("handle", flat=True))
        fresh = [shape for shape in CATALOGUE.products if shape.handle not in known]
        products = _products(fresh, merchants, brands, categories)
        pictures = _pictures(fresh, products)
        skus = variants.load(fresh, products, pictures)
        variants.put_in_stock(skus, merchants)
        _specifications(fresh, products)
        load_templates(categories)
        load_size_guides(categories)
        load_videos()
        terms = _terms()
        listings.refresh([product.pk for product in products.values()])
        window = load_window()
    memo.forget_all()
    return {
        "merchants": len(merchants),
        "brands": len(brands),
        "categories": len(categories),
        "products": len(products),
        "skus": len(skus),
        "pictures": sum(len(row) for row in pictures.values()),
        "terms": terms,
        **window,
    }


def _merchant(shape):
    merchant, _made = Merchant.objects.get_or_create(
        slug=shape.slug,
        defaults={
            "name": shape.name.zh,
            "name_en": shape.name.en,
            "self_operated": shape.slug == CATALOGUE.merchants[0].slug,
            "introduction": shape.blurb.zh,
            "introduction_en": shape.blurb.en,
            "company_name": shape.company,
        },
    )
    MerchantStanding.objects.get_or_create(merchant=merchant, defaults={"trust": MerchantStanding.Trust.TRUSTED})
    Warehouse.objects.get_or_create(merchant=merchant, is_default=True, defaults={"name": f"{shape.ships_from.zh}仓"})
    return merchant


def _named(model, shape):
    return model.objects.get_or_create(slug=shape.slug, defaults={"name": shape.name.zh, "name_en": shape.name.en})[0]


def _categories():
    made = {}
    for position, shape in enumerate(CATALOGUE.categories):
        image = _copied(shape.picture, "categories") if shape.picture else ""
        made[shape.slug] = Category.objects.get_or_create(
            slug=shape.slug,
            defaults={
                "name": shape.name.zh,
                "name_en": shape.name.en,
                "parent": made.get(shape.parent),
                "position": position,
                "image": image,
            },
        )[0]
    return made


def _copied(name, folder):
    """The drawn picture ``name`` in the shop's storage; returns its name there."""
    target = f"{folder}/demo/{name}.webp"
    source = shapes.PICTURES / f"{name}.webp"
    if source.exists() and not default_storage.exists(target):
        with source.open("rb") as file:
            default_storage.save(target, file)
    return target


def _products(fresh, merchants, brands, categories):
    now = timezone.now()
    tags = {slug: name.zh for slug, name in CATALOGUE.tags}
    rows = [
        Product(
            merchant=merchants[shape.merchant],
            handle=shape.handle,
            slug=shape.handle,
            title=shape.title.zh,
            title_en=shape.title.en,
            subtitle=shape.subtitle.zh,
            subtitle_en=shape.subtitle.en,
            description="".join(f"<p>{text.zh}</p>" for text in shape.description),
            description_en="".join(f"<p>{text.en}</p>" for text in shape.description),
            category=categories[shape.category],
            brand=brands.get(shape.brand),
            tags=[tags[tag] for tag in shape.tags],
            axes=[axis.name.zh for axis in shape.axes],
            status=Product.Status.PUBLISHED,
            return_policy=POLICY[shape.no_reason],
            return_policy_reason=shape.no_reason_note.zh if shape.no_reason_note else "",
            warranty_months=shape.warranty_months,
            published_at=now - timedelta(days=shape.listed_days_ago),
        )
        for shape in fresh
    ]
    return {product.handle: product for product in Product.objects.bulk_create(rows)}


def _pictures(fresh, products):
    """handle → {picture name: Picture}."""
    later = timezone.now() + timedelta(seconds=20)  # the shop opens first
    rows, owners = [], []
    for shape in fresh:
        for position, picture in enumerate(shape.pictures):
            there = (shapes.PICTURES / f"{picture.name}.webp").exists()
            row = Picture(
                product=products[shape.handle],
                position=position,
                alt=picture.alt.zh,
                alt_en=picture.alt.en,
                run_after=later,
            )
            if there:
                row.status, row.width, row.height = Picture.Status.READY, SIDE, SIDE
                row.file.name = _copied(picture.name, "products")
            rows.append(row)
            owners.append((shape.handle, picture.name))
    made = {shape.handle: {} for shape in fresh}
    for (handle, name), row in zip(owners, Picture.objects.bulk_create(rows), strict=True):
        made[handle][name] = row
    return made


def _specifications(fresh, products):
    rows = [
        Specification(product=products[shape.handle], name=name, value=value, position=position)
        for shape in fresh
        for position, (name, value) in enumerate(_rows_of(shape))
    ]
    Specification.objects.bulk_create(rows)


def _rows_of(shape):
    written = {spec.name.zh: spec.value.zh for spec in shape.specs}
    return (written | SPECIFIED.get(shape.handle, {})).items()


def _terms():
    """The English of every axis, option, specification, tag and note; returns how many there are."""
    words = [name for _slug, name in CATALOGUE.tags]
    for shape in CATALOGUE.products:
        words += [axis.name for axis in shape.axes]
        words += [value.name for axis in shape.axes for value in axis.values]
        words += [text for spec in shape.specs for text in (spec.name, spec.value)]
        words += [shape.no_reason_note] if shape.no_reason_note else []
    english = {word.zh: word.en for word in words if word.zh != word.en}
    Term.objects.bulk_create([Term(chinese=zh, english=en) for zh, en in english.items()], ignore_conflicts=True)
    return len(english)
