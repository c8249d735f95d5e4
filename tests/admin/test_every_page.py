"""Every list, add and change page of every admin answers every role; never with an error."""

import pytest
from django.contrib import admin
from django.urls import NoReverseMatch, reverse

from accounts.models import User
from accounts.scoped_admin import RowScope
from tests.admin.rows import row_of

ADMINS = [
    pytest.param(m, a, id=m._meta.label)
    for m, a in sorted(admin.site._registry.items(), key=lambda pair: pair[0]._meta.label)
]


@pytest.fixture(params=["merchant", "operator", "manager", "superuser", "stranger"])
def somebody(request):
    if request.param == "superuser":
        return request.getfixturevalue("db") or User.objects.create_superuser(email="root@example.com", password="x")
    name = {"merchant": "yuji_staff", "stranger": "alice"}.get(request.param, request.param)
    return request.getfixturevalue(name)


def address(model, page, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


@pytest.mark.parametrize(("model", "model_admin"), ADMINS)
def test_pages_answer_or_refuse(model, model_admin, client, somebody, yuji):
    client.force_login(somebody)
    row = (
        row_of(model, yuji, getattr(model_admin, "merchant_path", "") or "")
        if isinstance(model_admin, RowScope)
        else None
    )
    pages = [("changelist", ()), ("add", ())] + ([("change", (row.pk,)), ("history", (row.pk,))] if row else [])
    for page, args in pages:
        try:
            answer = client.get(address(model, page, *args))
        except NoReverseMatch:
            continue
        allowed = {302} if not somebody.is_staff else {200, 302, 403, 404}
        assert answer.status_code in allowed, f"{page}: {answer.status_code}"
        if somebody.is_superuser and page == "changelist":
            assert answer.status_code == 200
    found = client.get(address(model, "changelist"), {"q": "山影"})
    assert found.status_code in {200, 302, 403}


def test_today_answers_every_role(client, somebody):
    client.force_login(somebody)
    assert client.get(reverse("admin:index")).status_code == (200 if somebody.is_staff else 302)
