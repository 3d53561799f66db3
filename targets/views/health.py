"""Two answers for machines: is the process alive, and can it serve readers."""

from __future__ import annotations

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


def _answer(text: str, status: int = 200) -> HttpResponse:
    response = HttpResponse(f"{text}\n", status=status, content_type="text/plain; charset=utf-8")
    if status == 503:
        response["Retry-After"] = "10"
    return response


@never_cache
@require_safe
def alive(request: HttpRequest) -> HttpResponse:
    """Says that the process answers; asks nothing of the database."""
    return _answer("alive")


@never_cache
@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """Says whether the database answers and has the shape that this version of the program expects."""
    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        # The driver's own words may name the host and the account: they belong into the log of the database.
        return _answer("not ready: the database cannot be reached", 503)
    if waiting:
        return _answer(f"not ready: {len(waiting)} migrations wait to be applied (manage.py migrate)", 503)
    return _answer("ready")
