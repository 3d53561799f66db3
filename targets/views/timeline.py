"""What is due when, and what changed lately."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from targets import filters, queries
from targets.views.freshness import fresh_now, utc_today
from targets.views.pages import shown
from targets.wording import changes_head, deadlines_head, language


@fresh_now
def deadlines(request: HttpRequest) -> HttpResponse:
    """How many targets are due in each year and how they stand, and those of one year."""
    year, number = filters.due(request.GET)
    today = utc_today()
    page = queries.deadlines_page(today=today, year=year, page=number)
    if page is None:
        raise Http404(
            _("The list has no page %(number)s.") % {"number": number}
            if number > 1
            else _("Nothing is due in %(year)s.") % {"year": year}
        )
    head = deadlines_head(year, number)
    return shown(request, "targets/deadlines.html", head, {"page": page, "this_year": today.year})


@fresh_now
def changes(request: HttpRequest) -> HttpResponse:
    """What changed lately, the newest first, of one kind or economy where asked for."""
    form = filters.ChangesForm(request.GET, queries.economies(language(), request.GET.get("economy", "")))
    kind, economy, number = form.asked()
    found = queries.change_list(kind, economy, number)
    if found is None:
        raise Http404(_("The list has no page %(number)s.") % {"number": number})
    return shown(request, "targets/changes.html", changes_head(number), {"form": form, "list": found})
