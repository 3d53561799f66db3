"""The readers' pages."""

from __future__ import annotations

from itertools import zip_longest

from csp.decorators import csp_update
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from targets import filters, gallery, queries
from targets.exports import svg
from targets.records import TargetFilter, TargetPage
from targets.views.errors import NotRecordedYet
from targets.views.freshness import fresh, fresh_now, utc_today, wants_part
from targets.views.taking import charts_of, panel, usual
from targets.wording import (
    Head,
    about_head,
    citation,
    coverage_head,
    day,
    economies_head,
    economy_head,
    home_head,
    language,
    list_head,
    methodology_head,
    openness,
    pair_head,
    story,
    target_head,
)

explorable = csp_update({"img-src": ["blob:"]})
"""For pages whose charts can be explored: what plotly.js saves as PNG is a picture of the browser's own first."""


@fresh_now
def home(request: HttpRequest) -> HttpResponse:
    """What is tracked and how it stands."""
    today = utc_today()
    page = queries.home_page(today=today)
    return shown(request, "targets/home.html", home_head(page), {"page": page, "today": today})


@fresh_now
def target_list(request: HttpRequest) -> HttpResponse:
    """The targets that pass the filters of the address; for htmx the table alone."""
    form = filters.TargetFilterForm(request.GET, queries.economies(language(), request.GET.get("economy", "")))
    asked, number = form.asked()
    conditions = filters.conditions(asked, form.economies.get(asked.economy))
    found = queries.target_list(asked, number, [one.without for one in conditions])
    if found is None:
        raise Http404(_("The list has no page %(number)s.") % {"number": number})
    words = list_words(form, asked, found.total)
    context = {
        "list": found,
        "filter": asked,
        "words": words,
        "form": form,
        "choices": form.choices,
        "conditions": list(zip_longest(conditions, found.looser)),
        "chosen": queries.targets_of(filters.compared(request.GET)),
        "part": wants_part(request),
    }
    template = "targets/partials/target_table.html" if context["part"] else "targets/target_list.html"
    return shown(request, template, list_head(words, narrowed=form.narrowed, page=number), context)


@explorable
@fresh
def target(request: HttpRequest, slug: str) -> HttpResponse:
    """One target: verdict, chart, readings, statements, documents, figures."""
    today = utc_today()
    page = queries.target_page(slug, today=today, as_of=filters.past_day(request.GET, today))
    if page is None:
        return moved_target(request, slug)
    openings = openness(page.target, page.assessment, page.reworded)
    head = target_head(page)
    context = {
        "page": page,
        "sentence": head.description,
        "story": story(page, page.as_of or today),
        "citation": citation(page, address_of(request, page), today),
        "taking": panel(request, page, usual(page), today),
        "chart_svg": SafeString(svg.inline(gallery.trajectory_of(page))),
        "openings": openings,
        "depends": any(one.depends for one in openings),
    }
    return shown(request, "targets/target.html", head, context)


@explorable
@fresh
def pair(request: HttpRequest, slug: str) -> HttpResponse:
    """One pair: its targets and both sides' figures."""
    today = utc_today()
    page = queries.pair_page(slug, today=today, as_of=filters.past_day(request.GET, today))
    if page is None:
        raise Http404(_("No pair of economies has this address."))
    drawn = charts_of(page)
    context = {
        "page": page,
        "chart_svg": SafeString(svg.inline(gallery.mirror_of(page))) if "mirror" in drawn else "",
        "goalposts_svg": SafeString(svg.inline(gallery.goalposts_of(page))) if "goalposts" in drawn else "",
        "taking": panel(request, page, usual(page), today) if drawn else None,
    }
    return shown(request, "targets/pair.html", pair_head(page), context)


@fresh_now
def economy_list(request: HttpRequest) -> HttpResponse:
    """The economies that have targets."""
    number = filters.page(request.GET)
    rows = queries.economy_rows(language(), number)
    if rows is None:
        raise Http404(_("The list has no page %(number)s.") % {"number": number})
    return shown(request, "targets/economy_list.html", economies_head(number), {"rows": rows})


@explorable
@fresh_now
def economy(request: HttpRequest, code: str) -> HttpResponse:
    """One economy: its targets and its partners."""
    today = utc_today()
    page = queries.economy_page(code, language(), today=today)
    if page is None:
        return moved_economy(request, code)
    # Drawn when the template asks for it: that is once for each version of the data.
    context = {"page": page, "scoreboard_svg": lambda: SafeString(svg.inline(gallery.scoreboard_of(page)))}
    return shown(request, "targets/economy.html", economy_head(page), context)


@fresh_now
def coverage(request: HttpRequest) -> HttpResponse:
    """Who reports what, until when; with an economy in the address, what that one reports of each partner."""
    today, number = utc_today(), filters.page(request.GET)
    code = request.GET.get("economy", "")
    context: dict[str, object] = {}
    known = {economy.code: economy for economy in queries.economies(language())} if code else {}
    if code:
        filters.choice(request.GET, "economy", tuple(sorted(known)))
        context |= {"economy": known[code], "page": queries.series_page(code, language(), number, today=today)}
    else:
        context["page"] = queries.coverage_page(language(), number, today=today)
    if context["page"] is None:
        raise Http404(_("The list has no page %(number)s.") % {"number": number})
    return shown(request, "targets/coverage.html", coverage_head(known.get(code), number), context)


@fresh_now
def methodology(request: HttpRequest) -> HttpResponse:
    """How targets are judged, with a real target for each rule."""
    context = {"method": queries.method_page(today=utc_today())}
    return shown(request, "targets/methodology.html", methodology_head(), context)


@fresh_now
def about(request: HttpRequest) -> HttpResponse:
    """What this is, where the data come from, on what terms."""
    return shown(request, "targets/about.html", about_head(), {})


def shown(request: HttpRequest, template: str, head: Head, context: dict[str, object]) -> HttpResponse:
    """A page that can be shared: ``head`` is what it says of itself, its card is of the present version of the data."""
    return render(request, template, {**context, "head": head, "data_version": queries.data_version()})


def list_words(form: filters.TargetFilterForm, asked: TargetFilter, total: int) -> str:
    """What a list of targets is narrowed to, and how many there are."""
    return filters.in_words(asked, total, form.economies.get(asked.economy))


def address_of(request: HttpRequest, page: TargetPage) -> str:
    """The whole address of a target's page in the reader's language, of the same day in the past."""
    path = reverse("target", args=[page.target.slug])
    return request.build_absolute_uri(path + filters.query(as_of=page.as_of))


def moved_target(request: HttpRequest, slug: str, **address: str) -> HttpResponse:
    """The way to where a target is now; Http404 if it never had this address, or not yet on the day asked for."""
    present = queries.target_slug_redirect(slug)
    if not present:
        if queries.targets_of([slug]):
            raise NotRecordedYet(_why_absent(request, slug))
        raise Http404(_("No target has this address."))
    return _lead_on(request, slug=present)


def _why_absent(request: HttpRequest, slug: str) -> str:
    """Why a target that readers see has no page of the past day that they ask for."""
    asked = filters.past_day(request.GET, utc_today())
    again = queries.published_again(slug, asked) if asked else None
    if again is None:
        return _("Nothing was recorded of this target yet by that day.")
    return _(
        "This target had been public by that day, was taken off the site, and is public again since %(day)s; "
        "what it was before can no longer be shown."
    ) % {"day": day(again.date())}


def moved_economy(request: HttpRequest, code: str) -> HttpResponse:
    """The way to the economy whose code the address writes in small letters; Http404 if no economy has it."""
    if code != code.upper() and queries.economy_page(code.upper(), language(), today=utc_today()):
        return _lead_on(request, code=code.upper())
    raise Http404(_("No economy has this code."))


def _lead_on(request: HttpRequest, **changed: str) -> HttpResponse:
    """The way for good to the same page, in the same language and with the same query, under its present address."""
    match = request.resolver_match
    if match is None:
        raise Http404
    query = request.META["QUERY_STRING"]
    url = reverse(match.view_name, kwargs={**match.kwargs, **changed})
    return HttpResponsePermanentRedirect(f"{url}?{query}" if query else url)
