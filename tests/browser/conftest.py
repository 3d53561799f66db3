"""A site with the made-up world in a process beside the tests, and pages that notice all that goes wrong on them."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page

HERE = Path(__file__).parent
ROOT = HERE.parent.parent

# A browser that calls home meets a closed door in tests, and each try costs time.
QUIET = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
]

NOTICE_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", (event) => {
  console.error(`policy: ${event.violatedDirective} refuses ${event.blockedURI} ${event.sample}`);
});
"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict) -> dict:
    return {**browser_type_launch_args, "args": [*browser_type_launch_args["args"], *QUIET]}


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running site with the made-up world, in a process and a database of its own."""
    database = tmp_path_factory.mktemp("site") / "world.sqlite3"
    environment = {**os.environ, "DATABASE_URL": f"sqlite:///{database}", "DJANGO_SETTINGS_MODULE": "tests.settings"}
    command = [sys.executable, "-m", "tests.browser.serve"]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as process:
        address = process.stdout.readline().strip()
        assert address, "the site did not start; its reasons stand above"
        yield address
        process.terminate()


@dataclass
class Visit:
    """A page and what went wrong on it, by address."""

    page: Page
    site: str
    wrong: list[str] = field(default_factory=list)

    def to(self, address: str) -> Page:
        """The page at that address, loaded whole."""
        self.page.goto(self.site + address, wait_until="load")
        return self.page

    def watch(self) -> None:
        host = urlsplit(self.site).netloc

        def asked(request) -> None:
            parts = urlsplit(request.url)
            if parts.scheme in {"http", "https"} and parts.netloc != host:
                self.wrong.append(f"{self.page.url} asks another host: {request.url}")

        def answered(response) -> None:
            if response.status >= 400 and response.request.resource_type != "document":
                self.wrong.append(f"{self.page.url}: {response.status} for {response.url}")

        def said(message) -> None:
            # That a page itself is a 404 is what some tests ask for.
            if message.type in {"error", "warning"} and "Failed to load resource" not in message.text:
                self.wrong.append(f"{self.page.url}: {message.text}")

        self.page.on("request", asked)
        self.page.on("response", answered)
        self.page.on("console", said)
        self.page.on("pageerror", lambda error: self.wrong.append(f"{self.page.url}: {error}"))
        self.page.add_init_script(NOTICE_VIOLATIONS)


@pytest.fixture
def visits(site: str, browser: Browser) -> Iterator[Callable[..., Visit]]:
    """Makes visits, each in a browser context of its own with the options given; nothing may go wrong on any."""
    made: list[Visit] = []

    def visit(**options) -> Visit:
        context = browser.new_context(**options)
        context.set_default_timeout(10_000)
        one = Visit(context.new_page(), site)
        one.watch()
        made.append(one)
        return one

    yield visit
    wrong = [trouble for one in made for trouble in one.wrong]
    for one in made:
        one.page.context.close()
    assert wrong == []
