"""A file on its way into the figures, in a browser: chosen, looked at, recorded, withdrawn; by scripts and without."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.desk import LOOKS, signed_in, sound

BEGIN = "/admin/targets/release/import/"
WORDS = {
    "": ("Look at the file", "Record the figures", "Withdraw", "stands again", "Throw the file away"),
    "/ru": ("Посмотреть файл", "Внести данные", "Отозвать", "снова действует", "Выбросить файл"),
}


def table(years, name="flows.csv", amount=60_000_000):
    lines = [f"{year},XAR,XCA,export,{amount + year}" for year in years]
    lines += ["2023,XAR,XCA,across,1", "2023,XAR,XZZ,export,1"]
    text = "\n".join(["year,reporter,partner,flow,value_usd", *lines, ""])
    return {"name": name, "mimeType": "text/csv", "buffer": text.encode()}


def look(visit, file, prefix=""):
    page = visit.to(f"{prefix}{BEGIN}")
    page.locator("#id_file").set_input_files(file)
    page.get_by_role("button", name=WORDS[prefix][0]).click()
    page.wait_for_url(re.compile(r"/import/\d+/$"))
    return page


@LOOKS
def test_a_file_is_looked_at_recorded_and_withdrawn(visits, prefix, scheme, width):
    visit = signed_in(visits(color_scheme=scheme, viewport={"width": width, "height": 900}), "edo", prefix)
    _look, record, withdraw, stands, _discard = WORDS[prefix]
    sound(visit.to(f"{prefix}{BEGIN}"), width)
    page = look(visit, table(range(2000, 2005)), prefix)
    expect(page.locator(".counts-of-file dd")).to_have_text(["5", "0", "0", "2", "0"])
    assert "XZZ" in page.locator("section", has=page.locator("#left-out")).inner_text()
    sound(page, width)
    page.get_by_role("button", name=record).click()
    expect(page.locator(".recorded h2")).to_be_visible()
    sound(page, width)
    page.locator(".recorded").get_by_role("link", name=withdraw).click()
    page.locator("#id_text").fill("A trial.")
    sound(page, width)
    page.get_by_role("button", name=withdraw).click()
    expect(page.locator(".messagelist")).to_contain_text(stands)


def test_figures_that_stand_are_shown_with_old_and_new_and_replaced_with_a_reason(visits):
    visit = signed_in(visits(), "edo")
    page = look(visit, table([2011]))
    page.get_by_role("button", name="Record the figures").click()
    expect(page.locator(".recorded")).to_be_visible()
    page = look(visit, table([2011], amount=70_000_000))
    changed = page.locator("section", has=page.locator("#changed")).locator("table.figures").first
    assert "exports $60.002m → $70.002m" in re.sub(r"\s+", " ", changed.inner_text())
    page.get_by_role("button", name="Record the figures").click()
    expect(page.locator(".errornote")).to_be_visible()
    expect(page.locator("fieldset")).to_be_visible()
    sound(page, 1280)
    page.get_by_label("correction").check()
    page.get_by_label("What was wrong").fill("A slip of ours.")
    page.get_by_role("button", name="Record the figures").click()
    expect(page.locator(".recorded")).to_contain_text("A slip of ours.")
    page = look(visit, table([2011], amount=70_000_000))
    expect(page.get_by_role("heading", name="The file is in already")).to_be_visible()
    sound(page, 1280)


def test_a_large_file_shows_its_progress_and_then_its_preview_by_itself(visits):
    visit = signed_in(visits(), "edo")
    filler = {**table(range(2000, 2005)), "name": "large.csv"}
    filler["buffer"] += b"2023,XAR,XYY,export,1\n" * 30_000
    page = look(visit, filler)
    expect(page.locator("#working")).to_be_visible()
    sound(page, 1280)
    expect(page.locator(".counts-of-file")).to_be_visible(timeout=120_000)
    expect(page.locator(".counts-of-file dd").nth(3)).to_have_text("30,002")
    page.get_by_role("button", name="Throw the file away").click()
    expect(page.locator(".messagelist")).to_contain_text("was thrown away")


@pytest.mark.parametrize("prefix", ["", "/ru"], ids=["en", "ru"])
def test_it_all_works_without_a_script(visits, prefix):
    visit = signed_in(visits(java_script_enabled=False), "edo", prefix)
    page = look(visit, table([2015], amount=len(prefix) + 1), prefix)
    page.get_by_role("button", name=WORDS[prefix][1]).click()
    refused = page.locator(".errornote")
    expect(refused.or_(page.locator(".recorded")).first).to_be_visible()
    if refused.count():  # the other language's run recorded the year before
        page.locator("textarea[name=reason]").fill("A trial.")
        page.get_by_role("button", name=WORDS[prefix][1]).click()
    expect(page.locator(".recorded")).to_be_visible()


def test_what_cannot_be_read_is_refused_on_the_form(visits):
    visit = signed_in(visits(), "edo")
    page = visit.to(BEGIN)
    page.locator("#id_file").set_input_files({"name": "a.csv", "mimeType": "text/csv", "buffer": b"\x00\x01\x02" * 50})
    page.get_by_role("button", name="Look at the file").click()
    expect(page.locator(".field-file .errorlist")).to_contain_text("a.csv")
    sound(page, 1280)
