"""The search: from the header, while typing, by keyboard, without a script."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.usefixtures("site")


def test_the_search_in_the_header_leads_to_what_was_found_from_anywhere(visits):
    page = visits(viewport={"width": 1280, "height": 800}).to("/about/")
    page.get_by_role("searchbox").fill("calder")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=calder")
    expect(page.locator("#found h2")).to_have_text(["Targets 1", "Pairs 1", "Economies 1"])
    assert page.locator("#found mark").first.inner_text() == "Calder"


def test_a_search_is_answered_while_typing_and_said_aloud(visits):
    page = visits().to("/ru/search/")
    page.evaluate("window.same = true")
    page.get_by_role("searchbox").press_sequentially("МАРН", delay=20)
    page.locator("#found mark").first.wait_for()
    page.wait_for_url("**/ru/search/?q=*")
    assert page.evaluate("window.same")
    expect(page.get_by_role("status")).to_have_text(page.locator("[data-said]").inner_text())
    expect(page.get_by_role("status")).not_to_be_empty()
    assert page.evaluate("document.activeElement.id") == "words"


def test_a_search_works_without_a_script(visits):
    page = visits(java_script_enabled=False).to("/search/")
    page.get_by_role("searchbox").fill("minister")
    page.get_by_role("button", name="Search").click()
    expect(page.locator("#found .statement").first).to_be_visible()


def test_what_was_found_is_reached_by_keyboard(visits):
    page = visits().to("/search/?q=marn")
    page.get_by_role("searchbox").focus()
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.closest('.statement') !== null"):
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/#statements")


def test_hostile_words_are_shown_as_text(visits):
    page = visits().to("/search/?q=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E%20marn")
    assert page.locator("#found img").count() == 0
    assert page.get_by_role("searchbox").input_value().startswith("<img")
