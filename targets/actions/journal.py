"""The journal that every action writes to, and how an action says no."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import Model

from targets.models import AuditEvent
from targets.queries import forget_data_version


class ActionRefused(Exception):
    """An action that was not allowed or made no sense; the message says why in plain words.

    ``field`` names what has to be put right, where it is one thing; a form shows the message there.
    """

    def __init__(self, message: str, *, field: str = "") -> None:
        super().__init__(message)
        self.field = field


def record(
    *, by: AbstractBaseUser, verb: str, record: Model, reason: str = "", counts: Mapping[str, Any] | None = None
) -> AuditEvent:
    """The line just written, in the same transaction as what it tells; readers' pages see the new version of the data at once."""
    event = AuditEvent.objects.create(
        by=by,
        verb=verb,
        object_kind=record._meta.model_name,
        object_key=key_of(record),
        reason=reason,
        counts=dict(counts or {}),
    )
    transaction.on_commit(forget_data_version)
    return event


def key_of(record: Model) -> str:
    """What people call the record by: its slug, code or key, else its number."""
    for name in ("slug", "key", "code"):
        if value := getattr(record, name, ""):
            return str(value)
    return str(record.pk)
