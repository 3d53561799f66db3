"""Signing in with a second factor, a forgotten password, and the pages about people."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.desk import signed_in, sound
from tests.factors import shown

PHONE = {"width": 375, "height": 800}
DESK = {"width": 1280, "height": 900}
SIZES = pytest.mark.parametrize(
    ("prefix", "scheme", "size"), [("", "light", DESK), ("/ru", "dark", PHONE)], ids=["en-light-desk", "ru-dark-phone"]
)
DOORS = [
    "/admin/login/",
    "/admin/password_reset/",
    "/admin/password_reset/done/",
    "/admin/reset/MQ/nobodys-token/",
    "/admin/reset/done/",
]
PAGES = [
    "/admin/second-factor/",
    "/admin/auth/user/",
    "/admin/auth/user/add/",
    "/admin/auth/user/1/change/",
    "/admin/auth/user/1/retire/",
    "/admin/auth/user/1/reset/",
    "/admin/password_change/",
]


def on_paper(page):
    """The recovery codes, when the page that shows them has come."""
    codes = page.locator(".recovery-codes code")
    expect(codes).to_have_count(10)
    return codes.all_inner_texts()


def give(page, code):
    page.locator("#id_code").fill(code)
    page.locator("#login-form input[type=submit]").click()


@SIZES
def test_the_doors_and_the_pages_about_people_are_accessible(visits, prefix, scheme, size):
    visit = visits(color_scheme=scheme, viewport=size)
    for address in DOORS:
        sound(visit.to(prefix + address), size["width"])
    signed_in(visit, "sue", prefix)
    for address in PAGES:
        sound(visit.to(prefix + address), size["width"])


@SIZES
def test_somebody_sets_up_a_second_factor_and_signs_in_with_it_without_a_script(visits, prefix, scheme, size):
    visit = visits(color_scheme=scheme, viewport=size, java_script_enabled=False)
    signed_in(visit, "fay", prefix)
    page = visit.to(prefix + "/admin/second-factor/")
    box = page.locator("svg.qr").bounding_box()
    assert 150 < box["width"] == box["height"] < size["width"]
    key = page.locator("code.key").inner_text()
    page.locator("#id_code").fill(shown(key))
    page.locator("input[type=submit].default").click()
    paper = on_paper(page)

    page.locator("#logout-form button").click()
    page = visit.to(prefix + "/admin/login/?next=/admin/second-factor/")
    page.locator("#id_username").fill("fay")
    page.locator("#id_password").fill("made up for tests")
    page.locator("#login-form input[type=submit]").click()
    page.wait_for_url("**/admin/login/code/")
    assert page.locator("#id_code").get_attribute("autocomplete") == "one-time-code"
    give(page, paper[0].upper())
    page.wait_for_url("**/admin/second-factor/")

    page.locator("#id_password").fill("made up for tests")
    page.locator("#id_code").fill(paper[1])
    page.locator("input[name=off]").click()
    expect(page.locator("svg.qr")).to_have_count(1)


def test_the_pages_of_the_second_factor_are_accessible(visits):
    visit = signed_in(visits(viewport=PHONE), "fay")
    page = visit.to("/admin/second-factor/")
    page.locator("#id_code").fill(shown(page.locator("code.key").inner_text()))
    page.locator("input[type=submit].default").click()
    paper = on_paper(page)
    sound(page, 375)
    other = visits(viewport=PHONE)
    door = other.to("/admin/login/")
    door.locator("#id_username").fill("fay")
    door.locator("#id_password").fill("made up for tests")
    door.locator("#login-form input[type=submit]").click()
    door.wait_for_url("**/admin/login/code/")
    sound(door, 375)
    give(door, "nonsense")
    sound(door, 375)
    page = visit.to("/admin/second-factor/")
    sound(page, 375)
    # The paper waits a second after the nonsense.
    page.wait_for_timeout(1_100)
    page.locator("#id_password").fill("made up for tests")
    page.locator("#id_code").fill(paper[0])
    page.locator("input[name=off]").click()
    expect(page.locator("svg.qr")).to_have_count(1)
