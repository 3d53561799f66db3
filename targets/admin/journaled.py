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

from targets.actions.journal import named
from targets.admin.desk import DeskAdmin
from targets.models import AuditEvent
from targets.records import Verb

LINES_A_PAGE = 100


def verb_words(verb: str) -> str:
    """What was done, in the reader's language; a verb of a later version as it is stored."""
    word = Verb._value2member_map_.get(verb)
    return gettext(word.label) if isinstance(word, Verb) else verb


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
            "lines": [(line, verb_words(line.verb)) for line in page],
            "page_var": PAGE_VAR,
            **(extra_context or {}),
        }
        return TemplateResponse(request, "admin/targets/journal_history.html", context)
