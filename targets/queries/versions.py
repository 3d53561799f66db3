"""Versions of a record: what it said when, who wrote it, and in which fields two versions differ."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.db.models import Model, QuerySet

from targets.models import RoadmapDocument, RoadmapMeasure
from targets.models.targets import Reviewed
from targets.records import ReviewState

PARTS: dict[type[Model], tuple[type[Model], str]] = {RoadmapDocument: (RoadmapMeasure, "document")}
"""Records that are edited on the page of another: whose, and by which field they belong to it."""

STEPS = frozenset(field.name for field in Reviewed._meta.fields)
"""Fields that the steps of review write, and nobody by hand."""


def content_fields(model: type[Model]) -> tuple[str, ...]:
    """Names of the fields that people write and the history keeps, many-to-many ones last; the steps of review aside.

    No SQL query.
    """
    kept = {field.name for field in model.history.model.tracked_fields}  # type: ignore[attr-defined]
    own = [field.name for field in model._meta.concrete_fields if not field.primary_key and field.name in kept]
    related = [field.name for field in model.history.model._history_m2m_fields]  # type: ignore[attr-defined]
    steps = STEPS if issubclass(model, Reviewed) else frozenset()
    return (*(name for name in own if name not in steps), *related)


def versions_of(record: Model) -> QuerySet[Any]:
    """The versions of the record, the newest first, with who made them. No SQL query yet."""
    key = record._meta.pk.attname  # type: ignore[union-attr]
    history = type(record).history.filter(**{key: record.pk})  # type: ignore[attr-defined]
    return history.select_related("history_user").order_by("-history_id")


def parts_of(record: Model) -> QuerySet[Any]:
    """The versions of all that is edited on the record's page with it, the newest first. No SQL query yet."""
    model, field = PARTS[type(record)]
    return model.history.filter(**{field: record.pk}).select_related("history_user").order_by("-history_id")  # type: ignore[attr-defined]


def version_of(record: Model) -> str:
    """A mark that is another one after every change of the record or of its parts: "12", with parts "12.7".

    One SQL query, two where the record has parts.
    """
    marks = [versions_of(record)]
    if type(record) in PARTS:
        marks.append(parts_of(record))
    return ".".join(str(rows.values_list("history_id", flat=True).first() or 0) for rows in marks)


def version_at(record: Model, mark: str) -> Any | None:
    """The version of the record itself that the mark of :func:`version_of` names; None for any other text.

    One SQL query.
    """
    number = mark.partition(".")[0]
    return versions_of(record).filter(history_id=number).first() if number.isdecimal() and len(number) < 19 else None


def parts_at(record: Model, mark: str) -> dict[Any, Any]:
    """The versions of the record's parts that stood when it had this mark, by the part's primary key. One SQL query.

    None for a mark that it never had.
    """
    number = mark.partition(".")[2]
    if not (number.isdecimal() and len(number) < 19):
        return {}
    rows = list(parts_of(record).filter(history_id__lte=number).order_by("history_id"))
    if not rows or rows[-1].history_id != int(number):
        return {}
    newest = {row.id: row for row in rows}
    return {key: row for key, row in newest.items() if row.history_type != "-"}


def values_of(version: Any) -> dict[str, Any]:
    """What each of the content fields said in a version: the key of a record referred to, a set of keys for many.

    One SQL query for each many-to-many field; none for the versions of :func:`standing_of`.
    """
    model = version.instance_type
    known = getattr(version, "known_many", {})
    many = {field.name: field for field in type(version)._history_m2m_fields}
    values: dict[str, Any] = {}
    for name in content_fields(model):
        if name in known:
            values[name] = known[name]
        elif name in many:
            other = f"{many[name].m2m_reverse_field_name()}_id"
            values[name] = frozenset(getattr(version, name).values_list(other, flat=True))
        else:
            values[name] = getattr(version, model._meta.get_field(name).attname)
    return values


def differing(before: dict[str, Any], after: dict[str, Any]) -> tuple[str, ...]:
    """Names of the fields in which two of :func:`values_of` differ, in the order of the record. No SQL query."""
    return tuple(name for name, value in after.items() if before.get(name) != value)


def last_edit(record: Model) -> Any | None:
    """The version in which somebody last changed what the record or a part of it says; None where none is kept.

    Steps of review are no edits. Two SQL queries, more where the last versions were only steps.
    """
    part = parts_of(record).first() if type(record) in PARTS else None
    return _edit_of(list(versions_of(record)), part)


def explained_since(record: Model, mark: str, person: Any, reason: str) -> bool:
    """Whether the person stored the record, or a part of it, with this reason after the version that the mark names.

    Two SQL queries at most.
    """
    kept = [versions_of(record), *([parts_of(record)] if type(record) in PARTS else [])]
    return any(
        number.isdecimal()
        and len(number) < 19
        and rows.filter(history_id__gt=number, history_user=person.pk, history_change_reason=reason[:100]).exists()
        for rows, number in zip(kept, mark.split("."), strict=False)
    )


def last_reviewed(record: Reviewed) -> Any | None:
    """The version that an editor last decided on: as it was returned or published; None for one never looked at.

    Two SQL queries.
    """
    number = _reviewed_in(versions_of(record).values_list("history_id", "state"))
    return None if number is None else versions_of(record).get(history_id=number)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a record stands in review: versions, each None where there is none."""

    now: Any | None
    edit: Any | None
    """As :func:`last_edit`."""
    seen: Any | None
    """As :func:`last_reviewed`."""


def standing_of(model: type[Reviewed], keys: Collection[Any]) -> dict[Any, Standing]:
    """Where the records of these keys stand. One SQL query, one for each many-to-many field, one for their parts."""
    versions: defaultdict[Any, list[Any]] = defaultdict(list)
    rows = list(model.history.filter(id__in=keys).select_related("history_user").order_by("-history_id"))  # type: ignore[attr-defined]
    _learn_many(rows)
    for row in rows:
        versions[row.id].append(row)
    parts: dict[Any, Any] = {}
    if model in PARTS:
        part, field = PARTS[model]
        told = part.history.filter(**{f"{field}__in": keys}).select_related("history_user")  # type: ignore[attr-defined]
        parts = {getattr(row, f"{field}_id"): row for row in told.order_by("history_id")}
    found = {}
    for key in keys:
        own = versions[key]
        seen = _reviewed_in((row.history_id, row.state) for row in own)
        found[key] = Standing(
            now=own[0] if own else None,
            edit=_edit_of(own, parts.get(key)),
            seen=next((row for row in own if row.history_id == seen), None),
        )
    return found


def _learn_many(rows: Collection[Any]) -> None:
    """Nothing: gives versions of one model the keys of their many-to-many fields, a query for each field."""
    for row in rows:
        row.known_many = {}
    for field in type(next(iter(rows)))._history_m2m_fields if rows else ():
        other = f"{field.m2m_reverse_field_name()}_id"
        keys: defaultdict[Any, set[Any]] = defaultdict(set)
        linked = getattr(next(iter(rows)), field.name).model.objects.filter(history__in=[row.pk for row in rows])
        for version, key in linked.values_list("history_id", other):
            keys[version].add(key)
        for row in rows:
            row.known_many[field.name] = frozenset(keys[row.pk])


def _edit_of(rows: Sequence[Any], part: Any | None) -> Any | None:
    """The last edit among versions, the newest first, and the newest version of a part."""
    edit = rows[-1] if rows else None
    for after, before in pairwise(rows):
        if differing(values_of(before), values_of(after)):
            edit = after
            break
    return part if part is not None and (edit is None or part.history_date > edit.history_date) else edit


def _reviewed_in(steps: Iterable[tuple[int, str]]) -> int | None:
    """The number of the newest version in which an editor decided, of numbers and states, the newest first."""
    for (number, state), (_before, earlier) in pairwise([*steps, (0, "")]):
        # A returned record stays returned while its author works on it.
        if state in (ReviewState.RETURNED, ReviewState.PUBLISHED) and state != earlier:
            return number
    return None
