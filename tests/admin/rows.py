"""Rows of any model for any merchant, made from the model's fields alone: a new admin is tested unasked."""

from datetime import timedelta
from itertools import count
from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from accounts.models import Merchant, User

_serial = count(1000)
# What a row of these needs although each of its fields may be empty: one of several.
NEEDS = {"catalog.Report": "review"}
# What a row of these needs beyond its fields one by one.
TOGETHER = {
    "loyalty.CouponTemplate": {"valid_days": 7, "amount_fen": 500},
    "loyalty.OddsTable": {"closes_at": timezone.now() + timedelta(days=30)},
    "loyalty.Prize": {"points": 5},
    "catalog.SpotCheck": {"status": "passed"},  # merchants see the noted ones only
}


def row_of(model, merchant, path=""):
    """A saved row of ``model`` that belongs to ``merchant`` by ``path`` (lookups to the merchant, or "self")."""
    if model is Merchant or path == "self":
        return merchant
    if not path and not isinstance(model._meta.pk, models.AutoField) and model._default_manager.exists():
        return model._default_manager.first()  # a table of the house with keys of its own, such as the tiers
    first, _sep, rest = (path or NEEDS.get(model._meta.label, "")).partition("__")
    relation = model._meta.get_field(first) if first else None
    if relation is not None and relation.auto_created:
        child = row_of(relation.related_model, merchant, rest)
        return getattr(child, relation.field.name)
    row = model(
        **{
            field.attname if field.remote_field is None else field.name: value
            for field, value in _values(model, merchant, first, rest)
        }
        | TOGETHER.get(model._meta.label, {})
    )
    row.save()
    return row


def _values(model, merchant, wanted, beyond):
    for field in model._meta.concrete_fields:
        if isinstance(field, models.AutoField):
            continue
        optional = field.has_default() or field.null or (field.blank and not isinstance(field, models.ForeignKey))
        if field.name != wanted and optional:
            continue
        yield field, _value(field, merchant, beyond if field.name == wanted else "")


def _value(field, merchant, path):
    if field.remote_field:
        related = field.remote_field.model
        if related is User:
            return User.objects.create_user(email=f"row{next(_serial)}@example.com", password=None)
        return row_of(related, merchant, path)
    if field.choices:
        return next(iter(field.choices))[0]
    if isinstance(field, models.DateTimeField):
        return timezone.now() - timedelta(days=1)
    if isinstance(field, models.DateField):
        return timezone.localdate()
    if isinstance(field, models.BooleanField):
        return False
    if isinstance(field, models.IntegerField):
        return 1
    if isinstance(field, models.UUIDField):
        return uuid4()
    if isinstance(field, models.JSONField):
        return {}
    if isinstance(field, ArrayField):
        return []
    if isinstance(field, models.GenericIPAddressField):
        return "127.0.0.1"
    number = str(next(_serial))
    return number[-field.max_length :] if field.max_length else number
