"""The analysts' desk in a real browser: a year's figures from the first page to the target's, and every page by axe."""

from __future__ import annotations

import pytest

from tests.browser.desk import signed_in, sound

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
    page.get_by_role("option", name="Statistics of Borovia").click()
    page.get_by_role("button", name="Record", exact=True).click()
    assert "Recorded as release" in page.locator(".messagelist").inner_text()
    visit.to("/targets/xar-xbo-500mn-usd-2030/")
    assert "$121m" in page.locator("main").inner_text()


@pytest.mark.parametrize("prefix", ["", "/ru"], ids=["en", "ru"])
@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 375)])
def test_pages_of_the_desk_are_accessible_and_never_wider_than_the_window(visits, prefix, scheme, width):
    visit = signed_in(visits(color_scheme=scheme, viewport={"width": width, "height": 900}), prefix=prefix)
    for address in PAGES:
        sound(visit.to(prefix + address), width)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_door_is_accessible(visits, scheme):
    sound(visits(color_scheme=scheme).to("/admin/login/"), 1280)
