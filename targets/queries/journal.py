"""The version of the data: how far the journal of actions has come."""

from __future__ import annotations

from dataclasses import dataclass
from threading import Lock
from time import monotonic

from django.db.models import Max

from targets.models import AuditEvent

SECONDS = 1.0
"""How long one process believes what it read; pages may be that much behind, never more."""


@dataclass(slots=True)
class _Remembered:
    version: int = 0
    until: float = float("-inf")


_remembered = _Remembered()
_lock = Lock()


def data_version() -> int:
    """The newest journal entry's id, 0 for an empty journal. One SQL query, at most one a second in a process."""
    with _lock:
        if monotonic() >= _remembered.until:
            # The clock is read first: a version read late must not be believed for longer than promised.
            until = monotonic() + SECONDS
            _remembered.version = AuditEvent.objects.aggregate(newest=Max("id"))["newest"] or 0
            _remembered.until = until
        return _remembered.version


def forget_data_version() -> None:
    """Nothing; the next question for the version asks the database, so that who wrote sees it at once."""
    _remembered.until = float("-inf")
