"""What a file would do, written down: short for the page, whole as tables to be taken away."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import chain
from pathlib import Path
from typing import Any

from targets.actions.comparing import VALUES, Known
from targets.actions.importing import Contents, Part, Plan
from targets.importers import LeftOut
from targets.models import Release
from targets.records import FigureRow, neutral

SHOWN = 100
"""Lines of each list that the page shows; the tables have all."""

_AMOUNTS = ("exports", "imports", "turnover")
_KEY = ("first", "second", "reporter", "compiler", "year", "from_month", "through_month", "fiscal", "measure",
        "currency")  # fmt: skip
_PERIOD = ("year", "from_month", "through_month", "fiscal", "measure", "currency")
_BOM = "\ufeff"


def report(plan: Plan) -> dict[str, Any]:
    """All that the page says of a plan, ready to be stored as JSON; of lists the first :data:`SHOWN` lines.

    Of changed figures those that change most come first.
    """
    file, counts = plan.contents, plan.counts
    changed = sorted(_changes(plan.parts), key=lambda one: -_size_of(*one[1:]))
    told = {
        "format": file.format.name,
        "new": counts.new,
        "changed": counts.changed,
        "unchanged": counts.unchanged,
        "kept": counts.kept,
        "rejected": file.rejected,
        "left_out": sum(one.count for one in file.skipped),
        "sources": [_source(part) for part in plan.parts],
        "totals": _totals(plan.parts, file),
        "list_of_new": [_row(row) for part in plan.parts for row in part.said.new[:SHOWN]][:SHOWN],
        "list_of_changed": [_row(row) | {"before": _before(known)} for _source, row, known in changed[:SHOWN]],
        "list_of_rejected": [
            {"place": one.place, "field": one.field, "value": one.value, "reason": one.reason}
            for one in file.rejections[:SHOWN]
        ],
        "list_of_unknown": [_left_out(one) for one in file.unknown[:SHOWN]],
        "values_rejected": len(file.rejections),
        "unknown": len(file.unknown),
        "list_of_left_out": [_left_out(one) for one in file.skipped[:SHOWN]],
        "kinds_left_out": len(file.skipped),
        "warnings": list(file.warnings),
        "verdicts": [[one.target.slug, one.before or "", one.after] for one in plan.verdicts[:SHOWN]],
        "verdicts_changed": len(plan.verdicts),
        "already": list(
            Release.objects.filter(sha256=file.sha256, withdrawn_at=None).order_by("pk").values_list("pk", flat=True)
        ),
    }
    return _clean(told)


def write_left_out(plan: Plan, path: Path) -> None:
    """Writes every value of which no figure comes as CSV: what became of it, line, column, value, reason, how many."""
    file = plan.contents
    rows = chain(
        (("rejected", one.place, one.field, one.value, one.reason, "1") for one in file.rejections),
        (("unknown economy", one.place, one.field, one.value, one.reason, str(one.count)) for one in file.unknown),
        (("left out", one.place, one.field, one.value, one.reason, str(one.count)) for one in file.skipped),
    )
    _write(path, ("what", "place", "field", "value", "reason", "count"), (map(neutral, row) for row in rows))


def write_changes(plan: Plan, path: Path) -> None:
    """Writes every figure that would be stored as CSV: new ones, and changed ones with what stands before them."""
    header = ("what", "source", *_KEY, *VALUES, *(f"{name}_before" for name in VALUES), "place")
    nothing = [""] * len(VALUES)
    new = (("new", part.source.key, *_cells(row), *nothing, row.place) for part in plan.parts for row in part.said.new)
    changed = (
        ("changed", source, *_cells(row), *map(_text, known.values), row.place)
        for source, row, known in _changes(plan.parts)
    )
    _write(path, header, chain(new, changed))


def storable(text: str) -> str:
    """The text without what a database refuses: zero characters, and halves of characters that JSON can hold."""
    return text.replace("\0", "�").encode("utf-8", "replace").decode()


def _changes(parts: Iterable[Part]) -> Iterator[tuple[str, FigureRow, Known]]:
    return ((part.source.key, row, known) for part in parts for row, known in part.said.changed)


def _source(part: Part) -> dict[str, Any]:
    return {
        "id": part.source.pk,
        "key": part.source.key,
        "name": str(part.source),
        "new": len(part.said.new),
        "changed": len(part.said.changed),
        "unchanged": part.said.unchanged,
        "older": len(part.older),
    }


def _totals(parts: Iterable[Part], file: Contents) -> dict[str, Any]:
    """What the file holds as a whole, to be compared with what its publisher says: sums for each period.

    Apart are a year and a part of it, kinds of trade, and currencies: nothing is added up that makes no sum. The newest
    periods first.
    """
    sums: defaultdict[tuple[Any, ...], dict[str, Any]] = defaultdict(lambda: dict.fromkeys(_AMOUNTS, Decimal(0)))
    counted: Counter[tuple[Any, ...]] = Counter()
    reporters, pairs = set(), set()
    for _source, rows in file.figures:
        for row in rows:
            reporters.add(row.reporter or row.compiler)
            pairs.add((row.first, row.second))
            period = tuple(getattr(row, name) for name in _PERIOD)
            amounts = sums[period]
            counted[period] += 1
            for name in _AMOUNTS:
                amounts[name] += getattr(row, name) or 0
    known = sorted(year for year, *_rest in sums if year is not None)
    newest = sorted(sums, key=lambda period: (-(period[0] or 0), -(period[2] or 0), *map(str, period)))
    return {
        "figures": sum(len(rows) for _source, rows in file.figures),
        "years": [known[0], known[-1]] if known else [],
        "reporters": len(reporters),
        "pairs": len(pairs),
        "periods": [
            {**dict(zip(_PERIOD, period, strict=True)), **sums[period], "figures": counted[period]}
            for period in newest[:SHOWN]
        ],
    }


def _row(row: FigureRow) -> dict[str, Any]:
    return {name: getattr(row, name) for name in (*_KEY, *VALUES, "place")}


def _before(known: Known) -> dict[str, Any]:
    return dict(zip(VALUES, known.values, strict=True))


def _left_out(one: LeftOut) -> dict[str, Any]:
    return {"place": one.place, "field": one.field, "value": one.value, "reason": one.reason, "count": one.count}


def _size_of(row: FigureRow, known: Known) -> float:
    """By which factor the largest change of an amount is; an amount that comes or goes counts as the largest."""
    size = 0.0
    for name, before in zip(VALUES[:3], known.values, strict=False):
        after = getattr(row, name)
        if after == before:
            continue
        if not after or not before:
            return float("inf")
        size = max(size, float(after / before), float(before / after))
    return size


def _cells(row: FigureRow) -> Iterator[str]:
    return map(_text, (*row.key, *row.values))


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        text = f"{value:f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    return neutral(value) if isinstance(value, str) else str(value)


def _clean(value: Any) -> Any:
    """The same with every text storable."""
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, list):
        return [_clean(one) for one in value]
    if isinstance(value, dict):
        return {name: _clean(one) for name, one in value.items()}
    return value


def _write(path: Path, header: Iterable[str], rows: Iterable[Iterable[str]]) -> None:
    with path.open("w", encoding="utf-8", errors="replace", newline="") as file:
        file.write(_BOM)
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(header)
        writer.writerows(rows)
