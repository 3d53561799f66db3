"""Python's collector of garbage, at rest while rows are made by the hundred thousand."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """While it lasts, nobody looks for cycles of garbage: rows and figures by the hundred thousand make none, and each
    look at them takes as long as reading a good part of them.
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
