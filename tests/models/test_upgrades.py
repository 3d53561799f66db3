"""Databases of earlier states come through every migration since with all they held."""

from __future__ import annotations

from datetime import date

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import IntegrityError, connection
from django.db.migrations.executor import MigrationExecutor

from targets.actions import judgements, reaches
from targets.actions.desk import SYSTEM, system_account
from targets.actions.search import refresh_search_text
from targets.models import AuditEvent, Judgement, Reach, Release, Target, TurnoverFigure
from targets.queries import target_list, target_page
from targets.queries.judging import judged_voices
from targets.records import ReviewState, TargetFilter
from tests import upgrades
from tests.upgrades import FOLDER
from tests.world import make_pair, make_target

BIG = "blr-kgz-500m-usd-2030"

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(params=sorted(path.name for path in FOLDER.iterdir() if path.is_dir()))
def upgraded(request):
    """A dump, loaded at its own migration and brought forward to today's."""
    dump = upgrades.read(request.param)
    state = [("targets", dump["migration"])]
    MigrationExecutor(connection).migrate(state)
    past = MigrationExecutor(connection).loader.project_state(state).apps
    upgrades.load(dump, past)
    call_command("migrate", verbosity=0)
    return dump


def test_nothing_is_lost_on_the_way_and_the_site_works(upgraded):
    today = date.fromisoformat(upgraded["today"])
    for label, rows in upgraded["rows"].items():
        assert apps.get_model(label)._base_manager.count() >= len(rows), label
    connection.check_constraints()

    by_id = {row["id"]: row for row in upgraded["rows"]["targets.TurnoverFigure"]}
    for figure in TurnoverFigure.objects.all():
        told = by_id[figure.pk]
        assert [None if one is None else f"{one:.2f}" for one in (figure.exports, figure.imports, figure.turnover)] == [
            None if told[name] is None else f"{float(told[name]):.2f}" for name in ("exports", "imports", "turnover")
        ]

    page = target_page(BIG, today=today)
    latest = {figure.by: figure for figure in page.figures if figure.full_year and figure.source.key == "kgz-nsc"}
    assert latest["KGZ"].year == 2025
    assert latest["KGZ"].turnover == 140_000_000
    assert target_list(TargetFilter(replaced=True)).total == Target.objects.filter(state=ReviewState.PUBLISHED).count()
    assert Release.objects.filter(withdrawn_reason="wrong unit").count() == 1
    assert Target.objects.get(slug=BIG).notes == "Edited at the desk."
    assert Target.objects.get(slug=BIG).history.first().history_user.username == "editor"


def test_work_goes_on_where_it_stopped(upgraded):
    newest = AuditEvent.objects.latest("id").pk
    pairs = set(Target.objects.values_list("pair", flat=True))
    assert Reach.objects.exists()
    assert reaches.stale(judged_voices(pairs), date.fromisoformat(upgraded["today"])) == set()
    done = judgements.refresh(by=system_account(SYSTEM), today=date.fromisoformat(upgraded["today"]))
    assert done.assessed == Target.objects.count()
    assert refresh_search_text() == 0
    published = Target.objects.filter(state=ReviewState.PUBLISHED)
    assert Judgement.objects.filter(target__in=published, is_verdict=True).count() == published.count()
    call_command("withdraw_release", str(Release.objects.latest("id").pk - 1), "--reason", "tried out")
    assert AuditEvent.objects.latest("id").pk > newest


def test_a_link_out_of_its_pair_ends_the_upgrade_with_a_sentence():
    later, stranger = make_target(make_pair("XAR", "XCA")), make_target(slug="xar-xbo-astray")
    MigrationExecutor(connection).migrate([("targets", "0001_initial")])
    Target.objects.filter(pk=stranger.pk).update(superseded_by=later, relation="raised")
    with pytest.raises(IntegrityError, match="Targets followed by a target of another pair: xar-xbo-astray"):
        call_command("migrate", verbosity=0)
    Target.objects.update(superseded_by=None, relation="")
    call_command("migrate", verbosity=0)
