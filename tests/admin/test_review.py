"""Review: four eyes, the editors' queue, and the page on which an editor decides."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from targets import queries
from targets.actions import editing, review
from targets.actions.journal import ActionRefused
from targets.models import RoadmapMeasure
from targets.records import ReviewState
from tests import world
from tests.admin.conftest import decide

QUEUE = "/admin/targets/target/review/"


def page(model, name, *args):
    return reverse(f"admin:targets_{model}_{name}", args=args)


@pytest.fixture
def statement(targets, cast):
    """A statement that the analyst wrote and submitted."""
    made = world.make_statement(targets["going"], published=False, speaker="Oren Vask")
    made.summary_en = "As Ana wrote it."
    editing.save(by=cast["analyst"], record=made)
    review.submit(by=cast["analyst"], record=made)
    return made


class TestFourEyes:
    def test_who_submitted_does_not_publish(self, targets, cast):
        review.submit(by=cast["editor"], record=targets["draft"])
        with pytest.raises(ActionRefused, match="submitted this yourself"):
            review.publish(by=cast["editor"], record=targets["draft"])
        assert review.publish(by=cast["superuser"], record=targets["draft"], today=world.TODAY)

    def test_who_edited_last_does_not_publish(self, statement, cast):
        statement.summary_en = "As Edo put it."
        editing.save(by=cast["editor"], record=statement)
        with pytest.raises(ActionRefused, match="edited this last"):
            review.publish(by=cast["editor"], record=statement)
        assert review.publish(by=cast["superuser"], record=statement)

    def test_a_step_of_review_is_no_edit(self, statement, cast):
        review.return_(by=cast["editor"], record=statement, note="Which paper?")
        review.submit(by=cast["analyst"], record=statement)
        assert queries.last_edit(statement).history_user == cast["analyst"]
        assert review.publish(by=cast["editor"], record=statement)

    def test_who_edited_a_measure_of_a_document_edited_the_document(self, targets, cast):
        document = world.make_document(targets["draft"], published=False)
        editing.save(by=cast["editor"], record=RoadmapMeasure(document=document, text="Open a crossing"))
        with pytest.raises(ActionRefused, match="edited this last"):
            review.publish(by=cast["editor"], record=document)

    def test_a_superuser_is_no_exception(self, targets, cast):
        targets["draft"].notes = "a note"
        editing.save(by=cast["superuser"], record=targets["draft"], today=world.TODAY)
        with pytest.raises(ActionRefused):
            review.publish(by=cast["superuser"], record=targets["draft"])

    def test_a_site_of_one_person_does_without(self, targets, cast, settings):
        settings.FOUR_EYES = False
        review.submit(by=cast["editor"], record=targets["draft"])
        assert review.publish(by=cast["editor"], record=targets["draft"], today=world.TODAY)

    def test_is_the_default(self, settings):
        assert settings.FOUR_EYES is True

    def test_what_its_author_would_publish_is_submitted_instead(self, desk, statement, cast):
        review.return_(by=cast["editor"], record=statement, note="Which paper?")
        address = page("statement", "change", statement.pk)
        form = {
            **{name: getattr(statement, name) for name in ("speaker", "role", "occasion", "summary_en", "summary_ru")},
            "stated_on": "2020-05-01",
            "stated_on_precision": "day",
            "source": statement.source_id,
            "version": queries.version_of(statement),
        }
        response = desk("editor").post(address, {**form, "occasion": "A dinner", "_publish": "1"}, follow=True)
        statement.refresh_from_db()
        assert (statement.state, statement.occasion) == (ReviewState.SUBMITTED, "A dinner")
        assert "Saved and submitted, not published" in response.content.decode()
        assert "Save and publish" not in desk("editor").get(address).content.decode()

    def test_the_button_is_there_for_the_second_person(self, desk, targets):
        draft = page("target", "change", targets["draft"].pk)
        assert "Save and publish" in desk("editor").get(draft).content.decode()
        assert "Save and publish" not in desk("editor").get(page("target", "add")).content.decode()


class TestTheQueue:
    def test_is_for_editors(self, desk, statement):
        statuses = {who: desk(who).get(QUEUE).status_code for who in ("anonymous", "analyst", "editor", "superuser")}
        assert statuses == {"anonymous": 302, "analyst": 403, "editor": 200, "superuser": 200}

    def test_shows_everything_submitted_the_oldest_first(self, desk, statement, targets, cast):
        review.submit(by=cast["superuser"], record=targets["draft"])
        document = world.make_document(targets["going"], published=False, title="A roadmap")
        review.submit(by=cast["analyst"], record=document)
        world.make_statement(targets["kept"], published=False, speaker="Only a draft")
        rows = desk("editor").get(QUEUE).context["rows"]
        assert [row.record for row in rows] == [statement, targets["draft"], document]
        assert [row.record.submitted_by.username for row in rows] == ["ana", "sue", "ana"]

    def test_tells_who_when_and_what(self, desk, statement):
        content = desk("editor").get(QUEUE).content.decode()
        for told in ("Submitted by ana", "Last edited by ana", "As Ana wrote it.", "Oren Vask", "no editor has seen"):
            assert told in content, told

    def test_compares_with_what_an_editor_saw_last(self, desk, statement, cast):
        review.return_(by=cast["editor"], record=statement, note="Which paper?")
        statement.summary_en = "As Ana wrote it in the end."
        editing.save(by=cast["analyst"], record=statement)
        review.submit(by=cast["analyst"], record=statement)
        (row,) = desk("editor").get(QUEUE).context["rows"]
        changes = [(change.label, change.before, change.after) for change in row.changes]
        assert changes == [("Summary, English", "As Ana wrote it.", "As Ana wrote it in the end.")]
        assert "Which paper?" in desk("editor").get(QUEUE).content.decode()

    def test_says_what_is_ones_own(self, desk, targets, cast):
        review.submit(by=cast["editor"], record=targets["draft"])
        assert "somebody else must publish it" in desk("editor").get(QUEUE).content.decode()

    def test_has_pages_and_a_page_has_its_price(self, desk, targets, cast):
        client = desk("editor")

        def submit(number):
            target = world.make_target(targets["going"].pair, published=False)
            statement = world.make_statement(
                target, published=False, speaker=f"Speaker {number}", sides=("XAR", "XBO"), source=world.make_source()
            )
            document = world.make_document(target, published=False)
            editing.save(by=cast["analyst"], record=RoadmapMeasure(document=document, text="Open a crossing"))
            for one in (target, statement, document):
                review.submit(by=cast["analyst"], record=one)
                if number % 2:
                    review.return_(by=cast["superuser"], record=one, note="Which paper?")
                    editing.save(by=cast["analyst"], record=one)
                    review.submit(by=cast["analyst"], record=one)

        def cost():
            with CaptureQueriesContext(connection) as captured:
                assert client.get(QUEUE).status_code == 200
            return len(captured)

        submit(0)
        submit(1)
        client.get(QUEUE)
        few = cost()
        for number in range(2, 8):
            submit(number)
        assert cost() == few
        assert few < 40
        assert len(client.get(QUEUE).context["rows"]) == 20
        assert len(client.get(f"{QUEUE}?p=2").context["rows"]) == 4
        assert client.get(f"{QUEUE}?p=nonsense").status_code == 200

    def test_is_linked_for_those_who_may_see_it(self, desk, targets):
        assert QUEUE in desk("editor").get(page("statement", "changelist")).content.decode()
        assert QUEUE not in desk("analyst").get(page("statement", "changelist")).content.decode()
        assert QUEUE not in desk("editor").get(page("source", "changelist")).content.decode()

    def test_is_empty_and_says_so(self, desk, targets):
        assert "Nothing waits for review." in desk("editor").get(QUEUE).content.decode()


class TestThePageOfReview:
    def decide(self, client, record, **sent):
        mark = queries.version_of(record)
        return client.post(page(record._meta.model_name, "review", record.pk), {"version": mark, **sent})

    def test_publishes(self, desk, statement, targets, client):
        response = self.decide(desk("editor"), statement, _publish="1")
        assert (response.status_code, response.url) == (302, QUEUE)
        statement.refresh_from_db()
        assert statement.published_by.username == "edo"
        assert "As Ana wrote it." in client.get(targets["going"].get_absolute_url()).content.decode()

    def test_returns_with_a_note_and_not_without(self, desk, statement):
        refused = self.decide(desk("editor"), statement, _return="1", note=" ")
        assert refused.status_code == 409
        assert "Say what should be done about it." in refused.content.decode()
        assert self.decide(desk("editor"), statement, _return="1", note="Which paper?").status_code == 302
        statement.refresh_from_db()
        assert (statement.state, statement.review_note) == (ReviewState.RETURNED, "Which paper?")

    @pytest.fixture
    def waiting(self, targets, cast):
        """A target and its first statement, both submitted by the analyst."""
        made = world.make_statement(targets["draft"], published=False, speaker="Oren Vask")
        for record in (targets["draft"], made):
            editing.save(by=cast["analyst"], record=record)
            review.submit(by=cast["analyst"], record=record)
        return made

    def test_of_a_target_publishes_its_waiting_statement_too(self, desk, targets, waiting):
        shown = desk("editor").get(page("target", "review", targets["draft"].pk)).content.decode()
        field, mark = f"with-statement-{waiting.pk}", queries.version_of(waiting)
        assert f'name="{field}" value="{mark}" checked' in shown
        assert self.decide(desk("editor"), targets["draft"], _publish="1", **{field: mark}).status_code == 302
        waiting.refresh_from_db()
        assert waiting.state == ReviewState.PUBLISHED

    def test_of_a_target_leaves_what_is_not_ticked(self, desk, targets, waiting):
        assert self.decide(desk("editor"), targets["draft"], _publish="1").status_code == 302
        waiting.refresh_from_db()
        assert waiting.state == ReviewState.SUBMITTED

    def test_of_a_target_publishes_nothing_where_the_statement_is_ones_own(self, desk, targets, waiting, cast):
        waiting.summary_en = "As Edo wrote it."
        editing.save(by=cast["editor"], record=waiting)
        field, mark = f"with-statement-{waiting.pk}", queries.version_of(waiting)
        shown = desk("editor").get(page("target", "review", targets["draft"].pk)).content.decode()
        assert f'name="{field}"' not in shown
        assert self.decide(desk("editor"), targets["draft"], _publish="1", **{field: mark}).status_code == 409
        targets["draft"].refresh_from_db()
        assert targets["draft"].state == ReviewState.SUBMITTED

    def test_of_a_target_returns_its_waiting_statement_with_it(self, desk, targets, waiting):
        sent = {f"with-statement-{waiting.pk}": queries.version_of(waiting), "note": "Which paper?"}
        assert self.decide(desk("editor"), targets["draft"], _return="1", **sent).status_code == 302
        for record in (targets["draft"], waiting):
            record.refresh_from_db()
            assert (record.state, record.review_note) == (ReviewState.RETURNED, "Which paper?")

    @pytest.mark.parametrize("pressed", ["_publish", "_return"])
    def test_of_a_target_does_nothing_where_a_ticked_statement_was_decided_on_meanwhile(
        self, desk, targets, waiting, cast, pressed
    ):
        sent = {f"with-statement-{waiting.pk}": queries.version_of(waiting), "note": "Which paper?", pressed: "1"}
        review.publish(by=cast["superuser"], record=waiting)
        answer = self.decide(desk("editor"), targets["draft"], **sent)
        assert answer.status_code == 409
        assert "no longer waits" in answer.content.decode()
        assert "Which paper?" in answer.content.decode()
        targets["draft"].refresh_from_db()
        assert targets["draft"].state == ReviewState.SUBMITTED

    def test_names_records_as_people_do(self, desk, targets, waiting):
        shown = desk("editor").get(page("target", "review", targets["draft"].pk)).content.decode()
        assert "Review: Borovia – Calder Isles: $3bn" in shown
        assert "Statement: Oren Vask, 1\u00a0May\u00a02020" in shown

    def test_of_a_target_shows_what_changed_in_a_statement_seen_before(self, desk, targets, waiting, cast):
        review.return_(by=cast["superuser"], record=waiting, note="Which paper?")
        waiting.summary_en = "As it was said in the end."
        editing.save(by=cast["analyst"], record=waiting)
        review.submit(by=cast["analyst"], record=waiting)
        (row,) = desk("editor").get(page("target", "review", targets["draft"].pk)).context["beside"]
        before = "The minister named the amount and the year."
        assert [(one.before, one.after) for one in row.changes] == [(before, "As it was said in the end.")]

    def test_offers_an_analyst_nothing_to_decide(self, desk, statement):
        shown = desk("analyst").get(page("statement", "review", statement.pk))
        assert shown.status_code == 200
        assert "review_form" not in shown.content.decode()
        assert self.decide(desk("analyst"), statement, _publish="1").status_code == 403

    def test_offers_no_publishing_of_ones_own(self, desk, targets, cast):
        review.submit(by=cast["editor"], record=targets["draft"])
        shown = desk("editor").get(page("target", "review", targets["draft"].pk)).content.decode()
        assert "_publish" not in shown
        assert "_return" in shown
        assert self.decide(desk("editor"), targets["draft"], _publish="1").status_code == 409

    def test_shows_the_measures_of_a_document(self, desk, targets, cast):
        document = world.make_document(targets["draft"], published=False)
        editing.save(by=cast["analyst"], record=RoadmapMeasure(document=document, text="Open a crossing"))
        review.submit(by=cast["analyst"], record=document)
        assert "Open a crossing" in desk("editor").get(page("roadmapdocument", "review", document.pk)).content.decode()

    def test_of_nothing_is_not_found(self, desk, targets):
        assert desk("editor").get(page("target", "review", 999_999)).status_code == 404

    def test_is_russian_under_ru(self, desk, statement):
        content = desk("editor").get(f"/ru{page('statement', 'review', statement.pk)}").content.decode()
        for told in ("Проверка:", "Последняя правка: ana", "Вернуть автору"):
            assert told in content, told


class TestDecidingFromTheList:
    LISTED = page("statement", "changelist")

    def chosen(self, record, action="publish_selected", **sent):
        return {"action": action, "_selected_action": [record.pk], **sent}

    def test_shows_first_what_would_be_published(self, desk, statement):
        shown = desk("editor").post(self.LISTED, self.chosen(statement)).content.decode()
        assert "As Ana wrote it." in shown
        statement.refresh_from_db()
        assert statement.state == ReviewState.SUBMITTED

    @pytest.mark.parametrize("action", ["publish_selected", "return_selected"])
    def test_is_refused_where_the_record_changed_since_it_was_shown(self, desk, statement, cast, action):
        edo = desk("editor")
        (row,) = edo.post(self.LISTED, self.chosen(statement, action)).context["rows"]
        statement.summary_en = "Changed meanwhile."
        editing.save(by=cast["superuser"], record=statement)
        sent = {"decided": "1", row.field: row.version, "text": "Which paper?"}
        told = edo.post(self.LISTED, self.chosen(statement, action, **sent), follow=True).content.decode()
        assert "2020: Somebody changed this record while you read it." in told
        statement.refresh_from_db()
        assert statement.state == ReviewState.SUBMITTED

    @pytest.mark.parametrize("mark", ["", "999999"])
    def test_is_refused_without_the_mark_of_what_was_shown(self, desk, statement, mark):
        sent = {"decided": "1", f"with-statement-{statement.pk}": mark}
        desk("editor").post(self.LISTED, self.chosen(statement, **sent))
        statement.refresh_from_db()
        assert statement.state == ReviewState.SUBMITTED

    def test_publishes_what_was_left_ticked(self, desk, statement, targets, cast):
        other = world.make_statement(targets["going"], published=False, speaker="Ilva Marn", source=world.make_source())
        edo = desk("editor")
        chosen = {"action": "publish_selected", "_selected_action": [statement.pk, other.pk]}
        rows = {row.record: row for row in edo.post(self.LISTED, chosen).context["rows"]}
        row = rows[statement]
        told = edo.post(self.LISTED, {**chosen, "decided": "1", row.field: row.version}, follow=True)
        assert "1 record published." in told.content.decode()
        for one in (statement, other):
            one.refresh_from_db()
        assert (statement.state, other.state) == (ReviewState.PUBLISHED, ReviewState.DRAFT)

    @pytest.mark.parametrize(("action", "done"), [("publish_selected", "published"), ("return_selected", "returned")])
    def test_tells_of_what_somebody_else_decided_meanwhile(self, desk, statement, targets, cast, action, done):
        other = world.make_statement(targets["going"], published=False, speaker="Ilva Marn", source=world.make_source())
        review.submit(by=cast["analyst"], record=other)
        edo = desk("editor")
        chosen = {"action": action, "_selected_action": [statement.pk, other.pk]}
        rows = edo.post(self.LISTED, chosen).context["rows"]
        review.publish(by=cast["superuser"], record=other)
        sent = {**chosen, "decided": "1", "text": "Which paper?", **{row.field: row.version for row in rows}}
        # As in a list of what is submitted, from which the other one is gone.
        told = edo.post(f"{self.LISTED}?state__exact=submitted", sent, follow=True).text
        assert re.search(r"Ilva Marn, .*2020: Nothing was done: meanwhile it became “published”\.", told)
        assert f"1 record {done}." in told
        statement.refresh_from_db()
        assert statement.state != ReviewState.SUBMITTED

    @pytest.mark.parametrize("meanwhile", ["published", "changed"])
    def test_says_that_a_note_went_nowhere(self, desk, statement, cast, meanwhile):
        edo = desk("editor")
        (row,) = edo.post(self.LISTED, self.chosen(statement, "return_selected")).context["rows"]
        if meanwhile == "published":
            review.publish(by=cast["superuser"], record=statement)
        else:
            statement.summary_en = "Changed meanwhile."
            editing.save(by=cast["superuser"], record=statement)
        sent = {"decided": "1", row.field: row.version, "text": "Which paper?"}
        told = edo.post(self.LISTED, self.chosen(statement, "return_selected", **sent), follow=True).text
        assert "Your note is not stored: “Which paper?”" in told

    @pytest.mark.parametrize("action", ["publish_selected", "return_selected"])
    def test_says_nothing_wrong_to_who_pressed_the_button_twice(self, desk, statement, action):
        edo = desk("editor")
        (row,) = edo.post(self.LISTED, self.chosen(statement, action)).context["rows"]
        sent = {"decided": "1", row.field: row.version, "text": " Which paper?"}
        for _press in range(2):
            told = edo.post(self.LISTED, self.chosen(statement, action, **sent), follow=True).text
            assert "Nothing was done" not in told
            assert "is not stored" not in told

    def test_asks_again_for_a_note_without_losing_sight_of_what_was_decided_meanwhile(self, desk, statement, cast):
        edo = desk("editor")
        (row,) = edo.post(self.LISTED, self.chosen(statement, "return_selected")).context["rows"]
        review.publish(by=cast["superuser"], record=statement)
        sent = {"decided": "1", row.field: row.version, "with-statement-999999": "1", "with-x-y": "1", "text": " "}
        told = edo.post(self.LISTED, self.chosen(statement, "return_selected", **sent), follow=True).text
        assert told.count("Nothing was done: meanwhile it became “published”.") == 1
        assert "Your note" not in told

    def test_returns_only_with_a_note(self, desk, statement):
        edo = desk("editor")
        refused = decide(edo, "return_selected", statement, text=" ")
        assert refused.context["form"].errors
        assert decide(edo, "return_selected", statement, text="Which paper?").status_code == 302
        statement.refresh_from_db()
        assert (statement.state, statement.review_note) == (ReviewState.RETURNED, "Which paper?")

    def test_offers_nothing_of_ones_own(self, desk, targets, cast):
        review.submit(by=cast["editor"], record=targets["draft"])
        listed = page("target", "changelist")
        shown = desk("editor").post(listed, self.chosen(targets["draft"])).content.decode()
        assert "somebody else must publish it" in shown
        assert f'name="with-target-{targets["draft"].pk}"' not in shown

    def test_says_where_nothing_waits(self, desk, targets):
        listed = page("target", "changelist")
        told = desk("editor").post(listed, self.chosen(targets["going"]), follow=True).content.decode()
        assert "Of what was chosen nothing waits for that." in told
