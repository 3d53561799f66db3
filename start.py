#!/usr/bin/env python
"""Brings the site up: waits for the database, migrates, loads and judges what is new, and serves.

The same way for ``make run`` and for the container, so that each proves the other. Whatever stands in the
database stays: loading keeps what people edited, and accounts that exist keep their passwords.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import socket
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--desk", action="store_true", help="open the accounts analyst and editor; say how to sign in")
    parser.add_argument("--wait", type=float, default=60, metavar="SECONDS", help="how long to wait for the database")
    parser.add_argument("--only-prepare", action="store_true", help="stop before serving")
    options = parser.parse_args()

    os.chdir(ROOT)
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tradewatch.settings")
    address, port = os.environ.get("TRADEWATCH_ADDRESS") or "127.0.0.1", _port()
    if not options.only_prepare:
        _refuse_a_taken_port(address, port)

    import django
    from django.core.management import call_command

    django.setup()
    wait_for_database(options.wait)
    call_command("migrate", interactive=False, verbosity=0)
    load_catalogue_if_new()
    if options.desk:
        call_command("create_desk_accounts")
    if options.only_prepare:
        return
    site = f"http://{address}:{port}"
    say(f"Tradewatch is at {site}/ (Ctrl+C stops it).")
    if options.desk:
        say(f"Sign in at {site}/admin/ as analyst or as editor, with the password shown when the account was opened.")
        say("A new password: .venv/bin/python manage.py changepassword analyst")
        say("A superuser, who invites people: .venv/bin/python manage.py createsuperuser")
    os.execv(sys.executable, [sys.executable, "-m", "gunicorn", "tradewatch.wsgi"])


def wait_for_database(seconds: float) -> None:
    """Returns once the database answers; ends the program with a sentence when it does not within ``seconds``."""
    from django.db import OperationalError, connection

    until = time.monotonic() + seconds
    while True:
        try:
            connection.ensure_connection()
        except OperationalError as error:
            if time.monotonic() >= until:
                sys.exit(f"The database does not answer after {seconds:g} seconds: {error}")
            time.sleep(0.5)
        else:
            return


def load_catalogue_if_new() -> None:
    """Loads ``data/`` and judges all targets, unless this database holds just these files, read by just this program.

    Judges all, because another program may judge otherwise what was not loaded. A rejected record is named at every
    start and keeps no site from starting; files that cannot be read do.
    """
    from django.apps import apps
    from django.conf import settings
    from django.core.management import CommandError, call_command

    mark = settings.VAR_DIR / "loaded"
    now = fingerprint(ROOT / "data", ROOT / "targets") + "\n"
    # The mark alone would outlive a database that was thrown away.
    empty = not apps.get_model("targets", "Economy")._default_manager.exists()
    if not empty and mark.exists() and mark.read_text() == now:
        return
    say("Loading the catalogue …")
    try:
        call_command("load_catalogue")
    except CommandError as error:
        if error.returncode != 1:
            sys.exit(str(error))
        say(str(error))
        return
    call_command("refresh_judgements")
    mark.parent.mkdir(parents=True, exist_ok=True)
    mark.write_text(now)


def fingerprint(*folders: Path) -> str:
    """A digest of every file below ``folders``: their names and what is in them, bytecode aside."""
    digest = hashlib.sha256()
    for folder in folders:
        for file in sorted(folder.rglob("*")):
            if file.is_file() and file.suffix != ".pyc":
                digest.update(f"{file.relative_to(folder.parent).as_posix()}\0{file.stat().st_size}\0".encode())
                digest.update(file.read_bytes())
    return digest.hexdigest()


def _port() -> int:
    value = os.environ.get("PORT") or "8000"
    if not value.isdecimal() or not 0 < int(value) < 65536:
        sys.exit(f"PORT is {value!r}. Use a number from 1 to 65535.")
    return int(value)


def _refuse_a_taken_port(address: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except OSError as error:
            sys.exit(f"Cannot serve on {address}:{port} ({error.strerror}). Choose another port: PORT=8001 make run")


def say(text: str) -> None:
    print(text, flush=True)


if __name__ == "__main__":
    main()
