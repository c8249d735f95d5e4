"""Several questions in one statement give what each gives alone."""

from datetime import timedelta

import pytest
from django.db.models import DurationField, Value
from django.utils import timezone

from accounts.models import Address, User
from accounts.prepared import OTHER, SOME, Prepared
from accounts.together import Together
from catalog.models import Product, Sku
from tests.factories import make_product, make_sku


def all_of(instance):
    return {name: value for name, value in instance.__dict__.items() if name != "_state"}, instance._state.fields_cache


@pytest.fixture
def teapot(yuji):
    product = make_product(yuji, tags=["茶", 'a "quoted" \\ one'], published_at=timezone.now())
    for number in range(3):
        make_sku(product, option1=f"色{number}", price_fen=5_000_000_000 if number else 9_900)
    return product


SKUS = Prepared(lambda pk: Sku.objects.filter(product_id=pk).order_by("-pk"), pk=SOME)
LISTING = Prepared(
    lambda pk: Product.objects.select_related("merchant", "cover").defer("search").filter(pk=pk), pk=SOME
)
PERSON = Prepared(lambda user_id: User.objects.filter(pk=user_id), user_id=OTHER)


def test_rows_of_all_parts_are_what_each_part_gives(teapot, alice, django_assert_num_queries):
    alice.birthday = timezone.localdate()
    alice.save()
    both = Together(skus=SKUS, listing=LISTING, person=PERSON)
    both(pk=teapot.pk, user_id=alice.pk)
    with django_assert_num_queries(1):
        found = both(pk=teapot.pk, user_id=alice.pk)
    assert [all_of(sku) for sku in found["skus"]] == [all_of(sku) for sku in SKUS(pk=teapot.pk)]
    assert [sku.price_fen for sku in found["skus"]] == [5_000_000_000, 5_000_000_000, 9_900]
    [listing], [alone] = found["listing"], LISTING(pk=teapot.pk)
    assert all_of(listing) == all_of(alone)
    assert (listing.merchant, listing.cover, listing.tags) == (teapot.merchant, None, teapot.tags)
    assert all_of(listing.merchant) == all_of(alone.merchant)
    [person] = found["person"]
    assert all_of(person) == all_of(PERSON(user_id=alice.pk)[0])
    assert (person.birthday, person.date_joined) == (alice.birthday, alice.date_joined)
    assert person.date_joined.utcoffset() == timedelta(0)


def test_a_part_without_rows_is_an_empty_list(teapot):
    assert Together(skus=SKUS, listing=LISTING)(pk=teapot.pk + 10_000) == {"skus": [], "listing": []}


def test_what_is_encrypted_is_read(alice):
    home = Address.objects.create(
        user=alice, receiver="王小雨", phone="+8613800138000", region_code="310101", province="上海市"
    )
    mine = Prepared(lambda user_id: Address.objects.filter(user_id=user_id), user_id=SOME)
    [found] = Together(homes=mine)(user_id=alice.pk)["homes"]
    assert (found.receiver, found.phone) == (home.receiver, home.phone)


def test_a_type_that_json_does_not_carry_is_refused(db):
    span = Value(timedelta(days=1), output_field=DurationField())
    odd = Prepared(lambda pk: User.objects.annotate(span=span).filter(pk=pk), pk=SOME)
    with pytest.raises(TypeError, match="interval"):
        Together(odd=odd)(pk=1)
