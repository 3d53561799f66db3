"""The journal: one line for each action, in the same transaction as what it did."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, Group
from django.db import transaction
from django.db.models import Model

from targets.models import AuditEvent
from targets.queries import forget_data_version
from targets.records import Verb


class ActionRefused(Exception):  # a refusal is an answer, not an error
    """An action that is not allowed or makes no sense; says why in plain words, and which field is concerned."""

    def __init__(self, reason: str, *, field: str = "") -> None:
        super().__init__(reason)
        self.field = field


def record(
    *,
    by: AbstractBaseUser,
    verb: str,
    record: Model | None = None,
    reason: str = "",
    counts: Mapping[str, Any] | None = None,
) -> AuditEvent:
    """The line written: who did what to which record, why, and how many things changed.

    Without a record the whole of the data is meant. ValueError for a verb that has no words.
    """
    kind, key = named(record) if record is not None else ("data", "")
    event = AuditEvent.objects.create(
        by=by, verb=Verb(verb).value, object_kind=kind, object_key=key, reason=reason, counts=dict(counts or {})
    )
    transaction.on_commit(forget_data_version)
    return event


def named(record: Model) -> tuple[str, str]:
    """What kind of thing a record is to the journal, and the name that people know it by, where it has one."""
    if isinstance(record, AbstractBaseUser):
        return "account", record.get_username()
    if isinstance(record, Group):
        return "group", record.name
    name = next((name for name in ("slug", "key", "code") if hasattr(record, name)), "pk")
    return record._meta.model_name or "", str(getattr(record, name))
