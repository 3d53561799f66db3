"""The journal at the desk: in words, and as the history of what has no versions of its own."""

from __future__ import annotations

import pytest
from django.urls import reverse

from targets.actions import journal, releases
from targets.models import Release
from targets.records import Verb
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
    assert [line.object_key for line, _did in page.context["lines"]] == [str(release.pk)]
    told = page.content.decode()
    assert "Typed twice" in told
    assert reverse("admin:targets_release_change", args=[release.pk]) in told


def test_a_pair_of_which_the_journal_knows_nothing_says_so(desk, targets):
    page = desk("analyst").get(reverse("admin:targets_countrypair_history", args=[targets["going"].pair.pk]))
    assert "stands as it was loaded" in page.content.decode()
