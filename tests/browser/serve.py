"""Serves the made-up world from a database of its own until it is stopped; the first line printed is the address.

A process of its own, because Playwright keeps a loop running in the tests' thread, beside which Django opens no
database. Run as ``python -m tests.browser.serve`` with ``DATABASE_URL`` and ``DJANGO_SETTINGS_MODULE`` set.
"""

from __future__ import annotations

import sys

import django
from django.core.management import call_command
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.core.wsgi import get_wsgi_application


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


def main() -> None:
    django.setup()
    from targets.views import charts, comparing, embeds, files, oembed, pages, sharing, timeline
    from tests.world import TODAY, make_user, make_world

    call_command("migrate", verbosity=0)
    make_world()
    make_user("edo", "editor")
    make_user("sue", "editor", is_superuser=True, email="sue@desk.example")
    make_user("fay", "analyst", email="fay@desk.example")
    for module in (pages, files, charts, comparing, embeds, oembed, sharing, timeline):
        if hasattr(module, "utc_today"):
            module.utc_today = lambda: TODAY
    with ThreadedWSGIServer(("localhost", 0), _Quiet) as server:
        server.set_app(get_wsgi_application())
        sys.stdout.write(f"http://localhost:{server.server_port}\n")
        sys.stdout.flush()
        server.serve_forever()


if __name__ == "__main__":
    main()
