"""The cast of the desk, signed in, over a small world."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from django.utils import translation

from targets.models import Target
from tests import world


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    """A page asked for in Russian leaves its language behind in the thread."""
    with translation.override("en"):
        yield


@pytest.fixture
def targets(db: None) -> dict[str, Target]:
    return world.make_world()


@pytest.fixture
def cast(db: None) -> dict[str, Any]:
    return {
        "analyst": world.make_user("ana", "analyst"),
        "editor": world.make_user("edo", "editor"),
        "superuser": get_user_model().objects.create_superuser("sue", password="made up for tests"),
        "stranger": world.make_user("stan", ""),
        "anonymous": None,
    }


@pytest.fixture
def desk(cast: dict[str, Any]) -> Callable[[str], Client]:
    """A browser in which one of the cast is signed in."""

    def signed_in(name: str) -> Client:
        client = Client()
        if cast[name]:
            client.force_login(cast[name])
        return client

    return signed_in


def decide(client: Client, action: str, *records: Any, **sent: str) -> Any:
    """The answer of a list to the action, after its page of what was chosen was looked at and sent as it was."""
    listed = reverse(f"admin:targets_{records[0]._meta.model_name}_changelist")
    chosen = {"action": action, "_selected_action": [record.pk for record in records]}
    shown = client.post(listed, chosen)
    rows = shown.context.get("rows", []) if shown.context else []
    return client.post(listed, {**chosen, "decided": "1", **{row.field: row.version for row in rows}, **sent})
