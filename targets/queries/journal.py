"""The version of the data: how far the journal of actions has come."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import blake2b
from threading import Lock
from time import monotonic
from typing import Any, TypeVar

from django.db import connection

from targets.models import AuditEvent

Made = TypeVar("Made")

SECONDS = 1.0
"""How long one process believes what it read; pages may be that much behind, never more."""

MOST = 200
"""So many things are remembered of one version, those used last: what readers ask for by words of their own has no
end, and each filter of twenty thousand targets may hold all of them."""

_NEWEST = 200
"""Entries that the mark tells apart: more than are written while the longest transaction, an import, is under way."""


@dataclass(slots=True)
class _Remembered:
    entries: tuple[tuple[int, datetime], ...] = ()
    """The newest, by id and moment: a restored backup gives ids a second time, never at the same moment."""
    mark: str = ""
    """The entries in short: worked out once, because every page that goes out asks for it."""
    until: float = float("-inf")
    made: OrderedDict[Hashable, Any] = field(default_factory=OrderedDict)
    """What was made of the data as of ``entries``, what was used last at the end."""


_remembered = _Remembered()
_lock = Lock()


def data_version() -> int:
    """The newest journal entry's id, 0 for an empty journal. One SQL query, at most one a second in a process."""
    return next((number for number, _ in _newest().entries), 0)


def data_mark() -> str:
    """A text that is another one after every entry, also after one that is committed behind a newer one.

    PostgreSQL gives an entry its id before the transaction ends, so that of two the older id may be seen last, and the
    version then stays what it was. Shares the query of :func:`data_version`.
    """
    return _newest().mark


def _newest() -> _Remembered:
    with _lock:
        if monotonic() >= _remembered.until:
            # The clock is read first: a version read late must not be believed for longer than promised.
            until = monotonic() + SECONDS
            entries = tuple(AuditEvent.objects.order_by("-id").values_list("id", "at")[:_NEWEST])
            if entries != _remembered.entries or not _remembered.mark:
                _remembered.made = OrderedDict()
                _remembered.entries = entries
                _remembered.mark = blake2b(repr(entries).encode(), digest_size=6).hexdigest()
            _remembered.until = until
        return _remembered


def forget_data_version() -> None:
    """Nothing; the next question for the version asks the database, so that who wrote sees it at once."""
    # A question under way was perhaps asked before the change: it must not be believed for a second after this.
    with _lock:
        _remembered.until = float("-inf")
        _remembered.made = OrderedDict()


def remembered(what: Hashable, make: Callable[[], Made]) -> Made:
    """What ``make`` gives, made anew only when the data have changed: for what is dear and the same for everybody.

    The version is read before it is made, so it may be newer than its version, never older. What is kept of other days
    goes with the next change of the data. Inside a transaction nothing is remembered: what it sees may be of its own
    writing, and may never be committed.
    """
    if connection.in_atomic_block:
        return make()
    _newest()
    made = _remembered.made
    with _lock:
        if what in made:
            made.move_to_end(what)
            return made[what]  # type: ignore[no-any-return]
    found = make()
    with _lock:
        made[what] = found
        if len(made) > MOST:
            made.popitem(last=False)
    return found
