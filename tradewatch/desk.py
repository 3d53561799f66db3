"""The admin site: its name, its door, and lists in the groups and the order that their admin classes ask for."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from django.contrib.admin import AdminSite
from django.contrib.admin.options import TO_FIELD_VAR
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


class DeskSite(AdminSite):
    site_header = _("Tradewatch")
    site_title = _("Tradewatch desk")
    index_title = _("The desk")

    def has_permission(self, request: HttpRequest) -> bool:
        """Whether this is somebody of the desk, with their second factor given where they have one or must have one.

        Without one that the site asks of them they can set it up, and sign out.
        """
        known: bool | None = getattr(request, "is_of_the_desk", None)
        if known is None:
            known = request.is_of_the_desk = self._lets_in(request)  # type: ignore[attr-defined]
        return known

    def _lets_in(self, request: HttpRequest) -> bool:
        from targets.queries.people import has_second_factor, needs_second_factor

        person: Any = request.user
        if not super().has_permission(request):
            return False
        if getattr(person, "otp_device", None) is not None:
            return True
        page = request.resolver_match.view_name if request.resolver_match else ""
        if has_second_factor(person):
            return page == "admin:logout"
        return page in {"admin:logout", "admin:second_factor"} or not needs_second_factor(person)

    def get_urls(self) -> list[URLResolver | URLPattern]:
        from targets.admin import second_factor, signing_in

        views = signing_in.views
        return [
            path("login/code/", signing_in.CodeView.as_view(), name="login_code"),
            path("second-factor/", self.admin_view(second_factor.page), name="second_factor"),
            path("password_reset/", signing_in.ForgottenView.as_view(), name="password_reset"),
            path("password_reset/done/", views.PasswordResetDoneView.as_view(), name="password_reset_done"),
            path("reset/<uidb64>/<token>/", signing_in.ChoosePasswordView.as_view(), name="password_reset_confirm"),
            path("reset/done/", views.PasswordResetCompleteView.as_view(), name="password_reset_complete"),
            *super().get_urls(),
        ]

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        from targets.admin.signing_in import SignInView

        if request.method == "GET" and self.has_permission(request):
            return HttpResponseRedirect(reverse("admin:index"))
        context = {
            **self.each_context(request),
            "title": _("Log in"),
            "subtitle": None,
            "app_path": request.get_full_path(),
            "username": request.user.get_username(),
            **(extra_context or {}),
        }
        return SignInView.as_view(extra_context=context)(request)

    def password_change(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        from targets.admin.signing_in import ChangedPasswordForm, views

        return views.PasswordChangeView.as_view(
            form_class=ChangedPasswordForm,
            success_url=reverse("admin:password_change_done"),
            extra_context={**self.each_context(request), **(extra_context or {})},
        )(request)

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        return {**super().each_context(request), "site_url": reverse("home")}

    def admin_view(self, view: View, cacheable: bool = False) -> View:
        """The view for people of the desk only; what no record can be asked by or hold is refused before it asks."""

        @wraps(view)
        def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            refuse_unreadable(request)
            return view(request, *args, **kwargs)

        return super().admin_view(cast("View", asked), cacheable)

    def autocomplete_view(self, request: HttpRequest) -> Any:
        from targets.admin.choosing import FoundRecords

        return FoundRecords.as_view(admin_site=self)(request)

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        # Only now are the models there that it reads.
        from targets.admin.first_page import first_page

        return super().index(request, {**first_page(request), **(extra_context or {})})

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[dict[str, Any]]:
        """What a person may see, in the groups that the admin classes name; without one, under the application's name.

        Groups and their lists stand in the order in which they were registered.
        """
        applications = super().get_app_list(request, app_label)
        if app_label is not None:
            return applications
        order = list(self._registry)
        models = [(application, model) for application in applications for model in application["models"]]
        groups: dict[str, dict[str, Any]] = {}
        for application, model in sorted(models, key=lambda one: order.index(one[1]["model"])):
            group = getattr(self._registry[model["model"]], "group", None) or application["name"]
            groups.setdefault(str(group), {**application, "name": group, "models": []})["models"].append(model)
        return list(groups.values())


def refuse_unreadable(request: HttpRequest) -> None:
    """Nothing; raises BadRequest where address or form hold what trips Django's admin or the database behind it.

    PostgreSQL stores no text with a NUL in it and does not look for one, and no browser types it: whole forms would
    have to be checked field by field for what only a script sends. An empty ``_to_field`` is taken for a field's name.
    """
    if "\0" in request.path_info:
        raise BadRequest(gettext("The address holds a character that no text holds (NUL)."))
    for sent in (request.GET, request.POST):
        for name, values in sent.lists():
            if "\0" in name or any("\0" in value for value in values):
                told = gettext("“%(field)s” holds a character that no text holds (NUL).")
                raise BadRequest(told % {"field": name.replace("\0", "\ufffd")[:80]})
        if sent.get(TO_FIELD_VAR) == "":
            raise BadRequest(gettext("The parameter “%(parameter)s” is empty.") % {"parameter": TO_FIELD_VAR})
