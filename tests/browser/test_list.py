"""The list of targets: its filters with and without a script, by mouse and by keyboard, forth and back."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.usefixtures("site")

ROWS = "#target-table tbody tr"


def words(page):
    return page.locator("#target-table [data-said]").inner_text()


def test_a_filter_changes_table_and_address_without_leaving_the_page(visits):
    page = visits().to("/targets/")
    page.evaluate("window.same = true")
    before = page.locator(ROWS).count()
    page.get_by_label("Economy").select_option("XCA")
    page.wait_for_url("**/targets/?economy=XCA*")
    assert before > 1
    expect(page.locator(ROWS)).to_have_count(1)
    assert "the Calder Isles" in words(page)
    assert page.evaluate("window.same")
    expect(page.get_by_role("status")).to_have_text(words(page))
    named = page.title()
    assert "Calder Isles" in named
    page.reload()
    expect(page).to_have_title(named)


def test_boxes_to_tick_have_a_heading_and_the_next_versions_stand_in_even_columns(visits):
    page = visits(viewport={"width": 1280, "height": 900}).to("/targets/")
    assert page.get_by_role("columnheader", name="Compare").bounding_box()["width"] > 40
    page.get_by_text("More filters").click()
    boxes = [one.bounding_box() for one in page.locator("label:has(input[name=relation])").all()]
    rows = sorted({box["y"] for box in boxes})
    lefts = [[box["x"] for box in boxes if box["y"] == row] for row in rows]
    assert len(lefts[0]) > 2
    assert all(row == lefts[0][: len(row)] for row in lefts)
    assert all(len(row) == len(lefts[0]) for row in lefts[:-1])


def test_the_back_button_restores_list_and_address(visits):
    page = visits().to("/targets/")
    first = words(page)
    page.get_by_label("Economy").select_option("XCA")
    page.wait_for_url("**?economy=XCA*")
    filtered = words(page)
    assert filtered != first
    page.go_back()
    page.wait_for_url(re.compile(r"/targets/$"))
    page.locator("#target-table [data-said]").filter(has_text=first).wait_for()
    assert words(page) == first


def test_a_search_is_answered_while_typing(visits):
    page = visits().to("/ru/targets/")
    page.locator("#filters input[type=text], #filters input[type=search]").first.press_sequentially("калдер", delay=20)
    page.wait_for_url("**?q=*")
    expect(page.locator(ROWS)).to_have_count(1)


def test_the_same_address_opened_anew_shows_the_same_list(visits):
    page = visits().to("/targets/")
    page.get_by_text("More filters").click()
    page.get_by_label("Deadline to").fill("2025")
    page.get_by_label("Deadline to").press("Tab")
    page.wait_for_url("**?*deadline_to=2025*")
    found = page.locator(ROWS).all_inner_texts()
    again = visits().to(page.url.removeprefix(page.url.split("/targets/")[0]))
    assert again.locator(ROWS).all_inner_texts() == found
    assert again.get_by_label("Deadline to").input_value() == "2025"


def test_filters_work_without_a_script(visits):
    page = visits(java_script_enabled=False).to("/targets/")
    page.get_by_label("Economy").select_option("XCA")
    page.get_by_role("button", name="Show").click()
    page.wait_for_url("**economy=XCA*")
    expect(page.locator(ROWS)).to_have_count(1)


def test_filters_work_by_keyboard_alone(visits):
    page = visits().to("/targets/")
    page.get_by_text("More filters").focus()
    page.keyboard.press("Enter")
    page.get_by_label("met", exact=True).focus()
    page.keyboard.press("Space")
    page.wait_for_url("**?*status=met*")
    expect(page.locator(ROWS)).to_have_count(1)
    assert page.evaluate("document.activeElement.value") == "met"


def test_targets_on_which_the_sides_disagree_are_one_tick_away(visits):
    page = visits().to("/targets/")
    page.get_by_text("More filters").click()
    page.get_by_label("only where the two sides").check()
    page.wait_for_url("**?*disagree=on*")
    page.locator("#target-table [data-said]").filter(has_text="differ in their answer").wait_for()
    expect(page.locator(".empty").or_(page.locator(ROWS)).first).to_be_visible()
