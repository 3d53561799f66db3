"""What of a target stays on two pages of paper where it has more to show: the newest figures, who stated the goal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from targets.records import StatementRecord, TargetPage

STEPS = (
    ("figures", 16),
    ("statements", 6),
    ("parts", 3),
    ("figures", 10),
    ("statements", 4),
    ("documents", 1),
    ("figures", 8),
    ("statements", 3),
    ("figures", 5),
    ("compilers", 1),
    ("statements", 1),
    ("figures", 0),
    ("parts", 0),
    ("documents", 0),
    ("compilers", 0),
    ("statements", 0),
)
"""What gives way, and down to how many of it, one after the other."""


@dataclass(frozen=True, slots=True)
class Kept:
    """How many of each kind stay: of figures the newest, of documents the newest, of statements as they weigh."""

    figures: int
    parts: int
    statements: int
    documents: int
    compilers: int

    def statements_of(self, statements: Sequence[StatementRecord]) -> list[StatementRecord]:
        """The first statement of the goal, then the newest ones, at last those around it; in the order given."""
        stating = [one for one in statements if not one.context_only]
        around = [one for one in statements if one.context_only]
        chosen = [*stating[:1], *reversed(stating[1:]), *reversed(around)][: self.statements]
        return [one for one in statements if one in chosen]


def editions(page: TargetPage) -> list[Kept]:
    """The sheet whole, then shorter by one thing each, down to almost nothing but verdict, chart and readings."""
    compilers = sum(not one.reporter for one in page.assessment.readings)
    kept = Kept(len(page.full_years), len(page.partial_periods), len(page.statements), len(page.documents), compilers)
    found = [kept]
    for name, least in STEPS:
        while getattr(kept, name) > least:
            kept = replace(kept, **{name: getattr(kept, name) - 1})
            found.append(kept)
    return found
