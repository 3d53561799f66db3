"""How hypothesis runs here: the same examples every time, enough to find mistakes, few enough to wait for.

``HYPOTHESIS_PROFILE=long`` looks further and differently every time.
"""

import os

from hypothesis import settings

settings.register_profile("short", max_examples=200, deadline=None, derandomize=True, database=None)
settings.register_profile("long", max_examples=5000, deadline=None, database=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "short"))
