"""Drawing functions: a record becomes a Plotly figure as a plain dict.

No clock and no database; the active language is the only surrounding state. What a figure carries beside Plotly's own
fields stands in ``layout.meta`` and in the ``meta`` of its traces: roles, the words for readers who cannot see it, and
the palette by which a renderer recolours it.
"""

from targets.charts.cards import card
from targets.charts.comparison import compared
from targets.charts.evidence import evidence
from targets.charts.goalposts import goalposts
from targets.charts.mirror import mirror
from targets.charts.scoreboard import scoreboard
from targets.charts.trajectory import trajectory

__all__ = ["card", "compared", "evidence", "goalposts", "mirror", "scoreboard", "trajectory"]
