"""Every page, in both languages, light and dark, on phone and desk: nothing refused, nothing from elsewhere."""

from datetime import date

import pytest
from axe_playwright_python.sync_playwright import Axe

from targets.records import ChartCode, economy_number

UNEXPLAINED = ChartCode("mirror", (economy_number("XAR"), economy_number("XBO")), date(2026, 11, 22), 0, 0).text
"""The code of a chart that nothing explains: its page has all that such a page can have but the list of changes."""

PAGES = [
    "/",
    "/targets/",
    "/targets/?status=met&economy=XBO&sort=-amount",
    "/targets/?q=nothing+of+the+kind",
    "/targets/?disagree=on",
    "/targets/?view=table",
    "/targets/?view=cards&economy=XBO&status=met",
    "/targets/?status=met&deadline_from=2030",
    "/targets/?page=one",
    "/compare/",
    "/compare/?t=xar-xbo-500mn-usd-2030",
    "/compare/?t=xbo-xca-1bn-usd-2022&t=xar-xbo-500mn-usd-2030",
    "/compare/?t=nowhere&t=xbo-xca-1bn-usd-2022",
    "/targets/?t=xbo-xca-1bn-usd-2022",
    f"/verify/{UNEXPLAINED}/",
    "/deadlines/",
    "/deadlines/?year=2022",
    "/changes/",
    "/changes/?kind=figures",
    "/search/",
    "/search/?q=marn",
    "/search/?q=nothing+of+the+kind",
    "/targets/xar-xbo-500mn-usd-2030/",
    "/targets/xbo-xca-1bn-usd-2022/",
    "/pairs/xar-xbo/",
    "/targets/xar-xbo-500mn-usd-2030/share/",
    "/pairs/xar-xbo/share/?chart=goalposts&format=pdf&as_of=2026-11-22",
    "/economies/",
    "/economies/XBO/",
    "/coverage/",
    "/coverage/?economy=XBO",
    "/methodology/",
    "/about/",
    "/embed/targets/xar-xbo-500mn-usd-2030/",
    "/embed/targets/xbo-xca-1bn-usd-2022/?as_of=2026-11-22",
    "/embed/targets/nowhere/",
    "/embed/pairs/xar-xbo/",
    "/embed/pairs/xar-xbo/?chart=goalposts",
    "/nowhere/",
]
LANGUAGES = pytest.mark.parametrize("prefix", ["", "/ru"], ids=["en", "ru"])
PHONE, DESK = 375, 1280
# WCAG 2.2 AA and the rules of good practice, all that axe knows. Style sheets are read as they stand.
axe = Axe()
OPTIONS = {"resultTypes": ["violations"], "preload": False}


@LANGUAGES
@pytest.mark.parametrize("address", PAGES)
def test_a_page_is_accessible_in_either_scheme_on_phone_and_desk(read, prefix, address):
    # The scheme that one language has on the phone, the other has on the desk.
    schemes = ("dark", "light") if prefix else ("light", "dark")
    for scheme, width in zip(schemes, (PHONE, DESK), strict=True):
        found = axe.run(read(prefix + address, width, scheme=scheme), options=OPTIONS)
        assert found.violations_count == 0, f"{scheme}, {width}: {found.generate_report()}"


@LANGUAGES
@pytest.mark.parametrize("address", PAGES)
def test_no_page_has_to_be_scrolled_sideways(read, prefix, address):
    page = read(prefix + address, 320, 640)
    for width in (320, 375, 768, 1280):
        page.set_viewport_size({"width": width, "height": 640})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@LANGUAGES
def test_the_typeface_is_our_own(visits, prefix):
    page = visits().to(prefix + "/")
    page.evaluate("document.fonts.ready.then(() => true)")
    assert page.evaluate("""document.fonts.check('400 16px "Tradewatch Sans"', 'Арландия ₽ $')""")
    loaded = page.evaluate("[...document.fonts].filter(face => face.status === 'loaded').map(face => face.weight)")
    assert sorted(loaded) == ["400", "600"]


def test_the_language_switch_keeps_the_page_and_its_filters(visits):
    page = visits().to("/targets/?economy=XBO&sort=-amount")
    page.get_by_role("link", name="Русский").click()
    page.wait_for_url("**/ru/targets/?economy=XBO&sort=-amount")
    assert page.locator("html").get_attribute("lang") == "ru"
    page.get_by_role("link", name="English").click()
    page.wait_for_url(lambda address: address.endswith("/targets/?economy=XBO&sort=-amount") and "/ru/" not in address)


def test_the_first_tab_offers_the_way_past_the_header(visits):
    page = visits().to("/targets/")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the content")
    assert skip.bounding_box()["height"] > 20
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"


def test_a_reader_who_wants_no_motion_gets_none(visits):
    page = visits(reduced_motion="reduce").to("/")
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"


@pytest.mark.parametrize("address", ["/economies/XBO/", f"/verify/{UNEXPLAINED}/", "/compare/", "/pairs/xar-xbo/"])
def test_a_link_that_is_a_button_looks_like_one(visits, address):
    page = visits(viewport={"width": DESK, "height": 900}).to(address)
    buttons = page.locator("main a.button").filter(visible=True)
    drawn = (
        "all => all.map(one => [getComputedStyle(one).textDecorationLine, one.getBoundingClientRect().height >= 44])"
    )
    assert set(map(tuple, buttons.evaluate_all(drawn))) == {("none", True)}


def test_paper_shows_the_evidence_and_leaves_out_the_controls(visits):
    page = visits(viewport={"width": DESK, "height": 900}, color_scheme="dark").to("/targets/xar-xbo-500mn-usd-2030/")
    page.emulate_media(media="print")
    assert not page.get_by_role("navigation").first.is_visible()
    assert not page.get_by_role("search").first.is_visible()
    assert page.get_by_role("heading", level=1).is_visible()
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(255, 255, 255)"
    # Tables that scroll on the screen are printed whole.
    hidden = "[...document.querySelectorAll('.scroll')].filter(one => one.clientHeight < one.scrollHeight).length"
    assert page.evaluate(hidden) == 0


PRINTED = [
    "/",
    "/targets/?economy=XBO&deadline_to=2030",
    "/targets/?view=table",
    "/targets/xar-xbo-500mn-usd-2030/",
    "/compare/?t=xbo-xca-1bn-usd-2022&t=xar-xbo-500mn-usd-2030",
    "/pairs/xar-xbo/",
    "/economies/XBO/",
    "/deadlines/",
    "/coverage/",
    "/methodology/",
]
BEYOND = """() => [...document.querySelectorAll("main *")].filter((one) => {
  const box = one.getBoundingClientRect();
  return box.width > 1 && (box.left < -1 || box.right > innerWidth + 1) && !one.closest(".visually-hidden, thead");
}).map((one) => one.outerHTML.slice(0, 80))"""
# What fits between the margins of a sheet of A4, in the pixels of style sheets.
SHEET = {"width": 680, "height": 1000}


@LANGUAGES
@pytest.mark.parametrize("address", PRINTED)
def test_a_printed_page_has_all_its_content_on_the_sheet_and_says_where_it_came_from(visits, prefix, address):
    page = visits(viewport=SHEET, color_scheme="dark").to(prefix + address)
    page.emulate_media(media="print")
    assert page.evaluate(BEYOND) == []
    assert page.locator(".printed").inner_text().startswith(page.url)
    buttons = "a.button, button, input:not([type=hidden]), select, nav, .why, .chart-tools"
    seen = page.locator(buttons).evaluate_all(
        "all => all.filter(one => one.checkVisibility()).map(one => one.outerHTML)"
    )
    assert seen == []
    drawn = page.locator("main figure svg").evaluate_all("all => all.map(one => one.getBoundingClientRect().width)")
    assert all(100 < width <= 681 for width in drawn if width)


def test_statements_are_printed_with_the_addresses_of_their_sources_and_rows_of_figures_without(visits):
    page = visits(viewport=SHEET).to("/targets/xar-xbo-500mn-usd-2030/")
    page.emulate_media(media="print")
    after = "all => [...new Set(all.map(one => getComputedStyle(one, '::after').content.includes('http')))]"
    assert page.locator(".statement .source a[href^=http]").evaluate_all(after) == [True]
    assert page.locator(".figures .source a[href^=http]").evaluate_all(after) == [False]


FIGURES = [
    "/targets/xar-xbo-500mn-usd-2030/",
    "/pairs/xar-xbo/",
    "/economies/XBO/",
    "/methodology/",
    "/coverage/",
    "/coverage/?economy=XBO",
]
CUT = """() => [...document.querySelectorAll(".figures td, .figures th, .table-title")].filter((one) => {
  const box = one.getBoundingClientRect();
  return box.width > 1 && (box.left < 0 || box.right > innerWidth || one.scrollWidth > one.clientWidth + 1);
}).map((one) => one.textContent.trim())"""


@LANGUAGES
@pytest.mark.parametrize("address", FIGURES)
@pytest.mark.parametrize("width", [320, 375, 1280])
def test_nothing_of_a_figure_is_cut_on_phone_or_desk(read, prefix, address, width):
    page = read(prefix + address, width)
    assert page.evaluate(CUT) == []
    scrolled = "[...document.querySelectorAll('.scroll')].filter(one => one.clientHeight < one.scrollHeight).length"
    assert page.evaluate(scrolled) == 0


@LANGUAGES
def test_a_figure_is_a_few_lines_on_a_phone_and_a_row_of_a_table_to_those_who_hear_it(read, prefix):
    page = read(prefix + FIGURES[0], PHONE)
    table = page.get_by_role("table").filter(has=page.locator(".figures-turnover")).first
    rows = table.get_by_role("row").all()[1:]
    assert rows
    assert all(row.bounding_box()["height"] < 140 for row in rows)
    assert table.get_by_role("columnheader").count() == 7
    assert {row.get_by_role("cell").count() + row.get_by_role("rowheader").count() for row in rows} <= {5, 6, 7}
    assert page.get_by_role("region", name=table.evaluate("one => document.getElementById('full-years').textContent"))


@LANGUAGES
@pytest.mark.parametrize("address", ["/", "/targets/", "/economies/XBO/"])
def test_no_number_breaks_and_no_status_crosses_its_rule_on_a_phone(read, prefix, address):
    page = read(prefix + address, PHONE)
    broken = page.locator(".targets-number > :not(.targets-label)").evaluate_all(
        "all => all.filter(one => one.getClientRects().length > 1).length"
    )
    over = page.locator(".tally .status").evaluate_all(
        "all => all.filter(one => one.offsetHeight > one.parentElement.clientHeight).length"
    )
    assert (broken, over) == (0, 0)


@pytest.mark.parametrize("width", [320, 375])
def test_the_longest_period_goes_on_in_another_line_on_a_phone(visits, width):
    page = visits(viewport={"width": width, "height": 800}).to("/ru/pairs/xar-xbo/")
    page.locator("th[scope=row]:has(+ td + td.figures-exports)").first.evaluate(
        "one => { one.textContent = 'первые 10 месяцев 2022/23 фин. года'; }"
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(CUT) == []
