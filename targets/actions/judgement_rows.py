"""Judgements as rows of their table: what an assessment says, what is stored, and what of it must be written anew.

Rows and not objects of the model, because a refresh may make them by the ten thousand.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import JSONField

from targets.actions.storing import store
from targets.models import Judgement
from targets.progress import Reading, Word
from targets.queries.judging import READING_COLUMNS, lines_stored
from targets.records import TargetRow

Row = Mapping[str, Any]
"""A judgement by its columns, save its number and the day on which it was first so."""

_COLUMNS = tuple(
    field.attname for field in Judgement._meta.concrete_fields if field.attname not in {"id", "assessed_on"}
)
_JSON = frozenset(field.attname for field in Judgement._meta.concrete_fields if isinstance(field, JSONField))
_NOTHING = {name: Judgement._meta.get_field(name).get_default() for name in _COLUMNS}
_ROWS_AT_ONCE = 500


def rows_of(row: TargetRow, dollars: float | None) -> list[Row]:
    """The rows that store an assessment: the verdict with its lead's numbers, then the readings.

    ``dollars`` is the target's amount in US dollars, for sorting.
    """
    verdict, lead, target = row.assessment.verdict, row.assessment.lead, row.target
    first = {
        **(_row(lead) if lead else _NOTHING),
        "target_id": target.id,
        "is_verdict": True,
        "by": verdict.lead or "",
        "status": verdict.status,
        "reason": verdict.reason or "",
        "flags": [flag.value for flag in verdict.flags],
        "voters": list(verdict.voters),
        "abstained": list(verdict.abstained),
        "amount_usd": dollars,
        "replaced": target.replaced,
        "rail": row.rail,
        "sparkline": lines_stored(row.sparklines),
    }
    return [first, *({**_row(one), "target_id": target.id, "is_verdict": False} for one in row.assessment.readings)]


def stored_rows(targets: Collection[int]) -> dict[int, list[tuple[int, Row]]]:
    """The rows stored for the targets (ids), each with its number. One query."""
    found: defaultdict[int, list[tuple[int, Row]]] = defaultdict(list)
    for number, *told in Judgement.objects.filter(target__in=targets).order_by().values_list("pk", *_COLUMNS):
        row = dict(zip(_COLUMNS, told, strict=True))
        found[row["target_id"]].append((number, row))
    return found


def difference(stored: Sequence[tuple[int, Row]], fresh: Sequence[Row]) -> tuple[list[int], list[Row]]:
    """The numbers of the rows of one target that must go, and what must be stored; a row that says the same stays."""
    before = {_of_whom(row): (number, row) for number, row in stored}
    made = []
    for row in fresh:
        _number, old = before.get(_of_whom(row), (0, None))
        if old is not None and _same(old, row):
            del before[_of_whom(row)]
        else:
            made.append(row)
    return [number for number, _row in before.values()], made


def write(gone: Sequence[int], made: Sequence[Row], day: date) -> None:
    """Removes the rows of these numbers and stores the others, assessed on that UTC day; needs a transaction."""
    for start in range(0, len(gone), _ROWS_AT_ONCE):
        Judgement.objects.filter(pk__in=gone[start : start + _ROWS_AT_ONCE]).delete()
    store(
        Judgement,
        (*_COLUMNS, "assessed_on"),
        [(*(_plain(name, row[name]) for name in _COLUMNS), str(day)) for row in made],
    )


def _row(reading: Reading) -> dict[str, Any]:
    told = {name: getattr(reading, name) for name in READING_COLUMNS}
    flags, measures = [flag.value for flag in reading.flags], [measure.value for measure in reading.measures]
    return {**_NOTHING, **told, "reason": reading.reason or "", "flags": flags, "measures": measures}


def _of_whom(row: Row) -> str | None:
    """What tells the rows of one target apart: by whose figures a reading is, None for the verdict."""
    return None if row["is_verdict"] else row["by"]


def _same(stored: Row, fresh: Row) -> bool:
    if stored == fresh:
        return True
    # Databases give large numbers within JSON back as they please: 1.2e20 as a whole number, which is another one.
    apart = {name for name in _COLUMNS if stored[name] != fresh[name]}
    return apart == {"rail"} and _floats(stored["rail"]) == _floats(fresh["rail"])


def _floats(value: object) -> object:
    return json.loads(json.dumps(value), parse_int=float)


def _plain(name: str, value: object) -> object:
    """The value as any database takes it for the column."""
    if name in _JSON:
        return json.dumps(value)
    return str(value) if isinstance(value, Word) else value
