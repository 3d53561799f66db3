"""Loading what is shipped: whole, again, broken, and beside what people have edited."""

from __future__ import annotations

from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command

from targets import queries
from targets.actions import catalogue, judgements, loading, releases, storing
from targets.actions.catalogue import load
from targets.actions.desk import CATALOGUE
from targets.models import (
    AuditEvent,
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
from targets.progress import Status
from targets.queries import current_figures
from targets.records import ReleaseKind, ReviewState, SourceKind, TargetFilter, Valuation
from targets.wording import reading_sentence, verdict_sentence
from targets.wording.numbers import NARROW, NO_BREAK
from tests.catalogues import EXTRACT, RATES, document, figure, made_up, source, statement, target, write
from tests.world import TODAY, make_source, make_user

pytestmark = pytest.mark.django_db

SHIPPED = Path(__file__).parents[2] / "data"
BIG = "xar-xbo-500m-usd-2030"
SMALL = "xar-xbo-300m-usd-2025"
HELD = "xbo-xunion-double-open"


@pytest.fixture
def folder(tmp_path):
    return write(tmp_path, extract=EXTRACT, rates=RATES)


def counts(loaded):
    """(new, changed, unchanged, kept, rejected) of the kinds with anything to count."""
    told = {kind: (one.new, one.changed, one.unchanged, one.kept, one.rejected) for kind, one in loaded.counts.items()}
    return {kind: numbers for kind, numbers in told.items() if any(numbers)}


def everything():
    """Every row of every table, to see that nothing moved."""
    return {
        model._meta.label: sorted(map(repr, model._base_manager.values_list()))
        for model in apps.get_models(include_auto_created=True)
    }


def test_a_first_load_brings_everything(folder):
    assert counts(load(folder=folder, today=TODAY)) == {
        "economies": (5, 0, 0, 0, 0),
        "sources": (7, 0, 0, 0, 0),
        "exchange rates": (2, 0, 0, 0, 0),
        "targets": (3, 0, 0, 0, 0),
        "statements": (3, 0, 0, 0, 0),
        "documents": (1, 0, 0, 0, 0),
        "figures": (4, 0, 0, 0, 0),
        "trade figures": (3, 0, 0, 0, 0),
    }


def test_a_second_load_changes_nothing_at_all(folder):
    load(folder=folder, today=TODAY)
    before = everything()
    again = load(folder=folder, today=TODAY)
    assert everything() == before
    assert sum(sum(numbers) for numbers in counts(again).values()) == 28
    assert all(one.unchanged == sum(numbers) for one, numbers in zip(
        (one for one in again.counts.values() if one.unchanged), counts(again).values(), strict=True
    ))  # fmt: skip


def test_targets_come_published_in_the_name_of_the_catalogue_and_held_ones_as_drafts_with_their_reason(folder):
    load(folder=folder, today=TODAY)
    big, held = Target.objects.get(slug=BIG), Target.objects.get(slug=HELD)
    assert (big.state, big.published_by.username, big.hold_reason) == (ReviewState.PUBLISHED, CATALOGUE, "")
    assert (held.state, held.published_at, held.hold_reason) == (ReviewState.DRAFT, None, "only rumours")
    assert {statement.state for statement in held.statements.all()} == {ReviewState.DRAFT}
    assert {statement.state for statement in big.statements.all()} == {ReviewState.PUBLISHED}
    assert {document.state for document in big.documents.all()} == {ReviewState.PUBLISHED}


def test_nobody_can_sign_in_as_the_catalogue(folder):
    load(folder=folder, today=TODAY)
    account = get_user_model().objects.get(username=CATALOGUE)
    assert not account.is_active
    assert not account.has_usable_password()


def test_links_lead_to_the_target_that_follows(folder):
    load(folder=folder, today=TODAY)
    small = Target.objects.get(slug=SMALL)
    assert (small.superseded_by.slug, small.relation) == (BIG, "raised")
    assert Judgement.objects.get(target=small, is_verdict=True).replaced


def test_relations_and_blocs_are_stored_and_remembered(folder):
    load(folder=folder, today=TODAY)
    said = Statement.objects.get(target__slug=HELD)
    assert set(said.sides.values_list("pk", flat=True)) == {"XBO", "XUNION"}
    assert {row.economy_id for row in said.history.get().sides.all()} == {"XBO", "XUNION"}
    paper = RoadmapDocument.objects.get()
    assert [one.target.slug for one in paper.history.get().targets.all()] == [BIG]
    union = Economy.objects.get(pk="XUNION")
    assert (set(union.members.values_list("pk", flat=True)), union.members_known) == ({"XBO", "XCA"}, True)


def test_figures_come_in_one_release_a_source_with_the_day_the_source_said_it(folder):
    load(folder=folder, today=TODAY)
    release = Release.objects.get(source__key="arlandian-1")
    assert (release.kind, release.vintage.isoformat(), release.figures.count()) == (
        ReleaseKind.CATALOGUE,
        "2020-05-02",
        2,
    )
    assert Release.objects.get(source__key="arlandian-2").vintage is None  # only the month is known
    trade = Release.objects.get(source__key="office")
    assert (trade.kind, trade.vintage, trade.figures.count()) == (ReleaseKind.IMPORT, None, 2)
    assert len(trade.sha256) == 64


def test_the_extracts_datasets_are_sources_of_their_own_with_their_terms(folder):
    load(folder=folder, today=TODAY)
    office, consignment = Source.objects.get(key="office"), Source.objects.get(key="office-consignment")
    assert (office.kind, office.terms, office.shareable) == (
        SourceKind.NATIONAL_OFFICE,
        "Free use with attribution.",
        True,
    )
    assert {one.valuation for one in TurnoverFigure.objects.filter(release__source=office)} == {Valuation.FOB_CIF}
    assert {one.valuation for one in TurnoverFigure.objects.filter(release__source=consignment)} == {Valuation.CIF}
    (of_2024,) = [
        figure for figure in current_figures(["xar-xbo"]) if figure.source.key == "office" and figure.year == 2024
    ]
    assert of_2024.turnover == 113_000_000


def test_the_search_text_holds_names_speakers_and_summaries_of_both_languages(folder):
    load(folder=folder, today=TODAY)
    text = Target.objects.get(slug=BIG).search_text
    for word in ("арландии", "borovia", "ильва марн", "trade minister", "roadmap to 2030", "назвала сумму", "xar"):
        assert word in text
    assert "ilva marn" not in Target.objects.get(slug=HELD).search_text


def test_verdicts_begin_with_the_load(folder):
    loaded = load(folder=folder, today=TODAY)
    assert loaded.verdicts == VerdictChange.objects.count() == 3
    assert set(VerdictChange.objects.values_list("event__verb", "from_status", "cause")) == {("load", "", "first")}


# What changed at the origin


def test_what_changed_in_the_catalogue_is_changed_here_and_remembered(folder):
    load(folder=folder, today=TODAY)
    lists = made_up()
    lists["targets"][0] |= {"amount": 600_000_000, "notes": "Corrected."}
    lists["targets"][0]["statements"][0] |= {"sides": ["XAR", "XBO"], "hedged": True}
    lists["economies"][4]["members"] = ["XBO", "XDO"]
    lists["figures"][1]["turnover"] = 99_000_000
    lists["sources"].append(source("arlandian-4"))
    assert counts(load(folder=write(folder, lists), today=TODAY)) == {
        "economies": (0, 1, 4, 0, 0),
        "sources": (1, 0, 7, 0, 0),
        "exchange rates": (0, 0, 2, 0, 0),
        "targets": (0, 1, 2, 0, 0),
        "statements": (0, 1, 2, 0, 0),
        "documents": (0, 0, 1, 0, 0),
        "figures": (0, 1, 3, 0, 0),
        "trade figures": (0, 0, 3, 0, 0),
    }
    big = Target.objects.get(slug=BIG)
    assert (big.amount, [line.history_type for line in big.history.all()]) == (600_000_000, ["~", "+"])
    said = big.statements.get()
    assert [sorted(row.economy_id for row in line.sides.all()) for line in said.history.all()] == [
        ["XAR", "XBO"],
        ["XAR"],
    ]
    assert set(Economy.objects.get(pk="XUNION").members.values_list("pk", flat=True)) == {"XBO", "XDO"}
    assert Release.objects.filter(source__key="arlandian-1").count() == 2
    assert counts(load(folder=folder, today=TODAY))["targets"] == (0, 0, 3, 0, 0)


def test_a_target_that_is_no_longer_held_is_published_with_all_that_hangs_on_it(folder):
    load(folder=folder, today=TODAY)
    lists = made_up()
    lists["targets"][2] |= {"publish": True, "hold_reason": None}
    load(folder=write(folder, lists), today=TODAY)
    held = Target.objects.get(slug=HELD)
    assert (held.state, held.hold_reason, held.published_by.username) == (ReviewState.PUBLISHED, "", CATALOGUE)
    assert {one.state for one in held.statements.all()} == {ReviewState.PUBLISHED}


def test_a_document_under_two_targets_is_one(folder):
    lists = made_up()
    lists["targets"][1]["documents"] = [document("palace")]
    assert counts(load(folder=write(folder, lists), today=TODAY))["documents"] == (1, 0, 0, 0, 0)
    assert set(RoadmapDocument.objects.get().targets.values_list("slug", flat=True)) == {BIG, SMALL}


def test_what_is_gone_from_the_catalogue_stays_here(folder):
    load(folder=folder, today=TODAY)
    lists = made_up()
    del lists["targets"][2], lists["figures"][0]
    load(folder=write(folder, lists), today=TODAY)
    assert Target.objects.filter(slug=HELD).exists()
    assert TurnoverFigure.objects.filter(year=2023, release__source__key="arlandian-1").exists()


# What people edited stays theirs


def edit(record, **fields):
    """What a person's form does."""
    for name, value in fields.items():
        setattr(record, name, value)
    record._history_user = make_user()
    record.save()
    return record


def test_a_record_that_a_person_edited_is_kept_and_told(folder):
    load(folder=folder, today=TODAY)
    edit(Target.objects.get(slug=BIG), notes="Seen otherwise.")
    edit(Economy.objects.get(pk="XAR"), name_en="Arlandia and Isles")
    edit(Source.objects.get(key="palace"), publisher="The Palace")
    edit(Statement.objects.get(target__slug=SMALL), speaker_ru="Ильва И. Марн")
    edit(RoadmapDocument.objects.get(), valid_until=2031)
    edit(ExchangeRate.objects.get(year=2024), usd_per_unit="1.1")
    before = everything()
    again = counts(load(folder=folder, today=TODAY))
    assert everything() == before
    assert {kind: numbers[3] for kind, numbers in again.items() if numbers[3]} == {
        "economies": 1, "sources": 1, "exchange rates": 1, "targets": 1, "statements": 1, "documents": 1
    }  # fmt: skip


def test_an_edited_record_is_kept_also_when_the_catalogue_moves_on(folder):
    load(folder=folder, today=TODAY)
    edit(Target.objects.get(slug=BIG), amount=550_000_000)
    lists = made_up()
    lists["targets"][0]["amount"] = 600_000_000
    lists["targets"][1]["amount"] = 310_000_000
    assert counts(load(folder=write(folder, lists), today=TODAY))["targets"] == (0, 1, 1, 1, 0)
    assert Target.objects.get(slug=BIG).amount == 550_000_000
    assert Target.objects.get(slug=SMALL).amount == 310_000_000


def test_an_edit_that_agrees_with_the_catalogue_is_nothing_to_tell(folder):
    load(folder=folder, today=TODAY)
    edit(Target.objects.get(slug=BIG), amount=1)
    edit(Target.objects.get(slug=BIG), amount=500_000_000)
    assert counts(load(folder=folder, today=TODAY))["targets"] == (0, 0, 3, 0, 0)


def test_a_record_that_a_person_renamed_is_found_again(folder):
    load(folder=folder, today=TODAY)
    edit(Target.objects.get(slug=BIG), slug="xar-xbo-the-big-one")
    edit(Statement.objects.get(target__slug=SMALL), speaker="Ilva Y. Marn")
    again = counts(load(folder=folder, today=TODAY))
    assert (again["targets"], again["statements"]) == ((0, 0, 2, 1, 0), (0, 0, 2, 1, 0))
    assert Target.objects.count() == Statement.objects.count() == 3
    assert Target.objects.get(slug=SMALL).superseded_by.slug == "xar-xbo-the-big-one"


def test_a_record_that_a_person_deleted_does_not_come_back(folder):
    load(folder=folder, today=TODAY)
    Statement.objects.get(target__slug=SMALL).delete()
    assert counts(load(folder=folder, today=TODAY))["statements"] == (0, 0, 2, 1, 0)
    assert Statement.objects.count() == 2


def test_a_target_that_a_person_deleted_takes_its_statements_and_the_links_to_it_along(folder):
    load(folder=folder, today=TODAY)
    Judgement.objects.all().delete()
    edit(Target.objects.get(slug=SMALL), superseded_by=None, relation="")
    Target.objects.get(slug=BIG).delete()
    again = load(folder=folder, today=TODAY)
    assert (counts(again)["targets"], counts(again)["statements"]) == ((0, 0, 2, 1, 0), (0, 0, 2, 1, 0))
    assert not Target.objects.filter(slug=BIG).exists()


def test_a_record_that_a_person_made_first_is_theirs(folder):
    make_source("arlandian-1", publisher="Our own words", url="https://news.example/arlandian-1")
    assert counts(load(folder=folder, today=TODAY))["sources"] == (6, 0, 0, 1, 0)
    assert Source.objects.get(key="arlandian-1").publisher == "Our own words"


def test_a_source_that_a_person_entered_under_another_key_is_used(folder):
    mine = make_source("my-key", url="https://news.example/arlandian-1")
    assert counts(load(folder=folder, today=TODAY))["sources"] == (6, 0, 0, 1, 0)
    assert Target.objects.get(slug=BIG).statements.get().source == mine
    assert counts(load(folder=folder, today=TODAY))["sources"] == (0, 0, 6, 1, 0)


def test_a_link_that_would_close_a_circle_with_a_persons_link_is_left_out_and_told(folder):
    lists = made_up()
    lists["targets"][1] |= {"superseded_by": None, "relation": None}
    load(folder=write(folder, lists), today=TODAY)
    edit(Target.objects.get(slug=BIG), superseded_by=Target.objects.get(slug=SMALL), relation="lowered")
    again = load(folder=write(folder), today=TODAY)
    assert counts(again)["links"] == (0, 0, 0, 0, 1)
    assert "the links that people have set here would run in a circle with it" in str(again.rejections[0])
    assert Target.objects.get(slug=SMALL).superseded_by is None


def row_of(year, turnover):
    (figure,) = [one for one in current_figures(["xar-xbo"]) if one.source.key == "arlandian-1" and one.year == year]
    assert figure.turnover == turnover
    return figure


def record(turnover):
    """What an analyst's correction does to the figure of 2024."""
    from tests.actions.test_releases import row

    releases.record_release(
        by=make_user(),
        source=Source.objects.get(key="arlandian-1"),
        rows=[row(2024, turnover, reporter="XBO")],
        kind=ReleaseKind.CORRECTION,
        reason="misread",
        today=TODAY,
    )


def test_a_figure_that_a_person_corrected_is_kept(folder):
    load(folder=folder, today=TODAY)
    record(97_000_000)
    assert counts(load(folder=folder, today=TODAY))["figures"] == (0, 0, 3, 1, 0)
    row_of(2024, 97_000_000)


def test_a_figure_that_a_person_withdrew_does_not_come_back_until_the_catalogue_says_something_else(folder):
    load(folder=folder, today=TODAY)
    release = Release.objects.get(source__key="arlandian-1")
    releases.withdraw_release(by=make_user("eva", "editor"), release=release, reason="wrong pair", today=TODAY)
    assert counts(load(folder=folder, today=TODAY))["figures"] == (0, 0, 2, 2, 0)
    lists = made_up()
    lists["figures"][1]["turnover"] = 99_000_000
    assert counts(load(folder=write(folder, lists), today=TODAY))["figures"] == (1, 0, 2, 1, 0)
    row_of(2024, 99_000_000)


# Broken records


def broken():
    lists = made_up()
    lists["targets"] += [
        target("xar-xzz-1m-usd-2030"),
        target("xar-xbo-1m-usd-2031", amount="1000000"),
        target("xar-xbo-2m-usd-2032", superseded_by="xar-xbo-3m-usd-2033", relation="raised"),
        target("xar-xbo-3m-usd-2033", superseded_by="xar-xbo-2m-usd-2032", relation="lowered"),
        target("xar-xbo-4m-usd-2034", statements=[statement("nowhere")]),
        target("xar-xbo-5m-usd-2035", superseded_by="xar-xbo-4m-usd-2034", relation="raised"),
    ]
    lists["figures"].append(figure("arlandian-3", turnover="12"))
    return lists


def test_broken_records_are_rejected_by_name_while_the_rest_loads(tmp_path):
    extract = EXTRACT + "2024,XAR,XZZ,export,1,office\n2024,XAR,XBO,export,x,office\n2024,XAR,XBO,export,1,unknown\n"
    loaded = load(folder=write(tmp_path, broken(), extract=extract), today=TODAY)
    assert counts(loaded) == {
        "economies": (5, 0, 0, 0, 0),
        "sources": (6, 0, 0, 0, 0),
        "targets": (4, 0, 0, 0, 5),
        "links": (0, 0, 0, 0, 1),
        "statements": (4, 0, 0, 0, 0),
        "documents": (1, 0, 0, 0, 0),
        "figures": (4, 0, 0, 0, 1),
        "trade figures": (3, 0, 0, 0, 3),
    }
    told = "\n".join(map(str, loaded.rejections))
    for line in (
        'targets.json, record 4 (xar-xzz-1m-usd-2030), economies = ["XZZ"]: not in economies.json, or rejected there',
        'targets.json, record 5 (xar-xbo-1m-usd-2031), amount = "1000000": must be a whole number or null, not a text',
        'targets.json, record 6 (xar-xbo-2m-usd-2032), superseded_by = "xar-xbo-3m-usd-2033": the links run in a '
        "circle: xar-xbo-2m-usd-2032 → xar-xbo-3m-usd-2033 → xar-xbo-2m-usd-2032",
        "targets.json, record 7 (xar-xbo-3m-usd-2033)",
        'targets.json, record 8 (xar-xbo-4m-usd-2034), statements[0].source = "nowhere": not in sources.json',
        "targets.json, record 9 (xar-xbo-5m-usd-2035), superseded_by = xar-xbo-4m-usd-2034: the target that follows "
        "was rejected, so the link to it is left out",
        'figures.json, record 5 (XAR–XBO 2024, from arlandian-3), turnover = "12": must be a whole number or null',
        "open_pairs.csv.gz, line 7, partner = XZZ: not in economies.json, or rejected there",
        "open_pairs.csv.gz, line 8, value_usd = 'x': must be a plain number",
        "open_pairs.csv.gz, line 9, dataset = unknown: datasets.json does not describe it, so 1 of its figures are",
    ):  # fmt: skip
        assert line in told
    alone = Target.objects.get(slug="xar-xbo-5m-usd-2035")
    assert (alone.superseded_by, alone.relation, alone.state) == (None, "", ReviewState.PUBLISHED)


def test_a_broken_record_leaves_what_was_loaded_of_it_before_as_it_was(folder):
    load(folder=folder, today=TODAY)
    lists = made_up()
    lists["targets"][0]["amount"] = "much"
    loaded = load(folder=write(folder, lists), today=TODAY)
    assert counts(loaded)["targets"] == (0, 0, 2, 0, 1)
    big, small = Target.objects.get(slug=BIG), Target.objects.get(slug=SMALL)
    assert big.amount == 500_000_000
    assert small.superseded_by == big
    assert counts(loaded)["links"] == (0, 0, 0, 0, 1)


def test_nasty_values_that_the_rules_allow_can_be_stored(tmp_path):
    """What the reader lets through, both databases take: limits of length, size and digits."""
    lists = made_up()
    lists["economies"][3] |= {"name_en": "x" * 120, "m49": 999, "iso2": "XD", "name_ru_gen": "ё" * 120}
    lists["sources"][3] |= {"id": "p" * 80, "title": "t" * 500, "publisher": "“é”" * 60, "url": "https://" + "u" * 992}
    lists["figures"] = [
        figure("p" * 80, 1990, turnover=10**15, note="😀" * 999),
        figure("p" * 80, 1990, turnover=0, currency="ZZZ"),
        figure("p" * 80, 2020, turnover=999_999_999_999_999, reporter=None, compiler="c" * 80),
    ]
    lists["targets"][0] |= {
        "amount": 999_999_999_999_998,
        "amount_high": 10**15,
        "multiple": {"factor": 1.0014, "baseline_year": 2200, "baseline_amount": 1},
        "first_stated_on": None,
        "first_stated_precision": "unknown",
        "statements": [
            statement("p" * 80, speaker="s" * 300, occasion_ru="щ" * 400, stated_on=None, stated_on_precision="unknown")
        ],
        "documents": [document("p" * 80, title="т" * 400, valid_until=2200)],
        "sectors": ["a", "a"],
    }
    lists["targets"].append(target("xar-xbo-" + "9" * 82, amount=5e8))
    loaded = load(folder=write(tmp_path, lists), today=TODAY)
    assert loaded.rejections == []
    before = everything()
    load(folder=tmp_path, today=TODAY)
    assert everything() == before


# All or nothing


@pytest.mark.parametrize(
    ("where", "name"),
    [
        (loading, "_remember"),
        (storing, "_values"),
        (catalogue.search, "refresh_search_text"),
        (judgements, "difference"),
    ],
)
def test_a_failure_in_the_middle_leaves_nothing(folder, monkeypatch, where, name):
    before = everything()

    def fails(*_, **__):
        raise RuntimeError("power cut")

    monkeypatch.setattr(where, name, fails)
    with pytest.raises(RuntimeError, match="power cut"):
        load(folder=folder, today=TODAY)
    assert everything() == before


def test_an_unreadable_file_leaves_nothing(folder):
    before = everything()
    (folder / "trade" / "open_pairs.csv.gz").write_bytes(b"\x1f\x8bnonsense")
    with pytest.raises(CommandError, match=r"open_pairs\.csv\.gz is damaged.* Nothing was changed") as error:
        call_command("load_catalogue", folder)
    assert error.value.returncode == 2
    assert everything() == before


# The command


def run(*args):
    out, err = StringIO(), StringIO()
    status = 0
    try:
        call_command("load_catalogue", *args, stdout=out, stderr=err)
    except CommandError as error:
        status = error.returncode
    return status, out.getvalue(), err.getvalue()


def test_the_command_prints_every_kind_with_its_counts(folder):
    status, out, err = run(folder)
    assert (status, err) == (0, "")
    assert "targets: 3 new, 0 changed, 0 unchanged, 0 kept, 0 rejected\n" in out
    assert "trade figures: 3 new, 0 changed, 0 unchanged, 0 kept, 0 rejected\n" in out
    assert "verdicts changed: 3\n" in out


def test_the_command_names_what_it_rejected_and_says_so_by_its_status(tmp_path):
    status, out, err = run(write(tmp_path, broken()))
    assert status == 1
    assert "targets: 4 new, 0 changed, 0 unchanged, 0 kept, 5 rejected\n" in out
    assert 'rejected: targets.json, record 5 (xar-xbo-1m-usd-2031), amount = "1000000"' in err


def test_the_command_takes_the_catalogues_own_folder_too(folder):
    status, out, _ = run(folder / "catalogue")
    assert status == 0
    assert "trade figures" not in out
    assert Target.objects.count() == 3


def test_the_command_says_what_is_wrong_with_a_folder_without_a_catalogue(tmp_path):
    with pytest.raises(CommandError, match=r"economies\.json is missing in "):
        call_command("load_catalogue", tmp_path)
    with pytest.raises(CommandError, match="is not a folder"):
        call_command("load_catalogue", tmp_path / "none")


# The real thing

FOUND = {
    "росс": {"targets": 26, "pairs": 14, "economies": 1, "statements": 31, "documents": 3},
    "РОССИЯ": {"targets": 25, "pairs": 14, "economies": 1, "statements": 3},
    "киргизия": {"targets": 15, "pairs": 7, "economies": 1},
    "turkiye": {"targets": 52, "pairs": 23, "economies": 1, "statements": 72, "documents": 11},
    "Türkiye": {"targets": 52, "pairs": 23, "economies": 1, "statements": 72, "documents": 11},
    "TÜRKİYE": {"targets": 52, "pairs": 23, "economies": 1, "statements": 72, "documents": 11},
    "Lukashenko": {"targets": 12, "statements": 20},
    "Лукашенко": {"targets": 12, "statements": 20},
    "ЛУКАШЁНКО": {"targets": 12, "statements": 20},
    "South Korea": {"targets": 10, "pairs": 5, "economies": 1, "statements": 16, "documents": 4},
}


def found_by_name():
    """How much is found in what is shipped, by kind; the list of targets finds as many of them."""
    totals = {}
    for words in FOUND:
        totals[words] = {kind.value: number for kind, number in queries.search_results(words, "en").totals}
        assert queries.target_list(TargetFilter(q=words, replaced=True)).total == totals[words]["targets"]
    return totals


def test_the_shipped_data_load_without_a_rejection_and_a_second_time_without_a_change():
    first = load(folder=SHIPPED, today=TODAY)
    assert first.rejections == []
    assert {kind: one.new for kind, one in first.counts.items() if one.new} == {
        "economies": 258,
        "sources": 1056,
        "exchange rates": 835,
        "targets": 350,
        "statements": 627,
        "documents": 78,
        "figures": 932,
        "trade figures": 784,
    }
    assert Target.objects.filter(state=ReviewState.PUBLISHED).count() == 338
    assert AuditEvent.objects.filter(verb="load").count() == 1
    assert found_by_name() == FOUND
    before = everything()
    again = load(folder=SHIPPED, today=TODAY)
    assert everything() == before
    assert sum(one.new + one.changed + one.kept + one.rejected for one in again.counts.values()) == 0


def test_the_shipped_data_have_a_real_example_of_every_status_and_the_sentences_of_the_story():
    load(folder=SHIPPED, today=TODAY)
    examples = queries.method_page(today=TODAY).examples
    shown = {(example.reading or example.assessment.verdict).status for example in examples.values()}
    assert shown == set(Status)
    lost = examples["open-met_then_lost"]
    assert reading_sentence(lost.target, lost.reading).replace(NO_BREAK, " ") == (
        "Trade reached its target of $5bn in 2022 but fell back to $4.9bn in 2025 by Kazakhstan's figures."
    )
    told = {
        slug: verdict_sentence(page.target, page.assessment).replace(NO_BREAK, " ").replace(NARROW, " ")
        for slug in ("blr-kgz-500m-usd-2030", "chn-tjk-3bn-usd-2019", "chn-tjk-3bn-usd-open")
        if (page := queries.target_page(slug, today=TODAY))
    }
    assert told == {
        "blr-kgz-500m-usd-2030": "Too early to tell: to reach $500m by 2030, trade between Belarus and Kyrgyzstan must "
        "grow 24.7 % a year from about $133m in 2024, by Kyrgyzstan's figures; since 2019 it has grown 17.4 % a year; "
        "Belarus' figures end in 2022 at about $170m.",
        "chn-tjk-3bn-usd-2019": "The target of $3bn by 2019 for trade between China and Tajikistan cannot be judged: "
        "no figure for that year is known; it was at the target level in 2024 by China's figures; by Tajikistan's "
        "figures it stood at $1.96bn in 2024.",
        "chn-tjk-3bn-usd-open": "The figures disagree on the target of $3bn for trade between China and Tajikistan: "
        "met by China's figures (about $4.3bn in 2025), not yet met by Tajikistan's figures ($1.96bn in 2024).",
    }


def test_a_figure_of_a_year_that_is_not_over_is_rejected_by_name_while_the_rest_loads(folder):
    lists = made_up()
    lists["figures"].append(figure("arlandian-1", 2026))
    loaded = load(folder=write(folder, lists), today=TODAY)
    assert counts(loaded)["figures"] == (4, 0, 0, 0, 1)
    assert "year = 2026: this period is not over yet" in str(loaded.rejections[0])
    assert counts(load(folder=write(folder, lists), today=date(2027, 1, 1)))["figures"] == (1, 0, 4, 0, 0)


def test_an_economy_that_a_person_entered_under_another_code_keeps_its_number(folder):
    Economy.objects.create(code="XMINE", name_en="Mine", name_en_text="Mine", name_ru="Моя", name_ru_gen="Моей",
                           name_ru_ins="Моей", name_ru_prep="Моей", m49=901)  # fmt: skip
    lists = made_up()
    lists["economies"][0] |= {"m49": 901}
    write(folder, lists)
    for _time in range(2):
        loaded = load(folder=folder, today=TODAY)
        (told,) = [str(one) for one in loaded.rejections]
        assert "m49 = 901: the economy XMINE of this site has this number" in told
        assert loaded.counts["economies"].rejected == 1
    assert dict(Economy.objects.filter(m49=901).values_list("code", "m49")) == {"XMINE": 901}
    assert counts(loaded)["economies"] == (0, 0, 5, 0, 1)
