"""Two people on one record: the later one is told, sees both versions, and nothing is lost unseen."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connection
from django.urls import reverse

from targets import queries
from targets.actions import editing, review
from targets.actions import targets as goals
from targets.actions.editing import Overtaken
from targets.actions.entry import NewSource, add_source
from targets.actions.journal import ActionRefused
from targets.models import RoadmapDocument, RoadmapMeasure, Source, Target
from targets.records import SourceKind
from tests import world


def page(model, name, *args):
    return reverse(f"admin:targets_{model}_{name}", args=args)


@pytest.fixture
def statement(targets):
    return world.make_statement(targets["draft"], published=False, speaker="Oren Vask", sides=("XBO",))


@pytest.fixture
def document(targets):
    made = world.make_document(targets["draft"], published=False, title="Roadmap")
    for text in ("Open a crossing", "Build a bridge"):
        RoadmapMeasure.objects.create(document=made, text=text)
    return made


def opened(client, record):
    """What the change page of a record holds when it is opened, as a browser would send it back."""
    response = client.get(page(record._meta.model_name, "change", record.pk))
    form = response.context["adminform"].form
    sent = {}
    for bound in [
        *form,
        *(one for inline in response.context["inline_admin_formsets"] for row in inline.formset for one in row),
    ]:
        value = bound.value()
        name = bound.html_name
        if isinstance(value, (list, tuple)):
            sent[name] = [getattr(one, "pk", one) for one in value]
        elif value is True:
            sent[name] = "on"
        elif value not in (None, False):
            sent[name] = str(value)
    for inline in response.context["inline_admin_formsets"]:
        for bound in inline.formset.management_form:
            sent[bound.html_name] = bound.value()
    return sent


def save(client, record, sent, **changed):
    return client.post(page(record._meta.model_name, "change", record.pk), {**sent, **changed})


def told(response):
    """The choices that the page of a conflict offers, by field: opened, stored, typed, proposed."""
    return {
        choice.name.removeprefix("take-"): (choice.opened, choice.stored, choice.typed, choice.take)
        for conflict in response.context["conflicts"]
        for choice in conflict.choices
    }


class TestTheLaterOne:
    def test_is_told_and_sees_both_versions_field_by_field(self, desk, statement):
        ana, edo = desk("analyst"), desk("editor")
        first, second = opened(ana, statement), opened(edo, statement)
        assert save(edo, statement, second, summary_en="His version.", role="Premier").status_code == 302
        response = save(ana, statement, first, summary_en="Her version.", occasion="A dinner")
        assert response.status_code == 409
        assert told(response) == {
            "summary_en": ("The minister named the amount and the year.", "His version.", "Her version.", ""),
            "role": ("Trade Minister", "Premier", "Trade Minister", "theirs"),
            "occasion": ("Visit to the other capital", "Visit to the other capital", "A dinner", "mine"),
        }
        content = response.content.decode()
        assert "edo saved this record" in content
        assert "Her version." in content
        assert 'value="A dinner"' in content
        statement.refresh_from_db()
        assert (statement.summary_en, statement.occasion) == ("His version.", "Visit to the other capital")

    def test_takes_this_from_the_one_and_that_from_the_other(self, desk, statement):
        ana, edo = desk("analyst"), desk("editor")
        first, second = opened(ana, statement), opened(edo, statement)
        save(edo, statement, second, summary_en="His version.", role="Premier", speaker="O. Vask")
        mine = {"summary_en": "Her version.", "speaker": "Vask, Oren", "occasion": "A dinner"}
        refused = save(ana, statement, first, **mine)
        seen = refused.context["adminform"].form["seen"].value()
        chosen = {"take-summary_en": "mine", "take-speaker": "theirs", "take-role": "theirs", "take-occasion": "mine"}
        done = save(ana, statement, first, **mine, seen=seen, **chosen)
        assert done.status_code == 302
        statement.refresh_from_db()
        assert statement.summary_en == "Her version."
        assert (statement.role, statement.speaker, statement.occasion) == ("Premier", "O. Vask", "A dinner")

    def test_is_asked_again_while_something_is_not_chosen(self, desk, statement):
        ana, edo = desk("analyst"), desk("editor")
        first, second = opened(ana, statement), opened(edo, statement)
        save(edo, statement, second, summary_en="His version.", role="Premier")
        refused = save(ana, statement, first, summary_en="Her version.")
        seen = refused.context["adminform"].form["seen"].value()
        again = save(ana, statement, first, summary_en="Her version.", seen=seen, **{"take-role": "theirs"})
        assert again.status_code == 409
        assert told(again)["summary_en"][3] == ""
        content = again.content.decode()
        assert content.count("Choose one of the two.") == 1
        assert content.count('aria-describedby="error-take-summary_en"') == 2
        assert "Choose one of the two." not in refused.content.decode()
        assert 'name="take-role" value="theirs"' in again.content.decode()
        statement.refresh_from_db()
        assert statement.summary_en == "His version."

    def test_is_asked_again_when_a_third_save_came_between(self, desk, statement):
        ana, edo = desk("analyst"), desk("editor")
        first = opened(ana, statement)
        save(edo, statement, opened(edo, statement), summary_en="His version.")
        refused = save(ana, statement, first, summary_en="Her version.")
        seen = refused.context["adminform"].form["seen"].value()
        save(edo, statement, opened(edo, statement), summary_en="His second version.")
        again = save(ana, statement, first, summary_en="Her version.", seen=seen, **{"take-summary_en": "mine"})
        assert again.status_code == 409
        assert told(again)["summary_en"][1] == "His second version."

    def test_sees_changes_of_many_to_many_fields_too(self, desk, statement):
        world.make_economy("XCA")
        ana, edo = desk("analyst"), desk("editor")
        first = opened(ana, statement)
        save(edo, statement, opened(edo, statement), sides=["XCA"])
        refused = save(ana, statement, first, sides=["XBO", "XCA"])
        assert told(refused) == {"sides": ("Borovia", "Calder Isles", "Borovia, Calder Isles", "")}
        seen = refused.context["adminform"].form["seen"].value()
        chosen = {"seen": seen, "take-sides": "theirs", "occasion": "A dinner"}
        assert save(ana, statement, first, sides=["XBO", "XCA"], **chosen).status_code == 302
        assert [side.code for side in statement.sides.all()] == ["XCA"]

    def test_is_not_troubled_by_a_step_of_review(self, desk, statement, cast):
        edo = desk("editor")
        first = opened(edo, statement)
        review.submit(by=cast["analyst"], record=statement)
        assert save(edo, statement, first, summary_en="Put better.").status_code == 302

    def test_keeps_what_was_typed_when_the_record_went_out_of_reach(self, desk, statement, cast):
        ana = desk("analyst")
        first = opened(ana, statement)
        review.publish(by=cast["editor"], record=statement)
        response = save(ana, statement, first, summary_en="Her version.")
        assert response.status_code == 409
        assert "Her version." in response.content.decode()
        assert "published" in response.content.decode()
        statement.refresh_from_db()
        assert statement.summary_en != "Her version."

    def test_is_refused_without_the_mark_of_what_was_seen(self, desk, statement):
        ana = desk("analyst")
        first = opened(ana, statement)
        del first["version"]
        assert save(ana, statement, first, summary_en="Blind.").status_code == 409

    def test_is_told_where_it_was_the_same_person_in_another_window(self, desk, statement):
        ana = desk("analyst")
        first, second = opened(ana, statement), opened(ana, statement)
        save(ana, statement, second, summary_en="In the other window.")
        content = save(ana, statement, first, summary_en="In this window.").content.decode()
        assert "Saved by yourself meanwhile" in content
        assert "somebody else" not in content.lower()

    def test_who_pressed_the_button_twice_is_not_troubled(self, desk, statement):
        ana = desk("analyst")
        sent = {**opened(ana, statement), "summary_en": "Her version.", "_submit": "1"}
        assert save(ana, statement, sent).status_code == 302
        again = ana.post(page("statement", "change", statement.pk), sent, follow=True)
        assert "What you typed is what is stored." in again.content.decode()
        statement.refresh_from_db()
        assert (statement.state, statement.summary_en) == ("submitted", "Her version.")

    def test_who_pressed_the_button_twice_on_large_amounts_is_not_troubled(self, desk, targets):
        ana, draft = desk("analyst"), targets["draft"]
        Target.objects.filter(pk=draft.pk).update(amount=700_000_000)
        sent = {**opened(ana, draft), "amount": "700,000,000", "notes": "Of both sides.", "_submit": "1"}
        assert save(ana, draft, sent).status_code == 302
        again = ana.post(page("target", "change", draft.pk), sent, follow=True)
        assert "What you typed is what is stored." in again.text

    def test_is_told_that_a_reason_without_a_change_is_stored_nowhere(self, desk, statement, cast):
        ana = desk("analyst")
        first = opened(ana, statement)
        review.publish(by=cast["editor"], record=statement)
        response = save(ana, statement, first, change_reason="The paper says so")
        assert response.status_code == 409
        assert "The paper says so" in response.text
        assert "What you typed is what is stored." not in response.text

    def test_who_pressed_the_button_twice_with_a_reason_is_not_troubled(self, desk, statement):
        ana = desk("analyst")
        sent = {**opened(ana, statement), "summary_en": "Hers.", "change_reason": "The paper says so", "_submit": "1"}
        assert save(ana, statement, sent).status_code == 302
        again = ana.post(page("statement", "change", statement.pk), sent, follow=True)
        assert "What you typed is what is stored." in again.text

    def test_reads_it_in_russian(self, desk, statement):
        ana, edo = desk("analyst"), desk("editor")
        first = opened(ana, statement)
        save(edo, statement, opened(edo, statement), summary_en="His version.")
        response = ana.post(f"/ru{page('statement', 'change', statement.pk)}", {**first, "summary_en": "Her version."})
        assert "Сохранено, пока вы писали" in response.content.decode()


def test_without_the_check_the_first_version_is_lost(desk, statement, monkeypatch):
    """The control: the same two posts, with the look at the version switched off, lose the first one silently."""
    ana, edo = desk("analyst"), desk("editor")
    first, second = opened(ana, statement), opened(edo, statement)
    monkeypatch.setattr(queries, "version_of", lambda record: first["version"])
    monkeypatch.setattr(editing, "version_of", lambda record: first["version"])
    save(edo, statement, second, summary_en="His version.")
    assert save(ana, statement, first, occasion="A dinner").status_code == 302
    statement.refresh_from_db()
    assert statement.summary_en == "The minister named the amount and the year."


def test_the_action_itself_looks_at_the_version(targets):
    by, draft = world.make_user("ana"), targets["draft"]
    mark = queries.version_of(draft)
    draft.notes = "first"
    assert editing.save(by=by, record=draft, version=mark, today=world.TODAY)
    draft.notes = "second"
    with pytest.raises(Overtaken):
        editing.save(by=by, record=draft, version=mark, today=world.TODAY)
    draft.refresh_from_db()
    assert draft.notes == "first"
    draft.notes = "second"
    assert editing.save(by=by, record=draft, today=world.TODAY), "without a mark the last writer wins"


def test_a_save_between_the_look_and_the_writing_is_looked_at_again(desk, statement, monkeypatch):
    ana = desk("analyst")
    first = opened(ana, statement)
    tries = []

    def overtaken_once(**given):
        tries.append(given["version"])
        if len(tries) == 1:
            raise Overtaken("just now")
        return save_record(**given)

    save_record = editing.save
    monkeypatch.setattr(editing, "save", overtaken_once)
    assert save(ana, statement, first, summary_en="Her version.").status_code == 302
    assert tries == [first["version"]] * 2


@pytest.mark.parametrize(("times", "status"), [(2, 302), (99, 302)])
def test_saves_that_come_between_again_and_again_are_no_fault_of_the_site(desk, statement, monkeypatch, times, status):
    ana = desk("analyst")
    first = opened(ana, statement)
    left = [times]

    def overtaken(**given):
        left[0] -= 1
        if left[0] >= 0:
            raise Overtaken("Somebody else has saved this record since you opened it.")
        return save_record(**given)

    save_record = editing.save
    monkeypatch.setattr(editing, "save", overtaken)
    assert save(ana, statement, first, summary_en="Her version.").status_code == status
    statement.refresh_from_db()
    assert (statement.summary_en == "Her version.") is (times < 5)
    told = "Somebody else has saved this record" in ana.get(page("statement", "change", statement.pk)).content.decode()
    assert told is (times > 5)


def test_two_who_add_the_same_source_get_one_source_and_word_of_it(targets, cast, monkeypatch):
    """Both were looked at before either was stored."""
    world.make_source("theirs", url="https://news.example/twice")
    monkeypatch.setattr(editing, "check", lambda **given: None)
    new = NewSource(kind=SourceKind.PRESS, publisher="The Arlandian", url="https://news.example/twice")
    with pytest.raises(ActionRefused, match="just stored the same"):
        add_source(by=cast["analyst"], new=new)
    assert Source.objects.get(url="https://news.example/twice").key == "theirs"


def test_a_save_while_the_page_is_made_is_on_the_page_or_noticed_later(desk, statement, cast, monkeypatch):
    marked = queries.version_of

    def saved_by_another_just_before(record):
        monkeypatch.setattr(queries, "version_of", marked)
        theirs = type(statement).objects.get(pk=statement.pk)
        theirs.speaker = "Somebody else"
        editing.save(by=cast["editor"], record=theirs, reason="a slip")
        return marked(record)

    monkeypatch.setattr(queries, "version_of", saved_by_another_just_before)
    sent = opened(desk("editor"), statement)
    assert sent["speaker"] == "Somebody else"
    assert sent["version"] == marked(statement)


@pytest.mark.django_db(transaction=True)
def test_many_at_once_lose_nothing():
    by = world.make_user("ana")
    key = world.make_target(published=False).pk

    def write(name):
        try:
            for number in range(5):
                while True:
                    mine = Target.objects.get(pk=key)
                    mark = queries.version_of(mine)
                    mine.refresh_from_db()
                    mine.notes += f"{name}{number} "
                    try:
                        editing.save(by=by, record=mine, version=mark, today=world.TODAY)
                        break
                    except Overtaken:
                        continue
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(write, "abcd"))
    written = Target.objects.get(pk=key).notes.split()
    assert sorted(written) == sorted(f"{name}{number}" for name in "abcd" for number in range(5))


class TestMeasuresOfADocument:
    def names(self, sent):
        return {sent[key]: key.removesuffix("-id") for key in sent if re.fullmatch(r"measures-\d+-id", key)}

    def rows(self, document, sent):
        by_key = self.names(sent)
        return [by_key[str(one.pk)] for one in document.measures.order_by("pk")]

    def test_are_compared_one_by_one(self, desk, document):
        ana, edo = desk("analyst"), desk("editor")
        first, second = opened(ana, document), opened(edo, document)
        crossing, bridge = self.rows(document, first)
        save(edo, document, second, **{f"{crossing}-text": "Open two crossings", f"{bridge}-state": "done"})
        mine = {f"{crossing}-text": "Open three crossings", "title": "A better roadmap"}
        refused = save(ana, document, first, **mine)
        assert refused.status_code == 409
        assert told(refused) == {
            f"{crossing}-text": ("Open a crossing", "Open two crossings", "Open three crossings", ""),
            f"{bridge}-state": ("state not known", "done", "state not known", "theirs"),
            "title": ("Roadmap", "Roadmap", "A better roadmap", "mine"),
        }
        document.refresh_from_db()
        assert document.title == "Roadmap"
        seen = refused.context["adminform"].form["seen"].value()
        chosen = {f"take-{crossing}-text": "mine", f"take-{bridge}-state": "theirs", "take-title": "mine"}
        assert save(ana, document, first, **mine, seen=seen, **chosen).status_code == 302
        document.refresh_from_db()
        assert document.title == "A better roadmap"
        stored = [(one.text, one.state) for one in document.measures.order_by("pk")]
        assert stored == [("Open three crossings", "unknown"), ("Build a bridge", "done")]

    @pytest.mark.parametrize(
        "changed",
        [
            {"measures-0-text": "Open two crossings"},
            {"measures-2-text": "Dig a tunnel"},
            {"measures-0-DELETE": "on"},
        ],
        ids=["changed", "added", "removed"],
    )
    def test_that_readers_see_change_only_with_a_reason(self, desk, targets, changed):
        shown = world.make_document(targets["going"], title="Shown roadmap")
        for text in ("Open a crossing", "Build a bridge"):
            RoadmapMeasure.objects.create(document=shown, text=text)
        edo = desk("editor")
        sent = opened(edo, shown)
        before = list(shown.measures.values_list("text", flat=True))
        refused = save(edo, shown, sent, **changed)
        assert refused.status_code == 200
        assert "Readers see this record. Say why it is changed." in refused.content.decode()
        assert list(shown.measures.values_list("text", flat=True)) == before
        assert save(edo, shown, sent, **changed, change_reason="The text says so").status_code == 302
        assert list(shown.measures.values_list("text", flat=True)) != before

    def test_that_the_other_one_added_stay(self, desk, document):
        ana, edo = desk("analyst"), desk("editor")
        first, second = opened(ana, document), opened(edo, document)
        save(edo, document, second, **{"measures-2-text": "Dig a tunnel", "measures-TOTAL_FORMS": "3"})
        done = save(ana, document, first, **{"measures-2-text": "Lay a cable", "measures-TOTAL_FORMS": "3"})
        assert done.status_code == 302
        texts = {one.text for one in document.measures.all()}
        assert texts == {"Open a crossing", "Build a bridge", "Dig a tunnel", "Lay a cable"}

    def test_that_the_other_one_removed_come_back_only_if_they_were_changed_here(self, desk, document):
        ana, edo = desk("analyst"), desk("editor")
        first, second = opened(ana, document), opened(edo, document)
        crossing, bridge = self.rows(document, first)
        save(edo, document, second, **{f"{crossing}-DELETE": "on", f"{bridge}-DELETE": "on"})
        assert not document.measures.exists()
        refused = save(ana, document, first, **{f"{crossing}-text": "Open three crossings"})
        assert refused.status_code == 409
        content = refused.content.decode()
        assert "Removed by somebody else, changed by you" in content
        assert "Build a bridge" not in content
        assert not document.measures.exists()
        again = {
            "seen": refused.context["adminform"].form["seen"].value(),
            "measures-INITIAL_FORMS": "0",
            "measures-TOTAL_FORMS": "1",
            "measures-0-text": "Open three crossings",
            "measures-0-state": "unknown",
        }
        kept = {name: value for name, value in first.items() if not name.startswith("measures-")}
        assert save(ana, document, kept, **again).status_code == 302
        assert [one.text for one in document.measures.all()] == ["Open three crossings"]

    def test_changed_by_the_other_one_are_not_removed_unseen(self, desk, document):
        edo, sue = desk("editor"), desk("superuser")
        first, second = opened(edo, document), opened(sue, document)
        crossing, _ = self.rows(document, first)
        save(sue, document, second, **{f"{crossing}-text": "Open two crossings"})
        refused = save(edo, document, first, **{f"{crossing}-DELETE": "on"})
        assert refused.status_code == 409
        assert told(refused)[f"{crossing}-DELETE"][1:3] == ("Open two crossings", "removed")
        seen = refused.context["adminform"].form["seen"].value()
        kept = {**first, f"{crossing}-DELETE": "on", "seen": seen}
        assert save(edo, document, kept, **{f"take-{crossing}-DELETE": "theirs"}).status_code == 302
        assert document.measures.filter(text="Open two crossings").exists()
        refused = save(edo, document, first, **{f"{crossing}-DELETE": "on"})
        kept["seen"] = refused.context["adminform"].form["seen"].value()
        assert save(edo, document, kept, **{f"take-{crossing}-DELETE": "mine"}).status_code == 302
        assert [one.text for one in document.measures.all()] == ["Build a bridge"]

    @pytest.mark.parametrize("mark", [None, "", "x", ".", "1.999999", "999999.999999", "0.0"])
    def test_are_compared_whatever_mark_is_sent(self, desk, document, mark):
        edo, sue = desk("editor"), desk("superuser")
        first, second = opened(edo, document), opened(sue, document)
        crossing, bridge = self.rows(document, first)
        save(sue, document, second, **{f"{crossing}-text": "Open two crossings"})
        if mark is None:
            del first["version"]
        else:
            first["version"] = mark
        for changed in ({f"{bridge}-state": "done"}, {f"{crossing}-DELETE": "on"}):
            assert save(edo, document, first, **changed).status_code == 409
        stored = [(one.text, one.state) for one in document.measures.order_by("pk")]
        assert stored == [("Open two crossings", "unknown"), ("Build a bridge", "unknown")]

    def test_that_were_typed_are_kept_when_the_document_went_out_of_reach(self, desk, document, cast):
        ana = desk("analyst")
        first = opened(ana, document)
        crossing, _bridge = self.rows(document, first)
        review.submit(by=cast["editor"], record=document)
        mine = {f"{crossing}-text": "Open three crossings", "measures-2-text": "Dig a tunnel"}
        response = save(ana, document, first, **mine)
        assert response.status_code == 409
        told = [dict(part) for part in response.context["parts"]]
        assert [part["Measure"] for part in told] == ["Open three crossings", "Dig a tunnel"]
        for text in mine.values():
            assert text in response.content.decode()
        assert {one.text for one in document.measures.all()} == {"Open a crossing", "Build a bridge"}

    @pytest.mark.parametrize(("language", "due"), [("", "2027-05-01"), ("/ru", "01.05.2027")])
    def test_added_by_a_button_pressed_twice_are_stored_and_said_to_be(self, desk, document, language, due):
        ana = desk("analyst")
        sent = {
            **opened(ana, document),
            "measures-2-text": "Dig a tunnel\r\nunder the river",
            "measures-2-due_on": due,
            "measures-2-state": "planned",
            "_submit": "1",
        }
        address = f"{language}{page('roadmapdocument', 'change', document.pk)}"
        assert ana.post(address, sent).status_code == 302
        added = document.measures.latest("pk")
        assert (added.due_on, added.state) == (date(2027, 5, 1), "planned")
        assert ana.post(address, sent).status_code == 302
        assert document.measures.count() == 3

    def test_typed_twice_but_stored_once_are_kept_the_second_time(self, desk, document, cast):
        ana = desk("analyst")
        first = opened(ana, document)
        review.submit(by=cast["editor"], record=document)
        same = {"measures-2-text": "Dig a tunnel", "measures-3-text": "Dig a tunnel"}
        RoadmapMeasure.objects.create(document=document, text="Dig a tunnel")
        response = save(ana, document, first, **same)
        assert [dict(part)["Measure"] for part in response.context["parts"]] == ["Dig a tunnel"]

    def test_have_a_history_on_the_documents_page(self, desk, document):
        ana = desk("analyst")
        first = opened(ana, document)
        crossing, _ = self.rows(document, first)
        save(ana, document, first, **{f"{crossing}-due_on": "2027-01-01", f"{crossing}-state": "planned"})
        content = ana.get(page("roadmapdocument", "history", document.pk)).content.decode()
        assert "Open a crossing" in content
        assert "planned" in content
        assert document.measures.filter(due_on=date(2027, 1, 1)).exists()


def test_an_editor_decides_by_the_version_that_was_shown(desk, statement, cast):
    review.submit(by=cast["analyst"], record=statement)
    shown = queries.version_of(statement)
    statement.refresh_from_db()
    statement.summary_en = "Changed meanwhile."
    editing.save(by=cast["superuser"], record=statement, reason="slip")
    address = page("statement", "review", statement.pk)
    response = desk("editor").post(address, {"version": shown, "_publish": "1"})
    assert response.status_code == 409
    assert "Look again" in response.content.decode()
    statement.refresh_from_db()
    assert statement.state == "submitted"
    assert RoadmapDocument.objects.exists()


def test_a_new_address_keeps_what_somebody_else_saved_meanwhile(targets, cast):
    opened_before = Target.objects.get(pk=targets["draft"].pk)
    edited = Target.objects.get(pk=targets["draft"].pk)
    edited.notes = "What a colleague wrote."
    editing.save(by=cast["analyst"], record=edited)
    goals.rename(by=cast["editor"], target=opened_before, slug="another")
    stored = Target.objects.get(pk=targets["draft"].pk)
    assert (stored.slug, stored.notes) == ("another", "What a colleague wrote.")
