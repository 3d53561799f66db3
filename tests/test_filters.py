"""The address bar as a filter and back, what it refuses, and how it says itself."""

from datetime import date
from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from targets import filters
from targets.filters import ORDINARY, BadParameter, TargetFilterForm, in_words, order_value
from targets.progress import Measure, Status
from targets.records import EconomyKind, EconomyRecord, Sort, Strength, TargetFilter


def economy(code, english, russian, genitive):
    return EconomyRecord(code, EconomyKind.COUNTRY, english, f"the {english}", russian, genitive, russian, russian)


ISLES = economy("XCA", "Calder Isles", "Калдеры", "Калдер")
ECONOMIES = (economy("XAR", "Arlands", "Арландия", "Арландии"), ISLES)


def parsed(address):
    return TargetFilterForm(QueryDict(address), ECONOMIES).asked()


def refused(address):
    with pytest.raises(BadParameter) as told:
        parsed(address)
    return told.value


def test_an_empty_address_asks_for_everything_newest_first():
    assert parsed("") == (TargetFilter(), 1)
    assert parsed("q=&economy=&status=&status=+&deadline_from=&sort=&page=&replaced=&disagree=") == (TargetFilter(), 1)


def test_every_parameter_is_understood():
    address = (
        "q=+oil+&economy=XAR&status=missed&status=met&measure=goods_turnover&strength=aspiration"
        "&deadline_from=2020&deadline_to=2030&disagree=on&replaced=on&sort=-deadline&page=3"
    )
    assert parsed(address) == (
        TargetFilter(
            q="oil",
            economy="XAR",
            status=(Status.MET, Status.MISSED),
            measure=(Measure.GOODS_TURNOVER,),
            strength=(Strength.ASPIRATION,),
            deadline_from=2020,
            deadline_to=2030,
            disagree=True,
            replaced=True,
            sort=Sort.DEADLINE,
            descending=True,
        ),
        3,
    )


def test_a_repeated_value_counts_once_and_unknown_parameters_do_not_matter():
    assert parsed("status=met&status=met&utm_source=feed")[0].status == (Status.MET,)


@pytest.mark.parametrize(
    ("address", "parameter", "allowed"),
    [
        ("status=great", "status", ", ".join(Status)),
        ("status=met&status=great", "status", "met_then_lost"),
        ("measure=oil", "measure", ", ".join(Measure)),
        ("strength=weak", "strength", ", ".join(Strength)),
        ("sort=name", "sort", "deadline, -deadline, amount, -amount, share, -share, needed, -needed, stated, -stated"),
        ("sort=--deadline", "sort", "chance, -chance"),
        ("economy=NOWHERE", "economy", "XAR, XCA"),
        ("economy=xar", "economy", "XAR, XCA"),
        ("deadline_from=soon", "deadline_from", "years from 1900 to 2200"),
        ("deadline_to=1899", "deadline_to", "years from 1900 to 2200"),
        ("deadline_to=2201", "deadline_to", "years from 1900 to 2200"),
        ("deadline_from=2020.5", "deadline_from", "years from 1900 to 2200"),
        ("page=0", "page", "whole numbers from 1"),
        ("page=-1", "page", "whole numbers from 1"),
        ("page=first", "page", "whole numbers from 1"),
        ("page=" + "9" * 5000, "page", "whole numbers from 1"),
        ("replaced=maybe", "replaced", "on"),
        ("q=" + "a" * 101, "q", "up to 100 characters"),
        ("q=a%00b", "q", "up to 100 characters"),
        ("status=%00", "status", "met"),
    ],
)
def test_a_senseless_value_is_refused_by_name_with_what_is_allowed(address, parameter, allowed):
    refusal = refused(address)
    assert refusal.parameter == parameter
    assert allowed in refusal.allowed
    assert f"“{parameter}”" in str(refusal)
    assert allowed in str(refusal)


def test_a_refusal_repeats_no_more_of_the_value_than_is_needed_and_nothing_unseen():
    assert len(str(refused("status=" + "x" * 5000))) < 500
    assert "a\ufffdb" in str(refused("q=a%00b"))
    assert "\n" not in str(refused("status=met%0Aforged line"))


def test_a_refusal_speaks_the_language_of_the_page():
    english = str(refused("status=great"))
    with override("ru"):
        assert "status" in str(refused("status=great"))
    assert english.startswith("The parameter “status” cannot be “great”. Allowed: met, ")


WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=100).map(str.strip)
YEARS = st.none() | st.integers(1900, 2200)
FILTERS = st.builds(
    TargetFilter,
    q=WORDS,
    economy=st.sampled_from(["", "XAR", "XCA"]),
    status=st.sets(st.sampled_from(Status)).map(lambda chosen: tuple(one for one in Status if one in chosen)),
    measure=st.sets(st.sampled_from(Measure)).map(lambda chosen: tuple(one for one in Measure if one in chosen)),
    strength=st.sets(st.sampled_from(Strength)).map(lambda chosen: tuple(one for one in Strength if one in chosen)),
    deadline_from=YEARS,
    deadline_to=YEARS,
    disagree=st.booleans(),
    replaced=st.booleans(),
    sort=st.sampled_from(Sort),
    descending=st.booleans(),
)


def address_of(asked, page):
    """The query of the list that shows this; nothing is said of what is left as usual."""
    parts = [("q", asked.q), ("economy", asked.economy)]
    parts += [(name, one.value) for name in ("status", "measure", "strength") for one in getattr(asked, name)]
    parts += [("deadline_from", str(asked.deadline_from or "")), ("deadline_to", str(asked.deadline_to or ""))]
    parts += [("disagree", "on" if asked.disagree else "")]
    parts += [("replaced", "on" if asked.replaced else ""), ("page", str(page) if page > 1 else "")]
    parts += [("sort", "" if order_value(asked) == order_value(ORDINARY) else order_value(asked))]
    return urlencode([(name, value) for name, value in parts if value])


@given(asked=FILTERS, page=st.integers(1, 10**6))
def test_a_filter_goes_into_the_address_bar_and_comes_back_the_same(asked, page):
    assert parsed(address_of(asked, page)) == (asked, page)


@given(
    address=st.dictionaries(
        st.sampled_from(["q", "economy", "status", "measure", "deadline_from", "sort", "page", "replaced", "disagree"]),
        st.text(),
    )
)
def test_any_address_is_understood_or_refused(address):
    query = QueryDict(mutable=True)
    query.update(address)
    refusal = None
    try:
        asked, page = TargetFilterForm(query, ECONOMIES).asked()
    except BadParameter as error:
        refusal = error
    if refusal:
        assert refusal.parameter in address
    else:
        assert parsed(address_of(asked, page)) == (asked, page)


def test_a_filter_for_disagreement_says_so():
    assert in_words(TargetFilter(disagree=True), 6) == "6 targets, the two sides’ figures differ in their answer"
    with override("ru"):
        assert in_words(TargetFilter(disagree=True), 6) == "6 целей, данные двух сторон дают разные ответы"


def test_a_filter_says_itself_in_english():
    assert in_words(TargetFilter(), 338) == "338 targets"
    assert in_words(TargetFilter(), 1) == "1 target"
    everything = TargetFilter(
        q="gas",
        economy="XCA",
        status=(Status.ON_TRACK, Status.MET, Status.MISSED),
        measure=(Measure.GOODS_TURNOVER,),
        strength=(Strength.COMMITMENT, Strength.ASPIRATION),
        deadline_to=2030,
        replaced=True,
    )
    assert in_words(everything, 1048, ISLES) == (
        "1,048 targets of the Calder Isles, due by 2030, on track, met or missed, goods trade, "
        "commitment or aspiration, found by “gas”, replaced versions included"
    )


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (2030, None, "due in 2030 or later"),
        (None, 2030, "due by 2030"),
        (2030, 2030, "due in 2030"),
        (2025, 2030, "due from 2025 to 2030"),
    ],
)
def test_a_span_of_deadlines_is_said_in_words(first, last, said):
    assert in_words(TargetFilter(deadline_from=first, deadline_to=last), 2) == f"2 targets, {said}"


def test_the_form_offers_economies_by_their_names_and_marks_what_was_asked_for():
    form = TargetFilterForm(QueryDict("economy=XCA&status=met"), ECONOMIES)
    assert '<option value="XCA" selected>Calder Isles</option>' in str(form["economy"])
    assert [field.name for field in form.choices] == ["status", "measure", "strength", "relation"]
    assert [str(box.data["value"]) for box in form["status"] if box.data["selected"]] == ["met"]
    with override("ru"):
        assert "Калдеры" in str(TargetFilterForm(QueryDict(""), ECONOMIES)["economy"])


def test_the_order_in_use_is_the_one_chosen_in_the_form():
    assert '<option value="-stated" selected>' in str(TargetFilterForm(QueryDict(""), ECONOMIES)["sort"])
    assert '<option value="deadline" selected>' in str(TargetFilterForm(QueryDict("sort=deadline"), ECONOMIES)["sort"])


def test_the_box_for_replaced_versions_is_ticked_only_when_asked_for():
    assert "checked" not in str(TargetFilterForm(QueryDict(""), ECONOMIES)["replaced"])
    assert "checked" in str(TargetFilterForm(QueryDict("replaced=on"), ECONOMIES)["replaced"])


TODAY = date(2026, 11, 22)


def test_a_past_day_is_read_and_one_to_come_refused():
    assert filters.past_day(QueryDict(""), TODAY) is None
    assert filters.past_day(QueryDict("as_of=2026-11-22"), TODAY) == TODAY
    assert filters.past_day(QueryDict("as_of=0001-01-01"), TODAY) == date(1, 1, 1)


@pytest.mark.parametrize(
    "value", ["2026-11-23", "9999-12-31", "2026-02-30", "20260101", "2026-W01-1", "yesterday", "2026-1-1", "%00", "²"]
)
def test_what_is_no_past_day_is_refused(value):
    with pytest.raises(BadParameter, match="as_of"):
        filters.past_day(QueryDict(f"as_of={value}"), TODAY)


def test_a_choice_is_its_first_value_where_nothing_is_said():
    sizes = ("web", "social", "print")
    assert filters.choice(QueryDict(""), "size", sizes) == filters.choice(QueryDict("size="), "size", sizes) == "web"
    assert filters.choice(QueryDict("size=print"), "size", sizes) == "print"
    with pytest.raises(BadParameter, match=r"“size” cannot be “huge”\. Allowed: web, social, print"):
        filters.choice(QueryDict("size=huge"), "size", sizes)


def test_a_filter_says_itself_in_russian_with_its_plurals_and_cases():
    asked = TargetFilter(economy="XCA", deadline_to=2030, status=(Status.TOO_SLOW,))
    with override("ru"):
        said = [in_words(asked, total, ISLES) for total in (1, 2, 5, 1048)]
        found = in_words(TargetFilter(q="газ", replaced=True), 3)
    # Thousands stand apart by a no-break space.
    assert [words.replace("\u00a0", " ") for words in said] == [
        "1 цель Калдер, срок до 2030 года, слишком медленно",
        "2 цели Калдер, срок до 2030 года, слишком медленно",
        "5 целей Калдер, срок до 2030 года, слишком медленно",
        "1 048 целей Калдер, срок до 2030 года, слишком медленно",
    ]
    assert found == "3 цели, найдено по запросу «газ», включая заменённые версии"


def test_orders_are_named_by_what_comes_first():
    offered = dict(TargetFilterForm(QueryDict(""), ECONOMIES).offered["sort"])
    assert offered["deadline"] == "deadline, earliest first"
    assert offered["-stated"] == "first stated, latest first"
    assert offered["-amount"] == "amount, largest first"
    assert offered["needed"] == "growth needed, smallest first"


def test_the_order_by_chance_is_understood_and_not_offered():
    def offered(address):
        return 'value="-chance"' in str(TargetFilterForm(QueryDict(address), ECONOMIES)["sort"])

    assert not offered("")
    assert parsed("sort=-chance")[0].sort is Sort.CHANCE
    assert offered("sort=-chance"), "what is in use is shown"


def test_a_list_to_choose_from_marks_what_was_asked_for_and_escapes_what_it_says():
    odd = economy("XQ", 'Quay & "Sons" <Isles>', "", "")
    form = TargetFilterForm(QueryDict("economy=XCA&sort=-deadline"), (*ECONOMIES, odd))
    html = str(form["economy"])
    assert html.startswith('<select name="economy" id="filter-economy"><option value="">all</option>')
    assert '<option value="XCA" selected>Calder Isles</option>' in html
    assert '<option value="XQ">Quay &amp; &quot;Sons&quot; &lt;Isles&gt;</option>' in html
    assert html.count(" selected") == str(form["sort"]).count(" selected") == 1


@pytest.mark.parametrize(
    ("asked", "query"),
    [
        ({}, ""),
        ({"as_of": None, "theme": "", "t": ()}, ""),
        ({"as_of": date(2024, 5, 1), "size": "print"}, "?as_of=2024-05-01&size=print"),
        ({"t": ["one", "two"]}, "?t=one&t=two"),
        ({"url": "https://example.org/?a=1&b=2"}, "?url=https%3A%2F%2Fexample.org%2F%3Fa%3D1%26b%3D2"),
    ],
)  # fmt: skip
def test_a_query_asks_for_what_is_not_empty(asked, query):
    assert filters.query(**asked) == query
