"""Comparing by keyboard alone, from the home page to the file; the chart explored; without a script."""

import re

TWO = "/compare/?t=xbo-xca-1bn-usd-2022&t=xar-xbo-500mn-usd-2030"

FOCUSED = """() => {
  const one = document.activeElement;
  return (one.closest("label")?.textContent || one.textContent || `#${one.id}`)
    .replace(/\\s+/g, " ").trim();
}"""


def tab_to(page, words):
    """Presses Tab until what has the focus says these words, as a reader without a mouse does."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if re.search(words, page.evaluate(FOCUSED)):
            return
    raise AssertionError(f"the keyboard does not reach {words!r}")


def test_the_keyboard_alone_leads_from_home_by_filter_target_and_comparison_to_a_file(visits):
    page = visits(viewport={"width": 1280, "height": 900}).to("/")
    tab_to(page, "^Targets$")
    page.keyboard.press("Enter")
    page.wait_for_url("**/targets/")
    tab_to(page, "^#filter-q$")
    page.keyboard.type("arlandia")
    page.wait_for_url("**/targets/?q=arlandia*")
    page.locator("#target-table tbody tr").nth(0).wait_for()
    tab_to(page, r"^Arlandia – Borovia \$500m by 2030")
    page.keyboard.press("Enter")
    page.wait_for_url("**/targets/xar-xbo-500mn-usd-2030/")
    tab_to(page, "^Compare with other targets$")
    page.keyboard.press("Enter")
    page.wait_for_url("**/compare/?t=xar-xbo-500mn-usd-2030")
    tab_to(page, r"Borovia – Calder Isles \$1bn by 2022")
    page.keyboard.press("Enter")
    page.wait_for_url("**/compare/?t=xar-xbo-500mn-usd-2030&t=xbo-xca-1bn-usd-2022")
    tab_to(page, "^Table as CSV$")
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    assert download.value.suggested_filename == "tradewatch-comparison.csv"
    text = download.value.path().read_text("utf-8-sig")
    assert {line.split(",")[1] for line in text.splitlines()[1:]} == {"xar-xbo-500mn-usd-2030", "xbo-xca-1bn-usd-2022"}


def test_targets_are_ticked_in_the_list_by_keyboard_and_what_to_do_then_stays_in_sight(visits):
    page = visits(viewport={"width": 1280, "height": 500}).to("/targets/")
    for words in ("Borovia – Calder Isles", "Arlandia – Borovia"):
        page.get_by_role("checkbox", name=words).focus()
        page.keyboard.press("Space")
    button = page.get_by_role("button", name="Compare the ticked targets")
    assert button.bounding_box()["y"] < 500
    tab_to(page, "^Compare the ticked targets$")
    page.keyboard.press("Enter")
    page.wait_for_url("**/compare/?t=*&t=*")
    assert page.locator(".compared tbody tr").count() == 2


def test_what_was_chosen_outlives_a_filter_of_the_list(visits):
    page = visits().to("/targets/?t=xbo-xca-1bn-usd-2022")
    page.get_by_label("Economy").select_option("XAR")
    page.wait_for_url("**economy=XAR*")
    assert "t=xbo-xca-1bn-usd-2022" in page.url
    page.get_by_role("checkbox", name="Arlandia – Borovia").check()
    page.get_by_role("button", name="Compare the ticked targets").click()
    page.wait_for_url("**/compare/?t=xbo-xca-1bn-usd-2022&t=xar-xbo-500mn-usd-2030")


def test_a_target_is_left_out_again(visits):
    page = visits(java_script_enabled=False).to(TWO)
    page.get_by_role("link", name=re.compile("Leave out Borovia – Calder Isles")).click()
    page.wait_for_url("**/compare/?t=xar-xbo-500mn-usd-2030")
    assert "One target is chosen" in page.locator(".lead").inner_text()
