"""Whether a chart that was printed still holds, and what changed since."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString

from targets import gallery, queries
from targets.exports import svg
from targets.records import METHOD, ChartCode, UnknownCode, read_code
from targets.views.charts import path_of
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
    return render(request, "targets/verify.html", {"code": read, **told}, status=200 if "chart_svg" in told else 404)


def _found(code: ChartCode, today: date) -> dict[str, object]:
    """What the page shows: ``standing``, and the rest where there is something to be seen."""
    as_of = queries.moment_of(code.version) if code.version else code.day
    if as_of is None or code.day > today:
        return {"standing": "unknown"}
    now = gallery.drawn_again(code, today=today)
    if now is None:
        # Whatever readers may not see any more, a code does not bring back.
        return {"standing": "gone"}
    then = gallery.drawn_again(code, today=code.day, as_of=as_of)
    present = gallery.edition_of(code.kind, now[0])
    changes = gallery.edition_of(code.kind, then[0]).changes_to(present) if then else ()
    same = code.state == present.state and code.method == METHOD
    return {
        "standing": "current" if same else "superseded" if changes or code.method != METHOD else "unclear",
        "changes": () if same else change_sentences(changes, gallery.pairs_of(now[0])),
        "method": None if code.method == METHOD else METHOD,
        "chart_svg": _still(then or now),
        "title_then": _title(then or now),
        "title": _title(now),
        "path": path_of(now[0]),
    }


def _still(drawn: tuple[gallery.Page, gallery.Figure]) -> SafeString:
    return SafeString(svg.inline(drawn[1]))


def _title(drawn: tuple[gallery.Page, gallery.Figure]) -> str:
    return str(drawn[1]["layout"]["meta"]["title"])
