"""The fact sheet as a file: its address, its code, past days, what is kept, what it must not show."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.cache import caches

from targets.exports import factsheet
from targets.models import AuditEvent, Source, Statement, Target
from targets.queries import forget_data_version
from targets.records import SHEET, read_code
from tests import world
from tests.exports import files

pytestmark = pytest.mark.django_db

SLUG = "xar-xbo-500mn-usd-2030"
ADDRESS = f"/targets/{SLUG}/factsheet.pdf"
RECORDED = datetime(2026, 11, 22, 13, tzinfo=UTC)
"""When the world's data came to be of their version."""
LANGUAGES = pytest.mark.parametrize("prefix", ["", "/ru"], ids=["en", "ru"])


@pytest.fixture(autouse=True)
def targets(monkeypatch):
    for module in ("sheets", "charts", "verifying", "freshness", "pages"):
        monkeypatch.setattr(f"targets.views.{module}.utc_today", lambda: world.TODAY, raising=False)
    made = world.make_world()
    AuditEvent.objects.update(at=RECORDED)
    Target.history.update(history_date=world.NOON)
    forget_data_version()
    return made


def code_on(answer):
    (code,) = set(re.findall(r"testserver(?:/ru)?/verify/([0-9A-Z-]+)/", files.sheet(answer.content).words))
    return code


def page_of(client, code, prefix=""):
    forget_data_version()
    answer = client.get(f"{prefix}/verify/{code}/")
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", answer.content.decode())


def noted(verb="publish", kind="statement"):
    """A line of the journal an hour later, as every action writes one."""
    at = RECORDED + timedelta(hours=1)
    AuditEvent.objects.create(at=at, by=world.make_user(), verb=verb, object_kind=kind, object_key="1")
    forget_data_version()


@LANGUAGES
def test_every_published_target_has_one(client, targets, prefix):
    for target in (targets["going"], targets["earlier"], targets["kept"]):
        answer = client.get(f"{prefix}/targets/{target.slug}/factsheet.pdf")
        assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
        assert answer["Content-Disposition"] == (
            f'inline; filename="tradewatch-{target.slug}-factsheet{prefix.replace("/", "-")}.pdf"'
        )
        assert answer["X-Content-Type-Options"] == "nosniff"
        sheet = files.sheet(answer.content)
        assert len(sheet.pages) in (1, 2)
        assert sheet.language == (prefix.strip("/") or "en")
        assert f"http://testserver{prefix}/targets/{target.slug}/" in sheet.links
        assert f"http://testserver{prefix}/methodology/" in sheet.links


@LANGUAGES
def test_the_page_of_a_target_offers_it_of_the_same_day(client, prefix):
    assert f'href="{prefix}{ADDRESS}" download' in client.get(f"{prefix}/targets/{SLUG}/").text
    day = f"?as_of={world.TODAY}"
    assert f'href="{prefix}{ADDRESS}{day}" download' in client.get(f"{prefix}/targets/{SLUG}/{day}").text


@LANGUAGES
def test_its_code_leads_to_a_page_that_calls_it_current(client, prefix):
    code = code_on(client.get(prefix + ADDRESS))
    assert read_code(code).kind == SHEET
    page = page_of(client, code, prefix)
    assert {"": "This fact sheet is current", "/ru": "Эта справка актуальна"}[prefix] in page
    assert f'href="{prefix}{ADDRESS}"' in page
    assert "chart-wide" in page


@LANGUAGES
def test_a_statement_that_was_added_supersedes_the_sheet_and_not_the_chart(client, targets, prefix):
    sheet = code_on(client.get(prefix + ADDRESS))
    chart = re.search(r"/verify/([0-9A-Z-]+)/", client.get(f"/targets/{SLUG}/chart.svg").text)[1]
    later = RECORDED + timedelta(hours=1)
    said = {"summary_en": "Another minister said so too.", "summary_ru": "Другой министр сказал то же."}
    world.make_statement(targets["going"], published_at=later, stated_on=date(2021, 2, 3), **said)
    noted()
    page = page_of(client, sheet, prefix)
    assert {"": "This fact sheet is superseded", "/ru": "Эта справка устарела"}[prefix] in page
    assert {"": "“Another minister said so too”", "/ru": "«Другой министр сказал то же»"}[prefix] in page
    assert {"": "new, ", "/ru": "новое"}[prefix] in page
    assert "This chart is current" in page_of(client, chart)
    again = client.get(prefix + ADDRESS)
    assert code_on(again) != sheet
    assert said[{"": "summary_en", "/ru": "summary_ru"}[prefix]] in files.sheet(again.content).words


def test_a_document_that_was_taken_back_is_named(client, targets):
    code = code_on(client.get(ADDRESS))
    document = targets["going"].documents.get()
    type(document).objects.filter(pk=document.pk).update(state="draft", published_at=None, published_by=None)
    noted("return", "document")
    page = page_of(client, code)
    # Whatever readers may not see any more, a code does not bring back: what it said cannot be named.
    assert "This fact sheet may be out of date" in page
    assert document.title not in page


def test_a_statement_that_was_reworded_makes_the_sheet_doubtful(client, targets):
    code = code_on(client.get(ADDRESS))
    Statement.objects.filter(target=targets["going"]).update(summary_en="She named another amount.")
    noted("edit")
    assert "This fact sheet may be out of date" in page_of(client, code)


def test_a_revised_figure_supersedes_it_and_is_named(client, targets):
    code = code_on(client.get(ADDRESS))
    release = world.make_release(world.make_office("XAR"), recorded_at=RECORDED + timedelta(hours=1))
    world.make_years(targets["going"].pair, "XAR", {2018: 91}, release=release)
    noted("record", "release")
    world.refresh()
    page = page_of(client, code)
    assert "This fact sheet is superseded" in page
    assert (
        "Arlandia, 2018 (Statistics of Arlandia): was $90,000,000 (final), is now $91,000,000 (final)"
        in page.replace("\u00a0", " ")
    )


def test_terms_that_only_the_sheet_shows_supersede_it_and_not_the_chart(client, targets):
    sheet = code_on(client.get(ADDRESS))
    chart = re.search(r"/verify/([0-9A-Z-]+)/", client.get(f"/targets/{SLUG}/chart.svg").text)[1]
    target = Target.objects.get(slug=SLUG)
    assert target.strength != "aspiration"
    target.strength = "aspiration"
    target.save()
    noted("edit", "target")
    page = page_of(client, sheet)
    assert "This fact sheet is superseded" in page
    assert "The terms of “Arlandia – Borovia: $500m by 2030” were changed" in page.replace("\u00a0", " ")
    assert "This chart is current" in page_of(client, chart)


def test_the_code_of_a_target_that_became_a_draft_brings_nothing_back(client, targets):
    code = code_on(client.get(ADDRESS))
    Target.objects.filter(slug=SLUG).update(state="draft", published_at=None, published_by=None)
    noted("return", "target")
    answer = client.get(f"/verify/{code}/")
    assert answer.status_code == 404
    assert "What this fact sheet showed is not public any more" in answer.text


def test_of_a_past_day_it_says_so_and_stays_the_same_bytes(client, monkeypatch):
    day = world.TODAY
    monkeypatch.setattr("targets.views.sheets.utc_today", lambda: day + timedelta(days=3))
    pinned = client.get(f"{ADDRESS}?as_of={day}")
    sheet = files.sheet(pinned.content)
    assert "as of 22 November 2026" in sheet.words
    assert f"http://testserver/targets/{SLUG}/?as_of={day}" in sheet.links
    assert read_code(code_on(pinned)).version == 0
    monkeypatch.setattr("targets.views.sheets.utc_today", lambda: day + timedelta(days=40))
    caches["charts"].clear()
    assert client.get(f"{ADDRESS}?as_of={day}").content == pinned.content
    assert client.get(ADDRESS).content != pinned.content


def test_a_second_request_is_answered_from_what_was_kept_and_a_copy_is_confirmed(
    client, monkeypatch, django_assert_max_num_queries
):
    made = []
    make = factsheet.pdf
    monkeypatch.setattr(factsheet, "pdf", lambda *given: made.append(1) or make(*given))
    first = client.get(ADDRESS)
    with django_assert_max_num_queries(1):
        again = client.get(f"{ADDRESS}?utm_source=anywhere")
    assert again.content == first.content
    assert made == [1]
    assert client.get(ADDRESS, headers={"If-None-Match": first["ETag"]}).status_code == 304
    assert client.get(f"/ru{ADDRESS}").content != first.content
    assert client.get(f"{ADDRESS}?as_of={world.TODAY}").content != first.content
    noted()
    assert client.get(ADDRESS).content != first.content, "it has another code"
    assert len(made) == 4


def test_what_is_made_anew_is_the_same_to_the_byte(client):
    first = client.get(ADDRESS).content
    caches["charts"].clear()
    assert client.get(ADDRESS).content == first


def test_what_is_not_published_is_not_on_it(client, targets):
    said = dict.fromkeys(("speaker", "summary_en", "quote"), "quetzal")
    world.make_statement(targets["going"], published=False, **said)
    world.make_document(targets["going"], published=False, title="quetzal")
    noted()
    assert "quetzal" not in files.sheet(client.get(ADDRESS).content).words
    assert client.get(f"/targets/{targets['draft'].slug}/factsheet.pdf").status_code == 404


def test_figures_that_may_not_be_passed_on_are_counted_and_left_out(client):
    Source.objects.filter(key="office-xbo").update(shareable=False)
    forget_data_version()
    words = files.sheet(client.get(ADDRESS).content).words
    assert "4 figures are left out: the terms of their sources do not allow passing them on." in words


def test_a_page_and_its_sheet_take_as_many_queries(client, django_assert_max_num_queries):
    client.get("/about/")
    with django_assert_max_num_queries(10):
        client.get(ADDRESS)
