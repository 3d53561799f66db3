"""Records that go from draft to published: who may edit them when, and the buttons that move them on."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import IS_POPUP_VAR
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from targets import queries
from targets.actions import editing, review
from targets.actions.journal import ActionRefused
from targets.admin.choosing import may_be, name_of
from targets.admin.deciding import BOX, InReview, beside, in_review
from targets.admin.records import RecordAdmin
from targets.records import ReviewState

REVIEW_FIELDS = ("state", "submitted_by", "published_at", "published_by", "review_note")


class ReasonForm(forms.Form):
    """One text, asked for before something is done to records."""

    text = forms.CharField(widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}))


def ask(
    model_admin: admin.ModelAdmin,
    request: HttpRequest,
    records: QuerySet[Any],
    *,
    action: str,
    title: str,
    label: str,
    button: str,
    effect: str = "",
) -> str | TemplateResponse:
    """The text a person gave for an action on the chosen records, or the page that asks for it and tells the effect."""
    form = ReasonForm(request.POST if "text" in request.POST else None)
    form.fields["text"].label = label
    if form.is_valid():
        return str(form.cleaned_data["text"])
    context = {
        **model_admin.admin_site.each_context(request),
        "title": title,
        "opts": model_admin.model._meta,
        "form": form,
        "records": records,
        "action": action,
        "action_checkbox_name": ACTION_CHECKBOX_NAME,
        "button": button,
        "effect": effect,
        "media": model_admin.media,
    }
    return TemplateResponse(request, "admin/targets/ask.html", context)


class ReviewedAdmin(RecordAdmin):
    """Drafts are everybody's at the desk; what is submitted or published is changed and moved on by editors only."""

    change_form_template = "admin/targets/reviewed_form.html"
    actions: Any = ("submit_selected", "publish_selected", "return_selected")
    readonly_fields: tuple[str, ...] = REVIEW_FIELDS

    def get_fieldsets(self, request: HttpRequest, obj: Model | None = None) -> list[Any]:
        fieldsets = super().get_fieldsets(request, obj)
        if obj is not None:
            fieldsets.append(
                (_("Review"), {"fields": (("state", "submitted_by"), ("published_at", "published_by"), "review_note")})
            )
        return fieldsets

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or editing.may_edit(request.user, obj))

    def has_publish_permission(self, request: HttpRequest) -> bool:
        """Whether this person is an editor; Django asks by this name for actions that need it."""
        return review.may_publish(request.user)

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        obj = kwargs.get("obj")
        open_ = obj is None or obj.state != ReviewState.PUBLISHED
        editable = self.has_change_permission(request, obj) if obj is not None else True
        own = bool(review.own_work(request.user, obj)) if obj is not None else settings.FOUR_EYES
        context["show_publish"] = open_ and self.has_publish_permission(request) and not own
        context["show_review"] = obj is not None and open_ and obj.state == ReviewState.SUBMITTED
        context["show_submit"] = open_ and editable and (obj is None or obj.state != ReviewState.SUBMITTED)
        return super().render_change_form(request, context, *args, **kwargs)

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: str | None = None) -> HttpResponse:
        if self._move_on(request, obj) and IS_POPUP_VAR not in request.POST:
            return self.response_post_save_add(request, obj)
        return super().response_add(request, obj, post_url_continue)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        if self._move_on(request, obj) and IS_POPUP_VAR not in request.POST:
            return self.response_post_save_change(request, obj)
        return super().response_change(request, obj)

    def _move_on(self, request: HttpRequest, obj: Any) -> bool:
        """Whether what was just saved was submitted or published, as the button said; then a message tells of both."""
        try:
            own = review.own_work(request.user, obj) if "_publish" in request.POST else ""
            if own and self.has_publish_permission(request):
                review.submit(by=request.user, record=obj)
                # Not inside the f-string: the extraction of messages does not look there.
                said = gettext("Saved and submitted, not published.")
                self.message_user(request, f"{said} {own}", messages.WARNING)
            elif "_publish" in request.POST:
                review.publish(by=request.user, record=obj)
                self.message_user(request, gettext("Saved and published: readers see it now."), messages.SUCCESS)
            elif "_submit" in request.POST:
                review.submit(by=request.user, record=obj)
                self.message_user(request, gettext("Saved and submitted: an editor decides next."), messages.SUCCESS)
            else:
                return False
        except ActionRefused as refusal:
            self.message_user(request, str(refusal), messages.ERROR)
            return False
        return True

    # The page on which one record is reviewed

    def get_urls(self) -> list[Any]:
        name = f"{self.opts.app_label}_{self.opts.model_name}_review"
        page = path("<int:pk>/review/", self.admin_site.admin_view(self.review_view), name=name)
        return [page, *super().get_urls()]

    def review_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """What an editor decides by: what changed since an editor last saw the record, who wrote it, and why."""
        record = self.get_object(request, unquote(str(pk)))
        if record is None:
            raise Http404
        if not self.has_view_permission(request, record):
            raise PermissionDenied
        note = ""
        refusal = ""
        if request.method == "POST":
            if not self.has_publish_permission(request):
                raise PermissionDenied
            note = request.POST.get("note", "")
            try:
                # All that is published together, or nothing of it.
                with transaction.atomic():
                    return self._decide(request, record, note)
            except ActionRefused as refused:
                refusal = str(refused)
                record.refresh_from_db()
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Review: %(record)s") % {"record": name_of(record)},
            "opts": self.opts,
            "record": record,
            "one": in_review(record, request.user),
            "edit": queries.last_edit(record),
            "beside": beside(record, request.user),
            "may_decide": self.has_publish_permission(request) and record.state == ReviewState.SUBMITTED,
            "note": note,
            "refusal": refusal,
        }
        return TemplateResponse(request, "admin/targets/review.html", context, status=409 if refusal else 200)

    def _decide(self, request: HttpRequest, record: Any, note: str) -> HttpResponse:
        """Publishes or returns the record as the editor saw it; raises ActionRefused where it may not be."""
        waiting = {one.field: one.record for one in beside(record, request.user)}
        ticked = [name for name in request.POST if name.startswith(BOX)]
        if not waiting.keys() >= set(ticked):
            raise ActionRefused(
                gettext(
                    "Something that was ticked no longer waits for review, so nothing was done. Look at what follows."
                )
            )
        decided = [(record, request.POST.get("version", "")), *((waiting[name], request.POST[name]) for name in ticked)]
        for one, seen in decided:
            if "_publish" in request.POST:
                review.publish(by=request.user, record=one, version=seen)
            else:
                review.return_(by=request.user, record=one, note=note, version=seen)
        told = gettext("Returned, with your note.")
        if "_publish" in request.POST:
            told = gettext("Published: readers see it now.")
        self.message_user(request, told, messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:targets_review"))

    def _each(self, request: HttpRequest, records: Iterable[Any], move: Callable[[Any], bool]) -> int:
        """How many records the move changed; refusals are told one by one."""
        changed = 0
        for record in records:
            try:
                changed += bool(move(record))
            except ActionRefused as refusal:
                self.message_user(request, f"{name_of(record)}: {refusal}", messages.ERROR)
        return changed

    @admin.action(description=_("Submit for review"), permissions=["change"])
    def submit_selected(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        count = self._each(request, queryset, lambda record: review.submit(by=request.user, record=record))
        said = ngettext("%(count)d record submitted.", "%(count)d records submitted.", count) % {"count": count}
        self.message_user(request, said, messages.SUCCESS if count else messages.WARNING)

    @admin.action(description=_("Publish"), permissions=["publish"])
    def publish_selected(self, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse | None:
        """Shows what would be published; what is published then is what was shown."""
        rows = [in_review(one, request.user) for one in queryset if one.state != ReviewState.PUBLISHED]
        self._tell_gone(request, rows, lambda one: one.published_by_id == request.user.pk)
        if "decided" not in request.POST or not rows:
            return self._ask(request, rows, "publish_selected", gettext("Publish"))

        def publish(row: InReview) -> bool:
            return review.publish(by=request.user, record=row.record, version=request.POST[row.field])

        count = self._each_shown(request, rows, publish)
        said = ngettext("%(count)d record published.", "%(count)d records published.", count) % {"count": count}
        self.message_user(request, said, messages.SUCCESS if count else messages.WARNING)
        return HttpResponseRedirect(request.get_full_path())

    @admin.action(description=_("Return to the author"), permissions=["publish"])
    def return_selected(self, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse | None:
        """Shows what would be returned, and asks for the note that goes with it."""
        rows = [in_review(one, request.user) for one in queryset if one.state == ReviewState.SUBMITTED]
        form = ReasonForm(request.POST if "decided" in request.POST else None)
        form.fields["text"].label = gettext("What should be done about it?")
        note = request.POST.get("text", "").strip()
        kept = self._tell_gone(request, rows, lambda one: one.state == ReviewState.RETURNED and one.review_note == note)
        if not form.is_valid() or not rows:
            if note and not kept and not rows:
                self._tell_unsaid(request, note)
            return self._ask(request, rows, "return_selected", gettext("Return to the author"), form)

        def return_(row: InReview) -> bool:
            return review.return_(by=request.user, record=row.record, note=note, version=request.POST[row.field])

        count = self._each_shown(request, rows, return_)
        if not (count or kept):
            self._tell_unsaid(request, note)
        said = ngettext("%(count)d record returned.", "%(count)d records returned.", count) % {"count": count}
        self.message_user(request, said, messages.SUCCESS if count else messages.WARNING)
        return HttpResponseRedirect(request.get_full_path())

    def _ask(
        self, request: HttpRequest, rows: list[InReview], action: str, title: str, form: ReasonForm | None = None
    ) -> HttpResponse | None:
        """The page that shows the records before they are decided on; none where there is nothing to decide."""
        if not rows:
            self.message_user(request, gettext("Of what was chosen nothing waits for that."), messages.WARNING)
            return None
        context = {
            **self.admin_site.each_context(request),
            "title": title,
            "opts": self.opts,
            "rows": rows,
            "action": action,
            "action_checkbox_name": ACTION_CHECKBOX_NAME,
            "form": form,
            "button": title,
        }
        return TemplateResponse(request, "admin/targets/decide.html", context)

    def _tell_gone(self, request: HttpRequest, rows: list[InReview], done: Callable[[Any], bool]) -> bool:
        """Whether a first press of the button did it (``done``) to a record that was shown, left ticked, and is no row
        any more; tells of each that somebody else moved on."""
        start, known = f"{BOX}{self.opts.model_name}-", {row.field for row in rows}
        boxes = [name for name in request.POST if name.startswith(start) and name not in known]
        keys = [key for name in boxes if may_be(self.opts.pk, key := name.removeprefix(start))]
        own = False
        for record in self.get_queryset(request).filter(pk__in=keys).order_by("pk"):
            if done(record):
                own = True
                continue
            state = gettext(record.state.label)
            told = gettext("Nothing was done: meanwhile it became “%(state)s”.") % {"state": state}
            self.message_user(request, f"{name_of(record)}: {told}", messages.ERROR)
        return own

    def _tell_unsaid(self, request: HttpRequest, note: str) -> None:
        """Nothing: gives a note back that went nowhere."""
        self.message_user(request, gettext("Your note is not stored: “%(note)s”") % {"note": note}, messages.WARNING)

    def _each_shown(self, request: HttpRequest, rows: list[InReview], move: Callable[[InReview], bool]) -> int:
        """How many of the records left ticked the move changed; refusals are told one by one."""
        ticked = {row.record: row for row in rows if row.field in request.POST}
        return self._each(request, ticked, lambda record: move(ticked[record]))
