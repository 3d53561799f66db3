"""What hypothesis draws for the progress rules: targets, figures and series, ordinary or wild."""

from datetime import date

from hypothesis import strategies as st

from targets.progress import Figure, Measure, Point, Series, SourceRank, Terms

NAMES = ("AAA", "BBB", "press")

years = st.integers(2008, 2028)
# Few values, so that equal amounts, amounts at the target and amounts within five per cent of it are common.
amounts = st.one_of(
    st.sampled_from([0.0, 50.0, 60.0, 95.0, 99.0, 100.0, 100.0000001, 104.0, 110.0, 200.0]),
    st.integers(1, 400).map(float),
)
wild = st.floats(allow_nan=False, allow_infinity=False)


def maybe(strategy):
    return st.one_of(st.none(), strategy)


def targets(amount=amounts, *, single=False, measures=(Measure.GOODS_TURNOVER,)):
    """Terms of a target; ``single`` keeps to one with a deadline ahead and a plain amount."""
    return st.builds(
        Terms,
        measure=st.sampled_from(measures),
        amount=amount if single else maybe(amount),
        amount_high=st.none(),
        currency=st.just("USD"),
        factor=st.none() if single else st.sampled_from([None, 1.5, 2.0, 3.0]),
        baseline_year=maybe(years),
        baseline_amount=maybe(amount),
        stated=maybe(years),
        deadline=st.integers(2027, 2040) if single else maybe(st.integers(2012, 2034)),
        cumulative=st.just(False) if single else st.sampled_from([False, False, False, True]),
        replaced=st.booleans(),
        first=st.just("AAA"),
        second=st.just("BBB"),
    )


@st.composite
def series_by(draw, by, amount=amounts, at_least=0):
    """A series of up to a dozen years by one name, calendar or fiscal."""
    known = draw(st.dictionaries(years, st.tuples(amount, st.booleans()), min_size=at_least, max_size=12))
    points = tuple(
        Point(year, value, about, Measure.GOODS_TURNOVER, "", year, SourceRank.NATIONAL_OFFICE)
        for year, (value, about) in sorted(known.items())
    )
    return Series(by, by != "press", draw(st.sampled_from(["", "IND"])), points)


def all_series(amount=amounts):
    """Both sides' series and the press's."""
    return st.tuples(*(series_by(name, amount) for name in NAMES)).map(list)


figures = st.builds(
    Figure,
    year=maybe(years),
    from_month=st.sampled_from([1, 1, 1, 1, 2, None]),
    through_month=st.sampled_from([12, 12, 12, 12, 9, None]),
    fiscal=st.sampled_from(["", "", "IND"]),
    measure=st.sampled_from(list(Measure)),
    exports=maybe(amounts),
    imports=maybe(amounts),
    turnover=maybe(amounts),
    currency=st.just("USD"),
    rank=st.sampled_from(list(SourceRank)),
    vintage=maybe(st.dates(date(2020, 1, 1), date(2020, 1, 3))),
    approximate=st.booleans(),
    key=st.integers(1, 10_000),
)
"""Figures in dollars, of any measure and period; keys are made unique by the lists below."""

figure_lists = st.lists(figures, max_size=14, unique_by=lambda figure: figure.key)
