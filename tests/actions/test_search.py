"""The text that search looks through follows what readers can see."""

from __future__ import annotations

import pytest

from targets.actions.search import refresh_search_text
from targets.models import Target
from tests.world import make_document, make_statement, make_target

pytestmark = pytest.mark.django_db


def text(target):
    return Target.objects.get(pk=target.pk).search_text


def test_both_economies_are_found_by_every_form_of_their_names():
    target = make_target()
    target.pair.first.other_names = "Arlandish Realm\nЗемля Арлан"
    target.pair.first.save()
    refresh_search_text()
    for word in (
        "arlandia",
        "арландией",
        "боровии",
        "arlandish realm",
        "земля арлан",
        "xar",
        target.slug.replace("-", " "),
    ):
        assert word in text(target)


def test_what_was_said_is_found_by_speaker_role_occasion_and_summary_in_both_languages():
    target = make_target()
    make_statement(target, speaker="José Ñandú", speaker_ru="Хосе Ньянду", occasion_ru="Съезд в Алёшино")
    make_document(target, title="Big Roadmap", title_ru="Большая дорожная карта")
    refresh_search_text([target.pk])
    for word in (
        "jose nandu",
        "хосе ньянду",
        "съезд в алешино",
        "trade minister",
        "named the amount",
        "большая дорожная",
    ):
        assert word in text(target)


def test_what_is_not_published_is_not_found():
    target = make_target()
    make_statement(target, published=False, speaker="Nobody Yet")
    make_document(target, published=False, title="Secret Plan")
    refresh_search_text()
    assert "nobody yet" not in text(target)
    assert "secret plan" not in text(target)


def test_a_refresh_writes_only_what_differs_and_no_history():
    one, other = make_target(), make_target()
    assert refresh_search_text() == 2
    make_statement(one, speaker="Somebody New")
    assert refresh_search_text() == 1
    assert refresh_search_text() == 0
    assert one.history.count() == other.history.count() == 1


def test_targets_that_were_not_asked_for_stay(django_assert_num_queries):
    one, other = make_target(), make_target()
    before = text(other)
    with django_assert_num_queries(5):
        refresh_search_text([one.pk])
    assert text(other) == before
