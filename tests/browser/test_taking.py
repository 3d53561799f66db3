"""What a reader takes along from a target's page: charts, code to embed them, the text for an article, the citation."""

import re
import struct

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

ADDRESS = "/targets/xar-xbo-500mn-usd-2030/"
DONE = {"": "Copied", "/ru": "Скопировано"}
IN_CLIPBOARD = {"": "The picture is in the clipboard", "/ru": "Картинка в буфере"}


def size_of(png):
    """Width and height of a PNG, as its first chunk tells them."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    return struct.unpack(">II", png[16:24])


PANEL, STORY, CITATION = 0, 1, 2
"""The lines to be opened under "For an article", in their order."""
CLIPBOARD = {"permissions": ["clipboard-read", "clipboard-write"]}
PHONE = {"viewport": {"width": 375, "height": 800}}

languages = pytest.mark.parametrize("prefix", ["", "/ru"], ids=["en", "ru"])


def opened(page, line):
    """The page with a line under "For an article" opened."""
    page.locator(".take > details > summary").nth(line).click()
    return page


@languages
@pytest.mark.parametrize(("line", "of"), [(STORY, "story-text"), (CITATION, "cite-text")])
def test_a_button_copies_the_text_above_it(visits, prefix, line, of):
    page = opened(visits(**CLIPBOARD).to(prefix + ADDRESS), line)
    button = page.locator(f"button[data-copy-text={of}]")
    button.click()
    page.get_by_role("status").filter(has_text=DONE[prefix]).wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == page.locator(f"#{of}").text_content().strip()


def test_where_the_clipboard_is_closed_the_text_is_selected(visits):
    page = opened(visits().to(ADDRESS), STORY)
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('closed')); }")
    page.locator("button[data-copy-text=story-text]").click()
    page.get_by_role("status").filter(has_text="Selected").wait_for()
    assert page.evaluate("getSelection().toString()").strip() == page.locator("#story-text").inner_text().strip()


def test_without_a_script_the_text_is_there_and_no_button(visits):
    page = opened(opened(visits(java_script_enabled=False).to("/ru" + ADDRESS), STORY), CITATION)
    assert page.locator("#story-text").is_visible()
    assert page.locator("#cite-text").is_visible()
    assert not page.locator("button[data-copy-text]").first.is_visible()


PICTURE = """async () => {
  const [item] = await navigator.clipboard.read();
  const bitmap = await createImageBitmap(await item.getType("image/png"));
  return { types: item.types, width: bitmap.width, height: bitmap.height };
}"""


@languages
def test_the_still_chart_is_copied_as_a_picture(visits, prefix):
    page = visits(**CLIPBOARD).to(prefix + ADDRESS)
    page.locator("button[data-copy]").first.click()
    page.get_by_role("status").filter(has_text=IN_CLIPBOARD[prefix]).wait_for()
    copied = page.evaluate(PICTURE)
    assert copied["types"] == ["image/png"]
    assert copied["width"] == 1440


@languages
def test_what_a_copy_says_moves_no_button_on_a_phone_and_goes_by_itself(visits, prefix):
    page = opened(visits(**CLIPBOARD, **PHONE).to(prefix + ADDRESS), PANEL)
    page.clock.install()
    below = page.locator(".taken-embed a")
    for copy in (page.locator(".taken button[data-copy]"), page.locator("button[data-copy-text=embed-code]")):
        copy.scroll_into_view_if_needed()
        # The preview has come: it is what else moves the buttons.
        expect(page.locator(".taken-preview img")).to_have_js_property("complete", True)
        before = below.bounding_box()
        copy.click()
        said = copy.locator("xpath=following-sibling::*[@role='status']")
        expect(said).not_to_be_empty()
        expect(said).to_be_in_viewport(ratio=1)
        assert below.bounding_box() == before
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["viewport"]["width"]
        page.clock.run_for(7_000)
        expect(said).to_be_empty()


@languages
def test_the_explored_view_is_copied_and_saved_as_it_stands(visits, prefix, tmp_path):
    page = visits(
        **CLIPBOARD,
        **PHONE,
        accept_downloads=True,
        color_scheme="dark" if prefix else "light",
    ).to(prefix + ADDRESS)
    page.locator("button[data-figure=chart]").click()
    page.locator("button[data-figure=chart][aria-expanded=true]").wait_for(timeout=60_000)
    png, svg, copy = page.locator(".chart-explored .chart-tools button").all()
    copy.click()
    page.get_by_role("status").filter(has_text=IN_CLIPBOARD[prefix]).wait_for()
    copied = page.evaluate(PICTURE)
    assert copied["width"] == 2000
    with page.expect_download() as saved:
        png.click()
    look = {"": "", "/ru": "-ru-dark"}[prefix]
    assert saved.value.suggested_filename == f"tradewatch-xar-xbo-500mn-usd-2030-trajectory{look}.png"
    assert size_of(saved.value.path().read_bytes()) == (copied["width"], copied["height"])
    with page.expect_download() as saved:
        svg.click()
    drawn = saved.value.path().read_text()
    assert "<svg" in drawn
    # Its source goes with it.
    assert page.url in drawn


def test_when_the_clipboard_takes_no_picture_the_reader_is_told(visits):
    page = visits().to(ADDRESS)
    page.evaluate("() => { navigator.clipboard.write = () => Promise.reject(new Error('closed')); }")
    page.locator("button[data-copy]").first.click()
    page.get_by_role("status").filter(has_text="could not be copied").wait_for()


WORDS = {"": "Arlandia – Borovia", "/ru": "Арландия Боровия"}
"""What somebody types who looks for the pair."""


@languages
def test_from_finding_a_pair_to_its_chart_and_code_on_a_phone(visits, prefix):
    visit = visits(**CLIPBOARD, **PHONE, accept_downloads=True)
    page = visit.to(prefix + "/")
    page.locator("a.to-search").click()
    page.wait_for_url(f"**{prefix}/search/")
    page.locator("#words").fill(WORDS[prefix])
    page.locator(f'#found a[href="{prefix}/pairs/xar-xbo/"]').first.click()
    page.wait_for_url("**/pairs/xar-xbo/")
    page.locator(f'.targets a[href="{prefix}{ADDRESS}"]').click()
    page.wait_for_url(f"**{prefix}{ADDRESS}")

    # The usual picture is one tap away.
    picture = page.locator(f'a.button[href="{prefix}{ADDRESS}chart.png"]').first
    with page.expect_download() as saved:
        picture.click()
    content = saved.value.path().read_bytes()
    assert saved.value.suggested_filename == f"tradewatch-xar-xbo-500mn-usd-2030{prefix.replace('/', '-')}.png"
    assert size_of(content)[0] == 1440
    assert b"iTXtTitle\0\0\0" + (prefix.strip("/") or "en").encode() in content

    opened(page, PANEL)
    page.locator("button[data-copy-text=embed-code]").click()
    page.locator("#taken").get_by_role("status").filter(has_text=DONE[prefix]).wait_for()
    code = page.evaluate("navigator.clipboard.readText()")
    assert code == page.locator("#embed-code").input_value()
    framed = re.search(r'<iframe src="([^"]+)"', code)[1].replace("&amp;", "&")
    assert framed.startswith(f"{visit.site}{prefix}/embed/targets/")
    assert page.request.get(framed).status == 200


@languages
def test_each_choice_changes_preview_file_and_code_at_once(visits, prefix):
    page = opened(visits(**PHONE).to(prefix + ADDRESS), PANEL)
    before = page.url
    for name, value, asked in (
        ("theme", "dark", "?theme=dark"),
        ("as_of", "2026-11-22", "?as_of=2026-11-22&theme=dark"),
        ("size", "social", "?as_of=2026-11-22&size=social&theme=dark"),
    ):
        page.locator(f"input[name={name}][value='{value}']").check()
        expect(page.locator("#taken .button-strong")).to_have_attribute("href", f"{prefix}{ADDRESS}chart.png{asked}")
    preview = page.locator("#taken img")
    preview.scroll_into_view_if_needed()
    expect(preview).to_have_js_property("naturalWidth", 1080)
    code = page.locator("#embed-code").input_value()
    assert "as_of=2026-11-22" in code
    assert "theme=dark" in code
    assert page.locator("#share-link").inner_text().endswith("?as_of=2026-11-22")
    # What was chosen is said aloud, and what is new on the page works.
    expect(page.locator("#taken-said")).to_have_text(page.locator("#taken .part-note").first.inner_text())
    expect(page.locator("button[data-copy-text=embed-code]")).to_be_visible()
    assert page.url == before


APART = """() => {
  const boxes = [...document.querySelectorAll(".taken .button")].map((button) => button.getBoundingClientRect());
  return boxes.length > 3 && !boxes.some((one, at) => boxes.slice(at + 1).some((other) =>
    one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom));
}"""


@languages
def test_no_button_of_the_panel_lies_on_another_on_the_page_or_by_itself(visits, prefix):
    page = visits(**PHONE).to(f"{prefix}{ADDRESS}share/")
    expect(page.locator("button[data-copy-text=embed-code]")).to_be_visible()
    assert page.evaluate(APART)
    page = opened(visits(**PHONE).to(prefix + ADDRESS), PANEL)
    expect(page.locator("button[data-copy-text=embed-code]")).to_be_visible()
    assert page.evaluate(APART)


def test_who_comes_back_to_the_page_finds_chosen_what_the_panel_gives(visits):
    page = opened(visits(**PHONE).to(ADDRESS), PANEL)
    page.locator("input[name=theme][value=dark]").check()
    expect(page.locator("#taken .button-strong")).to_have_attribute("href", f"{ADDRESS}chart.png?theme=dark")
    page.locator(".wordmark").click()
    page.wait_for_url("**/")
    page.go_back()
    page.wait_for_url(f"**{ADDRESS}")
    dark = page.locator("input[name=theme][value=dark]").is_checked()
    assert dark == ("theme=dark" in page.locator("#taken .button-strong").get_attribute("href"))


@pytest.mark.parametrize("failing", ["offline", "error"])
def test_where_the_answer_to_a_choice_does_not_come_the_form_is_sent_by_itself(visits, failing):
    visit = visits(**PHONE)
    page = opened(visit.to(ADDRESS), PANEL)

    def answer(route):
        if route.request.headers.get("hx-request") != "true":
            route.continue_()
        elif failing == "offline":
            route.abort()
        else:
            route.fulfill(status=503, body="")

    page.route("**/share/*", answer)
    page.locator("input[name=theme][value=dark]").check()
    page.wait_for_url("**/share/?*theme=dark*")
    expect(page.locator("#taken .button-strong")).to_have_attribute("href", f"{ADDRESS}chart.png?theme=dark")
    # The browser complains of the answer that it was not to get.
    assert visit.wrong
    visit.wrong.clear()


def test_the_panel_is_filled_in_by_keyboard_alone(visits):
    page = visits(**PHONE).to(ADDRESS)
    page.locator(".take > details > summary").first.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.name") == "lang"
    page.keyboard.press("ArrowRight")
    expect(page.locator("#taken .button-strong")).to_have_attribute("href", f"/ru{ADDRESS}chart.png")
    # Whoever sees where they are goes on from there.
    assert page.evaluate("document.activeElement.name") == "lang"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.name") == "as_of"


@languages
def test_without_a_script_the_panel_is_a_form_with_an_answer_of_its_own(visits, prefix):
    visit = visits(**PHONE, java_script_enabled=False, accept_downloads=True)
    page = opened(visit.to(prefix + ADDRESS), PANEL)
    page.locator("label:has(input[name=format][value=pdf])").click()
    page.locator("label:has(input[name=lang][value=ru])").click()
    page.locator(".taking-send button").click()
    page.wait_for_url("**/share/?*format=pdf*")
    assert page.locator("#embed-code").input_value().startswith("<iframe ")
    with page.expect_download() as saved:
        page.locator("#taken .button-strong").click()
    assert saved.value.path().read_bytes().startswith(b"%PDF-")
    page.locator(".kicker a").click()
    page.wait_for_url(f"**{prefix}{ADDRESS}")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [375, 1280])
@pytest.mark.parametrize("address", [ADDRESS, f"{ADDRESS}share/"], ids=["beside the chart", "by itself"])
def test_the_opened_panel_is_accessible_large_enough_to_touch_and_no_wider_than_the_screen(
    visits, scheme, width, address
):
    prefix = {"light": "", "dark": "/ru"}[scheme]
    page = visits(viewport={"width": width, "height": 800}, color_scheme=scheme).to(prefix + address)
    for summary in page.locator(".take > details > summary").all():
        summary.click()
    found = Axe().run(page, options={"resultTypes": ["violations"]})
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    heights = page.locator(".pill, .taken .button, .take .button, .take summary").evaluate_all(
        "all => all.filter(one => one.checkVisibility()).map(one => one.getBoundingClientRect().height)"
    )
    assert len(heights) > 10
    assert min(heights) >= 44
