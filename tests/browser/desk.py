"""Signing in at the desk, and what every page of it is asked."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.conftest import Visit

# Told to preload, axe writes style sheets anew, which the policy refuses.
OPTIONS = {"resultTypes": ["violations"], "preload": False}
axe = Axe()


def signed_in(visit: Visit, name: str = "ana", prefix: str = "") -> Visit:
    """The visit, with that person of the cast at the desk in the language of the prefix."""
    page = visit.to(f"{prefix}/admin/login/")
    page.locator("#id_username").fill(name)
    page.locator("#id_password").fill("made up for tests")
    page.locator("#login-form input[type=submit]").click()
    page.wait_for_url("**/admin/")
    return visit


def sound(page: Page, width: int) -> None:
    """Nothing; fails where the page is wider than the window, or axe finds something on it."""
    assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url
    found = axe.run(page, options=OPTIONS)
    assert found.violations_count == 0, f"{page.url}: {found.generate_report()}"
