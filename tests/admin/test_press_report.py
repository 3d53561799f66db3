"""A press report becomes a target with its first statement and source on one page; a target is restated there too."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from targets.actions import review
from targets.actions import targets as goals
from targets.actions.journal import ActionRefused
from targets.models import AuditEvent, CountryPair, Source, Statement, Target
from targets.records import DatePrecision, DeadlineBasis, Relation, ReviewState
from tests import world
from tests.admin.conftest import decide

REPORT = "/admin/targets/target/report/"


def form(**changed):
    """What an analyst types who reads of Arlandia's prime minister naming 750 million by 2035."""
    return {
        "one": "XBO",
        "other": "XAR",
        "amount": "750",
        "unit": "million",
        "currency": "USD",
        "measure": "goods_turnover",
        "measure_basis": "wording",
        "deadline_basis": "stated",
        "deadline_year": "2035",
        "speaker": "Oren Vask",
        "role": "Prime Minister",
        "sides": ["XBO"],
        "strength": "aspiration",
        "stated_on": "2025-09-30",
        "stated_on_precision": "day",
        "occasion": "Talks in the capital",
        "summary_en": "He named the amount.",
        "summary_ru": "Он назвал сумму.",
        "new_url": "https://paper.example/talks",
        "new_publisher": "The Evening Paper",
        "new_title": "Talks",
        "new_kind": "press",
        "new_language": "en",
        "new_published_on": "2025-09-30",
        "_save": "1",
        **changed,
    }


def send(client, **changed):
    return client.post(REPORT, form(**changed))


def restate(client, target, **changed):
    sent = {key: value for key, value in form(**changed).items() if key not in ("one", "other")}
    return client.post(reverse("admin:targets_target_restate", args=[target.pk]), {"relation": "raised", **sent})


def plain(text):
    """The text with ordinary spaces."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def said(response):
    """A page without the version of the data, which counts every action at the desk."""
    return re.sub(r"(data version|версия данных)\s\d+|card\.png\?v=\d+", "", response.content.decode(), flags=re.I)


def errors_of(response):
    return dict(response.context["adminform"].form.errors)


class TestTheReport:
    def test_becomes_a_target_with_its_statement_and_source(self, desk, targets):
        response = send(desk("analyst"))
        target = Target.objects.get(slug="xar-xbo-750m-usd-2035")
        assert (response.status_code, response.url) == (302, f"/admin/targets/target/{target.pk}/change/")
        assert (target.amount, target.deadline_year, target.state) == (750_000_000, 2035, ReviewState.DRAFT)
        assert target.first_stated_on == date(2025, 9, 30)
        statement = target.statements.get()
        assert (statement.speaker, statement.state) == ("Oren Vask", ReviewState.DRAFT)
        assert [side.code for side in statement.sides.all()] == ["XBO"]
        assert (statement.source.publisher, statement.source.language) == ("The Evening Paper", "en")
        done = AuditEvent.objects.filter(verb="add", by__username="ana").order_by("id")
        assert [event.object_kind for event in done] == ["source", "target", "statement"]

    def test_is_asked_in_the_order_in_which_it_is_read(self, desk, targets):
        content = desk("analyst").get(REPORT).content.decode()
        names = ("one", "amount", "deadline_basis", "speaker", "stated_on", "occasion", "summary_en", "source", "slug")
        places = [content.index(f'id="id_{name}') for name in names]
        assert places == sorted(places)

    def test_is_submitted_with_its_statement_by_the_other_button(self, desk, targets):
        send(desk("analyst"), _submit="1")
        target = Target.objects.get(slug="xar-xbo-750m-usd-2035")
        assert (target.state, target.statements.get().state) == (ReviewState.SUBMITTED, ReviewState.SUBMITTED)

    def test_makes_a_pair_that_was_not_there(self, desk, targets):
        world.make_economy("XDO")
        send(desk("analyst"), one="XDO", other="XBO")
        assert Target.objects.get(slug="xbo-xdo-750m-usd-2035").pair.slug == "xbo-xdo"

    @pytest.mark.parametrize(
        ("changed", "amount", "currency", "slug"),
        [
            ({"amount": "$4.3bn"}, "4300000000", "USD", "xar-xbo-4300m-usd-2035"),
            ({"amount": "1,2 млрд", "currency": "eur"}, "1200000000", "EUR", "xar-xbo-1200m-eur-2035"),
            (
                {"amount": "2", "amount_high": "3", "unit": "billion"},
                "2000000000",
                "USD",
                "xar-xbo-2bn-to-3bn-usd-2035",
            ),
        ],
    )
    def test_takes_amounts_as_they_are_printed(self, desk, targets, changed, amount, currency, slug):
        send(desk("analyst"), **changed)
        target = Target.objects.get(slug=slug)
        assert (target.amount, target.currency) == (Decimal(amount), currency)

    def test_takes_a_multiple_in_place_of_an_amount(self, desk, targets):
        send(desk("analyst"), amount="", factor="2")
        target = Target.objects.get(slug="xar-xbo-double-2035")
        assert (target.amount, target.factor, target.currency) == (None, 2, "")

    def test_counts_a_deadline_within_years_from_the_statement_and_notes_it(self, desk, targets):
        send(
            desk("analyst"), deadline_basis="computed", deadline_year="", within_years="5", stated_on_precision="month"
        )
        target = Target.objects.get(slug="xar-xbo-750m-usd-2030")
        assert target.deadline_basis == DeadlineBasis.COMPUTED
        assert plain(target.deadline_note) == "Computed from the statement: September 2025, “within 5 years”"
        assert plain(target.deadline_note_ru) == "Вычислен по заявлению: сентябрь 2025 г., «в течение 5 лет»"

    def test_may_name_no_deadline(self, desk, targets):
        send(desk("analyst"), deadline_basis="none", deadline_year="")
        target = Target.objects.get(slug="xar-xbo-750m-usd-open")
        assert (target.deadline_year, target.deadline_basis) == (None, DeadlineBasis.NONE)

    @pytest.mark.parametrize(
        ("changed", "field"),
        [
            ({"amount": ""}, "amount"),
            ({"amount": "many"}, "amount"),
            ({"amount": "1,234"}, "amount"),
            ({"amount": "600", "amount_high": "400"}, "__all__"),
            ({"amount": "$500m", "amount_high": "€600m"}, "amount_high"),
            ({"currency": ""}, "currency"),
            ({"other": "XBO"}, "other"),
            ({"other": ""}, "other"),
            ({"deadline_year": ""}, "deadline_year"),
            ({"deadline_basis": "none"}, "deadline_year"),
            ({"deadline_basis": "computed", "deadline_year": ""}, "within_years"),
            ({"within_years": "3"}, "within_years"),
            ({"strength": ""}, "strength"),
            ({"stated_on": ""}, "stated_on"),
            ({"summary_en": ""}, "summary_en"),
            ({"new_url": "", "new_publisher": "", "new_title": ""}, "source"),
            ({"new_publisher": ""}, "new_publisher"),
            ({"slug": "Über alles"}, "slug"),
            ({"slug": "xar-xbo-500mn-usd-2030"}, "slug"),
        ],
    )
    def test_with_a_mistake_stores_nothing_and_the_field_says_why(self, desk, targets, changed, field):
        before = Target.objects.count(), Statement.objects.count(), Source.objects.count(), CountryPair.objects.count()
        response = send(desk("analyst"), **changed)
        assert response.status_code == 200
        assert field in errors_of(response), errors_of(response)
        now = Target.objects.count(), Statement.objects.count(), Source.objects.count(), CountryPair.objects.count()
        assert now == before

    def test_opens_with_the_pair_it_was_asked_for(self, desk, targets):
        content = desk("analyst").get(f"{REPORT}?pair={targets['going'].pair.pk}").content.decode()
        assert '<option value="XAR" selected>' in content
        assert '<option value="XBO" selected>' in content
        assert desk("analyst").get(f"{REPORT}?pair=x").status_code == 200

    def test_is_for_those_who_may_add_targets(self, desk, targets):
        assert desk("stranger").get(REPORT).status_code == 302
        assert desk("anonymous").post(REPORT, form()).status_code == 302
        assert not Target.objects.filter(amount=750_000_000).exists()

    def test_is_russian_under_ru(self, desk, targets):
        content = desk("analyst").get(f"/ru{REPORT}").content.decode()
        for told in ("Цель из сообщения прессы", "Кто сказал", "Проверить, не сохраняя"):
            assert told in content, told


class TestTheSlug:
    def test_is_proposed_by_checking_which_saves_nothing(self, desk, targets):
        world.make_economy("XDO")
        response = send(desk("analyst"), _check="1", other="XDO")
        assert response.context["adminform"].form["slug"].value() == "xbo-xdo-750m-usd-2035"
        assert response.context["checked"]
        assert not Target.objects.filter(amount=750_000_000).exists()
        assert not CountryPair.objects.filter(slug="xbo-xdo").exists()

    def test_may_be_written_by_hand_and_is_checked(self, desk, targets):
        send(desk("analyst"), slug="xar-xbo-vask-2035")
        assert Target.objects.filter(slug="xar-xbo-vask-2035").exists()
        taken = send(desk("analyst"), slug="xar-xbo-vask-2035", amount="800", new_url="https://paper.example/2")
        assert "xar-xbo-vask-2035-2" in errors_of(taken)["slug"][0]

    def test_that_was_proposed_follows_the_amount_and_the_deadline(self, desk, targets):
        fields = send(desk("analyst"), amount="500").context["adminform"].form
        shown = {name: fields[name].value() for name in ("slug", "proposed")}
        assert shown["slug"] == "xar-xbo-500m-usd-2035"
        changed = {**shown, "amount": "2", "unit": "billion", "deadline_year": "2040"}
        again = send(desk("analyst"), _check="1", **changed)
        assert again.context["adminform"].form["slug"].value() == "xar-xbo-2bn-usd-2040"
        assert 'name="proposed" value="xar-xbo-2bn-usd-2040"' in again.content.decode()
        assert send(desk("analyst"), accepted="on", **changed).status_code == 302
        assert [one.slug for one in Target.objects.filter(amount=2_000_000_000)] == ["xar-xbo-2bn-usd-2040"]

    def test_that_was_proposed_and_then_written_by_hand_stays(self, desk, targets):
        fields = send(desk("analyst"), amount="500").context["adminform"].form
        by_hand = {"slug": "xar-xbo-vask-2035", "proposed": fields["proposed"].value()}
        assert send(desk("analyst"), accepted="on", amount="2", unit="billion", **by_hand).status_code == 302
        assert [one.slug for one in Target.objects.filter(amount=2_000_000_000)] == ["xar-xbo-vask-2035"]

    def test_that_was_proposed_follows_in_a_restatement_too(self, desk, targets):
        page = restate(desk("analyst"), targets["going"], _check="1", amount="1", unit="billion")
        fields = page.context["adminform"].form
        shown = {name: fields[name].value() for name in ("slug", "proposed")}
        assert shown["slug"].startswith("xar-xbo-1bn-usd-2035")
        made = restate(desk("analyst"), targets["going"], amount="2", unit="billion", accepted="on", **shown)
        assert made.status_code == 302
        assert [one.slug for one in Target.objects.filter(amount=2_000_000_000)] == ["xar-xbo-2bn-usd-2035"]

    def test_is_never_a_former_address_of_another_target(self, desk, targets):
        targets["going"].former_slugs.create(slug="xar-xbo-750m-usd-2035")
        refused = send(desk("analyst"), slug="xar-xbo-750m-usd-2035")
        assert targets["going"].slug in errors_of(refused)["slug"][0]
        send(desk("analyst"))
        assert Target.objects.filter(slug="xar-xbo-750m-usd-2035-2").exists()


class TestWhatSeemsToBeKnown:
    def test_is_shown_for_the_same_pair_and_amount_whatever_the_deadline(self, desk, targets):
        response = send(desk("analyst"), amount="0.5", unit="billion")
        assert [one.slug for one in response.context["doubt"].alike] == [targets["going"].slug, targets["earlier"].slug]
        content = response.content.decode()
        assert "This seems to be known already" in content
        assert reverse("admin:targets_target_restate", args=[targets["going"].pk]) in content
        assert not Target.objects.filter(deadline_year=2035).exists()

    def test_is_passed_with_a_tick(self, desk, targets):
        response = send(desk("analyst"), amount="500", accepted="on")
        assert response.status_code == 302
        assert Target.objects.filter(slug="xar-xbo-500m-usd-2035").exists()

    @pytest.mark.parametrize(
        "address",
        [
            "https://paper.example/talks",
            "http://www.paper.example/talks/",
            "https://m.paper.example/talks?utm_source=x#top",
        ],
    )
    def test_is_shown_for_a_source_at_the_same_address(self, desk, targets, address):
        known = world.make_source("paper", url="https://paper.example/talks")
        said = world.make_statement(targets["kept"], source=known)
        response = send(desk("analyst"), new_url=address)
        assert (response.context["doubt"].known, list(response.context["read"])) == (known, [said])
        assert send(desk("analyst"), new_url=address, accepted="on").status_code == 302
        assert Target.objects.get(slug="xar-xbo-750m-usd-2035").statements.get().source == known

    def test_is_not_another_page_of_the_same_paper(self, desk, targets):
        world.make_source("paper", url="https://paper.example/talks?id=1")
        assert send(desk("analyst"), new_url="https://paper.example/talks?id=2").status_code == 302

    def test_is_shown_for_a_chosen_source_that_this_pair_was_read_in(self, desk, targets):
        known = world.make_source("paper")
        world.make_statement(targets["kept"], source=known)
        new = {"new_url": "", "new_publisher": "", "new_title": ""}
        assert send(desk("analyst"), source=known.pk, **new).status_code == 302
        again = send(desk("analyst"), source=known.pk, amount="800", **new)
        assert [one.target.slug for one in again.context["read"]] == ["xar-xbo-750m-usd-2035"]


class TestRestating:
    def test_makes_the_next_version_linked_from_the_earlier_one(self, desk, targets):
        response = restate(desk("analyst"), targets["going"])
        assert response.status_code == 302
        targets["going"].refresh_from_db()
        made = Target.objects.get(slug="xar-xbo-750m-usd-2035")
        assert (targets["going"].superseded_by, targets["going"].relation) == (made, Relation.RAISED)
        assert made.statements.count() == 1
        version = Target.history.filter(id=targets["going"].pk).latest()
        assert (version.history_user.username, made.slug in version.history_change_reason) == ("ana", True)
        history = desk("analyst").get(reverse("admin:targets_target_history", args=[targets["going"].pk]))
        assert "<del>empty</del>" in history.content.decode()
        assert "pk=None" not in history.content.decode()
        event = AuditEvent.objects.get(verb="restate")
        assert (event.object_key, event.counts) == (targets["going"].slug, {"next": made.slug, "relation": "raised"})

    def test_fits_the_history_whatever_the_address(self, desk, targets):
        assert restate(desk("analyst"), targets["going"], slug="a" * 90).status_code == 302
        version = Target.history.filter(id=targets["going"].pk).latest()
        # PostgreSQL refuses what is longer; SQLite takes it.
        assert (
            len(version.history_change_reason)
            <= Target.history.model._meta.get_field("history_change_reason").max_length
        )

    def test_shows_readers_nothing_before_the_next_version_is_published(self, desk, targets, client):
        address = targets["going"].get_absolute_url()
        before = said(client.get(address))
        restate(desk("analyst"), targets["going"])
        assert said(client.get(address)) == before
        made = Target.objects.get(slug="xar-xbo-750m-usd-2035")
        decide(desk("editor"), "publish_selected", made)
        after = client.get(address).content.decode()
        assert "750" in after
        assert made.get_absolute_url() in after
        assert "Who said it" in after
        assert "Who said it" not in client.get(made.get_absolute_url()).content.decode()

    def take_back(self, client, target, **sent):
        address = reverse("admin:targets_target_unlink", args=[target.pk])
        return client.post(address, {"sure": "1", "after": target.superseded_by_id, **sent})

    @pytest.fixture
    def restated(self, desk, targets):
        restate(desk("analyst"), targets["going"])
        targets["going"].refresh_from_db()
        return targets["going"]

    @pytest.mark.parametrize("who", ["analyst", "editor"])
    def test_is_taken_back_while_readers_do_not_see_it(self, desk, cast, restated, who):
        client = desk(who)
        address = reverse("admin:targets_target_unlink", args=[restated.pk])
        assert address in client.get(reverse("admin:targets_target_change", args=[restated.pk])).content.decode()
        assert "$750m by 2035" in client.get(address).content.decode()
        after = restated.superseded_by
        assert self.take_back(client, restated).status_code == 302
        restated.refresh_from_db()
        assert (restated.superseded_by, restated.relation) == (None, "")
        assert Target.objects.filter(pk=after.pk).exists()
        event = AuditEvent.objects.get(verb="unlink")
        assert (event.by, event.object_key, event.counts) == (cast[who], restated.slug, {"next": after.slug})
        assert restate(desk("analyst"), restated, amount="800", accepted="on").status_code == 302

    @pytest.mark.parametrize("rights", [(), ("view_target",)], ids=["none", "view only"])
    def test_is_not_taken_back_by_who_may_not_change_targets(self, restated, rights):
        person = world.make_user("vera", "")
        person.is_staff = True
        person.save()
        person.user_permissions.set(Permission.objects.filter(codename__in=rights))
        client = Client()
        client.force_login(person)
        address = reverse("admin:targets_target_unlink", args=[restated.pk])
        assert client.get(address).status_code == 403
        assert self.take_back(client, restated).status_code == 403
        shown = client.get(reverse("admin:targets_target_change", args=[restated.pk]))
        assert shown.status_code == (200 if rights else 403)
        assert address not in shown.text
        with pytest.raises(ActionRefused, match="may not"):
            goals.unlink(by=person, earlier=restated, after=restated.superseded_by)
        restated.refresh_from_db()
        assert restated.superseded_by is not None

    def test_is_no_analysts_to_take_back_once_it_is_submitted(self, desk, cast, restated):
        review.submit(by=cast["analyst"], record=restated.superseded_by)
        assert self.take_back(desk("analyst"), restated).status_code == 403
        assert self.take_back(desk("editor"), restated).status_code == 302

    def test_that_readers_see_is_taken_back_by_editors_with_a_reason(self, desk, cast, targets):
        earlier = targets["earlier"]
        assert self.take_back(desk("analyst"), earlier).status_code == 403
        refused = self.take_back(desk("editor"), earlier)
        assert "Say why it is changed." in refused.context["form"].errors["reason"][0]
        assert self.take_back(desk("editor"), earlier, reason="Two promises, not one").status_code == 302
        earlier.refresh_from_db()
        assert earlier.superseded_by is None
        assert Target.history.filter(id=earlier.pk).latest().history_change_reason == "Two promises, not one"

    def test_is_not_taken_back_where_another_one_follows_by_now(self, desk, targets):
        refused = self.take_back(desk("editor"), targets["earlier"], after=targets["kept"].pk, reason="a slip")
        assert "Somebody has changed this meanwhile" in refused.content.decode()
        targets["earlier"].refresh_from_db()
        assert targets["earlier"].superseded_by == targets["going"]

    def test_is_shown_to_who_decides_on_the_next_version(self, desk, cast, restated):
        after = restated.superseded_by
        review.submit(by=cast["analyst"], record=after)
        shown = desk("editor").get(reverse("admin:targets_target_review", args=[after.pk])).content.decode()
        assert "The next version of" in shown
        assert reverse("admin:targets_target_unlink", args=[restated.pk]) in shown

    def test_opens_with_what_the_earlier_one_counts(self, desk, targets):
        opened = desk("analyst").get(reverse("admin:targets_target_restate", args=[targets["going"].pk]))
        assert opened.context["adminform"].form["measure"].value() == "goods_turnover"
        assert "id_one" not in opened.content.decode()

    def test_may_repeat_the_amount_of_the_earlier_one_without_a_doubt(self, desk, targets):
        response = restate(desk("analyst"), targets["kept"], relation="postponed", amount="1000")
        assert response.status_code == 302

    @pytest.mark.parametrize(
        ("changed", "why"),
        [
            ({"relation": ""}, "required"),
            ({"relation": "raised", "amount": "400"}, "not higher"),
            ({"relation": "lowered"}, "not lower"),
            ({"relation": "postponed", "deadline_year": "2029"}, "not later"),
            ({"relation": "brought_forward"}, "not earlier"),
        ],
    )
    def test_is_refused_where_the_relation_contradicts_it(self, desk, targets, changed, why):
        response = restate(desk("analyst"), targets["going"], **changed)
        assert why in errors_of(response)["relation"][0]
        targets["going"].refresh_from_db()
        assert targets["going"].superseded_by is None
        assert not Target.objects.filter(amount__in=[750_000_000, 400_000_000]).exists()

    def test_is_refused_for_one_that_is_followed_already(self, desk, targets):
        response = restate(desk("analyst"), targets["earlier"])
        assert targets["going"].slug in errors_of(response)["__all__"][0]
        assert (
            "Restated since"
            not in desk("analyst")
            .get(reverse("admin:targets_target_change", args=[targets["earlier"].pk]))
            .content.decode()
        )

    def test_of_nothing_is_not_found(self, desk, targets):
        assert desk("analyst").get("/admin/targets/target/999999/restate/").status_code == 404

    def test_keeps_a_date_known_to_the_year(self, desk, targets):
        restate(desk("analyst"), targets["going"], stated_on_precision="year")
        made = Target.objects.get(slug="xar-xbo-750m-usd-2035")
        assert (made.first_stated_on, made.first_stated_on_precision) == (date(2025, 1, 1), DatePrecision.YEAR)
