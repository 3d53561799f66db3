"""The table of figures in a real browser: pasted from a spreadsheet, slips caught before saving, all by keyboard."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.desk import LOOKS, signed_in, sound

ENTER = "/admin/targets/countrypair/1/enter/"
WORDS = {
    "": ("Borovia", "Look again", "times larger", "Swap exports and imports", "Recorded as release"),
    "/ru": ("Боровия", "Взгляните ещё раз", "раз больше", "Поменять местами экспорт и импорт", "Внесено как выпуск"),
}

EXPORTS = ["31,2", "33,0", "35,1", "36,4", "30,8", "37,9", "49,0", "52,3", "54,5", "1 060,0"]
IMPORTS = ["50,1", "52,2", "55,0", "56,9", "49,5", "58,2", "70,9", "72,4", "78,1", "80,2"]


def block(exports=EXPORTS[:9], imports=IMPORTS[:9], unit="mln USD", first=2009):
    head = f"Year\tExports, {unit}\tImports, {unit}"
    rows = zip(exports, imports, strict=True)
    return "\r\n".join([head, *(f"{first + place}\t{one}\t{other}" for place, (one, other) in enumerate(rows))])


def paste(page, name, text):
    """The text pasted into the cell, as the keyboard would."""
    page.locator(f"[name='{name}']").focus()
    with page.expect_response(lambda response: response.request.method == "POST"):
        page.evaluate(
            """(text) => {
                const clipboardData = new DataTransfer();
                clipboardData.setData("text/plain", text);
                document.activeElement.dispatchEvent(
                    new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
            }""",
            text,
        )


def opened(visits, prefix="", **options):
    visit = signed_in(visits(**options), prefix=prefix)
    return visit.to(prefix + ENTER)


def choose_source(page, words="statistics of arl"):
    page.locator(".select2-selection").first.click()
    page.locator(".select2-search__field").fill(words)
    page.locator(".select2-results__option", has_text="Statistics of").first.click()


@pytest.mark.parametrize("prefix", ["", "/ru"], ids=["en", "ru"])
def test_a_new_analyst_enters_ten_years_in_four_actions(visits, prefix):
    borovia, _look, _larger, _swap, recorded = WORDS[prefix]
    page = opened(visits, prefix)
    page.get_by_label(borovia, exact=True).check()  # 1: whose figures
    page.locator("summary").first.click()  # 2: a new source, by the name of who published it
    page.locator("#id_new_publisher").fill(f"Yearbook of foreign trade {prefix}")
    first = 1999 if prefix else 1989
    paste(page, "2016-exports", block([*EXPORTS[:9], "57,0"], IMPORTS, first=first))  # 3: the block
    expect(page.locator(f"[name='{first + 9}-imports']")).to_have_value("80,2")
    expect(page.locator(".preview .chart svg:visible")).to_be_visible()
    expect(page.locator(".question-serious")).to_have_count(0)
    page.locator("input[name=_save]").click()  # 4: record
    assert recorded in page.locator(".messagelist").inner_text()


@pytest.mark.parametrize("prefix", ["", "/ru"], ids=["en", "ru"])
def test_a_thousand_fold_slip_is_caught_before_saving_and_mended_by_a_button(visits, prefix):
    _borovia, look, larger, *_ = WORDS[prefix]
    page = opened(visits, prefix)
    page.get_by_label(WORDS[prefix][0], exact=True).check()
    in_thousands = [f"{place + 50} 000" for place in range(3)]
    paste(page, "2016-exports", "\n".join(f"{2023 + place}\t{one}\t{one}" for place, one in enumerate(in_thousands)))
    report = page.locator("#report")
    expect(report).to_contain_text(look)
    expect(report).to_contain_text(larger)
    report.get_by_role("button").first.click()
    expect(page.locator("#id_unit")).to_have_value("thousand")
    expect(report).not_to_contain_text(larger)


@pytest.mark.parametrize("prefix", ["", "/ru"], ids=["en", "ru"])
def test_swapped_columns_are_caught_before_saving_and_mended_by_a_button(visits, prefix):
    _borovia, _look, _larger, swap, recorded = WORDS[prefix]
    page = opened(visits, prefix)
    # Calder speaks of Borovia beside Arlandia's pair: the mirror is what Arlandia said of 2017 and 2018 just now.
    page.get_by_label("Arlandia" if not prefix else "Арландия", exact=True).check()
    choose_source(page)
    year = 2003 if prefix else 1983
    rows = [(90, 30), (92, 31), (95, 30)]
    paste(page, "2016-exports", "\n".join(f"{year + place}\t{one}\t{other}" for place, (one, other) in enumerate(rows)))
    expect(page.locator(f"[name='{year}-exports']")).to_have_value("90")
    page.locator("input[name=_save]").click()
    expect(page.locator(".messagelist")).to_contain_text(recorded)
    page.goto(page.url.replace("/change/", "/enter/"))
    page.get_by_label(WORDS[prefix][0], exact=True).check()
    paste(page, "2016-exports", "\n".join(f"{year + place}\t{one}\t{other}" for place, (one, other) in enumerate(rows)))
    page.get_by_role("button", name=swap).click()
    expect(page.locator(f"[name='{year}-exports']")).to_have_value("30")
    expect(page.locator(f"[name='{year}-imports']")).to_have_value("90")
    expect(page.get_by_role("button", name=swap)).to_have_count(0)


def test_what_looks_wrong_cannot_be_recorded_without_a_reason_and_can_with_one(visits):
    page = opened(visits)
    page.get_by_label("Borovia", exact=True).check()
    page.locator("summary").first.click()
    page.locator("#id_new_publisher").fill("The office of pipelines")
    page.locator("[name='2025-turnover']").fill("140 000")
    reason = page.get_by_label("It is right all the same, because")
    expect(reason).to_be_visible()
    page.locator("input[name=_save]").click()
    assert "look wrong" in page.locator(".errornote").inner_text()
    assert page.locator("[name='2025-turnover']").input_value() == "140 000"
    page.get_by_label("It is right all the same, because").fill("a pipeline was opened")
    # Another look at the table leaves the reason where it is.
    page.locator("[name='2019-turnover']").fill("100")
    expect(page.locator("#report")).to_contain_text("2019, 2025")
    first = page.locator("#because-jump-own-2025")
    expect(first).to_have_value("a pipeline was opened")
    page.get_by_label("It is right all the same, because").last.fill("the office counts transit")
    page.locator("input[name=_save]").click()
    assert "Recorded as release" in page.locator(".messagelist").inner_text()


def test_the_table_is_walked_by_keyboard_with_the_focus_in_sight(visits):
    page = opened(visits)
    name = lambda: page.evaluate("document.activeElement.name")  # noqa: E731
    page.locator("[name='2018-exports']").focus()
    for key, there in [
        ("ArrowDown", "2019-exports"),
        ("Enter", "2020-exports"),
        ("Shift+Enter", "2019-exports"),
        ("ArrowRight", "2019-imports"),
        ("Tab", "2019-turnover"),
        ("ArrowRight", "2020-exports"),
        ("ArrowUp", "2019-exports"),
        ("ArrowLeft", "2018-turnover"),
        ("Shift+Tab", "2018-imports"),
    ]:
        page.keyboard.press(key)
        assert name() == there, key
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineWidth")
    assert outline == "2px"
    page.keyboard.type("123")
    page.keyboard.press("ArrowLeft")
    page.keyboard.type("4")
    assert page.locator("[name='2018-imports']").input_value() == "1243"
    assert ENTER in page.url


def test_a_paste_can_be_undone(visits):
    page = opened(visits)
    page.locator("[name='2018-exports']").fill("77")
    paste(page, "2018-exports", "2018\t50\t60\n2019\t51\t61")
    expect(page.locator("[name='2018-exports']")).to_have_value("50")
    page.get_by_role("button", name="Undo the paste").click()
    assert page.locator("[name='2018-exports']").input_value() == "77"
    assert page.locator("[name='2019-imports']").input_value() == ""


def test_a_cell_alone_is_pasted_as_a_cell(visits):
    page = opened(visits)
    cell = page.locator("[name='2018-exports']")
    cell.focus()
    prevented = page.evaluate(
        """() => {
            const clipboardData = new DataTransfer();
            clipboardData.setData("text/plain", "133,5\\r\\n");
            return !document.activeElement.dispatchEvent(
                new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
        }"""
    )
    assert not prevented


def test_the_table_works_without_javascript(visits):
    visit = signed_in(visits(java_script_enabled=False))
    page = visit.to(ENTER)
    page.locator("input[name=reporter][value=XBO]").check()
    page.locator("summary", has_text="Paste a block").click()
    page.locator("#block").fill(block(first=1969))
    page.get_by_role("button", name="Fill the table").click()
    assert page.locator("[name='1969-imports']").input_value() == "50,1"
    assert "9 years filled in" in page.locator(".notices").inner_text()
    page.locator("summary", has_text="A new source").click()
    page.locator("#id_new_publisher").fill("A yearbook on paper")
    page.get_by_role("button", name="Record", exact=True).click()
    assert "Recorded as release" in page.locator(".messagelist").inner_text()


@LOOKS
def test_a_filled_table_with_questions_is_accessible_and_fits(visits, prefix, scheme, width):
    page = opened(visits, prefix, color_scheme=scheme, viewport={"width": width, "height": 900})
    page.get_by_label(WORDS[prefix][0], exact=True).check()
    page.locator("[name='2023-turnover']").fill("1,234")
    choose_source(page, "statistics of bor")
    paste(page, "2016-exports", "2024\t900\t10 000\t33\n2019\t70\t70\nsaid in 2018\t5\t6")
    expect(page.locator(".question").first).to_be_visible()
    sound(page, width)
