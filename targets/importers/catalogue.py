"""The catalogue: four lists of records in JSON, read whole, each record judged by itself and by what it refers to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from targets.importers.acceptance import merged, objection
from targets.importers.rows import Catalogue, ShippedEconomy, ShippedSource, ShippedTarget
from targets.importers.rules import Problem, problems, read_list, shown, validator
from targets.importers.shaping import economy_row, figure_row, partial, source_row, target_row
from targets.records import FigureRow, Rejection

Found = tuple[str, dict[str, Any]]
"""Where a record stands ("record 3 (blr-kgz-500m-usd-2030)") and the record."""


def read_catalogue(folder: Path) -> Catalogue:
    """The records of a folder with economies.json, sources.json, targets.json and figures.json.

    A record is taken whole or not at all; what refers to a record that is not there, or was not taken, is not taken
    either, save the link from one target to the next (see :class:`Catalogue`). Raises UnreadableFile when a file is
    missing or no list of records; the rules are those of schema.json as shipped.
    """
    rejections: list[Rejection] = []
    economies = _economies(_sound(folder, "economies", "code", rejections), rejections)
    codes = {economy.code for economy in economies}
    sources = _sources(_sound(folder, "sources", "id", rejections), rejections)
    keys = {source.key for source in sources}
    targets, lost = _targets(_sound(folder, "targets", "slug", rejections), codes, keys, rejections)
    figures = _figures(_sound(folder, "figures", "", rejections), codes, keys, rejections)
    return Catalogue(tuple(economies), tuple(sources), tuple(targets), figures, frozenset(lost), tuple(rejections))


def _sound(folder: Path, name: str, key: str, rejections: list[Rejection]) -> list[Found]:
    """The records of one list that keep to the schema and whose key no other record of the list has."""
    checker, records = validator(name), read_list(folder / f"{name}.json")
    seen = Counter(_name(record, key) for record in records if key)
    found = []
    for number, record in enumerate(records, 1):
        label = _name(record, key) or _figure_name(record)
        place = f"record {number} ({label})" if label else f"record {number}"
        wrong = problems(checker, record)
        if not wrong and key and seen[_name(record, key)] > 1:
            wrong = [(key, shown(record[key]), f"{seen[record[key]]} records have this {key}; keep one")]
        if wrong:
            rejections += [Rejection(f"{name}.json", place, *problem) for problem in wrong]
        else:
            found.append((place, record))
    return found


def _economies(found: list[Found], rejections: list[Rejection]) -> list[ShippedEconomy]:
    numbers = Counter(record["m49"] for _, record in found if record["m49"] is not None)
    twice = {number for number, times in numbers.items() if times > 1}
    found = list(
        _kept("economies", found, rejections, lambda record: _if(
            record["m49"] in twice, "m49", record["m49"], "another economy has this number; one of them is wrong"
        ))
    )  # fmt: skip
    while True:  # a bloc that falls away may be a member itself
        codes = {record["code"] for _, record in found}
        left = list(
            _kept("economies", found, rejections, lambda record, codes=codes: _if(  # type: ignore[misc]
                unknown := [code for code in record["members"] or () if code not in codes],
                "members", unknown, "not in economies.json, or rejected there",
            ))
        )  # fmt: skip
        if len(left) == len(found):
            return [economy_row(place, record) for place, record in found]
        found = left


def _sources(found: list[Found], rejections: list[Rejection]) -> list[ShippedSource]:
    urls = Counter(record["url"] for _, record in found)

    def faults(record: dict[str, Any]) -> Iterator[Problem]:
        yield from _if(urls[record["url"]] > 1, "url", record["url"], "another source has this address; keep one")
        yield from _bad_date("published_on", record["published_on"], None)

    return [source_row(place, record) for place, record in _kept("sources", found, rejections, faults)]


def _targets(
    found: list[Found], codes: set[str], keys: set[str], rejections: list[Rejection]
) -> tuple[list[ShippedTarget], set[str]]:
    """The targets that can be taken, and the slugs of those of the file that cannot but are led to."""
    papers: dict[tuple[Any, ...], dict[str, Any]] = {}

    def faults(record: dict[str, Any]) -> Iterator[Problem]:
        yield from _pair_faults(record, codes)
        yield from _target_faults(record)
        for place, statement in enumerate(record["statements"]):
            yield from _statement_faults(f"statements[{place}]", statement, record, keys)
        yield from _repeated(record["statements"], "statements", ("source", "stated_on", "speaker"))
        for place, document in enumerate(record["documents"]):
            field = f"documents[{place}]"
            yield from _missing_source(f"{field}.source", document["source"], keys)
            yield from _bad_date(f"{field}.signed_on", document["signed_on"], document["signed_on_precision"])
            first = papers.setdefault((*record["economies"], document["kind"], document["title"]), document)
            yield from _if(first != document, f"{field}.title", document["title"],
                           "the pair has a document of this kind and title with other details")  # fmt: skip
        yield from _repeated(record["documents"], "documents", ("kind", "title"))

    everything = {record["slug"] for _, record in found}
    sound = list(_kept("targets", found, rejections, faults))
    by_slug = {record["slug"]: record for _, record in found}
    circle = _circles({slug: record["superseded_by"] for slug, record in by_slug.items()})

    def link_faults(record: dict[str, Any]) -> Iterator[Problem]:
        successor = record["superseded_by"]
        if successor is None:
            return
        if successor in by_slug:
            outside = by_slug[successor]["economies"] != record["economies"]
            yield from _if(outside, "superseded_by", successor, "a target is followed by one of the same pair only")
            yield from _if(record["slug"] in circle, "superseded_by", successor,
                           f"the links run in a circle: {' → '.join(circle.get(record['slug'], ()))}")  # fmt: skip
        else:
            yield from _if(
                successor not in listed, "superseded_by", successor, "no target of targets.json has this slug"
            )

    listed = everything | {_slug_in(rejection.place) for rejection in rejections if rejection.file == "targets.json"}
    taken = list(_kept("targets", sound, rejections, link_faults))
    lost = listed - {record["slug"] for _, record in taken}
    return [target_row(place, record) for place, record in taken], lost


def _figures(
    found: list[Found], codes: set[str], keys: set[str], rejections: list[Rejection]
) -> dict[str, tuple[FigureRow, ...]]:
    def faults(record: dict[str, Any]) -> Iterator[Problem]:
        yield from _pair_faults(record, codes)
        yield from _missing_source("source", record["source"], keys)
        wrong = objection(figure_row("", record))
        if wrong:
            yield wrong

    same: dict[tuple[object, ...], list[FigureRow]] = {}
    for place, record in _kept("figures", found, rejections, faults):
        row = figure_row(place, record)
        same.setdefault((record["source"], *row.key), []).append(row)
    figures: dict[str, list[FigureRow]] = {}
    for (source, *_), rows in same.items():
        one = merged(rows)
        if one is not None:
            figures.setdefault(str(source), []).append(one)
            continue
        for row in rows:
            others = ", ".join(other.place.split(" (")[0] for other in rows if other is not row)
            reason = (
                f"{others} of the same source gives another amount for the same period; keep one, or mend the period"
            )
            value = next(str(amount) for amount in (row.turnover, row.exports, row.imports) if amount is not None)
            rejections.append(Rejection("figures.json", row.place, "source", f"{source} ({value})", reason))
    return {source: tuple(rows) for source, rows in figures.items()}


# Faults of single records


def _pair_faults(record: dict[str, Any], codes: set[str]) -> Iterator[Problem]:
    first, second = record["economies"]
    unknown = [code for code in (first, second) if code not in codes]
    yield from _if(unknown, "economies", unknown, "not in economies.json, or rejected there")
    yield from _if(
        first > second, "economies", [first, second], "put the codes in alphabetical order; measure follows it"
    )


def _target_faults(record: dict[str, Any]) -> Iterator[Problem]:
    amount, multiple, deadline = record["amount"], record["multiple"], record["deadline"]
    yield from _if(amount is None and multiple is None, "amount", amount, "give an amount or a multiple")
    yield from _if(amount is not None and record["currency"] is None, "currency", None, "an amount needs a currency")
    based = multiple is not None and multiple["baseline_amount"] is not None
    yield from _if(based and record["currency"] is None, "currency", None, "a baseline amount needs a currency")
    high = record["amount_high"]
    yield from _if(high is not None and (amount is None or high <= amount), "amount_high", high,
                   "the upper end of a range must lie above its amount")  # fmt: skip
    yield from _if((deadline["year"] is None) != (deadline["basis"] == "none"), "deadline.basis", deadline["basis"],
                   "a deadline has the basis stated or computed; without a year the basis is none")  # fmt: skip
    yield from _bad_date("first_stated_on", record["first_stated_on"], record["first_stated_precision"])
    yield from _if((record["superseded_by"] is None) != (record["relation"] is None), "relation", record["relation"],
                   "superseded_by and relation stand together or not at all")  # fmt: skip
    yield from _if(record["superseded_by"] == record["slug"], "superseded_by", record["slug"],
                   "the link runs in a circle: a target cannot follow itself")  # fmt: skip


def _statement_faults(
    field: str, statement: dict[str, Any], record: dict[str, Any], keys: set[str]
) -> Iterator[Problem]:
    yield from _missing_source(f"{field}.source", statement["source"], keys)
    yield from _bad_date(f"{field}.stated_on", statement["stated_on"], statement["stated_on_precision"])
    strangers = [code for code in statement["sides"] if code not in record["economies"]]
    yield from _if(strangers, f"{field}.sides", strangers, f"sides are {' and '.join(record['economies'])}")


def _missing_source(field: str, key: str, keys: set[str]) -> Iterator[Problem]:
    yield from _if(key not in keys, field, key, "not in sources.json, or rejected there; add the source")


def _bad_date(field: str, text: str | None, precision: str | None) -> Iterator[Problem]:
    """A day that no calendar has, or a precision that the date does not show; ``precision`` None is not checked."""
    try:
        _, known = partial(text)
    except ValueError:
        yield field, shown(text), "no such day in the calendar"
        return
    wrong = precision is not None and precision != known
    yield from _if(wrong, field, text, f"the date is known to the {known.value}, the precision says {precision}"
                   if text else f"without a date the precision is unknown, not {precision}")  # fmt: skip


def _repeated(records: Sequence[dict[str, Any]], field: str, names: tuple[str, ...]) -> Iterator[Problem]:
    seen: set[tuple[Any, ...]] = set()
    for place, record in enumerate(records):
        key = tuple(record[name] for name in names)
        yield from _if(key in seen, f"{field}[{place}]", list(key), f"the target has this {', '.join(names)} twice")
        seen.add(key)


def _circles(links: dict[str, str | None]) -> dict[str, list[str]]:
    """For each target on a circle of links the way round, beginning and ending with it."""
    found = {}
    for start in links:
        way, here = [start], links[start]
        while here is not None and here in links and here not in way:
            way.append(here)
            here = links[here]
        if here == start:
            found[start] = [*way, start]
    return found


def _kept(
    name: str,
    found: Iterable[Found],
    rejections: list[Rejection],
    faults: Callable[[dict[str, Any]], Iterator[Problem]],
) -> Iterator[Found]:
    """The records without a fault; the faults of the others are noted."""
    for place, record in found:
        wrong = list(faults(record))
        rejections += [Rejection(f"{name}.json", place, *problem) for problem in wrong]
        if not wrong:
            yield place, record


def _if(wrong: object, field: str, value: Any, reason: str) -> Iterator[Problem]:
    if wrong:
        yield field, shown(value), reason


# How records are named in messages


def _name(record: Any, key: str) -> str:
    """The record's key if it has one that can be read."""
    value = record.get(key) if key and isinstance(record, dict) else None
    return value if isinstance(value, str) else ""


def _figure_name(record: Any) -> str:
    """What a figure is of, as far as its record says so: "BLR–KGZ 2024, from president-b5451fda"."""
    if not isinstance(record, dict) or "source" not in record:
        return ""
    economies = record.get("economies")
    pair = "–".join(str(code) for code in economies) if isinstance(economies, list) else "?"
    return f"{pair} {record.get('year', '?')}, from {record['source']}"


def _slug_in(place: str) -> str:
    return place.partition(" (")[2].removesuffix(")")
