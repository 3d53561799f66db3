"""Whatever a signed-in person puts into an address or a form of the desk is answered: never by a fault of ours.

Walks the desk's part of the permission matrix, which names every address there is. Each request is undone, so that
all meet the same world.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import quote

import pytest
from django.contrib import admin
from django.db import transaction
from django.test import Client, RequestFactory
from django.urls import reverse

from targets.models import Economy, RoadmapDocument, Source, Statement, Target
from tests.test_permissions import MATRIX, names  # noqa: F401

DESK = [address for address in MATRIX if address.startswith("admin/") and address != "admin/logout/"]
HUGE = "9" * 25
IDS = ["x", "a\0b", "-1", "²", HUGE, "9" * 5000, "1.5", "_5F", "%s"]
BAD_DATES = ("x", "0", "-1", "30", HUGE)
VALUES = ["", "x", "a\0b", "-1", "²", HUGE, "9" * 5000, "1.5", "1e309", "\ufffe", "2026-02-30", "{}"]
# Sent together; what one page refuses for the first of them, another one reads to the last.
ANYWHERE = [["_to_field"], ["_popup", "_changelist_filters", "q", "p", "o", "e", "next", "as_of", "figure", "target"]]
ON_LISTS = [["q", "o", "all", "_facets"], ["p"], ["e", "no__such"], ["pk__in"], ["id"], ["_to_field"]]
DATES = [
    *({"year": "2026", "month": "2", "day": "28", part: bad} for part in ("year", "month", "day") for bad in BAD_DATES),
    {"month": "13"},
    {"day": "x"},
    {"gte": "x"},
    {"year": "9999"},
    {"year": "9999", "month": "12", "day": "31"},
]
FORM = re.compile(rb"<form[^>]*method=[\"']post[\"'][^>]*id=[\"'](?!logout-form|changelist)", re.I)
NAMED = re.compile(rb"""\sname=["']([^"']+)["']""")
FRESH = re.compile("(add|enter|report|restate)/$")

Asked = tuple[str, str, dict[str, Any]]


@pytest.fixture
def client(request: Any, desk: Any, settings: Any) -> Client:
    # In the cookie alone: no session is written again and again.
    settings.SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"
    return desk(request.param)


AS_EITHER = pytest.mark.parametrize(
    ("client", "who"), [("editor", "editor"), ("superuser", "superuser")], indirect=["client"]
)
AS_SUPERUSER = pytest.mark.parametrize("client", ["superuser"], indirect=True)


def faults(client: Client, asked: Iterable[Asked]) -> list[str]:
    """Those of the requests (method, address, data) that were answered by a fault of ours."""
    found = []
    for method, address, data in asked:
        try:
            with transaction.atomic():
                answer = getattr(client, method)(address, data)
                if answer.streaming:
                    list(answer.streaming_content)  # closes the file
                transaction.set_rollback(True)
            told = "" if answer.status_code < 500 else str(answer.status_code)
        except Exception as trouble:  # noqa: BLE001 - whatever it is, it is a fault
            told = f"{type(trouble).__name__}: {trouble}"[:120]
        if told:
            sent = {name: str(value)[:20] for name, value in list(data.items())[:3]}
            found.append(f"{method} {address[:120]} {sent}: {told}")
    return found


def shared(values: list[str], who: str) -> list[str]:
    """This person's half of them: both kinds of people open the same pages, and a walk is to take seconds."""
    return values[who == "superuser" :: 2]


def with_hostile_ids(names: dict[str, object], ids: list[str]) -> Iterator[Asked]:  # noqa: F811
    for address in DESK:
        for hole in re.findall(r"{\w+}", address):
            for value in ids:
                spelled = address.replace(hole, quote(value, safe="")).format(**names)
                yield "get", f"/{spelled}", {}
    for value in IDS:
        yield "post", f"/admin/targets/target/{quote(value)}/change/", {"version": value, "slug": value}


def with_hostile_queries(addresses: list[str], names: dict[str, object]) -> Iterator[Asked]:  # noqa: F811
    for number, address in enumerate(addresses):
        spelled = "/" + address.format(**names)
        for place, together in enumerate(ANYWHERE):
            # All of them meet every value somewhere.
            yield "get", spelled, dict.fromkeys(together, VALUES[(number + place) % len(VALUES)])
        yield "post", f"{spelled}?_to_field=", {}
        yield "post", f"{spelled}?_to_field=x&_popup=1", {"_to_field": VALUES[number % len(VALUES)]}
    field = {"app_label": "targets", "model_name": "statement", "field_name": "target"}
    for value in VALUES:
        yield "get", "/admin/autocomplete/", {**field, "term": value}
        yield "get", "/admin/autocomplete/", {**field, "page": value}
        for name in field:
            yield "get", "/admin/autocomplete/", {**field, name: value}
    grid = "/admin/targets/countrypair/{pair}/enter/".format(**names)
    for name in ("0000-exports", "9999-imports", "²²²²-turnover", "99999-exports", "level-", "-exports", "why-²"):
        yield "post", grid, {"reporter": "XAR", name: "5", "_save": "1"}
    for place, name in enumerate(("_swap", "_unit", "_paste", "_earlier", "block", "block_year", "from_year")):
        for value in VALUES[place % 4 :: 4]:
            yield "post", grid, {"reporter": "XAR", "2020-exports": "5", "_paste": "1", name: value}


def of_lists(user: Any) -> Iterator[Asked]:
    """Every parameter of every list with values that no lookup can use."""
    request = RequestFactory().get("/")
    request.user = user
    for number, (model, model_admin) in enumerate(admin.site._registry.items()):
        address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
        shown = model_admin.get_changelist_instance(request)
        filters = [[name] for spec in shown.filter_specs for name in spec.expected_parameters() if name]
        for place, together in enumerate([*ON_LISTS, *filters]):
            for value in VALUES[(number + place) % 6 :: 6]:
                yield "get", address, dict.fromkeys(together, value)
        if model_admin.date_hierarchy:
            for parts in DATES:
                yield "get", address, {f"{model_admin.date_hierarchy}__{part}": value for part, value in parts.items()}
        yield "post", address, {"action": "x", "_selected_action": ["x", HUGE], "index": "x", "_save": "x"}
        for name, _ in model_admin.get_action_choices(request)[1:]:
            for chosen in ("x", HUGE):
                yield "post", address, {"action": name, "_selected_action": chosen, "index": 0, "text": "x"}


def of_forms(client: Client, names: dict[str, object], values: list[str]) -> Iterator[Asked]:  # noqa: F811
    """Every form with all of its fields hostile at once, those of its parts too; new records begun with the same."""
    for number, address in enumerate(DESK):
        spelled = "/" + address.format(**names)
        page = client.get(spelled)
        if page.streaming:
            list(page.streaming_content)  # closes the file
        if not page.context or not FORM.search(page.content):
            continue
        fields = {name.decode() for name in NAMED.findall(page.content)} - {"csrfmiddlewaretoken"}
        known = {name: "1" for name in fields if name.endswith(("TOTAL_FORMS", "INITIAL_FORMS"))}
        # Every value meets every other form: what one field cannot read, the same field cannot elsewhere.
        for value in values[number % 2 :: 2]:
            yield "post", spelled, {**dict.fromkeys(fields, value), **known}
            if FRESH.search(address):
                yield "get", spelled, dict.fromkeys(fields, value)
        yield "post", spelled, dict.fromkeys(fields, values[0])


@AS_EITHER
def test_no_address_with_a_hostile_id_trips_us(client, who, names):  # noqa: F811
    found = faults(client, with_hostile_ids(names, shared(IDS, who)))
    assert not found, "\n".join(found)


@AS_EITHER
def test_no_parameter_that_any_page_may_be_given_trips_us(client, who, names):  # noqa: F811
    found = faults(client, with_hostile_queries(shared(DESK, who), names))
    assert not found, "\n".join(found)


@AS_SUPERUSER
def test_no_parameter_of_a_list_trips_us(client, cast, names):  # noqa: F811
    found = faults(client, of_lists(cast["superuser"]))
    assert not found, "\n".join(found)


@AS_EITHER
def test_no_field_of_a_form_trips_us(client, who, names):  # noqa: F811
    found = faults(client, of_forms(client, names, shared(VALUES[1:], who)))
    assert not found, "\n".join(found)


@pytest.mark.parametrize("client", ["analyst"], indirect=True)
@pytest.mark.parametrize("model", [Economy, RoadmapDocument, Source, Statement, Target])
def test_the_history_of_no_record_is_answered_as_its_page_is(client, names, model):  # noqa: F811
    name = model._meta.model_name
    answers = [client.get(f"/admin/targets/{name}/no-such/{page}/") for page in ("change", "history")]
    assert [(one.status_code, one.url) for one in answers] == [(302, "/admin/")] * 2


@AS_SUPERUSER
def test_what_no_field_can_hold_is_told_beside_the_field_when_the_form_is_shown_again(client, names):  # noqa: F811
    answer = client.post("/admin/targets/statement/add/", {"target": "x", "source": HUGE, "sides": ["XAR", "x" * 99]})
    assert answer.status_code == 200
    assert set(answer.context["adminform"].form.errors) >= {"target", "source", "sides"}
    # What can be meant is still chosen.
    assert b'<option value="XAR" selected' in answer.content


def test_a_cookie_that_no_browser_sends_signs_nobody_in(db):
    client = Client()
    client.cookies.load('sessionid="abcdefghijklmnop\\000"')
    assert client.get("/admin/").status_code == 302


@AS_SUPERUSER
@pytest.mark.parametrize("where", ["?term=%00", "?q=a%00"])
def test_a_character_that_no_text_holds_is_refused_and_named(client, names, where):  # noqa: F811
    answer = client.get(f"/admin/targets/target/{where}")
    assert answer.status_code == 400
    assert where[1:].partition("=")[0] in answer.content.decode()
