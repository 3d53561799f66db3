"""Answers to what cannot be answered, in the format of what was asked for."""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import BadRequest, DisallowedHost
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.template import loader
from django.urls import Resolver404
from django.utils.translation import gettext as _

from targets.filters import BadParameter


class NotRecordedYet(Http404):
    """A target that readers see today, asked for as of a day before it became public. Says nothing of any other."""


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: a parameter means nothing, or the request itself is malformed."""
    if isinstance(exception, BadParameter):
        return _answer(request, 400, "bad_parameter", str(exception), {exception.parameter: [exception.allowed]})
    if isinstance(exception, DisallowedHost):
        # A page would print links that begin with the forged name.
        return HttpResponse("400: unknown host name\n", status=400, content_type="text/plain; charset=utf-8")
    # What our own code refuses says why; Django's own refusals are for the log.
    told = str(exception) if type(exception) is BadRequest else ""
    return _answer(request, 400, "bad_request", told or _("This request cannot be understood."))


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: not for this reader."""
    return _answer(request, 403, "forbidden", _("This is not open to you."))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: nothing has this address."""
    told = "" if isinstance(exception, Resolver404) else str(exception)
    return _answer(
        request,
        404,
        "not_found",
        told or _("There is nothing at this address."),
        early=isinstance(exception, NotRecordedYet),
    )


def explained_refusals(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """A middleware: 405 with our page, where Django answers a method that the address does not know with nothing."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.status_code != 405 or response.content:
            return response
        told = _answer(request, 405, "method_not_allowed", _("This address cannot be asked in this way."))
        told["Allow"] = response["Allow"]
        return told

    return answer


def server_error(request: HttpRequest) -> HttpResponse:
    """500: the fault is ours. Asks neither database nor session, which may be what failed."""
    return _answer(request, 500, "server_error", _("Something went wrong here; the fault is ours."), page_needs=False)


def _answer(
    request: HttpRequest,
    status: int,
    code: str,
    message: str,
    fields: dict[str, list[str]] | None = None,
    page_needs: bool = True,
    early: bool = False,
) -> HttpResponse:
    name = request.path_info.rpartition("/")[2]
    if name.endswith(".json"):
        error = {"code": code, "message": message, "fields": fields or {}}
        return JsonResponse({"error": error}, status=status, json_dumps_params={"ensure_ascii": False})
    if "." in name:
        return HttpResponse(f"{status}: {message}\n", status=status, content_type="text/plain; charset=utf-8")
    page = loader.render_to_string(
        f"{status}.html", {"message": message, "early": early}, request if page_needs else None
    )
    return HttpResponse(page, status=status)
