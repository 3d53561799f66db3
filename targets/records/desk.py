"""What the desk's first page holds for the person who opens it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from targets.progress import Status
from targets.records.words import Invariant


@dataclass(frozen=True, slots=True)
class Work:
    """A record that waits for its author; ``note`` is what an editor said when it was returned."""

    kind: str
    """Name of its table, as in "statement"."""
    key: int
    title: str
    belongs: str
    """Address of its target, or of its pair where it has none."""
    note: str


@dataclass(frozen=True, slots=True)
class Overdue:
    """A side whose next year should be out by now; ``learnt`` where the delay is its own usual one."""

    pair: int
    slug: str
    reporter: str
    newest: int
    """The last full year that is known; of a fiscal year the one in which it starts."""
    due_on: date
    learnt: bool


@dataclass(frozen=True, slots=True)
class Ahead:
    """A target whose deadline is near."""

    target: int
    slug: str
    deadline: int
    status: Status


@dataclass(frozen=True, slots=True)
class Found:
    """What the last look through the data found of one kind; ``first`` are the first cases."""

    invariant: Invariant
    number: int
    first: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Check:
    """The last look through the data."""

    at: datetime
    found: tuple[Found, ...]


@dataclass(frozen=True, slots=True)
class DeskPage:
    """Everything above the lists; ``waiting`` is how many records wait for review, None where that is not for them."""

    drafts: tuple[Work, ...]
    returned: tuple[Work, ...]
    overdue: tuple[Overdue, ...]
    ahead: tuple[Ahead, ...]
    check: Check | None
    waiting: int | None
