"""The catalogue's reader: good records whole, broken ones by name."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from targets.importers import UnreadableFile, read_catalogue
from targets.importers.rules import SCHEMA
from targets.records import DatePrecision, FigureStanding, SourceGrade, SourceKind
from tests import catalogues
from tests.catalogues import document, economy, figure, made_up, source, statement, target, write

SHIPPED = Path(__file__).parents[2] / "data" / "catalogue"
BIG = "xar-xbo-500m-usd-2030"
SMALL = "xar-xbo-300m-usd-2025"


def read(folder, lists):
    return read_catalogue(write(folder, lists) / "catalogue")


def told(catalogue):
    return [str(rejection) for rejection in catalogue.rejections]


def test_a_sound_catalogue_is_read_whole(tmp_path):
    catalogue = read(tmp_path, made_up())
    assert catalogue.rejections == ()
    assert len(catalogue.economies) == 5
    assert len(catalogue.sources) == 4
    assert [one.slug for one in catalogue.targets] == [BIG, SMALL, "xbo-xunion-double-open"]
    assert {key: len(rows) for key, rows in catalogue.figures.items()} == {
        "arlandian-1": 2,
        "arlandian-2": 1,
        "palace": 1,
    }


def test_the_shipped_catalogue_is_sound():
    catalogue = read_catalogue(SHIPPED)
    assert told(catalogue) == []
    assert (len(catalogue.economies), len(catalogue.sources), len(catalogue.targets)) == (258, 1048, 350)
    assert sum(target.publish for target in catalogue.targets) == 338
    assert sum(len(target.statements) for target in catalogue.targets) == 627
    assert sum(len(target.documents) for target in catalogue.targets) == 78


def test_parts_of_one_figure_in_the_shipped_catalogue_become_one():
    rows = read_catalogue(SHIPPED).figures["commonwealthunion-d7c68bbd"]
    (one,) = [row for row in rows if (row.year, row.from_month, row.through_month) == (2024, 4, 11)]
    assert (one.turnover, one.exports) == (Decimal(16_300_000_000), Decimal(5_560_000_000))
    assert one.approximate
    assert "over 16.3bn" in one.note
    assert "read as exports to Australia" in one.note


def test_partial_dates_keep_what_is_known(tmp_path):
    small = read(tmp_path, made_up()).targets[1]
    assert (small.first_stated_on.isoformat(), small.first_stated_on_precision) == ("2018-01-01", DatePrecision.YEAR)


@pytest.mark.parametrize(
    ("standing", "expected"),
    [
        ("official", FigureStanding.SAID),
        ("press", FigureStanding.PRESS),
        ("estimate", FigureStanding.ESTIMATE),
        ("unknown", FigureStanding.UNKNOWN),
    ],
)
def test_what_an_official_says_is_not_an_offices_table(tmp_path, standing, expected):
    lists = made_up() | {"figures": [figure("arlandian-1", standing=standing)]}
    (row,) = read(tmp_path, lists).figures["arlandian-1"]
    assert row.standing is expected


def test_a_governments_page_is_its_words_and_all_else_the_press(tmp_path):
    kinds = {one.key: (one.grade, one.kind) for one in read(tmp_path, made_up()).sources}
    assert kinds["palace"] == (SourceGrade.PRIMARY, SourceKind.WORDS)
    assert kinds["arlandian-1"] == (SourceGrade.AGENCY, SourceKind.PRESS)


def test_a_reporter_named_beside_a_compiler_keeps_the_figure(tmp_path):
    lists = made_up() | {"figures": [figure("arlandian-1", compiler="Think Tank", note="by hand")]}
    (row,) = read(tmp_path, lists).figures["arlandian-1"]
    assert (row.reporter, row.compiler, row.note) == ("XBO", "", "by hand; put together by Think Tank")


# Broken targets

BROKEN_TARGETS = {
    "unknown economy": (
        target("xar-xzz-1m-usd-2030"),
        'targets.json, record 4 (xar-xzz-1m-usd-2030), economies = ["XZZ"]: not in economies.json, or rejected there',
    ),
    "amount as text": (
        target("xar-xbo-new", amount="500000000"),
        'targets.json, record 4 (xar-xbo-new), amount = "500000000": must be a whole number or null, not a text',
    ),
    "missing source": (
        target("xar-xbo-new", statements=[statement("nowhere")]),
        "statements[0].source = \"nowhere\": not in sources.json, or rejected there; add the source",
    ),
    "missing source of a document": (
        target("xar-xbo-new", documents=[document("nowhere", title="Another")]),
        "documents[0].source = \"nowhere\": not in sources.json",
    ),
    "circle of one": (
        target("xar-xbo-new", superseded_by="xar-xbo-new", relation="raised"),
        'superseded_by = "xar-xbo-new": the link runs in a circle: a target cannot follow itself',
    ),
    "successor of another pair": (
        target("xar-xbo-new", superseded_by="xbo-xunion-double-open", relation="raised"),
        'superseded_by = "xbo-xunion-double-open": a target is followed by one of the same pair only',
    ),
    "successor that is nowhere": (
        target("xar-xbo-new", superseded_by="xar-xbo-none", relation="raised"),
        'superseded_by = "xar-xbo-none": no target of targets.json has this slug',
    ),
    "link without relation": (
        target("xar-xbo-new", superseded_by=BIG),
        "relation = null: superseded_by and relation stand together or not at all",
    ),
    "unknown measure": (
        target("xar-xbo-new", measure="everything"),
        'measure = "everything": must be one of goods_turnover, goods_services_turnover',
    ),
    "unknown relation": (
        target("xar-xbo-new", superseded_by=BIG, relation="improved"),
        'relation = "improved": must be one of raised, lowered',
    ),
    "neither amount nor multiple": (
        target("xar-xbo-new", amount=None),
        "amount = null: give an amount or a multiple",
    ),
    "amount without currency": (target("xar-xbo-new", currency=None), "currency = null: an amount needs a currency"),
    "baseline without currency": (
        target(
            "xar-xbo-new",
            amount=None,
            currency=None,
            multiple={"factor": 2, "baseline_year": None, "baseline_amount": 1},
        ),
        "currency = null: a baseline amount needs a currency",
    ),
    "amount of nothing": (target("xar-xbo-new", amount=0), "amount = 0: must be above 0"),
    "amount beyond sense": (target("xar-xbo-new", amount=10**16), "must be at most 1000000000000000"),
    "multiple of one": (
        target("xar-xbo-new", multiple={"factor": 1, "baseline_year": None, "baseline_amount": None}),
        "multiple.factor = 1: must be at least 1.001",
    ),
    "range the wrong way round": (
        target("xar-xbo-new", amount_high=400_000_000),
        "amount_high = 400000000: the upper end of a range must lie above its amount",
    ),
    "deadline without basis": (
        target("xar-xbo-new", deadline={"year": 2030, "basis": "none", "note": None, "note_ru": None}),
        'deadline.basis = "none": a deadline has the basis stated or computed',
    ),
    "day that no calendar has": (
        target("xar-xbo-new", first_stated_on="2023-02-30"),
        'first_stated_on = "2023-02-30": no such day in the calendar',
    ),
    "precision finer than the date": (
        target("xar-xbo-new", first_stated_on="2023-02"),
        'first_stated_on = "2023-02": the date is known to the month, the precision says day',
    ),
    "precision without a date": (
        target("xar-xbo-new", first_stated_on=None),
        "first_stated_on = null: without a date the precision is unknown, not day",
    ),
    "no statement": (target("xar-xbo-new", statements=[]), "statements = []: must have at least 1 entries, not 0"),
    "same statement twice": (
        target("xar-xbo-new", statements=[statement("arlandian-1"), statement("arlandian-1")]),
        "the target has this source, stated_on, speaker twice",
    ),
    "statement by a stranger": (
        target("xar-xbo-new", statements=[statement("arlandian-1", sides=["XDO"])]),
        'statements[0].sides = ["XDO"]: sides are XAR and XBO',
    ),
    "document with other details": (
        target("xar-xbo-new", documents=[document("palace", valid_until=2035)]),
        'documents[0].title = "Roadmap to 2030": the pair has a document of this kind and title with other details',
    ),
    "same document twice": (
        target("xar-xbo-new", documents=[document("palace"), document("palace")]),
        "the target has this kind, title twice",
    ),
    "economies out of order": (
        target("xar-xbo-new", economies=["XBO", "XAR"], statements=[statement("arlandian-1")]),
        'economies = ["XBO", "XAR"]: put the codes in alphabetical order; measure follows it',
    ),
    "speaker too long for the table": (
        target("xar-xbo-new", statements=[statement("arlandian-1", speaker="x" * 301)]),
        "must have at most 300 characters, not 301",
    ),
    "a zero byte": (
        target("xar-xbo-new", notes="a\x00b"),
        'notes = "a\\u0000b": remove the control characters',
    ),
    "half a letter": (target("xar-xbo-new", notes="\ud800"), 'notes = "\\ud800": remove the control characters'),
    "a field too many": (
        target("xar-xbo-new", colour="red"),
        'targets.json, record 4 (xar-xbo-new), colour = "red": no such field; remove it',
    ),
    "a field too few": (
        {name: value for name, value in target("xar-xbo-new").items() if name != "strength"},
        "strength = missing: add the field; null where nothing is known",
    ),
    "no record at all": ("xar-xbo-new", "targets.json, record 4: must be an object, not a text"),
}  # fmt: skip


@pytest.mark.parametrize("kind", BROKEN_TARGETS)
def test_a_broken_target_is_rejected_by_name_and_the_rest_is_taken(tmp_path, kind):
    record, reason = BROKEN_TARGETS[kind]
    lists = made_up()
    lists["targets"].append(record)
    # json.dumps escapes what UTF-8 cannot hold, as a careless writer's file would.
    lists["targets"] = json.dumps(lists["targets"])
    catalogue = read(tmp_path, lists)
    assert [one.slug for one in catalogue.targets] == [BIG, SMALL, "xbo-xunion-double-open"]
    assert len(told(catalogue)) == 1
    assert reason in told(catalogue)[0]


def test_targets_that_follow_each_other_in_a_circle_are_all_rejected_and_what_leads_to_them_is_not(tmp_path):
    lists = made_up()
    names = ["xar-xbo-a", "xar-xbo-b", "xar-xbo-c"]
    lists["targets"] += [
        target(name, superseded_by=after, relation="raised")
        for name, after in zip(names, [*names[1:], names[0]], strict=True)
    ]
    lists["targets"].append(target("xar-xbo-before", superseded_by="xar-xbo-a", relation="raised"))
    catalogue = read(tmp_path, lists)
    assert [one.slug for one in catalogue.targets] == [BIG, SMALL, "xbo-xunion-double-open", "xar-xbo-before"]
    assert catalogue.lost == set(names)
    assert len(told(catalogue)) == 3
    assert "the links run in a circle: xar-xbo-b → xar-xbo-c → xar-xbo-a → xar-xbo-b" in told(catalogue)[1]


def test_two_targets_of_one_slug_are_both_rejected(tmp_path):
    lists = made_up()
    lists["targets"].append(target(BIG, amount=1))
    catalogue = read(tmp_path, lists)
    assert [one.slug for one in catalogue.targets] == [SMALL, "xbo-xunion-double-open"]
    assert told(catalogue) == [
        f'targets.json, record {number} ({BIG}), slug = "{BIG}": 2 records have this slug; keep one'
        for number in (1, 4)
    ]
    assert catalogue.lost == {BIG}


# Broken sources and economies take with them what refers to them, by name


def test_what_refers_to_a_rejected_source_is_rejected_too(tmp_path):
    lists = made_up()
    lists["sources"][1]["url"] = "ftp://news.example"
    catalogue = read(tmp_path, lists)
    assert [one.slug for one in catalogue.targets] == [BIG, "xbo-xunion-double-open"]
    assert set(catalogue.figures) == {"arlandian-1", "palace"}
    assert told(catalogue) == [
        'sources.json, record 2 (arlandian-2), url = "ftp://news.example": must be an address that begins with '
        "http:// or https://",
        f'targets.json, record 2 ({SMALL}), statements[0].source = "arlandian-2": '
        "not in sources.json, or rejected there; add the source",
        'figures.json, record 3 (XAR–XBO 2024, from arlandian-2), source = "arlandian-2": '
        "not in sources.json, or rejected there; add the source",
    ]


@pytest.mark.parametrize(
    ("kind", "record", "reason"),
    [
        ("sources", source("new", published_on="2024-13"), 'published_on = "2024-13": no such day in the calendar'),
        ("sources", source("new", url="https://news.example/palace"), "another source has this address; keep one"),
        ("sources", source("New"), "must be small letters, digits and hyphens"),
        ("sources", source("palace", url="https://news.example/other"), "2 records have this id; keep one"),
        ("economies", economy("XDO", code="xd"), "must be a code of two to eight capital letters and digits"),
        ("economies", economy("XDO", code="XNEW", members=["XAR", "XZZ"]), 'members = ["XZZ"]: not in economies.json'),
        ("economies", economy("XDO", code="XNEW", name_ru_gen=""), 'name_ru_gen = "": must not be empty'),
        ("economies", economy("XDO", code="XNEW", m49="4"), 'm49 = "4": must be a whole number or null, not a text'),
    ],
)
def test_a_broken_source_or_economy_is_rejected_by_name(tmp_path, kind, record, reason):
    lists = made_up()
    lists[kind].append(record)
    catalogue = read(tmp_path, lists)
    assert any(reason in line for line in told(catalogue)), told(catalogue)
    assert f"{kind}.json, record {len(lists[kind])} " in " ".join(told(catalogue))


def test_two_economies_of_one_number_are_both_rejected(tmp_path):
    lists = made_up()
    for place in (3, 4):
        lists["economies"][place]["m49"] = 999
    rejected = [line for line in told(read(tmp_path, lists)) if line.startswith("economies.json")]
    assert len(rejected) == 2
    assert "m49 = 999: another economy has this number" in rejected[0]


def test_a_bloc_falls_with_its_member_and_so_does_the_bloc_of_blocs(tmp_path):
    lists = made_up()
    lists["economies"].append(economy("XDO", code="XTOP", kind="bloc", members=["XAR", "XBO"]))
    lists["economies"][2]["name_en"] = ""  # a member of XUNION
    catalogue = read(tmp_path, lists)
    assert {one.code for one in catalogue.economies} == {"XAR", "XBO", "XDO", "XTOP"}
    assert 'economies.json, record 5 (XUNION), members = ["XCA"]: not in economies.json, or rejected there' in told(
        catalogue
    )


# Broken figures


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        (figure("palace", turnover="98"), 'turnover = "98": must be a whole number or null, not a text'),
        (figure("palace", turnover=-1), "turnover = -1: must be at least 0"),
        (figure("palace", turnover=True), "turnover = true: must be a whole number or null, not true or false"),
        (figure("palace", turnover=None), "turnover = null: give exports, imports or the total"),
        (figure("palace", reporter=None), "reporter = null: name either the reporter or a compiler"),
        (figure("palace", reporter="XDO"), "reporter = XDO: the reporter must be XAR or XBO"),
        (
            figure("palace", period={"from_month": 9, "through_month": 1, "fiscal": None}),
            "period = 9–1: months run from 1 to 12, the first not after the last",
        ),
        (
            figure("palace", period={"from_month": 1, "through_month": None, "fiscal": None}),
            "period = 1–null: give both months or neither",
        ),
        (
            figure("palace", period={"from_month": 0, "through_month": 12, "fiscal": None}),
            "period.from_month = 0: must be at least 1",
        ),
        (
            figure("palace", exports=10, imports=20, turnover=90),
            "turnover = 90: exports and imports, 10 + 20, do not add up to it; say why in note",
        ),
        (figure("palace", economies=["XAR", "XZZ"], reporter="XAR"), 'economies = ["XZZ"]: not in economies.json'),
        (figure("nowhere"), 'source = "nowhere": not in sources.json'),
        (figure("palace", year=None), "year = null: must be a whole number, not null"),
    ],
)  # fmt: skip
def test_a_broken_figure_is_rejected_by_name_and_the_rest_is_taken(tmp_path, record, reason):
    lists = made_up()
    lists["figures"].append(record)
    catalogue = read(tmp_path, lists)
    assert len(told(catalogue)) == 1
    assert told(catalogue)[0].startswith("figures.json, record 5 (")
    assert reason in told(catalogue)[0]
    assert sum(map(len, catalogue.figures.values())) == 4


def test_figures_of_one_source_that_contradict_each_other_are_both_rejected_and_name_each_other(tmp_path):
    lists = made_up()
    lists["figures"].append(figure("arlandian-1", 2024, turnover=99_000_000))
    catalogue = read(tmp_path, lists)
    assert [row.year for row in catalogue.figures["arlandian-1"]] == [2023]
    assert told(catalogue) == [
        f"figures.json, record {number} (XAR–XBO 2024, from arlandian-1), source = arlandian-1 ({amount}): "
        f"record {other} of the same source gives another amount for the same period; keep one, or mend the period"
        for number, amount, other in ((2, 98_000_000, 5), (5, 99_000_000, 2))
    ]


def test_two_sources_may_contradict_each_other(tmp_path):
    lists = made_up()
    lists["figures"].append(figure("arlandian-3", 2024, turnover=5))
    assert told(read(tmp_path, lists)) == []


# Unreadable files


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("{}", "targets.json must hold a list of records, not an object"),
        ("[{]", "targets.json is not JSON: .*, line 1, column 3"),
        ("[NaN]", "targets.json is not JSON: NaN is not a number that JSON knows"),
        ("[" * 100_000, "targets.json is nested too deeply"),
    ],
)
def test_a_list_that_cannot_be_read_is_told_by_name(tmp_path, content, reason):
    with pytest.raises(UnreadableFile, match=reason):
        read(tmp_path, made_up() | {"targets": content})


def test_a_missing_list_is_told_by_name(tmp_path):
    lists = made_up()
    del lists["sources"]
    with pytest.raises(UnreadableFile, match=r"sources\.json is missing in "):
        read(tmp_path, lists)


def test_a_list_that_is_not_utf8_is_told_by_name(tmp_path):
    folder = write(tmp_path) / "catalogue"
    (folder / "targets.json").write_bytes(b"[\xff]")
    with pytest.raises(UnreadableFile, match=r"targets\.json is not UTF-8: byte 1"):
        read_catalogue(folder)


def test_a_list_with_a_byte_order_mark_is_read(tmp_path):
    folder = write(tmp_path) / "catalogue"
    text = (folder / "targets.json").read_bytes()
    (folder / "targets.json").write_bytes(b"\xef\xbb\xbf" + text)
    assert len(read_catalogue(folder).targets) == 3


# The rules themselves


def test_every_form_that_the_rules_ask_for_is_described_in_words():
    def forms(rule):
        if isinstance(rule, dict):
            if "pattern" in rule:
                yield rule
            for inner in rule.values():
                yield from forms(inner)

    found = list(forms(json.loads(SCHEMA.read_text("utf-8"))))
    assert len(found) > 15
    assert [rule for rule in found if not rule.get("description")] == []


NASTY = [None, "", "x" * 5000, -1, 10**40, 1e300, True, [], {}, "2024-99", "\n"]


def smallest():
    lists = made_up()
    (big, *_), (quoted, *_) = lists["targets"], lists["figures"]
    economies = [economy(code) for code in ("XAR", "XBO")]
    return {"economies": economies, "sources": lists["sources"][::3], "targets": [big], "figures": [quoted]}


def variations():
    """The smallest catalogue with one value somewhere replaced by a nasty one, again and again."""

    def places(value, way):
        inner = value.items() if isinstance(value, dict) else enumerate(value[:1]) if isinstance(value, list) else ()
        for step, below in inner:
            yield (*way, step)
            yield from places(below, (*way, step))

    for name, records in smallest().items():
        for way in places(records, (name,)):
            for nasty in NASTY:
                lists = smallest()
                here = lists
                for step in way[:-1]:
                    here = here[step]
                if here[way[-1]] != nasty:
                    here[way[-1]] = nasty
                    yield way, nasty, lists


def test_no_nasty_value_anywhere_stops_the_reader_or_goes_unnamed(tmp_path, monkeypatch):
    lists = {}  # read from memory: a thousand catalogues through the disk would take long
    monkeypatch.setattr("targets.importers.catalogue.read_list", lambda path: lists[path.stem])
    seen = 0
    for way, nasty, changed in variations():
        lists = changed
        catalogue = read_catalogue(tmp_path)
        seen += 1
        for rejection in catalogue.rejections:
            assert rejection.reason
            assert rejection.place.startswith("record "), (way, nasty)
        expected = sum(map(len, (changed["economies"], changed["sources"], changed["targets"])))
        taken = len(catalogue.economies) + len(catalogue.sources) + len(catalogue.targets)
        assert taken == expected or catalogue.rejections, (way, nasty)
    assert seen > 500


def test_the_made_up_catalogue_is_made_up_anew_each_time():
    assert made_up() == made_up()
    assert made_up()["targets"][0] is not catalogues.made_up()["targets"][0]
