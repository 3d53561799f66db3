"""The colours, the signs and the typeface of the site: the one place where they are written down.

Charts are drawn in the light scheme's colours and carry :data:`PALETTE`; renderers and the style sheet
(``static/css/charts.css``) turn them into the dark ones. Every colour that text uses has a contrast of at least 4.5 on
``paper`` in its scheme, and what must be told apart stays apart for readers without one kind of cone. Tests compute
both.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass

from targets.progress import Status
from targets.records import Outcome

FONT_FAMILY = "Tradewatch Sans"
"""The name under which the style sheet declares the shipped typeface and under which PNG and PDF find it."""

FONT_STACK = f"{FONT_FAMILY}, Golos Text, Segoe UI, Roboto, Helvetica Neue, Arial, sans-serif"
"""With fallbacks, for files that leave the site. No quotes, so that it can stand in any attribute."""


@dataclass(frozen=True, slots=True)
class Scheme:
    """The colours of one scheme, as ``#rrggbb``, named by what they are for."""

    paper: str
    ink: str
    muted: str
    """Secondary text: subtitles, axis labels, footers."""
    rule: str
    """Grid and separating lines; never text."""
    axis: str
    """The base line of a chart; never text."""
    first: str
    """Figures of the pair's first economy."""
    second: str
    compiler: str
    """Figures that no side of the pair reports."""
    target: str
    """The flag of the target and its label."""
    earlier: str
    """Earlier versions of the target and the line of moving goalposts."""
    path: str
    """The required path from base to target."""
    band: str
    """The area between both ends of a range; never text."""


LIGHT = Scheme(
    paper="#fdfcf9",
    ink="#1b2227",
    muted="#5a646c",
    rule="#e4e0d7",
    axis="#8d959b",
    first="#17609c",
    second="#b8480c",
    compiler="#6f6a75",
    target="#1c2328",
    earlier="#737068",
    path="#4f5a62",
    band="#ece7dc",
)

DARK = Scheme(
    paper="#14191d",
    ink="#eceae3",
    muted="#a5afb7",
    rule="#2e363c",
    axis="#6d777f",
    first="#74b3ec",
    second="#f29559",
    compiler="#b3acbb",
    target="#edebe4",
    earlier="#98958c",
    path="#b4bcc3",
    band="#29302f",
)

STATUS_LIGHT: Mapping[Status, str] = {
    Status.MET: "#0a6a7f",
    Status.MET_THEN_LOST: "#8a5a00",
    Status.MISSED: "#b3202f",
    Status.ON_TRACK: "#0b6d80",
    Status.TOO_SLOW: "#8b5b02",
    Status.FAR_TOO_SLOW: "#a84300",
    Status.MOVING_AWAY: "#b42130",
    Status.TOO_EARLY: "#4a6274",
    Status.NO_DEADLINE: "#3f5f8a",
    Status.AWAITING_FIGURES: "#5b656d",
    Status.NOT_ASSESSABLE: "#666a6e",
    Status.DISPUTED: "#6f3d94",
}

STATUS_DARK: Mapping[Status, str] = {
    Status.MET: "#56c5dc",
    Status.MET_THEN_LOST: "#e0ad4c",
    Status.MISSED: "#f78a8a",
    Status.ON_TRACK: "#57c6dd",
    Status.TOO_SLOW: "#e1ae4d",
    Status.FAR_TOO_SLOW: "#f2935a",
    Status.MOVING_AWAY: "#f88b8b",
    Status.TOO_EARLY: "#9db4c6",
    Status.NO_DEADLINE: "#93b5e6",
    Status.AWAITING_FIGURES: "#a6b0b8",
    Status.NOT_ASSESSABLE: "#a6aaae",
    Status.DISPUTED: "#a98bf5",
}

SHAPES: Mapping[Status, str] = {
    Status.MET: "M2 8.5 6 12.5 14 3.5",
    Status.MET_THEN_LOST: "M1.5 7 4.5 10 9 4M9 9l5 5M14 9v5H9",
    Status.MISSED: "M3 3l10 10M13 3 3 13",
    Status.ON_TRACK: "M3 13 13 3M6 3h7v7",
    Status.TOO_SLOW: "M2 11.5 13.5 6M8.5 4.5l5 1.5-2.5 4.5",
    Status.FAR_TOO_SLOW: "M2 8h12M10 4l4 4-4 4",
    Status.MOVING_AWAY: "M3 3l10 10M13 6v7H6",
    Status.TOO_EARLY: "M4 2h8M4 14h8M5 2c0 4 6 8 6 12M11 2c0 4-6 8-6 12",
    Status.NO_DEADLINE: "M2 8h3M6.5 8h3M11 8h3",
    Status.AWAITING_FIGURES: "M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 1 0 0-13M8 4.5V8l2.5 2",
    Status.NOT_ASSESSABLE: "M5 5.5a3 3 0 1 1 4.5 2.6Q8 9 8 10.5M8 13v.6",
    Status.DISPUTED: "M2.5 5.5h11M2.5 10.5h11M11 2 5 14",
}
"""One stroke drawing for each status, 16 by 16."""

COMPARED: Mapping[str, Mapping[str, str]] = {
    "light": {
        "one": "#0f5aa6",
        "two": "#b34700",
        "three": "#0d7a63",
        "four": "#8a3ea6",
        "five": "#7d6200",
        "six": "#ad1f5c",
        "seven": "#454c55",
        "eight": "#4d7a1a",
    },
    "dark": {
        "one": "#6fb6f5",
        "two": "#f59b5b",
        "three": "#4fd0b0",
        "four": "#d39bea",
        "five": "#dcbf4f",
        "six": "#f58ab8",
        "seven": "#c3cad3",
        "eight": "#a5d36a",
    },
}
"""Targets beside each other, in their order; each is numbered too, so that no colour has to be told from another."""

OUTCOMES: Mapping[Outcome, str] = {
    Outcome.KEPT: "kept",
    Outcome.LOST: "lost",
    Outcome.MISSED: "missed",
    Outcome.DISPUTED: "disputed",
    Outcome.PENDING: "path",
    Outcome.UNASSESSABLE: "muted",
    Outcome.REPLACED: "earlier",
}
"""The role in whose colour a target of that outcome is drawn; what is decided stands out, the rest stays quiet."""

DECIDED = {
    "kept": Status.MET,
    "lost": Status.MET_THEN_LOST,
    "missed": Status.MISSED,
    "disputed": Status.DISPUTED,
}
"""Roles that have the colour of a status."""


def _palette(scheme: Scheme, statuses: Mapping[Status, str]) -> Mapping[str, str]:
    return asdict(scheme) | {role: statuses[status] for role, status in DECIDED.items()}


PALETTE: Mapping[str, Mapping[str, str]] = {
    "light": _palette(LIGHT, STATUS_LIGHT),
    "dark": _palette(DARK, STATUS_DARK),
}
"""Role → colour in each scheme. Every figure carries it, so that renderers can recolour what is drawn in light ones; a
colour of the light scheme therefore belongs to one role only."""
