"""The page of what a search found."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from targets import filters, queries
from targets.views.freshness import fresh_now, wants_part
from targets.wording import language, search_head


@fresh_now
def search(request: HttpRequest) -> HttpResponse:
    """What was found for the words of the address, by kind; for htmx what was found alone."""
    q, kind, number = filters.searched(request.GET)
    found = queries.search_results(q, language(), kind, number)
    if found is None:
        raise Http404(_("The list has no page %(number)s.") % {"number": number})
    context = {"head": search_head(q, number), "q": q, "found": found, "kind": kind, "part": wants_part(request)}
    return render(request, "targets/partials/found.html" if context["part"] else "targets/search.html", context)
