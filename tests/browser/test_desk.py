"""The analysts' desk in a real browser: a year's figures from the first page to the target's, and every page by axe."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.desk import LOOKS, signed_in, sound

PAGES = [
    "/admin/",
    "/admin/targets/countrypair/?q=арландия",
    "/admin/targets/countrypair/1/change/",
    "/admin/targets/countrypair/1/enter/",
    "/admin/targets/countrypair/1/history/",
    "/admin/targets/target/",
    "/admin/targets/target/1/change/",
    "/admin/targets/target/1/history/",
    "/admin/targets/statement/add/",
    "/admin/targets/roadmapdocument/add/",
    "/admin/targets/release/",
    "/admin/targets/release/1/change/",
    "/admin/targets/auditevent/",
]


def test_an_analyst_enters_a_year_and_sees_it_on_the_targets_page(visits):
    visit = signed_in(visits())
    page = visit.page
    page.get_by_label("Enter figures for a pair").fill("боровия арланд")
    page.keyboard.press("Enter")
    page.get_by_label("Borovia", exact=True).check()
    page.get_by_label("Exports, 2025").fill("81,3")
    page.get_by_label("Imports, 2025").fill("40")
    page.locator(".select2-selection").first.click()
    page.locator(".select2-search__field").fill("statistics of bor")
    # The table comes anew with the source, and with it the button.
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.get_by_role("option", name="Statistics of Borovia").click()
    page.get_by_role("button", name="Record", exact=True).click()
    expect(page.locator(".messagelist")).to_contain_text("Recorded as release")
    visit.to("/targets/xar-xbo-500mn-usd-2030/")
    assert "$121m" in page.locator("main").inner_text()


@LOOKS
def test_pages_of_the_desk_are_accessible_and_never_wider_than_the_window(visits, prefix, scheme, width):
    visit = signed_in(visits(color_scheme=scheme, viewport={"width": width, "height": 900}), prefix=prefix)
    for address in PAGES:
        sound(visit.to(prefix + address), width)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_door_is_accessible(visits, scheme):
    sound(visits(color_scheme=scheme).to("/admin/login/"), 1280)


LISTS = ("countrypair", "release", "turnoverfigure", "target", "statement", "roadmapdocument", "economy", "source",
         "judgement", "verdictchange", "auditevent")  # fmt: skip


@pytest.mark.parametrize("prefix", ["", "/ru"], ids=["en", "ru"])
def test_lists_fit_a_desk_and_their_filter_opens_above_them(visits, prefix):
    visit = signed_in(visits(viewport={"width": 1280, "height": 800}), prefix=prefix)
    for name in LISTS:
        page = visit.to(f"{prefix}/admin/targets/{name}/")
        hidden = "(all) => { const list = all[0]; return list ? list.scrollWidth - list.clientWidth : 0 }"
        assert page.locator("#changelist-form .results").evaluate_all(hidden) <= 0, name
    page = visit.to(f"{prefix}/admin/targets/target/")
    page.locator("details.filters > summary").click()
    above, list_ = page.locator("#changelist-filter").bounding_box(), page.locator("#result_list").bounding_box()
    assert above["y"] + above["height"] <= list_["y"]
    sound(page, 1280)
    page.locator("#changelist-filter a[href*='state__exact=draft']").click()
    page.locator(".filters .chosen").wait_for()
