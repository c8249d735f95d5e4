from django.contrib import admin

from config.navigation import GROUPS, grouped


def test_every_admin_of_the_catalogue_has_a_place_of_its_own_in_the_menu():
    named = {name for _key, _name, names in GROUPS for name in names}
    assert (
        sorted(
            model._meta.label_lower
            for model in admin.site._registry
            if model._meta.app_label == "catalog" and model._meta.label_lower not in named
        )
        == []
    )


def test_no_name_of_the_menu_is_dead_and_none_stands_twice():
    registered = {model._meta.label_lower for model in admin.site._registry}
    names = [name for _key, _name, group in GROUPS for name in group if not name.endswith("*")]
    assert len(names) == len(set(names))
    # Some models are shown inside others and may be registered later.
    assert set(names) - registered <= {"orders.orderline", "orders.trackingevent", "orders.cart"}


def test_a_model_without_a_name_is_found_under_the_settings():
    stranger = {"object_name": "Stranger", "admin_url": "/admin/x/"}
    groups = grouped([{"app_label": "elsewhere", "models": [stranger]}])
    assert [(group["app_label"], group["models"]) for group in groups] == [("settings", [stranger])]
