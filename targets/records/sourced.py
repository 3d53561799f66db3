"""Targets with who published the figures that their readings rest on: what a list is when it leaves the site."""

from __future__ import annotations

from dataclasses import dataclass

from targets.progress import Reading, Status
from targets.records.targets import TargetRecord
from targets.records.trade import SourceRecord


@dataclass(frozen=True, slots=True)
class SourcedReading:
    """A stored reading, without what its flags and measures say, and the source of its latest figure."""

    reading: Reading
    source: SourceRecord | None
    """None where the reading has no figure, or was stored before readings told theirs."""
    closed: bool
    """Whether some figure by the same may not be passed on: what is worked out of several years would tell it."""

    @property
    def withheld(self) -> bool:
        """Whether the latest amount may not be passed on: one of an unknown source counts as the worst by the same."""
        return self.closed if self.source is None else not self.source.shareable


@dataclass(frozen=True, slots=True)
class SourcedTarget:
    """A target with its stored verdict and readings; ``lead`` is whose reading stands for it, empty for nobody's."""

    target: TargetRecord
    status: Status
    lead: str
    readings: tuple[SourcedReading, ...]

    def by(self, whose: str) -> SourcedReading | None:
        """The reading by that reporter's or compiler's figures, or None."""
        return next((one for one in self.readings if one.reading.by == whose), None)
