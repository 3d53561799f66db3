"""A site with the made-up world in a process beside the tests, and pages that notice all that goes wrong on them."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

HERE = Path(__file__).parent
ROOT = HERE.parent.parent

PATIENCE = 30_000
"""Milliseconds after which what does not come is taken for missing, on however busy a machine."""
expect.set_options(timeout=PATIENCE)

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


@pytest.fixture(scope="session")
def contexts(browser: Browser) -> Iterator[dict[str, list[BrowserContext]]]:
    """Browser contexts that no visit uses at the moment, by their options: to begin one costs more than many a test."""
    free: dict[str, list[BrowserContext]] = defaultdict(list)
    yield free
    for context in chain.from_iterable(free.values()):
        context.close()


@pytest.fixture
def visits(site: str, browser: Browser, contexts: dict[str, list[BrowserContext]]) -> Iterator[Callable[..., Visit]]:
    """Makes visits, each in a browser context of its own with the options given; nothing may go wrong on any."""
    made: list[tuple[str, Visit]] = []

    def visit(**options) -> Visit:
        kind = repr(sorted(options.items()))
        context = contexts[kind].pop() if contexts[kind] else browser.new_context(**options)
        context.set_default_timeout(PATIENCE)
        one = Visit(context.new_page(), site)
        one.watch()
        made.append((kind, one))
        return one

    yield visit
    wrong = [trouble for _, one in made for trouble in one.wrong]
    for kind, one in made:
        context = one.page.context
        for page in context.pages:
            page.close()
        context.clear_cookies()  # nobody is signed in; nothing else is kept in a browser
        contexts[kind].append(context)
    assert wrong == []


@pytest.fixture(scope="session")
def reading(site: str, browser: Browser) -> Iterator[Visit]:
    """A visit that goes on from test to test."""
    one = Visit(browser.new_page(), site)
    one.page.set_default_timeout(PATIENCE)
    one.watch()
    yield one
    one.page.close()


@pytest.fixture
def read(reading: Visit) -> Iterator[Callable[..., Page]]:
    """Loads an address at a width and in a scheme, to look and not to touch: all such tests share one page."""
    reading.wrong.clear()

    def load(address: str, width: int, height: int = 800, scheme: str = "light") -> Page:
        reading.page.set_viewport_size({"width": width, "height": height})
        reading.page.emulate_media(color_scheme=scheme)
        return reading.to(address)

    yield load
    assert reading.wrong == []
