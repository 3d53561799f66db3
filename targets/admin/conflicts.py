"""Two people on one record: what the other one saved meanwhile, beside what was typed here, and who chose what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db.models import DecimalField, Model, QuerySet
from django.forms.models import BaseInlineFormSet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from targets import queries
from targets.actions import editing
from targets.admin.differences import in_words, label_of

THEIRS, MINE = "theirs", "mine"
MOST_PARTS = 200
"""More parts than any document has; a form that claims to have more is not looked through."""
SAVED_MEANWHILE = _(
    "This record was saved while you had it open. Nothing is lost and nothing of yours is stored yet: choose above "
    "what shall stand, then save again."
)


@dataclass(frozen=True, slots=True)
class Choice:
    """A field in which the stored version differs from the one typed here."""

    name: str
    """Of the radio buttons."""
    label: str
    opened: str
    """What it said when the page was opened."""
    stored: str
    typed: str
    take: str
    """Which is proposed or was chosen; empty where both sides changed it and nobody has chosen yet."""
    unanswered: bool = False
    """Whether the page that asked was sent without a choice here."""
    figure: bool = False
    """Whether its values are numbers, which no line may break."""


@dataclass(slots=True)
class Conflict:
    """What stands against saving a form that was opened before somebody else saved the record."""

    choices: list[Choice] = field(default_factory=list)
    taken: list[str] = field(default_factory=list)
    """Names of the radio buttons that were answered with "theirs": these fields hold the stored value already."""
    open: bool = False
    """Whether anything is still to be chosen, or was never shown."""
    notes: list[str] = field(default_factory=list)
    who: str = ""
    when: datetime | None = None
    own: bool = False
    """Whether it was the same person, in another window or by a second press of the button."""

    def last_saved(self, edit: Any, person: Any) -> None:
        """Nothing: notes of the version that stands who made it, when, and whether that is who is told of it."""
        if edit is not None:
            self.who, self.when = str(edit.history_user or ""), edit.history_date
            self.own = edit.history_user_id is not None and edit.history_user_id == person.pk


def radio(prefix: str, name: str) -> str:
    return f"take-{prefix}-{name}" if prefix else f"take-{name}"


def take_theirs(form: forms.BaseForm, data: Mapping[str, Any]) -> list[str]:
    """The radio buttons by which "theirs" was chosen; their fields then hold what is stored, whatever is sent."""
    prefix = form.prefix or ""
    taken = [name for name in form.fields if data.get(radio(prefix, name)) == THEIRS]
    # Who does not remove a part after all leaves the whole of it to the other one.
    for name in form.fields if "DELETE" in taken else taken:
        form.fields[name].disabled = name != "id"
    return [radio(prefix, name) for name in taken]


def typed(form: forms.ModelForm, name: str) -> Any:
    """What was typed into a field of a cleaned form, in the shape of ``queries.values_of``; as sent if it is none."""
    if name not in form.cleaned_data:
        sent = form[name].data
        return ", ".join(sent) if isinstance(sent, list) else sent
    value = form.cleaned_data[name]
    if isinstance(value, Model):
        return value.pk
    if isinstance(value, QuerySet):
        return frozenset(one.pk for one in value)
    if form.instance._meta.get_field(name).get_internal_type() == "FileField":
        return str(value or "")
    return value


def compare(
    form: forms.ModelForm,
    opened: Mapping[str, Any] | None,
    stored: Mapping[str, Any],
    data: Mapping[str, Any],
    shown: bool,
) -> Conflict:
    """What differs between a cleaned form and the record as it is stored, and whether it was all chosen.

    ``opened`` is what the record said when its page was opened, None where that is not known; ``shown`` tells whether
    ``data`` answers a page that showed just this stored version.
    """
    conflict = Conflict()
    prefix = form.prefix or ""
    theirs_changed = False
    for name in form.fields:
        if name not in stored:
            continue
        mine, theirs, before = typed(form, name), stored[name], opened.get(name) if opened is not None else None
        if _same(mine, theirs):
            continue
        they = opened is None or not _same(before, theirs)
        i = opened is None or not _same(before, mine)
        theirs_changed |= they
        button = radio(prefix, name)
        answer = str(data.get(button, "")) if shown else ""
        proposed = MINE if not they else THEIRS if not i else ""
        conflict.open |= they and answer != MINE
        model_field = form.instance._meta.get_field(name)
        conflict.choices.append(
            Choice(
                name=button,
                label=label_of(model_field),
                opened=in_words(model_field, before) if opened is not None else "",
                stored=in_words(model_field, theirs),
                typed=str(mine) if name not in form.cleaned_data else in_words(model_field, mine),
                take=answer or proposed,
                unanswered=shown and not (answer or proposed),
                figure=isinstance(model_field, DecimalField),
            )
        )
    if not theirs_changed:
        # What only this side changed is no conflict; it is shown beside one, for the whole picture.
        conflict.open = False
    return conflict


def _same(one: Any, other: Any) -> bool:
    # An empty text and none are one to whoever looks at a form.
    return one == other or (one in (None, "", []) and other in (None, "", []))


class PartsFormSet(BaseInlineFormSet):
    """The parts of a record, edited on its page: compared one by one with what somebody else saved meanwhile."""

    conflict: Conflict | None = None
    user: Any = None

    def __init__(self, data: Any = None, files: Any = None, instance: Any = None, **options: Any) -> None:
        self.notes: list[str] = []
        self.stale = False
        if data is not None and instance is not None and instance.pk:
            # Without a mark, or with one that no version has, nothing is known of what was seen: all is compared.
            opened, current = data.get("version", ""), queries.version_of(instance)
            self.stale = opened.partition(".")[2] != current.partition(".")[2]
            self.shown = data.get("seen") == current
            if self.stale:
                self.opened = queries.parts_at(instance, opened)
                self.stored = queries.parts_at(instance, current)
                data = self._without_gone(data, options.get("prefix") or self.get_default_prefix())
        super().__init__(data, files, instance, **options)

    def _without_gone(self, data: Any, prefix: str) -> Any:
        """The data with the parts that somebody removed meanwhile as new ones if changed here, else left out."""
        data = data.copy()
        counts = [data.get(f"{prefix}-{name}_FORMS", "") for name in ("TOTAL", "INITIAL")]
        if not all(count.isdecimal() and len(count) < 5 for count in counts):
            return data  # Django says that the form was tampered with
        total, initial = map(int, counts)
        rows: list[dict[str, Any]] = []
        for number in range(total):
            start = f"{prefix}-{number}-"
            rows.append({key.removeprefix(start): data[key] for key in list(data) if key.startswith(start)})
            for key in [key for key in data if key.startswith(start)]:
                del data[key]
        kept, new = [], rows[initial:]
        for row in rows[:initial]:
            sent = row.get("id", "")
            key = int(sent) if sent.isdecimal() and len(sent) < 19 else None
            if key is None or key in self.stored:
                kept.append(row)
                continue
            before = queries.values_of(self.opened[key]) if key in self.opened else {}
            names = [name for name in self.form.base_fields if name in row]
            changed = [name for name in names if str(row[name]).strip() != _plain(before.get(name))]
            if changed and "DELETE" not in row:
                new.insert(0, {name: value for name, value in row.items() if name != "id"})
                self.notes.append(
                    gettext("Removed by somebody else, changed by you, and below as a new one: “%(text)s”")
                    % {"text": row.get("text", "")}
                )
        for number, row in enumerate([*kept, *new]):
            data.update({f"{prefix}-{number}-{name}": value for name, value in row.items()})
        data[f"{prefix}-INITIAL_FORMS"], data[f"{prefix}-TOTAL_FORMS"] = str(len(kept)), str(len(kept) + len(new))
        return data

    def add_fields(self, form: forms.ModelForm, index: int | None) -> None:
        super().add_fields(form, index)
        if self.stale and self.is_bound and form.instance.pk:
            self._taken = [*getattr(self, "_taken", []), *take_theirs(form, self.data)] if self.shown else []

    def clean(self) -> None:
        super().clean()
        if self.stale:
            self._compare()
        seen = editing.seen_by_readers(self.instance)
        if seen and self.has_changed() and not self.data.get("change_reason", "").strip():
            raise ValidationError(editing.unexplained())

    def _compare(self) -> None:
        """Nothing: says what somebody else saved of the parts since the page was opened, where it differs."""
        whole = Conflict(notes=self.notes, taken=getattr(self, "_taken", []), open=bool(self.notes) and not self.shown)
        for form in self.initial_forms:
            key = form.instance.pk
            if key not in self.stored or not hasattr(form, "cleaned_data"):
                continue
            opened = queries.values_of(self.opened[key]) if key in self.opened else None
            stored = queries.values_of(self.stored[key])
            conflict = compare(form, opened, stored, self.data, self.shown)
            if form.cleaned_data.get("DELETE") and opened != stored:
                answer = self.data.get(radio(form.prefix, "DELETE"), "") if self.shown else ""
                conflict.choices = [
                    Choice(
                        name=radio(form.prefix, "DELETE"),
                        label=gettext("Remove"),
                        opened="",
                        stored=str(self.stored[key].text),
                        typed=gettext("removed"),
                        take=answer,
                        unanswered=self.shown and not answer,
                    )
                ]
                conflict.open = answer != MINE
            whole.choices += conflict.choices
            whole.open |= conflict.open
        whole.last_saved(queries.parts_of(self.instance).first(), self.user)
        self.conflict = whole
        if whole.open:
            raise ValidationError(SAVED_MEANWHILE, code="overtaken")


def typed_parts(record: Model, data: Mapping[str, Any]) -> list[list[tuple[str, str]]]:
    """What was sent of the parts of a record and is not stored, part by part: label and text of each field."""
    part, field = queries.PARTS[type(record)]
    prefix = part._meta.get_field(field).remote_field.get_accessor_name()  # type: ignore[union-attr]
    stored = {str(one.pk): one for one in part._default_manager.filter(**{field: record.pk})}
    # What was sent with a key is that part; a new one may be any of the others.
    named = {str(data.get(f"{prefix}-{number}-id", "")) for number in range(MOST_PARTS)}
    others = [one for key, one in stored.items() if key not in named]
    names = [name for name in queries.content_fields(part) if name != field]
    rows = []
    for number in range(MOST_PARTS):
        sent = {name: str(data[key]) for name in names if (key := f"{prefix}-{number}-{name}") in data}
        if not any(text.strip() for name, text in sent.items() if name != "state"):
            continue
        known = stored.get(str(data.get(f"{prefix}-{number}-id", "")))
        removed = f"{prefix}-{number}-DELETE" in data
        if known is None:
            known = next((one for one in others if _holds(one, sent)), None)
            others = [one for one in others if one is not known]
        if removed or known is None or not _holds(known, sent):
            rows.append([(label_of(part._meta.get_field(name)), text) for name, text in sent.items() if text.strip()])
            if removed:
                rows[-1].insert(0, (gettext("Remove"), gettext("yes")))
    return rows


def hash_of(file: UploadedFile) -> str:
    """SHA-256 of what was sent, in hexadecimal digits; read piece by piece."""
    mark = sha256()
    for piece in file.chunks():
        mark.update(piece)
    return mark.hexdigest()


def _holds(part: Model, sent: Mapping[str, str]) -> bool:
    """Whether the stored part says what was sent, read as its form reads it: dates of the language, ends of lines."""
    for name, text in sent.items():
        field = part._meta.get_field(name).formfield()  # type: ignore[union-attr]
        if field.has_changed(_lines(getattr(part, name)), _lines(text)):
            return False
    return True


def _lines(value: Any) -> Any:
    return value.replace("\r\n", "\n") if isinstance(value, str) else value


def _plain(value: Any) -> str:
    return "" if value is None else str(value)
