"""The page about the method says every rule of the code, with its thresholds and with targets that show it."""

from __future__ import annotations

import ast
import html
import inspect
import pkgutil
import re
from dataclasses import replace
from enum import Enum
from importlib import import_module
from numbers import Number
from pathlib import Path

import pytest
from django.utils.translation import override

from targets import progress, queries
from targets.actions.catalogue import load
from targets.models import Target
from targets.progress import SourceRank
from targets.queries import forget_data_version
from targets.records import OF_A_READING, OF_A_VERDICT, Outcome, Relation
from targets.templatetags import layout
from targets.wording import limits
from tests import world
from tests.queries.test_examples import assert_each_shows_its_rule

pytestmark = pytest.mark.django_db

ROOT = Path(__file__).parents[2]
LANGUAGES = pytest.mark.parametrize("prefix", ["", "/ru"], ids=["en", "ru"])
MODULES = {name: import_module(f"targets.progress.{name}") for _, name, _ in pkgutil.iter_modules(progress.__path__)}


@pytest.fixture(autouse=True)
def anew(monkeypatch):
    monkeypatch.setattr("targets.views.pages.utc_today", lambda: world.TODAY)
    forget_data_version()


def shown(client, prefix=""):
    return html.unescape(client.get(f"{prefix}/methodology/").content.decode())


def anchors(page):
    return re.findall(r'\sid="([^"]+)"', page)


def vocabularies():
    """Every enumeration of words that the rules know, by the name that their anchors begin with."""
    found = {}
    for module in MODULES.values():
        for name, held in vars(module).items():
            if inspect.isclass(held) and issubclass(held, Enum) and len(held) and held.__module__ == module.__name__:
                found[name] = held
    return found


def test_the_rules_have_the_vocabularies_that_the_page_is_asked_about():
    assert set(vocabularies()) == {
        *("Measure", "Status", "Reason", "Flag", "Weather", "SourceRank"),
        *("Ambiguity", "Wording", "Suspicion", "Against"),
    }


@LANGUAGES
def test_every_word_of_the_rules_has_an_entry(client, prefix):
    names = {**vocabularies(), "Relation": Relation, "Outcome": Outcome}
    begins = {"SourceRank": "rank"}
    wanted = {
        f"{begins.get(name, name.lower())}-{one.name.lower() if held is SourceRank else one.value}"
        for name, held in names.items()
        for one in held
    }
    assert wanted - set(anchors(shown(client, prefix))) == set()


def test_every_formula_that_may_be_undefined_has_an_entry(client):
    guarded = set()
    for module in MODULES.values():
        for node in ast.walk(ast.parse(inspect.getsource(module))):
            if isinstance(node, ast.FunctionDef) and any(
                isinstance(one, ast.Raise) and "GrowthUndefined" in ast.unparse(one) for one in ast.walk(node)
            ):
                guarded.add(f"guard-{node.name}")
    assert len(guarded) > 5
    assert guarded - set(anchors(shown(client))) == set()


def numbers_of_the_rules():
    """Every number that a module of the rules gives a name of its own."""
    for name, module in MODULES.items():
        for node in ast.parse(inspect.getsource(module)).body:
            if not isinstance(node, ast.Assign) or not isinstance(node.targets[0], ast.Name):
                continue
            constant = node.targets[0].id
            value = getattr(module, constant)
            if constant.isupper() and isinstance(value, Number):
                yield f"{name}.{constant}", value


def test_every_named_number_of_the_rules_is_a_threshold_that_can_be_said():
    known = dict(numbers_of_the_rules())
    assert dict(limits.constants()) == known
    assert set(limits.WORDS) == set(known)


@LANGUAGES
def test_every_threshold_stands_on_the_page_with_its_value(client, prefix):
    said = {
        name: float(value)
        for name, value in re.findall(r'<data data-limit="([^"]+)" value="([^"]+)">', shown(client, prefix))
    }
    assert said == {name: float(value) for name, value in numbers_of_the_rules()}


def test_thresholds_come_from_the_code_and_are_written_nowhere_else(client, monkeypatch):
    monkeypatch.setattr(MODULES["status"], "ON_TRACK_FROM", 0.91)
    monkeypatch.setattr(MODULES["base"], "BASE_YEARS_BACK", 1)
    page = re.sub(r"</?data[^>]*>", "", shown(client)).replace("\u202f", " ")
    assert "The growth ratio is at least 91 %." in page
    assert "95 %" not in page.split('id="second"')[0]
    assert "at most 1 year back" in page
    for file in (ROOT / "templates" / "targets" / "method").iterdir():
        source = file.read_text()
        said = re.findall(r'{% translate "([^"]*)"', source)
        said += re.findall(r"{% blocktranslate.*?%}(.*?){% endblocktranslate", source, re.DOTALL)
        assert [one for one in said if re.search(r"\d", one) and "100 billion by 2023" not in one] == [], file.name


def test_a_sentence_on_a_target_s_page_takes_its_thresholds_from_the_code_too(client, monkeypatch):
    target = world.make_world()["going"]
    monkeypatch.setattr("targets.wording.basis.ON_TRACK_FROM", 0.91)
    assert "from 0.91 on track, from 0.6 too slow" in client.get(f"/targets/{target.slug}/").content.decode()


@LANGUAGES
def test_each_rule_has_its_example_or_says_that_nothing_shows_it(client, prefix):
    world.make_world()
    page = shown(client, prefix)
    found = queries.method_page(today=world.TODAY)
    named = dict(re.findall(r'data-example="([^"]+)"><a href="([^"]+)"', page))
    for rule, example in found.examples.items():
        assert named[rule] == f"{prefix}/targets/{example.target.slug}/", rule
    none = "Сейчас этого не показывает" if prefix else "No published target shows this at present."
    assert page.count(none) == len({*OF_A_READING, *OF_A_VERDICT} - found.examples.keys())


@LANGUAGES
def test_without_any_target_the_page_says_so_and_invents_nothing(client, prefix):
    page = shown(client, prefix)
    assert "data-example" not in page
    assert ("нет темпа, и считать нечего" if prefix else "there is nothing to work out") in page


def test_anchors_are_there_once_and_the_contents_lead_to_them(client):
    world.make_world()
    page = shown(client)
    found = anchors(page)
    assert len(found) == len(set(found))
    contents = re.search(r'<nav class="contents.*?</nav>', page, re.DOTALL)[0]
    parts = set(re.findall(r'aria-labelledby="([^"]+)">\s*<h2', page)) - {"contents"}
    assert set(re.findall(r'href="#([^"]+)"', contents)) == parts


@LANGUAGES
def test_a_status_leads_to_the_rule_behind_it(client, prefix):
    targets = world.make_world()
    known = set(anchors(shown(client, prefix)))
    for name in ("going", "kept", "earlier"):
        page = client.get(f"{prefix}/targets/{targets[name].slug}/").content.decode()
        rules = re.findall(rf'class="why" href="{prefix}/methodology/#([^"]+)"', page)
        assert len(rules) == 3
        assert set(rules) <= known
    assert f'href="{prefix}/methodology/#status"' in client.get(f"{prefix}/targets/").content.decode()


def test_whatever_the_status_there_is_a_rule_to_lead_to(client):
    known = set(anchors(shown(client)))
    target = world.make_world()["going"]
    page = queries.target_page(target.slug, today=world.TODAY)
    for day in (world.TODAY, world.TODAY.replace(year=2031)):
        for status in progress.Status:
            for reason in (None, *progress.Reason):
                judged = replace(
                    page.assessment,
                    today=day,
                    verdict=replace(page.assessment.verdict, status=status, reason=reason),
                )
                with override("en"):
                    assert re.search(r'#([^"]+)"', layout.why(judged))[1] in known, (status, reason)


def test_the_shipped_targets_show_most_rules_and_each_of_them_truly():
    load(folder=ROOT / "data" / "catalogue", today=world.TODAY)
    forget_data_version()
    found = queries.method_page(today=world.TODAY)
    assert Target.objects.filter(state="published").count() > 300
    assert_each_shows_its_rule(found)
    missing = {*OF_A_READING, *OF_A_VERDICT} - found.examples.keys()
    assert len(missing) < 15, missing


@LANGUAGES
def test_where_not_every_target_was_looked_at_the_page_says_among_how_many(client, prefix, monkeypatch):
    monkeypatch.setattr("targets.queries.examples.MOST", 2)
    world.make_world()
    page = shown(client, prefix)
    assert ("целей с самыми большими суммами" if prefix else "None of the 2 targets of the largest amounts") in page
    assert ("ни одна опубликованная цель" if prefix else "No published target shows") not in page
