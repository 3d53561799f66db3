"""Search: what is found for words in either language and script, by kind, on whichever database."""

import pytest

from targets import queries
from targets.actions.search import refresh_search_text
from targets.models import Economy
from targets.queries import search as module
from targets.records import SearchKind, TargetFilter, excerpt, marked, search_text, search_words
from tests import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def found():
    """A search in a world of four targets, by kind and then what tells its rows apart."""
    targets = world.make_world()
    arlandia = Economy.objects.get(code="XAR")
    arlandia.other_names = "Republic of Arlandia\nSouth Arlan\nАрланд-Ёль\nCôte d’Arlan"
    arlandia.save()
    world.make_statement(
        targets["going"],
        speaker="Çelik Nandu",
        speaker_ru="Челик Нанду",
        occasion="",
        occasion_ru="",
        role="",
        role_ru="",
    )
    refresh_search_text()

    def search(words, **asked):
        results = queries.search_results(words, "en", **asked)
        return {
            SearchKind.TARGETS: [hit.target.slug for hit in results.targets],
            SearchKind.PAIRS: [hit.pair.slug for hit in results.pairs],
            SearchKind.ECONOMIES: [economy.code for economy in results.economies],
            SearchKind.STATEMENTS: [hit.speaker for hit in results.statements],
            SearchKind.DOCUMENTS: [hit.text for hit in results.documents],
        }

    return search


IN_LATIN = ["arlandia", "ARLANDIA", "Árlandia", "xar", "South Arlan", "Arlan, South!", "Cote d'Arlan", "côte darlan"]
IN_CYRILLIC = ["арланд", "АРЛАНДИЯ", "Арландией", "арланд ель", "АРЛАНД-ЁЛЬ"]


@pytest.mark.parametrize("words", [*IN_LATIN, *IN_CYRILLIC])
def test_an_economy_is_found_by_every_name_in_either_script_with_its_pairs_and_targets(found, words):
    hits = found(words)
    assert hits[SearchKind.ECONOMIES] == ["XAR"]
    assert hits[SearchKind.PAIRS] == ["xar-xbo"]
    assert hits[SearchKind.TARGETS] == ["xar-xbo-500mn-usd-2030", "xar-xbo-500mn-usd-2023"]


@pytest.mark.parametrize("words", ["Çelik", "celik", "ЧЕЛИК", "челик нанду", "nandu celik", "nan"])
def test_a_person_is_found_by_name_in_either_script_in_any_order(found, words):
    hits = found(words)
    assert hits[SearchKind.STATEMENTS] == ["Çelik Nandu"]
    assert hits[SearchKind.TARGETS] == ["xar-xbo-500mn-usd-2030"]
    assert hits[SearchKind.ECONOMIES] == hits[SearchKind.PAIRS] == []


def test_a_person_and_a_country_together_find_what_the_one_said_about_the_other(found):
    assert found("celik боровия")[SearchKind.STATEMENTS] == ["Çelik Nandu"]
    assert found("celik калдеры")[SearchKind.STATEMENTS] == []


def test_a_country_alone_finds_no_statement_that_does_not_name_it(found):
    assert found("калдеры")[SearchKind.STATEMENTS] == []


def test_documents_are_found_by_the_words_of_their_title_and_measures_in_either_language(found):
    assert len(found("roadmap cooperation")[SearchKind.DOCUMENTS]) == 1
    assert found("дорожная карта")[SearchKind.DOCUMENTS] == found("roadmap")[SearchKind.DOCUMENTS]
    assert found("roadmap arlandia")[SearchKind.DOCUMENTS] == found("roadmap")[SearchKind.DOCUMENTS]


def test_a_word_is_found_by_how_it_begins_not_from_its_middle(found):
    assert found("landia") == {kind: [] for kind in SearchKind}


def test_nothing_unpublished_is_found(found):
    for words in ("3bn", "rumours", "xbo xca open"):
        assert found(words) == {kind: [] for kind in SearchKind}


@pytest.mark.parametrize("words", ["", "%", "_", "\\", "'\"", "🙂", "\u202e\u200f", "--", "ё̈"[1:], "%%%_"])
def test_signs_alone_find_nothing(found, words):
    assert found(words) == {kind: [] for kind in SearchKind}


@pytest.mark.parametrize("words", ["arl%", "arl_ndia", "a\\%", "مصر", "𝒳" * 90, "x" * 100, "a' OR 1=1 --"])
def test_hostile_words_are_words(found, words):
    hits = found(words)
    assert all(isinstance(rows, list) for rows in hits.values())
    assert hits[SearchKind.ECONOMIES] in ([], ["XAR"])


def test_a_page_of_one_kind_holds_the_rest_and_ends(found, monkeypatch):
    monkeypatch.setattr(module, "ROWS_A_PAGE", 2)
    pages = [queries.search_results("trade minister", "en", SearchKind.STATEMENTS, page) for page in (1, 2, 3)]
    assert [len(page.statements) for page in pages[:2]] == [2, 1]
    assert pages[2] is None
    assert pages[0].totals == ((SearchKind.STATEMENTS, 3),)
    assert (pages[0].pages, pages[0].targets) == (2, ())
    ids = [hit.id for page in pages[:2] for hit in page.statements]
    assert len(set(ids)) == 3


def test_a_letter_alone_finds_names_and_no_text(found):
    hits = found("a")
    assert hits[SearchKind.ECONOMIES] == ["XAR"]
    assert hits[SearchKind.STATEMENTS] == hits[SearchKind.DOCUMENTS] == []
    assert found("a marn")[SearchKind.STATEMENTS]


def test_statements_come_newest_first(found):
    hits = queries.search_results("minister", "en").statements
    days = [hit.when.on for hit in hits]
    assert days == sorted(days, reverse=True)


@pytest.mark.parametrize("times", [1, 8])
def test_a_search_is_eight_queries_where_nothing_is_remembered_however_much_is_found(times, django_assert_num_queries):
    for number in range(times):
        target = world.make_target(slug=f"target-{number}")
        world.make_statement(target, speaker="Arlan Marn")
        world.make_document(target, title=f"Arlandia and Borovia, {number}")
    world.refresh()
    with django_assert_num_queries(8):
        results = queries.search_results("arlan", "en")
    assert dict(results.totals) == {
        SearchKind.TARGETS: times,
        SearchKind.PAIRS: 1,
        SearchKind.ECONOMIES: 1,
        SearchKind.STATEMENTS: times,
        SearchKind.DOCUMENTS: times,
    }


def test_a_removed_measure_or_target_of_a_document_is_no_longer_found():
    from targets.actions import editing
    from targets.models import RoadmapDocument, RoadmapMeasure

    targets = world.make_world()
    document = RoadmapDocument.objects.get()
    editor = world.make_user("edo", "editor")
    measure = RoadmapMeasure(document=document, text="A joint gumboot factory")
    editing.save(by=editor, record=measure, reason="new")
    assert queries.search_results("gumboot", "en").documents[0].id == document.pk
    assert queries.search_results("gumboot", "en").targets[0].target.slug == targets["going"].slug
    editing.remove(by=editor, record=measure, reason="twice")
    assert queries.search_results("gumboot", "en").total == 0
    editing.save(by=editor, record=document, related={"targets": []}, reason="not behind it")
    assert [hit.target for hit in queries.search_results("roadmap", "en").documents] == [""]
    assert queries.search_results("roadmap", "en").targets == ()


def test_words_are_kept_once_and_a_word_that_begins_another_is_no_question_of_its_own():
    assert search_words("Арл арландия АРЛАНДИЯ") == ("арландия",)
    assert search_text(["Big  Plan", "big plan", ""]) == " big plan"


def test_the_part_of_a_word_that_was_asked_for_is_marked_whatever_its_accents():
    text = "Ministère de la Côte, МИНИСТР Алёша"
    pieces = [piece for piece, hit in marked(text, search_words("minist министр алеш")) if hit]
    assert pieces == ["Minist", "МИНИСТР", "Алёш"]
    assert "".join(piece for piece, _hit in marked(text, ("x",))) == text


def test_a_long_text_is_cut_around_what_was_found():
    text = "word " * 200 + "needle " + "word " * 200
    part = excerpt(text, ("needle",))
    assert "needle" in part
    assert len(part) < 260
    assert part.startswith("… ")
    assert part.endswith(" …")
    assert excerpt("short", ("x",)) == "short"


def test_an_economy_is_found_once_there_is_something_to_read_of_it(found):
    """The list of economies is that of the world, so that files find them; readers are not led to empty pages."""
    world.make_economy("XNO", name_en="Nowhere", name_ru="Нигдея")
    assert found("nowhere")[SearchKind.ECONOMIES] == []
    figure = world.make_figure(world.make_pair("XAR", "XNO"))
    assert found("nowhere")[SearchKind.ECONOMIES] == ["XNO"]
    figure.release.withdrawn_at, figure.release.withdrawn_by = world.NOON, world.make_user("editor", "editor")
    figure.release.save()
    assert found("nowhere")[SearchKind.ECONOMIES] == []
    world.make_economy("XUNION", members=("XNO",))
    assert found("nowhere")[SearchKind.ECONOMIES] == ["XNO"]


def test_an_economy_that_only_a_draft_names_is_not_found(found):
    world.make_economy("XNO", name_en="Nowhere")
    world.make_target(world.make_pair("XAR", "XNO"), slug="draft", published=False)
    assert found("nowhere")[SearchKind.ECONOMIES] == []


@pytest.fixture
def of_a_country_called_us(found):
    """The same world with targets of two countries whose short names begin the codes of its currencies."""
    Economy.objects.filter(pk="XAR").update(other_names="Eu")
    world.make_economy("XUS", iso2="US", name_en="Unistan", name_ru="Унистан")
    fits = world.make_target(world.make_pair("XCA", "XUS"), slug="xca-xus-1bn-eur-2012", first_stated_on=None)
    talked = world.make_target(world.make_pair("XBO", "XCA"), slug="xbo-xca-9bn-usd-2040")
    talked.notes = "Used to be US$ 7bn, or seven billion US dollars"
    talked.save()
    refresh_search_text()
    world.refresh()
    return fits.slug, talked.slug


def test_a_short_name_finds_the_country_and_no_code_of_a_currency(found, of_a_country_called_us):
    fits, talked = of_a_country_called_us
    hits = found("us")
    assert (hits[SearchKind.ECONOMIES], hits[SearchKind.PAIRS]) == (["XUS"], ["xca-xus"])
    # The other one is "used".
    assert hits[SearchKind.TARGETS] == [fits, talked]
    assert fits not in found("eu")[SearchKind.TARGETS]
    assert found("us калдеры")[SearchKind.PAIRS] == ["xca-xus"]
    assert found("us калдеры")[SearchKind.TARGETS][0] == fits


def test_the_whole_code_of_a_currency_finds_its_amounts_however_they_are_written(found, of_a_country_called_us):
    fits, talked = of_a_country_called_us
    for words in ("usd", "US$", "us dollars", "us usd"):
        assert talked in found(words)[SearchKind.TARGETS]
        assert fits not in found(words)[SearchKind.TARGETS]
    assert found("eur")[SearchKind.TARGETS] == [fits]


def test_the_list_of_targets_finds_no_code_of_a_currency_by_its_beginning(found, of_a_country_called_us):
    rows = queries.target_list(TargetFilter(q="us calder"), 1, []).rows
    assert {row.target.slug for row in rows} == set(of_a_country_called_us)
    assert queries.target_list(TargetFilter(q="eu calder"), 1, []).rows == ()


def test_of_a_code_of_a_currency_the_beginning_is_not_marked():
    assert [piece for piece, hit in marked("US, 5bn USD, usual", ("us",)) if hit] == ["US", "us"]
    assert [piece for piece, hit in marked("5bn USD", ("usd",)) if hit] == ["USD"]
