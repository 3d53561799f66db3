"""What one process does, another one sees: of all that it remembers for its pages nothing outlives an action."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from targets import queries
from targets.actions import editing, importing, judgements, releases, review, targets
from targets.actions.desk import SYSTEM, system_account
from targets.actions.search import refresh_search_text
from targets.models import Economy, Release, RoadmapDocument, RoadmapMeasure, Source, Target
from targets.records import EconomyKind, SourceKind
from tests import world

pytestmark = pytest.mark.django_db(transaction=True)

PAGES = [
    "/",
    "/ru/targets/",
    "/targets/?disagree=on",
    "/targets/?q=zebra",
    "/ru/targets/?replaced=on&economy=XBO",
    "/economies/",
    "/ru/economies/XBO/",
    "/deadlines/",
    "/ru/changes/",
    "/changes/?economy=XBO",
    "/ru/coverage/",
    "/coverage/?economy=XBO",
    "/search/?q=zebra",
    "/ru/search/?q=minister",
    "/methodology/",
    "/sitemap.xml",
]

TABLE = b"year,reporter,partner,flow,value_usd\n2024,XBO,XCA,export,900000000\n2024,XBO,XCA,import,900000000\n"


def changed(of: Callable[[], Any], related: Callable[[], dict] = dict, **fields: Any) -> Callable[[], Any]:
    """Saves the record with these fields, as the desk does."""

    def change() -> None:
        record = of()
        for name, value in fields.items():
            setattr(record, name, value)
        assert editing.save(by=by(), record=record, reason="a trial", related=related(), today=world.TODAY)

    return change


def by():
    return system_account(SYSTEM)


def target(slug="xar-xbo-500mn-usd-2030"):
    return Target.objects.get(slug=slug)


def statement():
    return target("xbo-xca-1bn-usd-2022").statements.get()


def publish():
    editor = world.make_user("ed", "editor")
    draft = target("xbo-xca-3bn-usd-open")
    for record in (draft, draft.statements.get()):
        review.submit(by=editor, record=record)
        review.publish(by=editor, record=record, today=world.TODAY)


ACTIONS: dict[str, Callable[[], Any]] = {
    "an economy has another name": changed(lambda: Economy.objects.get(code="XBO"), name_en="Zebra", name_ru="Зебрия"),
    "an economy is a bloc": changed(lambda: Economy.objects.get(code="XCA"), kind=EconomyKind.BLOC),
    "a bloc has other members": changed(
        lambda: Economy.objects.get(code="XUNION"), lambda: {"members": [Economy.objects.get(code="XBO")]}
    ),
    "a source is of another kind": changed(lambda: Source.objects.get(key="office-xbo"), kind=SourceKind.PRESS),
    "a target says something else": changed(target, amount=Decimal(900_000_000), notes="zebra"),
    "a statement says something else": changed(statement, speaker="Zebra"),
    "a document says something else": changed(RoadmapDocument.objects.get, title="zebra"),
    "a document has a measure": changed(lambda: RoadmapMeasure(document=RoadmapDocument.objects.get()), text="zebra"),
    "a draft is published": publish,
    "figures are imported": lambda: importing.import_figures(
        by=by(), data=TABLE, name="flows.csv", today=world.TODAY
    ),
    "figures are withdrawn": lambda: releases.withdraw_release(
        by=by(), release=Release.objects.latest("id"), reason="a trial", today=world.TODAY
    ),
    "a target is no version of another": lambda: targets.unlink(
        by=by(), earlier=target("xar-xbo-500mn-usd-2023"), after=target(), reason="a trial", today=world.TODAY
    ),
    "two targets are one": lambda: targets.merge(
        by=by(), target=target("xar-xbo-500mn-usd-2023"), into=target(), reason="a trial", today=world.TODAY
    ),
    "a target has another address": lambda: targets.rename(
        by=by(), target=target(), slug="xar-xbo-zebra", reason="a trial", today=world.TODAY
    ),
}  # fmt: skip


def test_after_every_action_pages_are_as_a_process_makes_them_that_remembers_nothing(
    client, monkeypatch, settings, tmp_path
):
    settings.MEDIA_ROOT, settings.FOUR_EYES = tmp_path, False
    monkeypatch.setattr("targets.queries.journal.SECONDS", 0.0)
    # As in another process than that of the action: what was done is known by the journal alone.
    monkeypatch.setattr("targets.actions.journal.forget_data_version", lambda: None)

    def pages():
        answers = {page: client.get(page) for page in PAGES}
        assert {answer.status_code for answer in answers.values()} == {200}
        # Addresses of pictures name the version, which each action makes another one.
        return {page: re.sub(r"\bv=\d+", "", answer.content.decode()) for page, answer in answers.items()}

    world.make_world()
    world.make_economy("XUNION", ("XDO",))
    refresh_search_text()
    before = pages()
    for name, act in ACTIONS.items():
        act()
        seen = pages()
        queries.forget_data_version()
        fresh = pages()
        assert [page for page in PAGES if seen[page] != fresh[page]] == [], name
        assert fresh != before, name
        # What is stored beside the records, of which pages are made, went with them.
        assert (judgements.stale(today=world.TODAY), refresh_search_text()) == ([], 0), name
        before = fresh
