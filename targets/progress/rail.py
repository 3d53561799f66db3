"""The progress rail and the sparkline: an assessment drawn small, as fractions of a bar from base to target."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RailMark:
    """Where one reading stands on the bar: its latest year's share of the way, clipped to 0–1.

    ``over`` and ``under`` tell that the share itself is above 1 or below 0.
    """

    by: str
    share: float
    over: bool
    under: bool
    latest_year: int | None


@dataclass(frozen=True, slots=True)
class Rail:
    """A bar from the base amount (0) to the target amount (1), the lead reading's, in the target's currency.

    ``marks`` are the readings; ``notch`` is where the required path stands in the latest full year, or None when
    there is no pace.
    """

    base: float
    target: float
    marks: tuple[RailMark, ...]
    notch: float | None
