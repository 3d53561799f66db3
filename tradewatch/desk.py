"""The admin site: its name, and lists in the groups and the order that their admin classes ask for."""

from __future__ import annotations

from typing import Any

from django.contrib.admin import AdminSite
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class DeskSite(AdminSite):
    site_header = _("Tradewatch")
    site_title = _("Tradewatch desk")
    index_title = _("The desk")

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        return {**super().each_context(request), "site_url": reverse("home")}

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        # Only now are the models there that it reads.
        from targets.admin.first_page import first_page

        return super().index(request, {**first_page(request), **(extra_context or {})})

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[dict[str, Any]]:
        """The applications a person may see; one whose admin classes name a ``group`` is cut into these.

        Groups and their lists stand in the order in which they were registered, before the applications without groups.
        """
        applications = super().get_app_list(request, app_label)
        if app_label is not None:
            return applications
        order = list(self._registry)
        groups: dict[str, dict[str, Any]] = {}
        rest = []
        for application in applications:
            for model in sorted(application["models"], key=lambda one: order.index(one["model"])):
                group = getattr(self._registry[model["model"]], "group", None)
                if group is None:
                    rest.append(application)
                    break
                groups.setdefault(str(group), {**application, "name": group, "models": []})["models"].append(model)
        return [*groups.values(), *rest]
