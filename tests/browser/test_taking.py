"""Taking a chart along in a real browser: downloads without a script, the clipboard, what plotly.js saves itself."""

import pytest

from tests.browser.test_chart import ADDRESS, explored
from tests.exports import files


@pytest.mark.parametrize("prefix", ["", "/ru"], ids=["en", "ru"])
def test_on_a_phone_without_a_script_every_size_format_and_theme_can_be_had(visits, prefix):
    page = visits(java_script_enabled=False, viewport={"width": 375, "height": 740}).to(prefix + ADDRESS)
    page.locator(".takings summary").click()
    links = page.locator(".takings a").all()
    assert len(links) == 3 * 3 * 2
    assert all(link.is_visible() for link in links)
    names = [link.get_attribute("aria-label") for link in links]
    assert len(set(names)) == len(names)
    with page.expect_download() as download:
        page.locator(".takings a[href*='chart.png?size=social&theme=dark']").click()
    picture = files.png(download.value.path().read_bytes())
    assert download.value.suggested_filename == "tradewatch-xar-xbo-500mn-usd-2030-social.png"
    assert (picture.width, picture.height) == (1080, 1080)
    assert page.evaluate("document.documentElement.scrollWidth") <= 375


def test_the_picture_goes_into_the_clipboard(visits):
    visit = visits(viewport={"width": 1280, "height": 900})
    visit.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = visit.to(ADDRESS)
    page.locator("button[data-copy]").first.click()
    page.locator(".chart-status", has_text="The picture is in the clipboard.").wait_for()
    kinds = page.evaluate("async () => (await navigator.clipboard.read()).flatMap(item => item.types)")
    assert kinds == ["image/png"]


@pytest.mark.parametrize("prefix", ["", "/ru"], ids=["en", "ru"])
def test_the_explored_view_is_saved_by_the_browser_itself(visits, prefix):
    page = explored(visits, prefix)
    with page.expect_download() as download:
        page.locator(".chart-explored > button").nth(0).click()
    picture = files.png(download.value.path().read_bytes())
    assert picture.width == 2000
    assert picture.ink > 0.01
    with page.expect_download() as download:
        page.locator(".chart-explored > button").nth(1).click()
    drawing = download.value.path().read_text(encoding="utf-8")
    assert drawing.startswith("<svg")
    title = page.request.get(page.url + "chart.json").json()["layout"]["meta"]["title"]
    assert "".join(title.split())[:20] in "".join(drawing.replace("&nbsp;", "").split())
    assert "Tradewatch" in drawing
