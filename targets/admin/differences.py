"""Two versions of a record side by side, field by field, in the reader's words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import PurePosixPath
from typing import Any

from django.db.models import Field, Model
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext

from targets import wording
from targets.models import CountryPair
from targets.progress import Word

JOINED: dict[type[Model], tuple[str, ...]] = {CountryPair: ("first", "second")}
"""What the names of records are made of besides."""

EMPTY = (None, "", (), frozenset())


@dataclass(frozen=True, slots=True)
class Difference:
    """One field in which two versions differ; texts ready to print, empty where the field is."""

    name: str
    label: str
    before: str
    after: str


class Names:
    """What the records are called that versions refer to; each is asked for once."""

    def __init__(self) -> None:
        self._known: defaultdict[type[Model], dict[Any, str]] = defaultdict(dict)

    def learn(self, model: type[Model], versions: Iterable[Mapping[str, Any]]) -> None:
        """Nothing: asks for all that these versions refer to, one query for each kind of record."""
        wanted: defaultdict[type[Model], set[Any]] = defaultdict(set)
        for version in versions:
            for name, value in version.items():
                field = model._meta.get_field(name)
                if field.related_model is not None and value not in EMPTY:
                    wanted[field.related_model].update(value if field.many_to_many else [value])
        for other, keys in wanted.items():
            self.of(other, keys)

    def of(self, model: type[Model], keys: Iterable[Any]) -> list[str]:
        known = self._known[model]
        missing = set(keys) - known.keys()
        if missing:
            rows = model._default_manager.select_related(*JOINED.get(model, ())).in_bulk(list(missing))
            # What is gone has no name any more; its number still tells that it was there.
            known.update((key, str(rows.get(key, key))) for key in missing)
        return sorted(known[key] for key in keys)


def differences(
    model: type[Model],
    before: Mapping[str, Any] | None,
    after: Mapping[str, Any],
    names: Names | None = None,
) -> list[Difference]:
    """The fields in which two versions (``queries.values_of``) differ; without an earlier one, all that are not empty.

    A query for each kind of record that is referred to and that ``names`` does not know.
    """
    names = names or Names()
    found = []
    for name, value in after.items():
        earlier = before.get(name) if before is not None else None
        if earlier == value or (before is None and (value in EMPTY or value is False or value == [])):
            continue
        field = model._meta.get_field(name)
        found.append(Difference(name, label_of(field), in_words(field, earlier, names), in_words(field, value, names)))
    return found


def label_of(field: Field[Any, Any]) -> str:
    return capfirst(str(field.verbose_name))


def in_words(field: Field[Any, Any], value: Any, names: Names | None = None) -> str:
    """The value of a field as people read it: names for keys, words for codes."""
    if field.related_model is not None:
        if value in EMPTY:
            return ""
        return ", ".join((names or Names()).of(field.related_model, value if field.many_to_many else [value]))
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if value in EMPTY:
        return ""
    words = getattr(field, "words", None)
    if words is not None:
        word = words._value2member_map_.get(value, value)
        return gettext(word.label) if isinstance(word, Word) else str(word)
    if isinstance(value, Decimal):
        return wording.number(value, 3)
    if isinstance(value, date):
        return date_format(value, "DATE_FORMAT")
    if isinstance(value, list):
        return "\n".join(map(str, value))
    if field.get_internal_type() == "FileField":
        return PurePosixPath(str(value)).name
    return str(value)
