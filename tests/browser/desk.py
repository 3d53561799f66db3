"""Signing in at the desk, and what every page of it is asked."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.conftest import Visit

# Told to preload, axe writes style sheets anew, which the policy refuses.
OPTIONS = {"resultTypes": ["violations"], "preload": False}
axe = Axe()
PHONE, DESK = 375, 1280
# A colour does not depend on the language, nor the name of a field on the window: each is seen in both of its forms.
LOOKS = pytest.mark.parametrize(
    ("prefix", "scheme", "width"), [("", "light", DESK), ("/ru", "dark", PHONE)], ids=["en-light-desk", "ru-dark-phone"]
)


def signed_in(visit: Visit, name: str = "ana", prefix: str = "") -> Visit:
    """The visit, with that person of the cast at the desk in the language of the prefix."""
    page = visit.to(f"{prefix}/admin/login/")
    page.locator("#id_username").fill(name)
    page.locator("#id_password").fill("made up for tests")
    page.locator("#login-form input[type=submit]").click()
    page.wait_for_url("**/admin/")
    return visit


def sound(page: Page, width: int) -> None:
    """Nothing; fails where axe finds something on the page, or it is wider than the window, this one or the other."""
    found = axe.run(page, options=OPTIONS)
    assert found.violations_count == 0, f"{page.url}: {found.generate_report()}"
    size = page.viewport_size
    for window in (width, DESK if width == PHONE else PHONE):
        page.set_viewport_size({**size, "width": window})
        assert page.evaluate("document.documentElement.scrollWidth") <= window, f"{page.url} in {window}"
    page.set_viewport_size(size)
