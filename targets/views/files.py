"""The files of a target: its chart and its figures."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse


def target_chart(request: HttpRequest, slug: str, ext: str) -> HttpResponse:
    """The trajectory as a file."""
    raise Http404


def target_figures(request: HttpRequest, slug: str) -> HttpResponse:
    """The figures behind a target."""
    raise Http404
