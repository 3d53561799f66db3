"""The page on which a press report becomes a target with its first statement, and a target its next version."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.admin import helpers
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext

from targets.actions import targets
from targets.actions.journal import ActionRefused
from targets.actions.slugs import check_slug, free_slug, target_slug
from targets.admin.report import ReportForm
from targets.models import CountryPair, Target

# Fields of the records that the form calls by another name.
_BESIDE = {
    "superseded_by": "relation",
    "url": "new_url",
    "publisher": "new_publisher",
    "first": "one",
    "second": "other",
}


def report_view(model_admin: Any, request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """The form of a report; with a number, for the next version of that target."""
    earlier = None
    if pk is not None:
        earlier = Target.objects.select_related("pair__first", "pair__second", "superseded_by").filter(pk=pk).first()
        if earlier is None:
            raise Http404
    person: Any = request.user
    if not person.has_perms(("targets.add_target", "targets.add_statement")):
        raise PermissionDenied
    form = ReportForm(request.POST or None, earlier=earlier, initial=_initial(request, earlier))
    doubt = None
    proposed = ""
    if form.is_valid():
        try:
            with transaction.atomic():
                doubt, proposed, made = _make(request, form, earlier)
        except ActionRefused as refusal:
            field = _BESIDE.get(refusal.field, refusal.field)
            form.add_error(field if field in form.fields else None, str(refusal))
        else:
            if made is not None:
                return _done(model_admin, request, made)
    return _page(model_admin, request, form, earlier, doubt, proposed)


def _initial(request: HttpRequest, earlier: Target | None) -> dict[str, Any]:
    if earlier is not None:
        return ReportForm.initial_of(earlier)
    asked = request.GET.get("pair", "")
    pair = CountryPair.objects.filter(pk=asked).first() if asked.isdecimal() and len(asked) < 19 else None
    return {"one": pair.first_id, "other": pair.second_id} if pair else {}


def _make(
    request: HttpRequest, form: ReportForm, earlier: Target | None
) -> tuple[targets.Doubtful | None, str, Target | None]:
    """What speaks against it, the address proposed, and the target if it was made."""
    given = form.cleaned_data
    target = form.target(earlier.pair if earlier else targets.pair_of(one=given["one"], other=given["other"]))
    source = form.read_in()
    doubt = targets.doubts(target, source, beside=earlier)
    proposed = free_slug(target_slug(target))
    if "_check" in request.POST or (doubt and not given["accepted"]):
        if target.slug:
            check_slug(target)
        else:
            form.data = form.data.copy()
            form.data["slug"] = form.data["proposed"] = proposed
        return doubt, proposed, None
    made = {
        "by": request.user,
        "target": target,
        "statement": form.statement(),
        "source": source,
        "sides": list(given["sides"]),
        "accepted": given["accepted"],
        "submit": "_submit" in request.POST,
    }
    if earlier is None:
        return doubt, proposed, targets.create(**made)
    return doubt, proposed, targets.restate(earlier=earlier, relation=given["relation"], **made)


def _done(model_admin: Any, request: HttpRequest, made: Target) -> HttpResponse:
    told = gettext("%(slug)s is submitted with its statement: an editor decides next.")
    if "_submit" not in request.POST:
        told = gettext("%(slug)s is drafted with its statement.")
    model_admin.message_user(request, told % {"slug": made.slug}, messages.SUCCESS)
    return HttpResponseRedirect(reverse("admin:targets_target_change", args=[made.pk]))


def _page(
    model_admin: Any,
    request: HttpRequest,
    form: ReportForm,
    earlier: Target | None,
    doubt: targets.Doubtful | None,
    proposed: str,
) -> HttpResponse:
    adminform = helpers.AdminForm(form, form.fieldsets, {}, model_admin=model_admin)
    title = gettext("The next version of a target") if earlier else gettext("A target from a press report")
    context = {
        **model_admin.admin_site.each_context(request),
        "title": title,
        "subtitle": earlier.slug if earlier else None,
        "opts": model_admin.opts,
        "earlier": earlier,
        "adminform": adminform,
        "errors": helpers.AdminErrorList(form, []),
        "media": model_admin.media + adminform.media,
        "doubt": doubt,
        "checked": bool(proposed) and doubt is None,
        "read": doubt.read[:10] if doubt else (),
        "deadline": form.target(earlier.pair if earlier else CountryPair()).deadline_note if proposed else "",
    }
    return TemplateResponse(request, "admin/targets/report.html", context)
