"""Errors answer in the format of what was asked for, and nothing hostile becomes an error of ours."""

import json

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.test import RequestFactory
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from targets.views import errors
from tests import world

pytestmark = pytest.mark.django_db

SLUG = "xar-xbo-500mn-usd-2030"


def ask(path):
    return RequestFactory().get(path)


def test_a_json_address_answers_errors_in_json(client):
    answer = client.get("/targets/nowhere/chart.json")
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/json")
    assert json.loads(answer.content) == {
        "error": {"code": "not_found", "message": "No target has this address.", "fields": {}}
    }


@pytest.mark.parametrize("file", ["chart.svg", "figures.csv", "nothing.txt"])
def test_other_files_answer_errors_in_plain_text(client, file):
    answer = client.get(f"/targets/nowhere/{file}")
    assert (answer.status_code, answer["Content-Type"]) == (404, "text/plain; charset=utf-8")
    assert answer.content.startswith(b"404: ")


def test_russian_files_answer_errors_in_russian(client):
    answer = client.get("/ru/targets/nowhere/figures.csv")
    assert answer.status_code == 404
    assert "адрес" in answer.content.decode()


@pytest.mark.parametrize(("prefix", "words"), [("", "button"), ("/ru", "кнопк")])
def test_a_method_that_an_address_does_not_know_is_answered_with_a_page(admin_client, prefix, words):
    answer = admin_client.get(f"{prefix}/admin/logout/")
    assert (answer.status_code, answer["Allow"]) == (405, "POST, OPTIONS")
    page = answer.content.decode()
    assert words in page
    assert f'href="{prefix}/targets/"' in page
    assert f'href="{prefix}/admin/"' in page


def test_a_file_answers_an_unknown_method_in_its_format(client):
    answer = client.options("/targets/nowhere/chart.json")
    assert answer.status_code == 405
    assert json.loads(answer.content)["error"]["code"] == "method_not_allowed"


def test_a_list_of_tried_addresses_is_shown_to_nobody(client):
    page = client.get("/some/where/else/").content.decode()
    assert "tried" not in page
    assert "resolver" not in page.lower()


def test_a_forged_host_name_is_answered_without_repeating_it(client):
    answer = client.get("/", headers={"Host": "evil.example"})
    assert answer.status_code == 400
    assert b"evil" not in answer.content


def test_a_forged_host_name_is_one_line_in_the_log_without_a_trace(client, caplog):
    client.get("/", headers={"Host": "evil.example"})
    (line,) = caplog.records
    assert line.exc_info is None
    assert "evil.example" in line.getMessage()
    assert "\n" not in line.getMessage()


@pytest.mark.parametrize(
    ("handler", "exception", "status"),
    [
        (errors.bad_request, SuspiciousOperation("a secret detail"), 400),
        (errors.forbidden, PermissionDenied("a secret detail"), 403),
    ],
)
def test_refusals_are_pages_that_tell_no_details(handler, exception, status):
    answer = handler(ask("/targets/"), exception)
    assert answer.status_code == status
    assert "<h1>" in answer.content.decode()
    assert "secret" not in answer.content.decode()


def test_a_fault_of_ours_is_a_page_made_without_the_database(django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = errors.server_error(ask("/targets/"))
    assert answer.status_code == 500
    assert "<h1>" in answer.content.decode()


def test_a_fault_of_ours_in_a_file_is_told_in_its_format():
    answer = errors.server_error(ask("/targets/a/chart.json"))
    assert (answer.status_code, json.loads(answer.content)["error"]["code"]) == (500, "server_error")


HOSTILE = [
    "'; DROP TABLE targets_target; --",
    "\0",
    "a\0b",
    "%00",
    "<script>alert(1)</script>",
    "../../etc/passwd",
    "{{7*7}}",
    "٣",
    "-1",
    "1e309",
    "NaN",
    "9" * 400,
    "a" * 20_000,
    "\U0001f30d" * 50,
    "\ud7ff\ufffe\ufeff",
    "%",
    "_" * 90,
    "\\",
]
PAGE, CHART = f"/targets/{SLUG}/", f"/targets/{SLUG}/chart.svg"
DATED = [PAGE, CHART, f"/targets/{SLUG}/figures.csv", "/pairs/xar-xbo/"]
LISTED = ["q", "economy", "status", "measure", "strength", "deadline_from", "deadline_to", "replaced", "sort", "page"]
TAKEN_BY = {**{name: ["/targets/"] for name in LISTED}, "size": [CHART], "theme": [CHART], "as_of": DATED}


@pytest.mark.parametrize("parameter", TAKEN_BY)
def test_a_hostile_value_is_used_or_refused_and_never_trips_us(client, parameter):
    world.make_world()
    for value in HOSTILE:
        for path in TAKEN_BY[parameter]:
            answer = client.get(path, {parameter: value})
            assert answer.status_code in (200, 400, 404), (path, value)
            if answer["Content-Type"].startswith("text/html"):
                assert b"<script>alert" not in answer.content
            else:
                assert answer["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("value", HOSTILE)
def test_a_hostile_address_is_not_found(client, value):
    from urllib.parse import quote

    world.make_world()
    for path in ("/targets/{}/", "/pairs/{}/", "/economies/{}/", "/targets/{}/chart.svg", "/targets/x/chart.{}"):
        assert client.get(path.format(quote(value, safe=""))).status_code == 404


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    path=st.sampled_from(["/", "/targets/", "/ru/targets/", PAGE, CHART, "/pairs/xar-xbo/", "/economies/XAR/"]),
    query=st.lists(
        st.tuples(st.sampled_from(list(TAKEN_BY)), st.text(max_size=30) | st.sampled_from(HOSTILE)), max_size=5
    ),
    raw=st.binary(max_size=20),
)
def test_whatever_is_asked_is_answered(client, path, query, raw):
    from urllib.parse import quote_from_bytes, urlencode

    if not world.Target.objects.exists():
        world.make_world()
    answer = client.get(f"{path}?{urlencode(query)}&{quote_from_bytes(raw)}")
    assert answer.status_code in (200, 400, 404)
