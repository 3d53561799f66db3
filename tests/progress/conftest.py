"""How the tests of the progress rules run: without Django, and hypothesis with the same examples every time.

``HYPOTHESIS_PROFILE=long`` looks further and differently every time.
"""

import os

import pytest
from hypothesis import settings

settings.register_profile("short", max_examples=200, deadline=None, derandomize=True, database=None)
settings.register_profile("long", max_examples=5000, deadline=None, database=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "short"))


@pytest.fixture(autouse=True)
def _version_of_the_data_is_read_anew() -> None:
    """Stands in for the suite's fixture of that name: here there are no data, and the rules run without Django."""
