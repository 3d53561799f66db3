"""A target that is renamed, or merged into another: former addresses lead on, pages and files alike."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from targets import queries
from targets.actions import targets as goals
from targets.actions.journal import ActionRefused
from targets.models import AuditEvent, SlugRedirect, Statement, Target
from targets.records import ReviewState
from tests import world

FILES = ("", "chart.svg", "chart.json", "figures.csv", "cite.bib", "factsheet.pdf")


def page(name, *args):
    return reverse(f"admin:targets_target_{name}", args=args)


def follows(client, former, now):
    """Whether page and files of the former address lead to the same of the one that is now, in both languages."""
    queries.forget_data_version()  # as a commit does, which no test's own transaction comes to
    for prefix in ("", "/ru"):
        for file in FILES:
            response = client.get(f"{prefix}/targets/{former}/{file}?x=1")
            assert (response.status_code, response.url) == (301, f"{prefix}/targets/{now}/{file}?x=1")
            assert client.get(response.url.partition("?")[0]).status_code == 200


class TestRenaming:
    def rename(self, client, target, **sent):
        return client.post(page("rename", target.pk), {"reason": "a slip", **sent})

    def test_leaves_a_way_from_the_former_address(self, desk, targets, client):
        former = targets["going"].slug
        assert self.rename(desk("editor"), targets["going"], slug="xar-xbo-500m-usd-2030").status_code == 302
        follows(client, former, "xar-xbo-500m-usd-2030")
        event = AuditEvent.objects.get(verb="rename")
        assert (event.by.username, event.reason) == ("edo", "a slip")

    def test_twice_leads_from_both_and_back_from_neither(self, desk, targets, client):
        first = targets["going"].slug
        self.rename(desk("editor"), targets["going"], slug="second")
        self.rename(desk("editor"), targets["going"], slug="third")
        follows(client, first, "third")
        follows(client, "second", "third")
        self.rename(desk("editor"), targets["going"], slug=first)
        follows(client, "third", first)
        assert client.get(f"/targets/{first}/").status_code == 200

    def test_of_what_readers_never_saw_leaves_no_trace(self, desk, targets, client):
        former = targets["draft"].slug
        assert self.rename(desk("analyst"), targets["draft"], slug="another", reason="").status_code == 302
        assert not SlugRedirect.objects.exists()
        assert client.get(f"/targets/{former}/").status_code == 404

    @pytest.mark.parametrize(
        ("sent", "field"),
        [
            ({"slug": "xbo-xca-1bn-usd-2022"}, "slug"),
            ({"slug": "Capital-Letters"}, "slug"),
            ({"slug": "a--b"}, "slug"),
            ({"slug": "-a"}, "slug"),
            ({"slug": ""}, "slug"),
            ({"slug": "new", "reason": ""}, "reason"),
        ],
    )
    def test_is_refused_beside_the_field(self, desk, targets, sent, field):
        former = targets["going"].slug
        response = self.rename(desk("editor"), targets["going"], **sent)
        assert field in response.context["form"].errors
        targets["going"].refresh_from_db()
        assert targets["going"].slug == former

    def test_never_takes_an_address_that_leads_elsewhere(self, desk, targets):
        targets["kept"].former_slugs.create(slug="once")
        response = self.rename(desk("editor"), targets["going"], slug="once")
        assert targets["kept"].slug in response.context["form"].errors["slug"][0]

    def test_is_for_those_who_may_change_the_target(self, desk, targets):
        assert self.rename(desk("analyst"), targets["going"], slug="new").status_code == 403
        assert desk("stranger").get(page("rename", targets["going"].pk)).status_code == 302
        assert desk("editor").get(page("rename", 999_999)).status_code == 404

    def test_to_the_same_address_changes_nothing(self, desk, targets):
        events = AuditEvent.objects.count()
        self.rename(desk("editor"), targets["going"], slug=targets["going"].slug)
        assert AuditEvent.objects.count() == events


class TestMerging:
    @pytest.fixture
    def twin(self, targets):
        """A second record of the same promise, with a statement and a document of its own."""
        twin = world.make_target(targets["going"].pair, slug="twin")
        world.make_statement(twin, speaker="Oren Vask")
        world.make_document(twin, title="A roadmap")
        world.refresh()
        return twin

    def merge(self, client, target, into, **sent):
        return client.post(page("merge", target.pk), {"into": into.pk, "reason": "one promise", **sent})

    def test_moves_what_was_said_and_leads_on(self, desk, targets, twin, client):
        twin.former_slugs.create(slug="elder-twin")
        response = self.merge(desk("editor"), twin, targets["going"])
        assert (response.status_code, response.url) == (302, page("change", targets["going"].pk))
        assert not Target.objects.filter(slug="twin").exists()
        follows(client, "twin", targets["going"].slug)
        follows(client, "elder-twin", targets["going"].slug)
        shown = client.get(f"/targets/{targets['going'].slug}/").content.decode()
        assert "Oren Vask" in shown
        assert "A roadmap" in shown
        event = AuditEvent.objects.get(verb="merge")
        assert (event.reason, event.counts) == ("one promise", {"merged": "twin", "statements": 1})
        gone = Target.history.filter(slug="twin").latest()
        assert (gone.history_type, gone.history_user.username) == ("-", "edo")

    def test_keeps_the_verdicts_that_readers_saw_on_the_one_that_goes(self, desk, targets, twin, client):
        published = twin.published_at
        twin.verdict_changes.all().delete()
        for days, before, after in [(-9, "", "met"), (-2, "met", "missed"), (3, "missed", "too_slow")]:
            twin.verdict_changes.create(
                from_status=before, to_status=after, cause="revision", changed_at=published + timedelta(days=days)
            )
        own = targets["going"].verdict_changes.count()
        self.merge(desk("editor"), twin, targets["going"])
        kept = targets["going"].verdict_changes.exclude(merged_from="").order_by("changed_at")
        assert [(one.merged_from, one.to_status) for one in kept] == [("twin", "missed"), ("twin", "too_slow")]
        assert targets["going"].verdict_changes.filter(merged_from="").count() == own
        shown = client.get(f"/targets/{targets['going'].slug}/").text
        assert shown.count("of twin, which is part of this target now") == 2
        assert kept[0].from_status == "", "readers never saw what it was before"
        assert client.get("/changes/?kind=verdict").text.count("of twin, which is part of this target now") == 1

    def test_twice_names_the_first_of_whose_verdicts_they_were(self, desk, targets, twin):
        third = world.make_target(twin.pair, slug="third")
        twin.verdict_changes.all().delete()
        twin.verdict_changes.create(from_status="met", to_status="missed", cause="revision")
        self.merge(desk("editor"), twin, third)
        self.merge(desk("editor"), third, targets["going"])
        kept = targets["going"].verdict_changes.filter(to_status="missed", from_status="met")
        assert [one.merged_from for one in kept] == ["twin"]

    def test_leaves_the_verdicts_on_a_draft_nobodys(self, desk, targets):
        draft = world.make_target(targets["going"].pair, published=False, slug="only-a-draft")
        draft.verdict_changes.create(to_status="missed", cause="revision")
        self.merge(desk("editor"), draft, targets["going"])
        assert not targets["going"].verdict_changes.exclude(merged_from="").exists()

    def test_doubles_no_statement(self, desk, targets, twin):
        same = targets["going"].statements.get()
        world.make_statement(twin, source=same.source, speaker=same.speaker, stated_on=same.stated_on)
        self.merge(desk("editor"), twin, targets["going"])
        assert [one.speaker for one in targets["going"].statements.order_by("id")] == ["Ilva Marn", "Oren Vask"]
        assert Statement.history.filter(history_type="-").get().history_change_reason == "one promise"

    def test_keeps_a_published_statement_of_which_the_other_one_has_only_a_draft(self, desk, targets, twin):
        shown = twin.statements.get()
        world.make_statement(
            targets["going"], published=False, source=shown.source, speaker=shown.speaker, stated_on=shown.stated_on
        )
        self.merge(desk("editor"), twin, targets["going"])
        (kept,) = targets["going"].statements.filter(speaker=shown.speaker)
        assert (kept.pk, kept.state) == (shown.pk, ReviewState.PUBLISHED)

    def test_with_what_somebody_merged_meanwhile_is_refused(self, targets, twin, cast):
        goals.merge(by=cast["editor"], target=Target.objects.get(pk=twin.pk), into=targets["going"], reason="one")
        with pytest.raises(ActionRefused, match="somebody merged it meanwhile"):
            goals.merge(by=cast["editor"], target=twin, into=targets["earlier"], reason="one")

    def test_hands_the_links_over(self, desk, targets, twin):
        after = world.make_target(twin.pair, slug="after", deadline_year=2040)
        Target.objects.filter(pk=twin.pk).update(superseded_by=after, relation="postponed")
        Target.objects.filter(pk=targets["earlier"].pk).update(superseded_by=twin)
        self.merge(desk("editor"), twin, targets["going"])
        going, earlier = (Target.objects.get(pk=targets[name].pk) for name in ("going", "earlier"))
        assert (going.superseded_by, going.relation) == (after, "postponed")
        assert earlier.superseded_by == going

    @pytest.mark.postgresql
    def test_waits_for_who_is_writing_a_statement_of_either(self, targets, twin, cast):
        with CaptureQueriesContext(connection) as done:
            goals.merge(by=cast["editor"], target=twin, into=targets["going"], reason="one")
        asked = [one["sql"] for one in done]
        read = next(sql for sql in asked if sql.startswith("SELECT") and 'FROM "targets_statement"' in sql)
        assert "FOR UPDATE" in read
        assert f"IN ({twin.pk}, {targets['going'].pk})" in read

    def test_of_two_that_follow_each_other_leaves_one_that_follows_none(self, desk, targets):
        self.merge(desk("editor"), targets["going"], targets["earlier"])
        earlier = Target.objects.get(pk=targets["earlier"].pk)
        assert (earlier.superseded_by, earlier.relation) == (None, "")

    def test_never_ends_in_a_circle(self, desk, targets, twin):
        # earlier → going → twin, and going goes into earlier, which then leads to twin; twin goes into earlier, too.
        Target.objects.filter(pk=targets["going"].pk).update(superseded_by=twin, relation="raised")
        self.merge(desk("editor"), targets["going"], targets["earlier"])
        assert Target.objects.get(pk=targets["earlier"].pk).superseded_by == twin
        self.merge(desk("editor"), twin, targets["earlier"])
        assert Target.objects.get(pk=targets["earlier"].pk).superseded_by is None

    def test_of_a_draft_leaves_no_trace_of_its_address(self, desk, targets, client):
        draft = world.make_target(targets["going"].pair, published=False, slug="only-a-draft")
        self.merge(desk("editor"), draft, targets["going"])
        assert client.get("/targets/only-a-draft/").status_code == 404

    @pytest.mark.parametrize(
        ("into", "sent", "field"),
        [
            ("going", {}, "into"),
            ("kept", {}, "into"),
            ("hidden", {}, "into"),
            ("earlier", {"reason": ""}, "reason"),
            ("earlier", {"reason": "  "}, "reason"),
        ],
    )
    def test_is_refused_beside_the_field(self, desk, targets, into, sent, field):
        targets["hidden"] = world.make_target(targets["going"].pair, published=False)
        response = self.merge(desk("editor"), targets["going"], targets[into], **sent)
        assert field in response.context["form"].errors
        assert Target.objects.filter(pk=targets["going"].pk).exists()

    def test_is_for_editors(self, desk, targets, twin, cast):
        assert self.merge(desk("analyst"), twin, targets["going"]).status_code == 403
        with pytest.raises(ActionRefused, match="Only an editor"):
            goals.merge(by=cast["analyst"], target=twin, into=targets["going"], reason="one promise")
        assert Target.objects.filter(slug="twin").exists()

    def test_is_offered_on_the_targets_page_to_editors(self, desk, targets):
        address = page("change", targets["going"].pk)
        assert page("merge", targets["going"].pk) in desk("editor").get(address).content.decode()
        assert page("merge", targets["going"].pk) not in desk("analyst").get(address).content.decode()
