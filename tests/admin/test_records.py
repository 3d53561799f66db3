"""Targets, statements, documents, sources and economies as the desk edits, reviews and remembers them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from targets import queries
from targets.actions import editing, review
from targets.actions.journal import ActionRefused
from targets.models import (
    AuditEvent,
    CountryPair,
    Economy,
    Judgement,
    RoadmapDocument,
    RoadmapMeasure,
    Source,
    Statement,
    Target,
    TurnoverFigure,
)
from targets.records import ReviewState
from tests import world
from tests.admin.conftest import decide


def page(model, name, *args):
    return reverse(f"admin:targets_{model}_{name}", args=args)


def statement_form(target, **changed):
    return {
        "target": target.pk,
        "stated_on": "2025-09-30",
        "stated_on_precision": "day",
        "speaker": "Oren Vask",
        "role": "Prime Minister",
        "sides": ["XBO"],
        "occasion": "Talks in the capital",
        "summary_en": "He repeated the goal.",
        "summary_ru": "Он повторил цель.",
        "source": world.make_source("press-1").pk,
        **changed,
    }


def target_form(of_pair, **changed):
    return {
        "pair": of_pair.pk,
        "measure": "goods_turnover",
        "measure_basis": "explicit",
        "amount": "750000000",
        "currency": "USD",
        "deadline_year": "2035",
        "deadline_basis": "stated",
        "strength": "aspiration",
        "first_stated_on": "2025-09-17",
        "first_stated_on_precision": "month",
        **changed,
    }


def seen(record):
    """What a form sends besides its fields: which version of the record it shows."""
    return {"version": queries.version_of(record)}


def errors_of(response):
    return dict(response.context["adminform"].form.errors)


class TestAStatement:
    def test_of_an_analyst_is_a_draft_that_readers_do_not_see(self, desk, targets, client):
        response = desk("analyst").post(page("statement", "add"), statement_form(targets["going"]))
        assert response.status_code == 302
        statement = Statement.objects.get(speaker="Oren Vask")
        assert (statement.state, [side.code for side in statement.sides.all()]) == (ReviewState.DRAFT, ["XBO"])
        assert "Oren Vask" not in client.get(targets["going"].get_absolute_url()).content.decode()
        event = AuditEvent.objects.get(object_kind="statement", by__username="ana")
        assert (event.verb, event.object_key) == ("add", str(statement.pk))

    def test_is_published_by_an_editor_and_then_stands_on_the_page(self, desk, targets, client):
        desk("analyst").post(page("statement", "add"), {**statement_form(targets["going"]), "_submit": "1"})
        statement = Statement.objects.get(speaker="Oren Vask")
        assert (statement.state, statement.submitted_by.username) == (ReviewState.SUBMITTED, "ana")
        decide(desk("editor"), "publish_selected", statement)
        statement.refresh_from_db()
        assert (statement.state, statement.published_by.username) == (ReviewState.PUBLISHED, "edo")
        assert statement.published_at is not None
        assert AuditEvent.objects.filter(verb="publish", object_kind="statement", by__username="edo").exists()
        assert "Oren Vask" in client.get(targets["going"].get_absolute_url()).content.decode()
        targets["going"].refresh_from_db()
        assert "oren vask" in targets["going"].search_text

    def test_is_not_published_by_an_analyst(self, desk, targets):
        statement = world.make_statement(targets["going"], published=False, speaker="Oren Vask")
        decide(desk("analyst"), "publish_selected", statement)
        desk("analyst").post(
            page("statement", "change", statement.pk),
            {**statement_form(targets["going"]), **seen(statement), "_publish": "1"},
        )
        statement.refresh_from_db()
        assert statement.state == ReviewState.DRAFT
        assert "Save and publish" not in desk("analyst").get(page("statement", "change", statement.pk)).content.decode()

    def test_is_returned_with_a_note_and_may_be_edited_and_submitted_again(self, desk, targets):
        statement = world.make_statement(targets["going"], published=False, speaker="Oren Vask")
        listed = page("statement", "changelist")
        desk("analyst").post(listed, {"action": "submit_selected", "_selected_action": [statement.pk]})
        assert desk("analyst").post(page("statement", "change", statement.pk), {}).status_code == 403
        chosen = {"action": "return_selected", "_selected_action": [statement.pk]}
        asked = desk("editor").post(listed, chosen)
        assert "What should be done about it?" in asked.content.decode()
        statement.refresh_from_db()
        assert statement.state == ReviewState.SUBMITTED
        decide(desk("editor"), "return_selected", statement, text="Which newspaper?")
        statement.refresh_from_db()
        assert (statement.state, statement.review_note) == (ReviewState.RETURNED, "Which newspaper?")
        assert AuditEvent.objects.get(verb="return").reason == "Which newspaper?"
        shown = desk("analyst").get(page("statement", "change", statement.pk)).content.decode()
        assert "Returned, with the note: Which newspaper?" in shown
        again = {**statement_form(targets["going"]), **seen(statement), "_submit": "1"}
        desk("analyst").post(page("statement", "change", statement.pk), again)
        statement.refresh_from_db()
        assert (statement.state, statement.summary_en) == (ReviewState.SUBMITTED, "He repeated the goal.")

    @pytest.mark.parametrize(
        ("changed", "field"),
        [
            ({"source": ""}, "source"),
            ({"summary_en": ""}, "summary_en"),
            ({"stated_on": "30 February"}, "stated_on"),
            ({"stated_on_precision": "unknown"}, "stated_on_precision"),
        ],
    )
    def test_with_a_mistake_is_not_stored_and_the_field_says_why(self, desk, targets, changed, field):
        response = desk("analyst").post(page("statement", "add"), statement_form(targets["going"], **changed))
        assert field in errors_of(response)
        assert not Statement.objects.filter(speaker="Oren Vask").exists()
        assert 'value="Oren Vask"' in response.content.decode()

    def test_is_stored_once(self, desk, targets):
        form = statement_form(targets["going"])
        desk("analyst").post(page("statement", "add"), form)
        response = desk("analyst").post(page("statement", "add"), form)
        assert response.status_code == 200
        assert Statement.objects.filter(speaker="Oren Vask").count() == 1

    def test_known_to_the_month_is_stored_as_its_first_day(self, desk, targets):
        desk("analyst").post(page("statement", "add"), statement_form(targets["going"], stated_on_precision="month"))
        assert Statement.objects.get(speaker="Oren Vask").stated_on == date(2025, 9, 1)

    def test_without_a_date_says_that_it_is_not_known(self, desk, targets):
        desk("analyst").post(page("statement", "add"), statement_form(targets["going"], stated_on=""))
        assert Statement.objects.get(speaker="Oren Vask").stated_on_precision == "unknown"

    def test_form_opens_with_the_target_it_was_asked_for(self, desk, targets):
        opened = desk("analyst").get(f"{page('statement', 'add')}?target={targets['going'].pk}").content.decode()
        assert f'<option value="{targets["going"].pk}" selected>' in opened


class TestATarget:
    def test_is_drafted_with_a_slug_of_the_usual_form(self, desk, targets):
        pair = targets["going"].pair
        desk("analyst").post(page("target", "add"), target_form(pair))
        target = Target.objects.get(amount=750_000_000)
        assert (target.slug, target.state) == ("xar-xbo-750m-usd-2035", ReviewState.DRAFT)
        assert target.first_stated_on == date(2025, 9, 1)
        assert "арландия" in target.search_text

    @pytest.mark.parametrize(
        ("changed", "slug"),
        [
            ({"amount": "10000000000"}, "xar-xbo-10bn-usd-2035"),
            ({"amount": "1500000000"}, "xar-xbo-1500m-usd-2035"),
            ({"amount": "2000000000", "amount_high": "3000000000"}, "xar-xbo-2bn-to-3bn-usd-2035"),
            ({"currency": "EUR", "deadline_year": "", "deadline_basis": "none"}, "xar-xbo-750m-eur-open"),
            ({"amount": "", "factor": "2"}, "xar-xbo-double-2035"),
            ({"amount": "", "factor": "1.5"}, "xar-xbo-times1-5-2035"),
            ({"measure": "non_oil_turnover"}, "xar-xbo-750m-usd-2035-nonoil"),
            ({"measure": "exports_second_to_first"}, "xar-xbo-750m-usd-2035-exports-xbo"),
            ({"cumulative": "on"}, "xar-xbo-750m-usd-2035-cumulative"),
            ({"amount": "500000000", "deadline_year": "2030"}, "xar-xbo-500m-usd-2030"),
        ],
    )
    def test_slug_tells_goal_and_deadline(self, desk, targets, changed, slug):
        desk("analyst").post(page("target", "add"), target_form(targets["going"].pair, **changed))
        assert Target.objects.order_by("-id").first().slug == slug

    def test_slug_that_is_taken_gets_a_number(self, desk, targets):
        for _ in range(2):
            desk("analyst").post(page("target", "add"), target_form(targets["going"].pair))
        assert Target.objects.filter(slug="xar-xbo-750m-usd-2035-2").exists()

    @pytest.mark.parametrize(
        ("changed", "field"),
        [
            ({"amount": ""}, "__all__"),
            ({"amount": "0"}, "__all__"),
            ({"amount": "-1"}, "amount"),
            ({"deadline_basis": "none"}, "__all__"),
            ({"pair": ""}, "pair"),
            ({"strength": ""}, "strength"),
            ({"slug": "xar-xbo-500mn-usd-2030"}, "slug"),
        ],
    )
    def test_that_cannot_be_is_refused(self, desk, targets, changed, field):
        before = Target.objects.count()
        response = desk("analyst").post(page("target", "add"), target_form(targets["going"].pair, **changed))
        assert field in errors_of(response)
        assert Target.objects.count() == before

    def test_published_is_judged_and_stands_on_its_page(self, desk, targets, client):
        desk("analyst").post(page("target", "add"), {**target_form(targets["going"].pair), "_submit": "1"})
        target = Target.objects.get(slug="xar-xbo-750m-usd-2035")
        decide(desk("editor"), "publish_selected", target)
        assert Judgement.objects.filter(target=target, is_verdict=True).exists()
        assert client.get(target.get_absolute_url()).status_code == 200

    def test_drafted_has_no_page(self, desk, targets, client):
        desk("analyst").post(page("target", "add"), target_form(targets["going"].pair))
        assert client.get(Target.objects.get(slug="xar-xbo-750m-usd-2035").get_absolute_url()).status_code == 404

    def changed(self, target, **fields):
        """The form of a stored target with some fields typed over."""
        return {
            "measure": target.measure.value,
            "measure_basis": target.measure_basis.value,
            "amount": str(target.amount),
            "currency": target.currency,
            "deadline_year": str(target.deadline_year),
            "deadline_basis": target.deadline_basis.value,
            "strength": target.strength.value,
            "first_stated_on": target.first_stated_on.isoformat(),
            "first_stated_on_precision": target.first_stated_on_precision.value,
            **seen(target),
            **fields,
        }

    def test_that_readers_see_changes_with_a_reason_only(self, desk, targets):
        target, address = targets["going"], page("target", "change", targets["going"].pk)
        refused = desk("editor").post(address, self.changed(target, amount="600000000"))
        assert "change_reason" in errors_of(refused)
        target.refresh_from_db()
        assert target.amount == 500_000_000
        why = "Six hundred in the signed text."
        desk("editor").post(address, self.changed(target, amount="600000000", change_reason=why))
        target.refresh_from_db()
        assert target.amount == 600_000_000
        version = Target.history.filter(id=target.pk).latest()
        assert (version.history_user.username, version.history_change_reason) == ("edo", why)
        assert AuditEvent.objects.get(object_key=target.slug, verb="change").reason == why
        assert Judgement.objects.get(target=target, is_verdict=True).target_amount == 600_000_000

    def test_saved_without_a_change_leaves_no_trace(self, desk, targets):
        target = targets["going"]
        before = AuditEvent.objects.count(), Target.history.count()
        response = desk("editor").post(page("target", "change", target.pk), self.changed(target))
        assert response.status_code == 302
        assert before == (AuditEvent.objects.count(), Target.history.count())

    def test_cannot_follow_itself_in_a_circle(self, desk, targets):
        # "earlier" is followed by "going" already.
        form = self.changed(
            targets["going"], superseded_by=targets["earlier"].pk, relation="raised", change_reason="a circle"
        )
        response = desk("editor").post(page("target", "change", targets["going"].pk), form)
        assert "circle" in errors_of(response)["superseded_by"][0]

    def test_is_not_followed_by_one_of_another_pair(self, desk, targets):
        form = self.changed(
            targets["going"], superseded_by=targets["kept"].pk, relation="raised", change_reason="another pair"
        )
        response = desk("editor").post(page("target", "change", targets["going"].pk), form)
        assert "same pair" in errors_of(response)["superseded_by"][0]

    def test_keeps_its_slug_and_its_pair(self, desk, targets):
        form = self.changed(
            targets["draft"], slug="another", pair=targets["going"].pair.pk, deadline_year="", notes="n"
        )
        response = desk("analyst").post(page("target", "change", targets["draft"].pk), form)
        assert response.status_code == 302
        draft = Target.objects.get(pk=targets["draft"].pk)
        assert (draft.slug, draft.pair, draft.notes) == (targets["draft"].slug, targets["draft"].pair, "n")

    def test_published_from_a_hold_is_held_no_more(self, desk, targets):
        decide(desk("editor"), "publish_selected", targets["draft"])
        targets["draft"].refresh_from_db()
        assert (targets["draft"].state, targets["draft"].hold_reason) == (ReviewState.PUBLISHED, "")

    @pytest.mark.parametrize(
        ("prefix", "shown", "typed"),
        [
            ("", "500,000,000", "1,300,000,000.5"),
            ("", "500,000,000", "1.3000000005 bn"),
            ("/ru", "500\u00a0000\u00a0000", "1 300 000 000,5"),
            ("/ru", "500\u00a0000\u00a0000", "1300,0000005 млн"),
        ],
    )
    def test_amounts_stand_in_the_form_as_people_write_them(self, desk, targets, prefix, shown, typed):
        address = f"{prefix}{page('target', 'change', targets['draft'].pk)}"
        Target.objects.filter(pk=targets["draft"].pk).update(amount=500_000_000)
        draft = Target.objects.get(pk=targets["draft"].pk)
        client = desk("analyst")
        assert f'name="amount" value="{shown}"' in client.get(address).content.decode()
        sent = {**self.changed(targets["going"]), **seen(draft), "deadline_year": "", "deadline_basis": "none"}
        assert client.post(address, {**sent, "amount": shown, "notes": "as shown"}).status_code == 302
        draft.refresh_from_db()
        assert (draft.amount, draft.notes) == (500_000_000, "as shown")
        assert client.post(address, {**sent, **seen(draft), "amount": typed}).status_code == 302
        draft.refresh_from_db()
        assert draft.amount == Decimal("1300000000.5")

    @pytest.mark.parametrize(
        ("typed", "told"),
        [
            ("four", "Write a number, for example 500 or 4.3 billion."),
            ("1.300", "This may mean either of: 1,300 / 1.3."),
            ("$500", "Write the currency into its own field."),
            ("1e3000", "Write a number"),
            ("123456789012345678901", "digits"),
            ("0.001", "decimal places"),
        ],
    )
    def test_an_amount_that_is_none_is_refused_beside_its_field(self, desk, targets, typed, told):
        address = page("target", "change", targets["draft"].pk)
        response = desk("analyst").post(address, {**seen(targets["draft"]), "amount": typed})
        assert told in response.context["adminform"].form.errors["amount"][0]

    def test_a_multiple_reads_back_as_it_is_written(self, desk, targets):
        Target.objects.filter(pk=targets["draft"].pk).update(factor="1.125", amount=None)
        address = page("target", "change", targets["draft"].pk)
        field = desk("analyst").get(address).context["adminform"].form["factor"]
        assert field.value() == "1.125"
        assert field.field.clean("1.125") == Decimal("1.125")

    def test_amounts_are_shown_so_to_who_may_not_change_them_too(self, desk, targets):
        shown = desk("analyst").get(page("target", "change", targets["going"].pk)).content.decode()
        assert "500,000,000<" in shown
        assert "500000000.00" not in shown
        figure = TurnoverFigure.objects.filter(pair=targets["going"].pair).first()
        shown = desk("analyst").get(page("turnoverfigure", "change", figure.pk)).content.decode()
        assert f"{figure.turnover:,.0f}<" in shown
        assert ".00" not in shown

    def test_amounts_stand_in_the_history_as_people_write_them(self, desk, targets):
        form = self.changed(targets["going"], amount="550,000,000", change_reason="a slip")
        assert desk("editor").post(page("target", "change", targets["going"].pk), form).status_code == 302
        shown = desk("editor").get(page("target", "history", targets["going"].pk)).content.decode()
        assert "550,000,000" in shown
        assert ".00" not in shown

    def test_sectors_are_written_one_a_line(self, desk, targets):
        desk("analyst").post(
            page("target", "add"), target_form(targets["going"].pair, sectors="fisheries\r\n\r\n livestock ")
        )
        target = Target.objects.get(slug="xar-xbo-750m-usd-2035")
        assert target.sectors == ["fisheries", "livestock"]
        assert "fisheries\nlivestock" in desk("analyst").get(page("target", "change", target.pk)).content.decode()


class TestHistory:
    @pytest.fixture
    def versions(self, desk, targets):
        source = world.make_source("press-1", publisher="The Arlandian")
        form = {
            "kind": "national_office",
            "grade": "primary",
            "publisher": "Statistics of Arlandia",
            "url": source.url,
            "published_on_precision": "unknown",
            "shareable": "on",
            "language": "en",
            "change_reason": "It is the office's own page.",
            **seen(source),
        }
        desk("editor").post(page("source", "change", source.pk), form)
        return source

    def test_tells_who_when_why_and_what(self, desk, versions):
        content = desk("analyst").get(page("source", "history", versions.pk)).content.decode()
        for told in (
            "edo",
            "It is the office",
            "The Arlandian",
            "Statistics of Arlandia",
            "press report",
            "national statistics",
        ):
            assert told in content

    def test_is_russian_under_ru(self, desk, versions):
        content = desk("analyst").get(f"/ru{page('source', 'history', versions.pk)}").content.decode()
        for told in ("История", "Кто", "Почему", "сообщение прессы", "национальная статистика"):
            assert told.casefold() in content.casefold()

    def test_leads_back_to_an_earlier_version(self, desk, versions):
        first = Source.history.filter(id=versions.pk).earliest()
        address = reverse("admin:targets_source_simple_history", args=[versions.pk, first.pk])
        opened = desk("editor").get(address).content.decode()
        assert "<del>Statistics of Arlandia</del>" in opened
        assert "<ins>The Arlandian</ins>" in opened
        assert "What stands now was saved by edo" in opened
        assert "It is the office&#x27;s own page." in opened
        assert "Return to this version" in opened
        form = {**seen(versions), "reason": "It was the paper after all."}
        assert desk("editor").post(address, form).status_code == 302
        versions.refresh_from_db()
        assert (versions.publisher, versions.kind) == ("The Arlandian", "press")
        assert Source.history.filter(id=versions.pk).count() == 3
        newest = Source.history.filter(id=versions.pk).latest()
        assert (newest.history_user.username, newest.history_change_reason) == ("edo", "It was the paper after all.")
        assert AuditEvent.objects.get(verb="revert").by.username == "edo"
        again = desk("editor").get(address).content.decode()
        assert "Nothing: the record says the same today." in again

    def test_is_only_looked_at_by_who_may_not_change_the_record(self, desk, versions):
        first = Source.history.filter(id=versions.pk).earliest()
        address = reverse("admin:targets_source_simple_history", args=[versions.pk, first.pk])
        opened = desk("analyst").get(address)
        assert opened.status_code == 200
        assert "Return to this version" not in opened.content.decode()
        assert desk("analyst").post(address, seen(versions)).status_code == 403
        versions.refresh_from_db()
        assert versions.publisher == "Statistics of Arlandia"

    def test_leads_back_with_what_a_statement_and_a_document_refer_to(self, desk, targets, cast):
        statement = world.make_statement(targets["draft"], published=False, sides=("XBO",))
        document = world.make_document(targets["draft"], published=False)
        for record, name, rows in (
            (statement, "sides", [world.make_economy("XCA")]),
            (document, "targets", [targets["draft"], targets["kept"]]),
        ):
            before = {one.pk for one in getattr(record, name).all()}
            mark = queries.version_of(record).partition(".")[0]
            editing.save(by=cast["analyst"], record=record, related={name: rows})
            assert {one.pk for one in getattr(record, name).all()} != before
            assert queries.versions_of(record).filter(history_id__gt=mark).count() == 1
            address = reverse(f"admin:targets_{record._meta.model_name}_simple_history", args=[record.pk, mark])
            assert desk("analyst").post(address, seen(record)).status_code == 302
            assert {one.pk for one in getattr(record, name).all()} == before

    def test_returns_to_nothing_that_another_person_saved_meanwhile(self, desk, versions):
        first = Source.history.filter(id=versions.pk).earliest()
        address = reverse("admin:targets_source_simple_history", args=[versions.pk, first.pk])
        old = seen(versions)
        versions.title = "A table"
        versions.save()
        response = desk("editor").post(address, {**old, "reason": "back"})
        assert response.status_code == 409
        assert "somebody else" in response.content.decode().lower()
        versions.refresh_from_db()
        assert versions.title == "A table"

    def test_of_another_record_is_not_opened(self, desk, versions):
        other = world.make_source("press-2")
        number = Source.history.filter(id=other.pk).latest().pk
        address = reverse("admin:targets_source_simple_history", args=[versions.pk, number])
        assert desk("editor").get(address).status_code == 404

    def test_leaves_review_and_address_as_they_stand(self, desk, targets, cast):
        target = targets["draft"]
        first = Target.history.filter(id=target.pk).earliest().pk
        target.notes = "later"
        editing.save(by=cast["analyst"], record=target, today=world.TODAY)
        review.publish(by=cast["editor"], record=target, today=world.TODAY)
        editing.revert(by=cast["editor"], record=target, number=first, reason="the note was wrong", today=world.TODAY)
        target.refresh_from_db()
        assert (target.state, target.notes, target.slug) == (ReviewState.PUBLISHED, "", "xbo-xca-3bn-usd-open")

    def test_returns_a_published_record_with_a_reason_only(self, desk, targets, cast):
        target = targets["going"]
        first = Target.history.filter(id=target.pk).earliest().pk
        target.notes = "later"
        editing.save(by=cast["editor"], record=target, reason="a note", today=world.TODAY)
        with pytest.raises(ActionRefused, match="Say why"):
            editing.revert(by=cast["editor"], record=target, number=first)


class TestADocument:
    def form(self, world_targets, **changed):
        return {
            "pair": world_targets["going"].pair.pk,
            "targets": [world_targets["going"].pk],
            "kind": "roadmap",
            "title": "Roadmap to 2035",
            "signed_on": "2025-09-29",
            "signed_on_precision": "day",
            "valid_until": "2035",
            "language": "ru",
            "source": world.make_source("press-1").pk,
            "measures-TOTAL_FORMS": "1",
            "measures-INITIAL_FORMS": "0",
            "measures-0-text": "Open a border crossing",
            "measures-0-due_on": "2027-01-01",
            "measures-0-state": "planned",
            **changed,
        }

    def test_is_drafted_with_its_measures(self, desk, targets):
        desk("analyst").post(page("roadmapdocument", "add"), self.form(targets))
        document = RoadmapDocument.objects.get(title="Roadmap to 2035")
        assert document.state == ReviewState.DRAFT
        assert list(document.targets.all()) == [targets["going"]]
        assert [(one.text, one.state) for one in document.measures.all()] == [("Open a border crossing", "planned")]
        assert RoadmapMeasure.history.get().history_user.username == "ana"

    def test_is_not_behind_targets_of_another_pair(self, desk, targets):
        response = desk("analyst").post(
            page("roadmapdocument", "add"), self.form(targets, targets=[targets["kept"].pk])
        )
        assert targets["kept"].slug in errors_of(response)["targets"][0]
        assert not RoadmapDocument.objects.filter(title="Roadmap to 2035").exists()


class TestReferences:
    def test_a_new_source_gets_a_key_from_its_address(self, desk, targets):
        form = {
            "kind": "press",
            "grade": "agency",
            "publisher": "Вечерняя газета",
            "url": "https://www.gazeta.example/a/1",
            "published_on_precision": "unknown",
        }
        desk("analyst").post(page("source", "add"), form)
        assert Source.objects.get(url=form["url"]).key.startswith("gazeta-")

    def test_two_sources_do_not_share_an_address(self, desk, targets):
        known = world.make_source("known")
        form = {
            "kind": "press",
            "grade": "agency",
            "publisher": "X",
            "url": known.url,
            "published_on_precision": "unknown",
        }
        response = desk("analyst").post(page("source", "add"), form)
        assert any("address already" in error for errors in errors_of(response).values() for error in errors)

    def test_a_pair_is_made_in_either_order_and_once(self, desk, targets):
        world.make_economy("XDO")
        for sides in ({"first": "XDO", "second": "XAR"}, {"first": "XAR", "second": "XDO"}):
            desk("analyst").post(page("countrypair", "add"), sides)
        assert [(pair.first_id, pair.second_id) for pair in CountryPair.objects.filter(slug="xar-xdo")] == [
            ("XAR", "XDO")
        ]

    def test_no_economy_trades_with_itself(self, desk, targets):
        response = desk("analyst").post(page("countrypair", "add"), {"first": "XAR", "second": "XAR"})
        assert response.status_code == 200
        assert response.context["errors"]

    def test_an_economys_new_name_is_found_at_once(self, desk, targets):
        economy = Economy.objects.get(code="XAR")
        form = {
            "kind": "country",
            "name_en": "New Arlandia",
            "name_en_text": "New Arlandia",
            "name_ru": "Новая Арландия",
            "name_ru_gen": "Новой Арландии",
            "name_ru_ins": "Новой Арландией",
            "name_ru_prep": "Новой Арландии",
            "change_reason": "renamed",
            **seen(economy),
        }
        response = desk("editor").post(page("economy", "change", economy.pk), form)
        assert response.status_code == 302, errors_of(response)
        targets["going"].refresh_from_db()
        assert "новая арландия" in targets["going"].search_text


class TestNamesOfTargets:
    FIND = "/admin/autocomplete/?app_label=targets&model_name=statement&field_name=target&term="

    @pytest.mark.parametrize("typed", ["arlandia borovia", "арланд боров", "xar-xbo-500mn-usd-2030", "XAR 2030"])
    def test_say_the_goal_where_one_is_chosen_and_are_found_by_both_languages(self, desk, targets, typed):
        found = desk("analyst").get(self.FIND + typed).json()["results"]
        assert {"id": str(targets["going"].pk), "text": "Arlandia – Borovia: $500m by 2030"} in found

    def test_say_what_is_a_draft_and_what_else_is_counted(self, desk, targets):
        world.make_target(targets["draft"].pair, measure="non_oil_turnover", published=False, slug="oil-apart")
        names = {one["text"] for one in desk("analyst").get(self.FIND + "calder").json()["results"]}
        assert "Borovia – Calder Isles: $3bn, no deadline (draft)" in names
        assert "Borovia – Calder Isles: $500m of non-oil trade by 2030 (draft)" in names

    def test_are_the_same_in_the_form_and_cost_the_same_for_many(self, desk, targets):
        client = desk("analyst")
        form = client.get(f"/ru/admin/targets/statement/add/?target={targets['going'].pk}").content.decode()
        assert "Арландия – Боровия: 500" in form
        with CaptureQueriesContext(connection) as few:
            client.get(self.FIND + "borovia")
        for _ in range(10):
            world.make_target(targets["going"].pair)
        with CaptureQueriesContext(connection) as many:
            assert len(client.get(self.FIND + "borovia").json()["results"]) == 14
        assert len(many) == len(few)


@pytest.mark.parametrize("name", ["going", "kept"])
def test_a_target_leads_to_the_table_of_its_figures(desk, targets, name):
    address = f"/admin/targets/countrypair/{targets[name].pair.pk}/enter/?target={targets[name].slug}"
    assert address in desk("analyst").get(f"/admin/targets/target/{targets[name].pk}/change/").content.decode()


@pytest.mark.parametrize(("button", "told"), [("_submit", "Saved and submitted"), ("_publish", "Saved and published")])
def test_one_message_tells_that_a_record_was_saved_and_moved_on(desk, targets, button, told):
    statement = world.make_statement(targets["going"], published=False)
    statement.save()
    client = desk("editor")
    page = client.get(f"/admin/targets/statement/{statement.pk}/change/")
    form = page.context["adminform"].form
    sent = {name: value for name, value in form.initial.items() if name in form.fields and value is not None}
    sent |= {"sides": [], "change_reason": "Read again", button: "1"}
    shown = client.post(f"/admin/targets/statement/{statement.pk}/change/", sent, follow=True)
    assert [str(one).partition(":")[0] for one in shown.context["messages"]] == [told]


def test_that_a_record_was_saved_is_said_in_russian_without_a_gender(desk, targets):
    statement = world.make_statement(targets["draft"], published=False)
    address = f"/ru/admin/targets/statement/{statement.pk}/change/"
    client = desk("analyst")
    form = client.get(address).context["adminform"].form
    sent = {name: value for name, value in form.initial.items() if name in form.fields and value is not None}
    shown = client.post(address, {**sent, "sides": [], "_continue": "1"}, follow=True)
    assert [str(one).partition(" ")[0] for one in shown.context["messages"]] == ["Сохранено:"]
