"""The door for WSGI servers: ``gunicorn tradewatch.wsgi``."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tradewatch.settings")

_site = get_wsgi_application()

# Only now: these need the applications to be loaded.
from targets.views.freshness import version  # noqa: E402
from tradewatch.kept import Kept  # noqa: E402

application = Kept(_site, version)
