"""What a reader takes along from a target's page: the text for an article and the citation, copied or selected."""

import pytest

ADDRESS = "/targets/xar-xbo-500mn-usd-2030/"
DONE = {"": "Copied", "/ru": "Скопировано"}


@pytest.mark.parametrize("prefix", ["", "/ru"], ids=["en", "ru"])
@pytest.mark.parametrize("of", ["story-text", "cite-text"])
def test_a_button_copies_the_text_above_it(visits, prefix, of):
    page = visits(permissions=["clipboard-read", "clipboard-write"]).to(prefix + ADDRESS)
    button = page.locator(f"button[data-copy-text={of}]")
    button.click()
    page.get_by_role("status").filter(has_text=DONE[prefix]).wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == page.locator(f"#{of}").text_content().strip()


def test_where_the_clipboard_is_closed_the_text_is_selected(visits):
    page = visits().to(ADDRESS)
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('closed')); }")
    page.locator("button[data-copy-text=story-text]").click()
    page.get_by_role("status").filter(has_text="Selected").wait_for()
    assert page.evaluate("getSelection().toString()").strip() == page.locator("#story-text").inner_text().strip()


def test_without_a_script_the_text_is_there_and_no_button(visits):
    page = visits(java_script_enabled=False).to("/ru" + ADDRESS)
    assert page.locator("#story-text").is_visible()
    assert page.locator("#cite-text").is_visible()
    assert not page.locator("button[data-copy-text]").first.is_visible()
