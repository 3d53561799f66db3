"""Records without versions of their own: what the journal says of them is their history."""

from __future__ import annotations

from typing import Any

from django.contrib.admin.utils import unquote
from django.contrib.admin.views.main import PAGE_VAR
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from targets.actions.journal import named
from targets.admin.desk import DeskAdmin
from targets.models import AuditEvent
from targets.records import Verb

LINES_A_PAGE = 100


def verb_words(verb: str) -> str:
    """What was done, in the reader's language; a verb of a later version as it is stored."""
    word = Verb._value2member_map_.get(verb)
    return gettext(word.label) if isinstance(word, Verb) else verb


DETAILS = {
    "given": _("given: %(what)s"),
    "taken": _("taken away: %(what)s"),
    "people": _("from: %(what)s"),
    "groups": _("groups: %(what)s"),
    "superuser": _("superuser: %(what)s"),
    "name": _("name: %(what)s"),
}
"""Of what a line of the journal counts: what is said in words beside it."""


def details(line: AuditEvent) -> list[str]:
    """What changed in rights, in the reader's language; nothing for a line about other things."""
    return [
        told % {"what": _plainly(line.counts[name])}
        for name, told in DETAILS.items()
        if isinstance(line.counts.get(name), list)
    ]


def _plainly(values: list[Any]) -> str:
    """A list as it is; before and after with an arrow between them."""
    if len(values) == 2 and all(isinstance(value, list | bool) for value in values):
        return " → ".join(_plainly(value) if isinstance(value, list) else _yes(value) for value in values)
    return ", ".join(map(str, values)) or "–"


def _yes(value: bool) -> str:
    return gettext("yes") if value else gettext("no")


class JournaledAdmin(DeskAdmin):
    """Records without versions of their own: the journal is their history."""

    def journal_of(self, obj: Any) -> QuerySet[AuditEvent]:
        """The lines of the journal about the record."""
        kind, key = named(obj)
        return AuditEvent.objects.filter(object_kind=kind, object_key=key)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        obj = self.get_object(request, unquote(object_id))
        if obj is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_view_permission(request, obj):
            raise PermissionDenied
        lines = self.journal_of(obj).select_related("by").order_by("-id")
        page = Paginator(lines, LINES_A_PAGE).get_page(request.GET.get(PAGE_VAR))
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("History: %(record)s") % {"record": obj},
            "module_name": capfirst(str(self.opts.verbose_name_plural)),
            "object": obj,
            "opts": self.opts,
            "page": page,
            "lines": [(line, verb_words(line.verb), details(line)) for line in page],
            "page_var": PAGE_VAR,
            **(extra_context or {}),
        }
        return TemplateResponse(request, "admin/targets/journal_history.html", context)
