"""Sessions in the database, looked for by keys that can be keys alone."""

from __future__ import annotations

from typing import Any

from django.contrib.sessions.backends import db


class SessionStore(db.SessionStore):
    """Django's own; a cookie that was never ours, with a NUL in it for instance, does not reach the database."""

    def _validate_session_key(self, key: Any) -> bool:
        sound = super()._validate_session_key(key)  # type: ignore[misc]  # the stubs leave it out
        return bool(sound) and str(key).isascii() and str(key).isalnum()
