"""Loading shipped records beside what people have edited: matched by key, compared, stored in bulk with their history.

The history remembers which records this account loaded and under which key, so a record is found again after somebody
renamed it, and one that somebody deleted does not come back.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Model

from targets.records import ReviewState

Key = tuple[Any, ...]

REASON = "shipped catalogue"
_ROWS_AT_ONCE = 200


@dataclass(slots=True)
class Counts:
    """What became of the records of one kind. *Kept* ones differ from the shipped record: a person edited them."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    kept: int = 0
    rejected: int = 0

    def __iadd__(self, other: Counts) -> Counts:
        for name in ("new", "changed", "unchanged", "kept", "rejected"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        return self

    @property
    def written(self) -> int:
        return self.new + self.changed


@dataclass(slots=True)
class Shipped:
    """A record to be loaded and the stored one it is: its key, its columns, its many-to-many fields by primary keys.

    ``record`` is None for one that a person deleted; ``edited`` tells that somebody else wrote to it.
    """

    key: Key
    columns: dict[str, Any]
    related: dict[str, frozenset[Any]] = field(default_factory=dict)
    record: Any = None
    new: bool = False
    edited: bool = False


def match(model: type[Model], shipped: Sequence[Shipped], key: tuple[str, ...], by: AbstractBaseUser) -> None:
    """Finds the stored record of each shipped one by its key (column names), made but not saved where there is none.

    Two queries.
    """
    stored = {record.pk: record for record in model._default_manager.all()}
    by_key = {tuple(getattr(record, name) for name in key): record for record in stored.values()}
    edited: set[Any] = set()
    loaded: dict[Key, Any] = {}
    columns = (model._meta.pk.attname, "history_user_id", *key)  # type: ignore[union-attr]
    for pk, person, *names in model.history.order_by("history_id").values_list(*columns):  # type: ignore[attr-defined]
        if person == by.pk:
            loaded[tuple(names)] = pk
        else:
            edited.add(pk)
    # Whatever this account did not load a person has made.
    edited |= stored.keys() - set(loaded.values())
    for one in shipped:
        if one.key in loaded:
            one.record = stored.get(loaded[one.key])
        else:
            one.record = by_key.get(one.key)
            one.new = one.record is None
        if one.new:
            one.record = model()
        elif one.record is not None:
            one.edited = one.record.pk in edited


def create(model: type[Model], shipped: Iterable[Shipped], by: AbstractBaseUser, now: datetime) -> None:
    """Saves the records that are new, so that others can refer to them; :func:`store` then writes their history."""
    new = [one for one in shipped if one.new]
    for one in new:
        _fill(one, by, now)
    model._default_manager.bulk_create([one.record for one in new], batch_size=_ROWS_AT_ONCE)


def store(model: type[Model], shipped: Sequence[Shipped], by: AbstractBaseUser, now: datetime) -> Counts:
    """Stores what differs and says how many records were what; needs :func:`match` and :func:`create` before it.

    A record that a person edited or deleted stays as it is. What is not shipped is not looked at.
    """
    counts = Counts()
    held = _related(model, shipped)
    rows: list[Any] = []
    links: dict[str, list[tuple[Any, Any]]] = {}
    unlinks: dict[str, list[tuple[Any, Any]]] = {}
    new, changed = [], []
    for one in shipped:
        if one.record is None:
            counts.kept += 1
            continue
        pk = one.record.pk
        columns = [name for name, value in one.columns.items() if getattr(one.record, name) != value]
        moved = {name: (wanted, held[name].get(pk, frozenset())) for name, wanted in one.related.items()}
        moved = {name: (wanted, had) for name, (wanted, had) in moved.items() if wanted != had}
        if one.new:
            new.append(one)
        elif not columns and not moved:
            counts.unchanged += 1
            continue
        elif one.edited:
            counts.kept += 1
            continue
        else:
            changed.append(one)
        if columns:
            _fill(one, by, now)
            rows.append(one.record)
        for name, (wanted, had) in moved.items():
            links.setdefault(name, []).extend((pk, other) for other in sorted(wanted - had))
            unlinks.setdefault(name, []).extend((pk, other) for other in had - wanted)
    if rows:
        fields = [column.name for column in model._meta.concrete_fields if not column.primary_key]
        model._default_manager.bulk_update(rows, fields, batch_size=50)
    for name, pairs in unlinks.items():
        through, mine, theirs = _through(model, name)
        for pk, other in pairs:
            through._default_manager.filter(**{mine: pk, theirs: other}).delete()
    for name, pairs in links.items():
        through, mine, theirs = _through(model, name)
        through._default_manager.bulk_create(
            [through(**{mine: pk, theirs: other}) for pk, other in pairs], batch_size=_ROWS_AT_ONCE
        )
    _remember(model, [one.record for one in new], by, now, update=False)
    _remember(model, [one.record for one in changed], by, now, update=True)
    counts.new, counts.changed = len(new), len(changed)
    return counts


def _fill(one: Shipped, by: AbstractBaseUser, now: datetime) -> None:
    """Writes the columns into the record; who publishes says so, and when."""
    for name, value in one.columns.items():
        setattr(one.record, name, value)
    if "state" in one.columns:
        published = one.record.state == ReviewState.PUBLISHED
        if published != (one.record.published_at is not None):
            one.record.published_at, one.record.published_by = (now, by) if published else (None, None)


def _related(model: type[Model], shipped: Sequence[Shipped]) -> dict[str, dict[Any, frozenset[Any]]]:
    """What the many-to-many fields hold now, by field and primary key. One query a field."""
    held: dict[str, dict[Any, frozenset[Any]]] = {}
    for name in dict.fromkeys(name for one in shipped for name in one.related):
        through, mine, theirs = _through(model, name)
        found: dict[Any, set[Any]] = {}
        for pk, other in through._default_manager.values_list(mine, theirs):
            found.setdefault(pk, set()).add(other)
        held[name] = {pk: frozenset(others) for pk, others in found.items()}
    return held


def _through(model: type[Model], name: str) -> tuple[type[Model], str, str]:
    """The table behind a many-to-many field, and its columns for either side."""
    relation: Any = model._meta.get_field(name)
    return relation.remote_field.through, f"{relation.m2m_field_name()}_id", f"{relation.m2m_reverse_field_name()}_id"


def _remember(model: type[Model], records: list[Any], by: AbstractBaseUser, now: datetime, *, update: bool) -> None:
    """Writes the history of these records, many-to-many fields included: the library's bulk writer leaves those out."""
    if not records:
        return
    history: Any = model.history  # type: ignore[attr-defined]
    written = history.bulk_history_create(
        records,
        batch_size=_ROWS_AT_ONCE,
        update=update,
        default_user=by,
        default_change_reason=REASON,
        default_date=now,
    )
    lines = {line.instance.pk: line for line in written}
    for relation in history.model._history_m2m_fields:
        through, mine, _theirs = _through(model, relation.name)
        copy = getattr(history.model, relation.name).model
        rows = []
        for row in through._default_manager.filter(**{f"{mine}__in": list(lines)}):
            columns = {column.attname: getattr(row, column.attname) for column in through._meta.concrete_fields}
            rows.append(copy(history=lines[getattr(row, mine)], **columns))
        copy._default_manager.bulk_create(rows, batch_size=_ROWS_AT_ONCE)
