"""Every page of the desk: who may open it, that it obeys the strict policy, that it is in Russian, what it costs."""

from __future__ import annotations

import re

import pytest
from django.contrib import admin
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, reverse

from targets.models import (
    AuditEvent,
    CountryPair,
    Economy,
    ExchangeRate,
    Judgement,
    Release,
    RoadmapDocument,
    Source,
    Statement,
    Target,
    TurnoverFigure,
    VerdictChange,
)
from targets.records import SourceKind
from tests import world

OURS = (
    AuditEvent, CountryPair, Economy, ExchangeRate, Judgement, Release,
    RoadmapDocument, Source, Statement, Target, TurnoverFigure, VerdictChange,
)  # fmt: skip
LISTS = [model._meta.model_name for model in OURS]
# What each of the cast may add here; the rest has no such page for them.
ADDED = {
    "analyst": {"countrypair", "source", "target", "statement", "roadmapdocument"},
    "editor": {"countrypair", "source", "target", "statement", "roadmapdocument", "economy"},
    "superuser": {"countrypair", "source", "target", "statement", "roadmapdocument", "economy"},
}
# What each may change among published records; what is not here is only shown.
CHANGED = {
    "analyst": set(),
    "editor": {"source", "economy", "target", "statement", "roadmapdocument"},
    "superuser": {"source", "economy", "target", "statement", "roadmapdocument"},
}
EMPTY_MEASURES = {"measures-TOTAL_FORMS": "0", "measures-INITIAL_FORMS": "0"}
INLINE = re.compile(
    r"<style|<script(?![^>]*\ssrc=)(?![^>]*type=\"application/json\")|\s(?:style|on[a-z]+)\s*=\s*[\"']|javascript:",
    re.I,
)


@pytest.fixture
def full(targets):
    """The small world with something in every list."""
    world.make_rate("EUR", 2024, "1.08")
    return targets


def page(model, name, *args):
    return reverse(f"admin:targets_{model}_{name}", args=args)


def of(name):
    return next(model for model in OURS if model._meta.model_name == name)


@pytest.mark.parametrize("who", ["anonymous", "stranger"])
def test_who_is_not_of_the_desk_is_asked_to_sign_in(desk, full, who):
    client = desk(who)
    for name in LISTS:
        record = of(name).objects.first()
        for address in (page(name, "changelist"), page(name, "change", record.pk), page(name, "history", record.pk)):
            response = client.get(address)
            assert (response.status_code, response.url) == (302, f"/admin/login/?next={address}")


@pytest.mark.parametrize("who", ["analyst", "editor", "superuser"])
class TestListsAndTheirRecords:
    def test_are_shown(self, desk, full, who):
        client = desk(who)
        for name in LISTS:
            record = of(name).objects.first()
            assert client.get(page(name, "changelist")).status_code == 200, name
            assert client.get(page(name, "change", record.pk)).status_code == 200, name
            assert client.get(page(name, "history", record.pk)).status_code == 200, name

    def test_are_added_to_by_those_who_may(self, desk, full, who):
        client = desk(who)
        allowed = {name for name in LISTS if client.get(page(name, "add")).status_code == 200}
        assert allowed == ADDED[who]
        refused = {name for name in LISTS if client.post(page(name, "add"), {}).status_code == 403}
        assert refused == set(LISTS) - ADDED[who]

    def test_are_changed_by_those_who_may(self, desk, full, who):
        client = desk(who)
        shown, refused = set(), set()
        for name in LISTS:
            record = of(name).objects.filter(**({"state": "published"} if hasattr(of(name), "state") else {})).first()
            if client.get(page(name, "change", record.pk)).context["has_change_permission"]:
                shown.add(name)
            if client.post(page(name, "change", record.pk), EMPTY_MEASURES).status_code == 403:
                refused.add(name)
        assert shown == CHANGED[who]
        assert refused == set(LISTS) - CHANGED[who]

    def test_are_never_deleted(self, desk, full, who):
        client = desk(who)
        for name in LISTS:
            record, count = of(name).objects.first(), of(name).objects.count()
            assert client.get(page(name, "delete", record.pk)).status_code == 403, name
            assert client.post(page(name, "delete", record.pk), {"post": "yes"}).status_code == 403, name
            chosen = {"action": "delete_selected", "_selected_action": [record.pk], "post": "yes"}
            client.post(page(name, "changelist"), chosen)
            assert of(name).objects.count() == count, name


@pytest.mark.parametrize(("who", "status"), [("analyst", 403), ("editor", 403), ("superuser", 200)])
def test_people_are_for_superusers(desk, full, cast, who, status):
    for address in (
        reverse("admin:auth_user_changelist"),
        reverse("admin:auth_user_add"),
        reverse("admin:auth_user_change", args=[cast["stranger"].pk]),
        reverse("admin:auth_group_changelist"),
        reverse("admin:axes_accessattempt_changelist"),
    ):
        assert desk(who).get(address).status_code == status


def every_address(full):
    """A page of each kind of each list of the desk, ours and the others', and the pages around them."""
    names = ["index", "login", "password_change"]
    addresses = [reverse(f"admin:{name}") for name in names]
    for model in admin.site._registry:
        for name in ("changelist", "add"):
            addresses.append(reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{name}"))
        record = model._default_manager.first()
        if record is not None:
            for name in ("change", "history"):
                address = f"admin:{model._meta.app_label}_{model._meta.model_name}_{name}"
                addresses.append(reverse(address, args=[record.pk]))
    addresses.append(page("countrypair", "enter", full["going"].pair.pk))
    addresses.append(reverse("admin:app_list", args=["targets"]))
    changed = Target.history.filter(id=full["going"].pk).first()
    addresses.append(reverse("admin:targets_target_simple_history", args=[full["going"].pk, changed.pk]))
    return addresses


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("who", ["analyst", "superuser"])
def test_no_page_has_a_script_or_a_style_of_its_own(desk, full, who, language):
    client = desk(who)
    prefix = "" if language == "en" else f"/{language}"
    seen = 0
    for address in every_address(full):
        response = client.get(prefix + address)
        if response.status_code == 302:
            continue
        if response.status_code != 200:
            assert response.status_code == 403, address
            continue
        found = INLINE.search(response.content.decode())
        assert found is None, f"{address}: {found}"
        assert "unsafe" not in response["Content-Security-Policy"]
        seen += 1
    assert seen > 20


def test_forms_with_errors_obey_the_policy_too(desk, full):
    client = desk("superuser")
    for name in ("target", "statement", "roadmapdocument", "source", "economy"):
        response = client.post(page(name, "add"), EMPTY_MEASURES)
        assert response.context["errors"]
        assert INLINE.search(response.content.decode()) is None


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("countrypair", "Внести данные"),
        ("target", "цели"),
        ("statement", "заявления"),
        ("release", "выпуски"),
        ("source", "источники"),
    ],
)
def test_the_desk_is_russian_under_ru(desk, full, name, words):
    response = desk("analyst").get(f"/ru{page(name, 'changelist')}")
    content = response.content.decode()
    assert '<html lang="ru"' in content
    assert words.casefold() in content.casefold()


def test_each_page_leads_to_itself_in_the_other_language_and_to_the_site(desk, full):
    address = page("target", "changelist")
    content = desk("analyst").get(f"{address}?q=xbo").content.decode()
    assert f'href="/ru{address}?q=xbo" lang="ru"' in content
    assert '<a href="/">' in content
    russian = desk("analyst").get(f"/ru{address}").content.decode()
    assert f'href="{address}" lang="en"' in russian
    assert '<a href="/ru/">' in russian


def test_the_first_page_groups_the_lists_and_finds_a_pair(desk, full):
    response = desk("analyst").get(reverse("admin:index"))
    groups = [
        (str(group["name"]), [model["object_name"] for model in group["models"]])
        for group in response.context["app_list"]
    ]
    assert groups == [
        ("Figures", ["CountryPair", "Release", "TurnoverFigure"]),
        ("Targets and evidence", ["Target", "Statement", "RoadmapDocument"]),
        ("Reference", ["Economy", "ExchangeRate", "Source"]),
        ("Judgements and journal", ["Judgement", "VerdictChange", "AuditEvent"]),
    ]
    assert f'action="{page("countrypair", "find")}"' in response.content.decode()


@pytest.mark.parametrize("asked", ["арланд боров", "xar-xbo"])
def test_the_one_pair_that_is_meant_opens_its_table_at_once(desk, full, asked):
    response = desk("analyst").get(page("countrypair", "find"), {"q": asked})
    assert (response.status_code, response.url) == (302, page("countrypair", "enter", world.make_pair().pk))


@pytest.mark.parametrize("asked", ["xbo", "nowhere", "", " ", "x" * 3000])
def test_several_pairs_or_none_lead_to_the_list(desk, full, asked):
    response = desk("analyst").get(page("countrypair", "find"), {"q": asked}, follow=True)
    assert response.redirect_chain[0][0].startswith(page("countrypair", "changelist"))
    assert response.status_code == 200


@pytest.mark.parametrize(
    ("model", "kinds"), [("release", ["national_office", "compilation", "press"]), ("statement", ["press"])]
)
def test_who_enters_figures_finds_tables_before_the_press(desk, full, model, kinds):
    world.make_source("a-press", publisher="Arlandia Today")
    world.make_source("b-office", SourceKind.NATIONAL_OFFICE, publisher="Statistics of Arlandia, yearbook")
    world.make_source("c-compiled", SourceKind.COMPILATION, publisher="Compiled for Arlandia")
    asked = {"app_label": "targets", "model_name": model, "field_name": "source", "term": "arlandia"}
    found = desk("analyst").get(reverse("admin:autocomplete"), asked).json()["results"]
    told = [Source.objects.get(pk=one["id"]).kind.value for one in found]
    assert list(dict.fromkeys(told))[: len(kinds)] == kinds


def test_a_list_says_to_what_it_is_narrowed_and_keeps_its_filter_closed(desk, full):
    listed = page("target", "changelist")
    shown = desk("analyst").get(f"{listed}?state__exact=published&cumulative__exact=0").content.decode()
    summary = re.search(r"<details class=\"filters\"[^>]*>\s*<summary>(.*?)</summary>", shown, re.DOTALL)[1]
    assert re.sub("<[^>]+>", "|", summary) == "Filter|state: |published|||summed over years: |No||"
    assert '<details class="filters" data-filter-title="filters">' in shown
    assert shown.count('id="changelist-filter"') == 1
    bare = desk("analyst").get(listed).content.decode()
    assert 'class="chosen"' not in bare


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("arlandia", {"xar-xbo"}),
        ("АРЛАНДИЯ", {"xar-xbo"}),
        ("арланд", {"xar-xbo"}),
        ("боровия калдер", {"xbo-xca"}),
        ("xbo", {"xar-xbo", "xbo-xca"}),
        ("XCA", {"xbo-xca"}),
        ("xar-xbo", {"xar-xbo"}),
        ("Арландия – Боровия", {"xar-xbo"}),
        ("nowhere", set()),
    ],
)
def test_a_pair_is_found_by_any_name_in_any_case(desk, full, asked, found):
    response = desk("analyst").get(page("countrypair", "changelist"), {"q": asked})
    assert {pair.slug for pair in response.context["cl"].result_list} == found


@pytest.mark.parametrize(
    ("name", "asked", "found"),
    [
        ("economy", "боровия", "XBO"),
        ("economy", "quartz", None),
        ("target", "боровия 500mn 2030", "xar-xbo-500mn-usd-2030"),
        ("statement", "ИЛЬВА марн", "Ilva Marn"),
        ("source", "статистика", "Статистика Дории"),
        ("turnoverfigure", "КАЛДЕРЫ", "xbo-xca"),
        ("release", "statistics of arlandia", "Statistics of Arlandia"),
        ("judgement", "арландия", "xar-xbo-500mn-usd-2030"),
    ],
)
def test_every_list_is_searched_without_regard_to_case(desk, full, name, asked, found):
    world.make_source("doria", publisher="Статистика Дории")
    response = desk("analyst").get(page(name, "changelist"), {"q": asked})
    rows = response.context["cl"].result_list
    if found is None:
        assert not rows
    else:
        assert rows
        assert found in response.content.decode()


def test_sources_are_offered_while_typing(desk, full):
    source = world.make_source("doria", publisher="Статистика Дории")
    address = reverse("admin:autocomplete")
    asked = {"term": "статист", "app_label": "targets", "model_name": "release", "field_name": "source"}
    assert desk("analyst").get(address, asked).json()["results"] == [{"id": str(source.pk), "text": str(source)}]
    assert desk("stranger").get(address, asked).status_code in (302, 403)


def test_a_list_costs_as_many_queries_with_ten_times_the_rows(desk, full):
    client = desk("analyst")

    def costs():
        counted = {}
        for name in LISTS:
            client.get(page(name, "changelist"))
            with CaptureQueriesContext(connection) as queries:
                client.get(page(name, "changelist"))
            counted[name] = len(queries)
        return counted

    few = costs()
    for number in range(30):
        pair = world.make_pair(f"XA{chr(65 + number % 26)}{number}", "XZZ")
        target = world.make_target(pair)
        world.make_statement(target)
        world.make_document(target)
        world.make_figure(pair, pair.first_id, 2024)
        world.make_rate("EUR", 1990 + number, "1.1")
    world.refresh()
    many = costs()
    assert all(many[name] <= few[name] for name in LISTS), (few, many)
    assert max(many.values()) <= 12


def test_a_pair_shows_its_targets_with_their_verdicts_and_its_figures(desk, full):
    pair = full["going"].pair
    content = desk("analyst").get(page("countrypair", "change", pair.pk)).content.decode()
    assert page("target", "change", full["going"].pk) in content
    assert page("countrypair", "enter", pair.pk) in content
    assert "$140m" in content


def test_the_page_of_a_pair_and_of_entry_costs_the_same_with_more_figures(desk, full):
    client, pair = desk("analyst"), full["going"].pair
    addresses = [page("countrypair", "change", pair.pk), page("countrypair", "enter", pair.pk)]
    for address in addresses:
        client.get(address)
        with CaptureQueriesContext(connection) as few:
            client.get(address)
        world.make_years(pair, "XAR", dict.fromkeys(range(1980, 2010), 10))
        with CaptureQueriesContext(connection) as many:
            client.get(address)
        assert len(many) == len(few) <= 14


def test_unpublished_records_do_not_lead_to_the_site(desk, full):
    published = desk("editor").get(page("target", "change", full["going"].pk)).content.decode()
    assert f'href="{full["going"].get_absolute_url()}"' in published
    draft = desk("editor").get(page("target", "change", full["draft"].pk)).content.decode()
    assert full["draft"].get_absolute_url() not in draft


def test_every_list_of_ours_is_covered_here():
    ours = {model for model in admin.site._registry if model._meta.app_label == "targets"}
    assert ours == set(OURS)
    with pytest.raises(NoReverseMatch):
        reverse("admin:targets_nothing_changelist")
