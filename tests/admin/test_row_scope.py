"""No merchant's staff ever meet a row of another merchant, on any page of any admin, present or future."""

import json

import pytest
from django.contrib import admin
from django.contrib.admin.utils import flatten_fieldsets
from django.contrib.auth.models import Permission
from django.test import RequestFactory
from django.urls import reverse

from accounts.scoped_admin import HIDDEN_FROM_MERCHANTS, RowScope
from tests.admin.rows import row_of

ADMINS = sorted(admin.site._registry.items(), key=lambda pair: pair[0]._meta.label)
SCOPED = [
    pytest.param(model, model_admin, id=model._meta.label)
    for model, model_admin in ADMINS
    if isinstance(model_admin, RowScope) and not model_admin.shared_with_merchants and model_admin.merchant_path
]
HIDDEN = [
    pytest.param(model, model_admin, id=model._meta.label)
    for model, model_admin in ADMINS
    if isinstance(model_admin, RowScope) and model_admin.merchant_path is HIDDEN_FROM_MERCHANTS
]
# Django's own models are for superusers; no role has a permission for them.
FOREIGN_APPS = {"auth", "account", "mfa", "contenttypes", "sessions", "sites", "admin"}


@pytest.fixture
def staff(client, yuji_staff):
    """A merchant's staff user who was given every permission by mistake: the scope alone must hold."""
    yuji_staff.user_permissions.set(Permission.objects.all())
    client.force_login(yuji_staff)
    return client


def address(model, page, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def request_of(user):
    request = RequestFactory().get("/")
    request.user = user
    return request


def test_every_admin_says_whose_rows_it_shows():
    silent = [
        model._meta.label
        for model, model_admin in ADMINS
        if model._meta.app_label not in FOREIGN_APPS
        and not (
            isinstance(model_admin, RowScope)
            and (
                model_admin.shared_with_merchants
                or model_admin.merchant_path
                or model_admin.merchant_path is HIDDEN_FROM_MERCHANTS
            )
        )
    ]
    assert silent == []
    assert SCOPED, "nothing is scoped: this test would prove nothing"


@pytest.mark.parametrize(("model", "model_admin"), SCOPED)
def test_a_foreign_row_is_not_listed_but_the_own_is(model, model_admin, staff, yuji, songyan, yuji_staff):
    own, foreign = (row_of(model, merchant, model_admin.merchant_path) for merchant in (yuji, songyan))
    shown = set(model_admin.get_queryset(request_of(yuji_staff)).values_list("pk", flat=True))
    assert own.pk in shown
    assert foreign.pk not in shown
    page = staff.get(address(model, "changelist"))
    assert page.status_code == 200
    assert {row.pk for row in page.context["cl"].queryset} == shown


@pytest.mark.parametrize(("model", "model_admin"), SCOPED)
def test_a_foreign_row_is_neither_viewed_nor_changed_nor_deleted(model, model_admin, staff, yuji, songyan):
    own, foreign = (row_of(model, merchant, model_admin.merchant_path) for merchant in (yuji, songyan))
    before = type(foreign)._default_manager.filter(pk=foreign.pk).values().get()
    opened = staff.get(address(model, "change", own.pk))
    assert opened.status_code == 200 or opened.url != reverse("admin:index"), "the own row has no page"
    for page in ("change", "delete", "history"):
        answer = staff.get(address(model, page, foreign.pk))
        refused = answer.status_code in {403, 404} or answer.status_code == 302 and answer.url == reverse("admin:index")
        assert refused, f"{page}: {answer.status_code}"
        assert staff.post(address(model, page, foreign.pk), {"post": "yes"}).status_code in {302, 403, 404, 405}, page
    deletion = {"action": "delete_selected", "_selected_action": [foreign.pk], "post": "yes"}
    staff.post(address(model, "changelist"), deletion)
    assert type(foreign)._default_manager.filter(pk=foreign.pk).values().get() == before


@pytest.mark.parametrize(("model", "model_admin"), SCOPED)
def test_a_foreign_row_is_not_offered_as_a_choice(model, model_admin, staff, yuji, songyan, yuji_staff):
    foreign = row_of(model, songyan, model_admin.merchant_path)
    request = request_of(yuji_staff)
    request.resolver_match = type("Match", (), {"kwargs": {}})()
    for other, other_admin in ADMINS:
        for each in [other_admin, *(inline(other, admin.site) for inline in other_admin.inlines)]:
            for field in each.model._meta.fields:
                if field.remote_field and field.remote_field.model is model and isinstance(each, RowScope):
                    choices = each.formfield_for_foreignkey(field, request).queryset
                    assert foreign.pk not in set(choices.values_list("pk", flat=True)), f"{each}: {field.name}"


@pytest.mark.parametrize(("model", "model_admin"), [pair for pair in SCOPED if pair.values[1].search_fields])
def test_a_foreign_row_is_not_found_by_autocompletion(model, model_admin, staff, songyan):
    foreign = row_of(model, songyan, model_admin.merchant_path)
    for other, other_admin in ADMINS:
        for name in other_admin.autocomplete_fields:
            field = other._meta.get_field(name)
            if field.remote_field.model is model:
                asked = {"app_label": other._meta.app_label, "model_name": other._meta.model_name, "field_name": name}
                found = staff.get(reverse("admin:autocomplete"), {**asked, "term": ""})
                assert str(foreign.pk) not in {row["id"] for row in json.loads(found.content).get("results", [])}


@pytest.mark.parametrize(("model", "model_admin"), HIDDEN)
def test_rows_of_the_shop_itself_are_hidden_from_merchants(model, model_admin, yuji_staff):
    assert not model_admin.get_queryset(request_of(yuji_staff)).exists()
    assert flatten_fieldsets(model_admin.get_fieldsets(request_of(yuji_staff))) is not None
