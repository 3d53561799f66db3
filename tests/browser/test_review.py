"""A press report on its way to the readers, through two people's browsers; and two people on one record."""

from __future__ import annotations

from tests.browser.desk import LOOKS, signed_in, sound

PAGES = [
    "/admin/targets/target/report/",
    "/admin/targets/target/1/restate/",
    "/admin/targets/target/4/rename/",
    "/admin/targets/target/1/merge/",
    "/admin/targets/target/1/change/",
    "/admin/targets/target/review/",
    "/admin/targets/roadmapdocument/1/change/",
    "/admin/targets/roadmapdocument/1/history/",
    "/admin/targets/target/1/history/1/",
    "/admin/targets/release/1/withdraw/",
]


def choose(page, field, typed, option):
    """Finds a record by typing a part of its name, as people do."""
    box = page.locator(f"#id_{field} + .select2 .select2-selection")
    box.click()
    page.locator(".select2-container--open .select2-search__field").fill(typed)
    page.get_by_role("option", name=option).first.click()


def report(page, amount, address):
    choose(page, "one", "боров", "Borovia")
    choose(page, "other", "arland", "Arlandia")
    page.get_by_label("Amount a year").fill(amount)
    page.get_by_label("“within … years”").check()
    page.get_by_label("Within how many years").fill("5")
    page.locator("#id_speaker").fill("Oren Vask")
    page.get_by_label("Strength:").select_option("aspiration")
    page.locator("#id_stated_on").fill("2025-09-30")
    page.locator("#id_summary_en").fill("He named the amount.")
    page.locator("#id_new_url").fill(address)
    page.locator("#id_new_publisher").fill("The Evening Paper")


def test_a_report_becomes_a_target_that_a_second_person_publishes(visits):
    ana = signed_in(visits(), "ana")
    page = ana.to("/admin/targets/target/report/")
    report(page, "$1.75bn", "https://paper.example/talks")
    page.get_by_role("button", name="Check, save nothing").click()
    assert page.locator("#id_slug").input_value() == "xar-xbo-1750m-usd-2030"
    assert "2025, “within 5 years”" in page.locator("#checked").inner_text()
    page.get_by_role("button", name="Save and submit for review").click()
    assert "is submitted with its statement" in page.locator(".messagelist").inner_text()
    address = "/targets/xar-xbo-1750m-usd-2030/"
    assert "There is no such page" in ana.to(address).locator("main").inner_text()

    edo = signed_in(visits(), "edo")
    page = edo.to("/admin/targets/target/review/")
    page.locator("section.waiting", has_text="1750m").first.get_by_role("link", name="Review").click()
    sound(page, 1280)
    # Its statement stands with it, ticked.
    page.get_by_role("button", name="Publish").click()
    assert "Published" in page.locator(".messagelist").inner_text()
    assert "1750m" not in edo.to("/admin/targets/target/review/").locator("main").inner_text()
    shown = edo.to(address).locator("main").inner_text()
    assert "$1.75bn" in shown
    assert "Oren Vask" in shown


def test_the_later_of_two_sees_both_versions_and_chooses(visits):
    ana, edo = signed_in(visits(viewport={"width": 375, "height": 800}), "ana"), signed_in(visits(), "edo")
    address = "/admin/targets/target/4/change/"  # the draft
    first, second = ana.to(address), edo.to(address)
    for page, strength, year in ((second, "commitment", "2031"), (first, "expectation", "2032")):
        page.locator("#id_strength").select_option(strength)
        page.locator("#id_deadline_year").fill(year)
        page.locator("#id_deadline_basis").select_option("stated")
        page.get_by_role("button", name="Save and continue editing").click()
    assert "Saved by somebody else meanwhile" in first.locator(".conflict").inner_text()
    sound(first, 375)
    first.locator(".conflict tr", has_text="Deadline").locator("input[value=mine]").check()
    first.locator(".conflict tr", has_text="Strength").locator("input[value=theirs]").check()
    first.get_by_role("button", name="Save and continue editing").click()
    assert first.locator("#id_deadline_year").input_value() == "2032"
    assert first.locator("#id_strength").input_value() == "commitment"
    versions = ana.to("/admin/targets/target/4/history/")
    versions.locator("#change-history tbody a").last.click()
    sound(ana.page, 375)


@LOOKS
def test_these_pages_are_accessible_and_never_wider_than_the_window(visits, prefix, scheme, width):
    visit = signed_in(visits(color_scheme=scheme, viewport={"width": width, "height": 900}), "edo", prefix)
    for address in PAGES:
        sound(visit.to(prefix + address), width)
