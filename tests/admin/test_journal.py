"""The journal at the desk: in words, and as the history of what has no versions of its own."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.urls import reverse

from targets.actions import journal, releases
from targets.models import Judgement, Release, VerdictChange
from targets.progress import Status
from targets.records import ChangeCause, Verb
from tests import world

JOURNAL = reverse("admin:targets_auditevent_changelist")


def test_a_verb_without_words_is_not_written(db):
    with pytest.raises(ValueError, match="tickle"):
        journal.record(by=world.make_user(), verb="tickle")


def test_the_journal_is_told_in_words_with_their_filters(desk, targets, cast):
    for verb in Verb:
        journal.record(by=cast["editor"], verb=verb.value, record=targets["going"])
    page = desk("editor").get(JOURNAL)
    rows = page.content.decode()
    assert all(f">{verb.label}<" in rows for verb in Verb)
    assert "restate" not in [
        choice["display"] for choice in page.context["cl"].filter_specs[0].choices(page.context["cl"])
    ]
    assert page.context["cl"].filter_specs[1].title == "to what"
    chosen = desk("editor").get(JOURNAL, {"verb": "merge"})
    assert [event.verb for event in chosen.context["cl"].result_list] == ["merge"]
    assert "объединено" in desk("editor").get(f"/ru{JOURNAL}").content.decode()


def test_a_line_of_the_journal_opens_in_words(desk, targets, cast):
    line = journal.record(by=cast["editor"], verb="merge", record=targets["going"], reason="The same")
    page = desk("analyst").get(reverse("admin:targets_auditevent_change", args=[line.pk])).content.decode()
    assert "merged with another one" in page
    assert "The same" in page


def test_the_history_of_a_pair_names_what_brought_its_figures(desk, targets, cast):
    pair = targets["going"].pair
    release = Release.objects.filter(figures__pair=pair).order_by("pk").first()
    releases.withdraw_release(by=cast["editor"], release=release, reason="Typed twice")
    page = desk("analyst").get(reverse("admin:targets_countrypair_history", args=[pair.pk]))
    assert [line.object_key for line, *_told in page.context["lines"]] == [str(release.pk)]
    told = page.content.decode()
    assert "Typed twice" in told
    assert reverse("admin:targets_release_change", args=[release.pk]) in told


def test_a_pair_of_which_the_journal_knows_nothing_says_so(desk, targets):
    page = desk("analyst").get(reverse("admin:targets_countrypair_history", args=[targets["going"].pair.pk]))
    assert "stands as it was loaded" in page.content.decode()


@pytest.mark.parametrize("prefix", ["", "/ru"])
def test_judgements_and_changes_of_verdict_are_told_without_codes(desk, targets, prefix):
    going = targets["going"]
    Judgement.objects.filter(target=going, is_verdict=True).delete()
    verdict = Judgement.objects.create(
        target=going, is_verdict=True, status=Status.TOO_EARLY, assessed_on=date(2024, 1, 1)
    )
    change = VerdictChange.objects.create(target=going, to_status=Status.NOT_ASSESSABLE, cause=ChangeCause.FIRST)
    client = desk("editor")
    for record in (verdict, change):
        name = record._meta.model_name
        for address in (f"{prefix}/admin/targets/{name}/", f"{prefix}/admin/targets/{name}/{record.pk}/change/"):
            shown = re.sub(r"<[^>]+>", " ", client.get(address).text)
            assert not re.search(r"\b(too_early|not_assessable)\b", shown)
            if prefix:
                assert not re.search(r"(?i)\b(status|cause|assessed on|latest year|from status)\b", shown)
