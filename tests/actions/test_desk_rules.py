"""What the actions behind the desk refuse, whoever asks and however."""

from __future__ import annotations

from decimal import Decimal

import pytest

from targets.actions import editing, entry, review
from targets.actions.journal import ActionRefused
from targets.models import AuditEvent, Release, RoadmapMeasure, Target
from targets.progress import Measure
from targets.records import FigureRow, FigureStanding, ReleaseKind, ReviewState, Valuation
from tests import world

pytestmark = pytest.mark.django_db

ROW = FigureRow(
    first="XAR",
    second="XBO",
    reporter="XAR",
    compiler="",
    year=2024,
    from_month=1,
    through_month=12,
    fiscal="",
    measure=Measure.GOODS_TURNOVER,
    exports=Decimal(60),
    imports=Decimal(70),
    turnover=None,
    currency="USD",
    valuation=Valuation.UNKNOWN,
    standing=FigureStanding.FINAL,
    approximate=False,
    note="",
    place="",
)


def enter(by, **changed):
    world.make_pair()
    given = {"source": world.make_office("XAR"), "rows": [ROW], "today": world.TODAY, **changed}
    return entry.enter_figures(by=by, **given)


def test_figures_are_entered_by_those_who_may():
    with pytest.raises(ActionRefused, match="may not enter"):
        enter(world.make_user("stan", ""))
    assert not Release.objects.exists()
    assert enter(world.make_user("ana")).figures.get().exports == 60


def test_entering_the_same_twice_makes_one_release():
    by = world.make_user("ana")
    assert enter(by) is not None
    events = AuditEvent.objects.count()
    assert enter(by) is None
    assert (Release.objects.count(), AuditEvent.objects.count()) == (1, events)


def test_a_figure_that_stands_is_replaced_with_kind_and_reason_only():
    by = world.make_user("ana")
    enter(by)
    other = [ROW._replace(exports=Decimal(61))]
    with pytest.raises(ActionRefused) as refused:
        enter(by, rows=other)
    assert refused.value.field == "kind"
    with pytest.raises(ActionRefused) as refused:
        enter(by, rows=other, kind=ReleaseKind.REVISION)
    assert refused.value.field == "reason"
    revised = enter(by, rows=other, kind=ReleaseKind.REVISION, reason="revised table")
    assert (revised.kind, revised.reason) == (ReleaseKind.REVISION, "revised table")


class TestDoubts:
    """A thousand-fold slip beside what the office said of the years before."""

    SLIP = ROW._replace(year=2025, exports=Decimal(60_000), imports=Decimal(70_000))
    KEY = "jump-own-2025"

    @pytest.fixture(autouse=True)
    def known(self):
        self.by = world.make_user("ana")
        enter(self.by)

    def test_what_looks_wrong_is_not_stored_without_a_reason(self):
        with pytest.raises(ActionRefused) as refused:
            enter(self.by, rows=[self.SLIP], reasons={self.KEY: " ", "jump-own-2019": "another year"})
        assert refused.value.field == "doubts"
        assert Release.objects.count() == 1

    def test_with_a_reason_it_is_and_the_journal_keeps_it(self):
        release = enter(self.by, rows=[self.SLIP], reasons={self.KEY: " a pipeline was opened "})
        event = AuditEvent.objects.get(verb="explain")
        assert (event.object_key, event.counts) == (str(release.pk), {"doubts": 1})
        assert event.reason == "a jump against neighbouring years: a pipeline was opened"
        assert release.figures.get().note == ""

    def test_why_flows_do_not_make_the_total_stands_in_the_note(self):
        row = ROW._replace(year=2025, exports=Decimal(61), turnover=Decimal(170))
        release = enter(self.by, rows=[row], reasons={"sum-turnover-2025": "electricity in the total only"})
        assert release.figures.get().note == "electricity in the total only"
        assert enter(self.by, rows=[row], reasons={"sum-turnover-2025": "electricity in the total only"}) is None

    def test_other_figures_of_another_source_need_a_reason_where_they_differ_by_much(self):
        row = ROW._replace(exports=Decimal(50), imports=Decimal(56))
        with pytest.raises(ActionRefused, match="look wrong"):
            enter(self.by, source=world.make_source("other"), rows=[row])
        near = ROW._replace(exports=Decimal(61))
        assert enter(self.by, source=world.make_source("other"), rows=[near]) is not None


def test_a_new_source_is_not_left_behind_by_figures_that_are_refused():
    new = entry.NewSource(kind="press", publisher="A paper", url="https://paper.example/1")
    with pytest.raises(ActionRefused):
        enter(world.make_user("ana"), source=new, rows=[ROW._replace(exports=Decimal(-1))])
    assert not AuditEvent.objects.filter(object_kind="source").exists()


@pytest.mark.parametrize(
    ("unit", "amount"),
    [("one", 133_500_000), ("thousand", 133_500), ("million", Decimal("133.5")), ("billion", Decimal("0.1335"))],
)
def test_a_unit_scales_without_rounding(unit, amount):
    assert Decimal(amount).scaleb(entry.Unit(unit).power) == 133_500_000


@pytest.mark.parametrize("step", ["submit", "publish", "return"])
def test_a_stranger_moves_nothing_on(step):
    target, stranger = world.make_target(published=False), world.make_user("stan", "")
    moves = {
        "submit": lambda: review.submit(by=stranger, record=target),
        "publish": lambda: review.publish(by=stranger, record=target),
        "return": lambda: review.return_(by=stranger, record=target, note="no"),
    }
    with pytest.raises(ActionRefused):
        moves[step]()
    target.refresh_from_db()
    assert target.state == ReviewState.DRAFT


def test_each_step_of_review_changes_something_once():
    analyst, editor = world.make_user("ana"), world.make_user("edo", "editor")
    target = world.make_target(published=False)
    assert [review.submit(by=analyst, record=target) for _ in range(2)] == [True, False]
    assert [review.return_(by=editor, record=target, note="why?") for _ in range(2)] == [True, False]
    assert [review.publish(by=editor, record=target, today=world.TODAY) for _ in range(2)] == [True, False]
    assert list(AuditEvent.objects.order_by("id").values_list("verb", flat=True)) == ["submit", "return", "publish"]
    assert (target.state, target.published_by) == (ReviewState.PUBLISHED, editor)


def test_only_what_was_submitted_is_returned_and_with_a_note():
    editor = world.make_user("edo", "editor")
    target = world.make_target(published=False)
    with pytest.raises(ActionRefused, match="submitted"):
        review.return_(by=editor, record=target, note="why?")
    review.submit(by=editor, record=target)
    with pytest.raises(ActionRefused, match="what should be done"):
        review.return_(by=editor, record=target, note=" ")


def test_what_is_published_is_submitted_no_more():
    with pytest.raises(ActionRefused, match="published already"):
        review.submit(by=world.make_user("edo", "editor"), record=world.make_target())


def test_an_analyst_changes_drafts_and_nothing_that_went_further():
    analyst = world.make_user("ana")
    target = world.make_target(published=False)
    target.notes = "first"
    assert editing.save(by=analyst, record=target, today=world.TODAY)
    review.submit(by=analyst, record=target)
    target.notes = "second"
    with pytest.raises(ActionRefused, match="only an editor"):
        editing.save(by=analyst, record=target)
    assert Target.objects.get().notes == "first"


def test_only_editors_take_a_measure_out_of_a_document():
    document = world.make_document(world.make_target(published=False), published=False)
    measure = document.measures.create(text="Open a crossing")
    with pytest.raises(ActionRefused):
        editing.remove(by=world.make_user("ana"), record=measure)
    editing.remove(by=world.make_user("edo", "editor"), record=measure, reason="not in the text")
    assert not document.measures.exists()
    assert AuditEvent.objects.get(verb="remove").reason == "not in the text"


def test_no_measure_that_readers_see_is_added_changed_or_removed_without_a_reason():
    document = world.make_document(world.make_target())
    measure = document.measures.create(text="Open a crossing")
    edo = world.make_user("edo", "editor")
    changed = RoadmapMeasure.objects.get()
    changed.text = "Open two crossings"
    for act in (
        lambda: editing.save(by=edo, record=RoadmapMeasure(document=document, text="Build a bridge")),
        lambda: editing.save(by=edo, record=changed),
        lambda: editing.remove(by=edo, record=measure),
    ):
        with pytest.raises(ActionRefused, match="Say why it is changed"):
            act()
    assert [one.text for one in document.measures.all()] == ["Open a crossing"]
    with pytest.raises(ActionRefused):
        editing.remove(by=world.make_user("ana"), record=measure, reason="not in the text")


def test_an_analyst_adds_no_measure_to_a_published_document():
    document = world.make_document(world.make_target())
    with pytest.raises(ActionRefused, match="only an editor"):
        editing.save(by=world.make_user("ana"), record=RoadmapMeasure(document=document, text="Open a crossing"))
    assert not document.measures.exists()
