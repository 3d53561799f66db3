"""What an operator says in environment variables, read strictly.

A name that is set to nonsense stops the start with a sentence that says what to write instead: a typing error
in an environment file must never quietly become a default.
"""

from __future__ import annotations

import os
import secrets
import tempfile
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent


def env_text(name: str, default: str, *, choices: tuple[str, ...] = ()) -> str:
    """The text in ``name``, or ``default`` where it is unset or empty; one of ``choices`` where there are any."""
    value = os.environ.get(name, "").strip() or default
    if choices and value not in choices:
        raise ImproperlyConfigured(f"{name} is {value!r}. Use one of: {', '.join(choices)}.")
    return value


def env_bool(name: str, default: bool) -> bool:
    """True or False as ``name`` says it: 1/0, true/false, yes/no, on/off."""
    value = env_text(name, str(default)).lower()
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    raise ImproperlyConfigured(f"{name} is {value!r}, which is neither yes nor no. Use 1 or 0.")


def env_int(name: str, default: int, *, least: int = 0) -> int:
    """The whole number in ``name``, not below ``least``."""
    value = env_text(name, str(default))
    try:
        number = int(value)
    except ValueError:
        raise ImproperlyConfigured(f"{name} is {value!r}. Use a whole number, for instance {default}.") from None
    if number < least:
        raise ImproperlyConfigured(f"{name} is {number}. The least it can be is {least}.")
    return number


def env_list(name: str, default: str) -> list[str]:
    """The items of ``name``, which are separated by commas; blanks around them do not count."""
    return [item.strip() for item in env_text(name, default).split(",") if item.strip()]


def env_hosts(name: str, default: str) -> list[str]:
    """The host names in ``name``, without scheme, path or port."""
    hosts = env_list(name, default)
    for host in hosts:
        if "/" in host or (":" in host and not host.startswith("[")):
            raise ImproperlyConfigured(f"{name} holds {host!r}. Write the bare host name, as in trade.example.org.")
        if host == "*":
            raise ImproperlyConfigured(f"{name} holds '*', which lets anyone forge links. Name the hosts.")
    return hosts


def env_folder(name: str, default: Path) -> Path:
    """The folder in ``name``; a relative one counts from the project's own folder."""
    folder = BASE_DIR / env_text(name, str(default))
    if folder.exists() and not folder.is_dir():
        raise ImproperlyConfigured(f"{name} is {str(folder)!r}, which is a file. Name a folder.")
    return folder


def env_secret(name: str, file: Path) -> str:
    """The secret in ``name``, else the one kept in ``file``, which is made on first use and readable by its owner only.

    So no secret is ever shipped or shared by two sites, and a bare machine needs no set-up.
    """
    value = os.environ.get(name, "").strip()
    if value:
        if len(value) < 50 or len(set(value)) < 8:
            raise ImproperlyConfigured(
                f"{name} is too easy to guess. Use 50 random characters or more, for instance what "
                "`python -c 'import secrets; print(secrets.token_urlsafe(48))'` prints."
            )
        return value
    try:
        if not file.exists():
            file.parent.mkdir(parents=True, exist_ok=True)
            # Several workers may start at once: each writes its own file whole, the first link wins, all read that one.
            handle, draft = tempfile.mkstemp(dir=file.parent)
            with os.fdopen(handle, "w", encoding="ascii") as stream:
                stream.write(secrets.token_urlsafe(48))
            try:
                os.link(draft, file)
            except FileExistsError:
                pass
            finally:
                os.unlink(draft)
        value = file.read_text(encoding="ascii").strip()
    except OSError as error:
        raise ImproperlyConfigured(
            f"{name} is not set and {str(file)!r} cannot be used instead ({error.strerror}). Set one of the two right."
        ) from error
    if len(value) < 50:
        raise ImproperlyConfigured(f"{str(file)!r} holds no secret of 50 characters. Delete it to have a new one made.")
    return value


def env_database(name: str, default: Path, *, keep_seconds: int) -> dict[str, Any]:
    """The database at the address in ``name``, PostgreSQL or SQLite; without one, SQLite in the file ``default``."""
    url = os.environ.get(name, "").strip() or f"sqlite:///{default}"
    scheme = url.partition("://")[0]
    if scheme not in {"postgresql", "postgres", "sqlite"}:
        # The address itself stays out of the message: it may hold a password.
        raise ImproperlyConfigured(
            f"{name} begins with {scheme[:20]!r}. Use postgresql://user:password@host:5432/name or sqlite:////folder/file."
        )
    try:
        database: dict[str, Any] = dict(dj_database_url.parse(url, conn_max_age=keep_seconds, conn_health_checks=True))
    except ValueError:
        raise ImproperlyConfigured(
            f"{name} cannot be read as an address. Percent-encode special characters in the user name and the password."
        ) from None
    if not database["NAME"]:
        raise ImproperlyConfigured(f"{name} names no database. Add it: {scheme}://…/name.")
    if scheme == "sqlite":
        Path(database["NAME"]).parent.mkdir(parents=True, exist_ok=True)
        database["OPTIONS"] = {
            # Seconds a writer waits for another one before it gives up.
            "timeout": 20,
            # The write lock is taken as a transaction begins: upgrading a read lock fails at once, without waiting.
            "transaction_mode": "IMMEDIATE",
            # Readers go on while a writer writes. With WAL, NORMAL survives a killed process without a sync each time.
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
        }
    return database


def env_mail(name: str) -> dict[str, Any]:
    """Django's settings for the mail server at the address in ``name``; without one, letters are printed to the log."""
    url = os.environ.get(name, "").strip()
    if not url:
        return {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}
    # The address itself stays out of the messages: it may hold a password.
    schemes = {"smtp": 587, "smtps": 465, "smtp+plain": 25}
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise ImproperlyConfigured(
            f"{name} cannot be read as an address. Percent-encode special characters in the user name and the password."
        ) from None
    if parts.scheme not in schemes:
        raise ImproperlyConfigured(
            f"{name} begins with {url.partition('://')[0][:20]!r}. Use smtp://user:password@host:587 (STARTTLS), "
            "smtps://… (encrypted from the start) or smtp+plain://host:25 (not encrypted, for a relay on this machine)."
        )
    if not parts.hostname:
        raise ImproperlyConfigured(f"{name} names no mail server. Add it: {parts.scheme}://user:password@host.")
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": port or schemes[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp",
        "EMAIL_USE_SSL": parts.scheme == "smtps",
    }
