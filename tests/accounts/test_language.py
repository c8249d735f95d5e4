import pytest

from accounts.language import preferred


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", "zh-hans"),
        ("de", "zh-hans"),
        ("de-DE,fr;q=0.8", "zh-hans"),
        ("en-GB,en;q=0.9", "en"),
        ("zh-TW,en;q=0.8", "zh-hans"),
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh-hans"),
        ("en;q=0.4,zh;q=0.9", "zh-hans"),
        ("de,en;q=0.7", "en"),
        ("en;q=nonsense,zh;q=0.1", "zh-hans"),
        ("en" * 5000, "zh-hans"),
    ],
)
def test_the_first_visit_is_in_chinese_unless_the_browser_prefers_english(header, language):
    assert preferred(header) == language


@pytest.mark.parametrize(
    ("header", "cookie", "html_lang"),
    [
        ("de", None, "zh-Hans"),
        ("en-GB,en;q=0.9", None, "en"),
        ("zh-TW", None, "zh-Hans"),
        ("en-GB,en;q=0.9", "zh-hans", "zh-Hans"),
        ("zh-CN", "en", "en"),
        ("en", "klingon", "en"),
    ],
)
def test_the_page_is_in_the_chosen_language_and_the_choice_wins(client, db, header, cookie, html_lang):
    if cookie:
        client.cookies["django_language"] = cookie
    page = client.get("/account/login/", headers={"accept-language": header})
    assert f'<html lang="{html_lang}"' in page.content.decode()
