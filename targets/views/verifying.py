"""Whether a chart that was printed still holds, and what changed since."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString

from targets import gallery, queries
from targets.exports import svg
from targets.records import METHOD, SHEET, ChartCode, TargetPage, UnknownCode, read_code
from targets.views.charts import compare_path, path_of
from targets.views.freshness import fresh, utc_today
from targets.wording import change_sentences


@fresh
def verify(request: HttpRequest, code: str) -> HttpResponse:
    """The chart with this code: whether it is current, what changed since, and the chart as it was."""
    try:
        read = read_code(code)
    except UnknownCode:
        return render(request, "targets/verify.html", {"standing": "unknown"}, status=404)
    if read.text != code:
        return HttpResponsePermanentRedirect(reverse("verify", args=[read.text]))
    told = _found(read, utc_today())
    return render(
        request,
        "targets/verify.html",
        {"code": read, "sheet": read.kind == SHEET, **told},
        status=200 if "path" in told else 404,
    )


def _found(code: ChartCode, today: date) -> dict[str, object]:
    """What the page shows: ``standing``, and the rest where there is something to be seen."""
    as_of = queries.moment_of(code.version) if code.version else code.day
    if as_of is None or code.day > today:
        return {"standing": "unknown"}
    now = gallery.drawn_again(code, today=today)
    if now is None:
        # Whatever readers may not see any more, a code does not bring back.
        merged = _merged(code)
        return {"standing": "merged", "path": merged} if merged else {"standing": "gone"}
    then = gallery.drawn_again(code, today=code.day, as_of=as_of)
    present = gallery.edition_of(code.kind, now[0])
    changes = gallery.edition_of(code.kind, then[0]).changes_to(present) if then else ()
    same = code.state == present.state and code.method == METHOD
    explained = then and (changes or code.method != METHOD)
    # Today's chart stands for the one that was printed where they say the same, and nowhere else.
    shown = now if same and then is None else then
    return {
        "standing": "current" if same else "superseded" if explained else "unclear",
        "changes": () if same else change_sentences(changes, gallery.pairs_of(now[0])),
        "method": None if code.method == METHOD else METHOD,
        "chart_svg": _still(shown) if shown else "",
        "title_then": _title(shown) if shown else "",
        "title": _title(now),
        "path": path_of(now[0]),
        "sheet_now": reverse("target-factsheet", args=[now[0].target.slug])
        if code.kind == SHEET and isinstance(now[0], TargetPage)
        else "",
    }


def _merged(code: ChartCode) -> str:
    """Where the targets are that became part of others, empty unless all of the chart's are public somewhere."""
    slugs = queries.slugs_after_merging(code.subjects) if code.kind in ("trajectory", "comparison", SHEET) else ()
    if len(slugs) == 1:
        return reverse("target", args=slugs)
    return compare_path(slugs) if slugs else ""


def _still(drawn: tuple[gallery.Page, gallery.Figure]) -> SafeString:
    return SafeString(svg.inline(drawn[1]))


def _title(drawn: tuple[gallery.Page, gallery.Figure]) -> str:
    return str(drawn[1]["layout"]["meta"]["title"])
