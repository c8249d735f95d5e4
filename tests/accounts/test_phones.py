import pytest
from django.core.exceptions import ValidationError

from accounts.phones import normalise_phone, normalise_receiver_phone


@pytest.mark.parametrize(
    "typed",
    [
        "13800138000",
        "138 0013 8000",
        "138-0013-8000",
        "+86 13800138000",
        "008613800138000",
        "１３８００１３８０００",
        " (86)13800138000 ",
    ],
)
def test_every_usual_spelling_is_one_number(typed):
    assert normalise_phone(typed) == "+8613800138000"


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("1380013800", "phone_short"),
        ("138001380000", "phone_long"),
        ("12800138000", "phone_prefix"),
        ("138abc38000", "phone_characters"),
        ("", "phone_characters"),
    ],
)
def test_a_wrong_number_is_told_what_is_wrong(typed, code):
    with pytest.raises(ValidationError) as refused:
        normalise_phone(typed)
    assert refused.value.code == code


def test_a_receiver_may_have_a_landline_and_an_account_may_not():
    assert normalise_receiver_phone("0571-8888 6666") == "057188886666"
    assert normalise_receiver_phone("138 0013 8000") == "+8613800138000"
    with pytest.raises(ValidationError):
        normalise_phone("0571-88886666")
