"""What every test may use."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest
from hypothesis import settings

# A busy machine is slow, not wrong: no test fails by the clock.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")


def _browser() -> str | None:
    """The system's Chromium; None where there is none."""
    return next(filter(None, map(shutil.which, BROWSERS)), None)


@pytest.hookimpl(trylast=True)  # the folder of browser tests marks its own first
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if "every_chart" not in config.option.markexpr:
        # Minutes of work, and nothing that the samples of an ordinary run leave out but numbers.
        items[:] = [item for item in items if not item.get_closest_marker("every_chart")]
    if _browser() is None:
        for item in items:
            if item.get_closest_marker("browser"):
                item.add_marker(pytest.mark.skip(reason="no Chromium here (install the package chromium)"))


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict) -> dict:
    """How Playwright starts the browser: the system's one; without its sandbox for root, who is refused one."""
    root = os.getuid() == 0
    return {**browser_type_launch_args, "executable_path": _browser(), "args": ["--no-sandbox"] if root else []}


@pytest.fixture(scope="session", autouse=True)
def _views_are_there() -> None:
    """No view comes to be while a test has put another day into what it is made of: it would keep that day."""
    from django.urls import get_resolver

    assert get_resolver().url_patterns


@pytest.fixture(autouse=True)
def _version_of_the_data_is_read_anew() -> Iterator[None]:
    """No test believes the version that was remembered of another test's data."""
    from django.core.cache import caches

    from targets import queries

    # Journals of two tests have the same numbers, so charts kept for the one would be taken for the other's.
    caches["charts"].clear()
    queries.forget_data_version()
    yield
    queries.forget_data_version()


@pytest.fixture(autouse=True)
def _begins_in_english() -> Iterator[None]:
    """No test speaks the language in which the last request of another one was answered."""
    from django.utils import translation

    with translation.override("en"):
        yield
