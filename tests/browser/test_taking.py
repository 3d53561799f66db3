"""What a reader takes along from a target's page: the text for an article and the citation, copied or selected."""

import struct

import pytest

ADDRESS = "/targets/xar-xbo-500mn-usd-2030/"
DONE = {"": "Copied", "/ru": "Скопировано"}
IN_CLIPBOARD = {"": "The picture is in the clipboard", "/ru": "Картинка в буфере"}


def size_of(png):
    """Width and height of a PNG, as its first chunk tells them."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    return struct.unpack(">II", png[16:24])


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


PICTURE = """async () => {
  const [item] = await navigator.clipboard.read();
  const bitmap = await createImageBitmap(await item.getType("image/png"));
  return { types: item.types, width: bitmap.width, height: bitmap.height };
}"""


@pytest.mark.parametrize("prefix", ["", "/ru"], ids=["en", "ru"])
def test_the_still_chart_is_copied_as_a_picture(visits, prefix):
    page = visits(permissions=["clipboard-read", "clipboard-write"]).to(prefix + ADDRESS)
    page.locator("button[data-copy]").first.click()
    page.get_by_role("status").filter(has_text=IN_CLIPBOARD[prefix]).wait_for()
    copied = page.evaluate(PICTURE)
    assert copied["types"] == ["image/png"]
    assert copied["width"] == 1440


@pytest.mark.parametrize("prefix", ["", "/ru"], ids=["en", "ru"])
def test_the_explored_view_is_copied_and_saved_as_it_stands(visits, prefix, tmp_path):
    page = visits(
        permissions=["clipboard-read", "clipboard-write"],
        accept_downloads=True,
        viewport={"width": 375, "height": 800},
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
    assert saved.value.suggested_filename == "tradewatch-xar-xbo-500mn-usd-2030-trajectory.png"
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
