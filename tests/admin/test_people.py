"""Inviting and retiring people, and the way back in for who forgot the password."""

from __future__ import annotations

import re
import threading

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.core import mail
from django.core.cache import cache
from django.core.mail.backends.locmem import EmailBackend
from django.test import Client
from django.urls import reverse

from targets.actions import accounts
from targets.actions.journal import ActionRefused
from targets.models import AuditEvent
from targets.queries.people import has_second_factor
from tests import world
from tests.factors import App

Users = get_user_model()
ADD = "/admin/auth/user/add/"
FORGOTTEN = "/admin/password_reset/"
NINA = {
    "username": "nina",
    "first_name": "Nina",
    "last_name": "O'Brien & Sons",
    "email": "nina@desk.example",
    "group": "analyst",
    "language": "en",
}
WORDS = "quite another thing"


@pytest.fixture(autouse=True)
def _nobody_asked_before():
    cache.clear()


def page(person, name):
    return reverse(f"admin:auth_user_{name}", args=[person.pk])


def send(client, address, data):
    """The page after a form of the desk was posted."""
    return client.post(address, data, follow=True)


def link_in(letter):
    return re.search(r"http://testserver(/\S*reset/\S+)", letter.body)[1]


def choose(client, link, words=WORDS):
    """Follows a link to the form and chooses a password there."""
    form = client.get(link, follow=True)
    if not form.context["validlink"]:
        return form
    address = form.redirect_chain[-1][0]
    return client.post(address, {"new_password1": words, "new_password2": words}, follow=True)


def sign_in(username, words=WORDS):
    client = Client()
    return client, client.post("/admin/login/", {"username": username, "password": words}).status_code == 302


def ask(email, prefix="", **more):
    response = Client().post(prefix + FORGOTTEN, {"email": email}, **more)
    for thread in threading.enumerate():
        if thread.name == "letter":
            thread.join()
    return response


class TestInviting:
    def test_sends_a_letter_whose_link_leads_to_a_password_and_into_the_desk(self, desk):
        response = send(desk("superuser"), ADD, NINA)
        assert "on its way to nina@desk.example" in response.text
        [letter] = mail.outbox
        assert letter.to == ["nina@desk.example"]
        assert letter.subject == "Your account at the Tradewatch desk"
        assert "Hello Nina O'Brien & Sons," in letter.body
        assert "sue has opened an account" in letter.body
        assert "username there is: nina" in letter.body
        assert letter.content_subtype == "plain"

        done = choose(Client(), link_in(letter))
        assert done.redirect_chain[-1][0] == "/admin/reset/done/"
        client, inside = sign_in("nina")
        assert inside
        assert client.get("/admin/targets/target/add/").status_code == 200
        assert client.get("/admin/targets/target/review/").status_code == 403
        told = [(event.verb, event.by.username) for event in AuditEvent.objects.order_by("id")]
        assert told == [("invite", "sue"), ("set_password", "nina")]

    def test_writes_in_the_language_chosen_and_leads_to_pages_in_it(self, desk):
        send(desk("superuser"), ADD, {**NINA, "language": "ru"})
        [letter] = mail.outbox
        assert letter.subject == "Ваш доступ к рабочему месту Tradewatch"
        assert "Здравствуйте, Nina O'Brien & Sons!" in letter.body
        assert link_in(letter).startswith("/ru/admin/reset/")
        assert "http://testserver/ru/admin/" in letter.body
        assert not re.search(r"[A-Za-z]{3,} [a-z]{3,} [a-z]{3,}", letter.body)

    def test_makes_editors_too(self, desk):
        send(desk("superuser"), ADD, {**NINA, "group": "editor"})
        assert Users.objects.get(username="nina").has_perm("targets.publish_target")

    def test_asks_for_no_password_anywhere(self, desk, cast):
        client = desk("superuser")
        for address in (ADD, page(cast["analyst"], "change")):
            assert 'type="password"' not in client.get(address).text
        elsewhere = client.get(f"/admin/auth/user/{cast['analyst'].pk}/password/", follow=True)
        assert 'type="password"' not in elsewhere.text

    @pytest.mark.parametrize(
        ("wrong", "words"),
        [
            ({"email": ""}, "required"),
            ({"email": "nina"}, "valid email"),
            ({"email": "nina@desk.example\nBcc: all@desk.example"}, "valid email"),
            ({"email": "ANA@desk.example"}, "ana has this address"),
            ({"username": "ANA"}, "Somebody has this name already"),
            ({"username": "system"}, "belongs to the site"),
            ({"group": "superuser"}, "Select a valid choice"),
            ({"language": "xx"}, "Select a valid choice"),
        ],
    )
    def test_refuses_beside_the_field_what_cannot_be(self, desk, cast, wrong, words):
        Users.objects.filter(username="ana").update(email="ana@desk.example")
        response = send(desk("superuser"), ADD, {**NINA, **wrong})
        assert words in response.text
        assert not Users.objects.filter(username="nina").exists()
        assert mail.outbox == []

    def test_keeps_the_account_and_says_so_when_the_letter_does_not_leave(self, desk, monkeypatch, cast):
        def broken(self, messages):
            raise ConnectionRefusedError

        monkeypatch.setattr(EmailBackend, "send_messages", broken)
        response = send(desk("superuser"), ADD, NINA)
        assert "could not be sent" in response.text
        monkeypatch.undo()
        nina = Users.objects.get(username="nina")
        send(desk("superuser"), page(nina, "link"), {"language": "en"})
        assert mail.outbox[0].subject == "Your account at the Tradewatch desk"
        choose(Client(), link_in(mail.outbox[0]))
        assert sign_in("nina")[1]
        assert AuditEvent.objects.filter(verb="send_link", object_key="nina", by=cast["superuser"]).count() == 1

    def test_says_where_the_letter_is_on_a_site_without_a_mail_server(self, desk, settings, capsys):
        settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
        response = send(desk("superuser"), ADD, NINA)
        assert "no mail server" in response.text
        assert "/admin/reset/" in capsys.readouterr().out


class TestALink:
    @pytest.fixture
    def link(self, desk):
        send(desk("superuser"), ADD, NINA)
        return link_in(mail.outbox[0])

    def test_works_once(self, link):
        choose(Client(), link)
        again = Client().get(link)
        assert "validlink" not in again.context or not again.context["validlink"]
        choose(Client(), link, "a third thing altogether")
        assert sign_in("nina")[1]

    def test_works_for_three_days(self, link, monkeypatch):
        from datetime import datetime, timedelta

        from django.contrib.auth.tokens import PasswordResetTokenGenerator

        def later(**passed):
            moment = datetime.now() + timedelta(**passed)  # noqa: DTZ005 (as in Django)
            monkeypatch.setattr(PasswordResetTokenGenerator, "_now", lambda self: moment)

        later(days=3, minutes=1)
        assert not Client().get(link, follow=True).context["validlink"]
        later(days=2, hours=23)
        assert Client().get(link, follow=True).context["validlink"]

    def test_ends_with_the_first_of_several_that_is_followed(self, desk, link):
        nina = Users.objects.get(username="nina")
        send(desk("superuser"), page(nina, "link"), {"language": "en"})
        choose(Client(), link_in(mail.outbox[1]))
        assert not Client().get(link, follow=True).context["validlink"]

    def test_ends_when_the_address_turns_out_to_be_wrong(self, desk, link):
        nina = Users.objects.get(username="nina")
        send(desk("superuser"), page(nina, "change"), {"email": "right@desk.example"})
        assert Users.objects.get(username="nina").email == "right@desk.example"
        assert not Client().get(link, follow=True).context["validlink"]

    def test_leaves_no_token_in_the_address_of_the_form(self, link):
        form = Client().get(link, follow=True)
        assert form.redirect_chain[-1][0].endswith("/set-password/")
        assert "no-store" in form["Cache-Control"]

    def test_takes_no_password_that_is_easy_to_guess(self, link):
        for words in ("short", "password1234", "123456789012345"):
            assert choose(Client(), link, words).context["form"].errors
        assert not Users.objects.get(username="nina").has_usable_password()

    @pytest.mark.parametrize("uid", ["MQ", "x", "AAAA", "____", "MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkw"])
    def test_that_nobody_sent_opens_nothing(self, client, cast, uid):
        for token in ("x", "set-password", "abc-123"):
            response = client.get(f"/admin/reset/{uid}/{token}/")
            assert response.status_code == 200
            assert not response.context["validlink"]


class TestRetiring:
    def test_ends_sessions_passwords_and_links_at_once_and_for_good(self, desk, cast):
        ana = cast["analyst"]
        Users.objects.filter(pk=ana.pk).update(email="ana@desk.example")
        hers = desk("analyst")
        ask("ana@desk.example")
        link = link_in(mail.outbox[0])
        response = send(desk("superuser"), page(ana, "retire"), {"sure": "1", "reason": "Left in March"})
        assert "its sessions have ended" in response.text
        assert hers.get("/admin/").status_code == 302
        assert not sign_in("ana", "made up for tests")[1]
        assert not Client().get(link, follow=True).context["validlink"]
        ask("ana@desk.example")
        assert len(mail.outbox) == 1

        accounts.bring_back(by=cast["superuser"], person=ana)
        assert hers.get("/admin/").status_code == 302
        assert not sign_in("ana", "made up for tests")[1]
        assert not Client().get(link, follow=True).context["validlink"]

    def test_leaves_what_they_did_under_their_name(self, desk, cast, targets):
        hers = AuditEvent.objects.create(by=cast["analyst"], verb="record", object_kind="release", object_key="1")
        accounts.retire(by=cast["superuser"], person=cast["analyst"])
        assert "ana" in desk("superuser").get(f"/admin/targets/auditevent/{hers.pk}/change/").text

    def test_asks_first(self, desk, cast):
        client = desk("superuser")
        assert "They can be brought back" in client.get(page(cast["analyst"], "retire")).text
        client.post(page(cast["analyst"], "retire"), {"reason": "A stray script"})
        assert Users.objects.get(pk=cast["analyst"].pk).is_active

    def test_refuses_oneself_and_who_is_retired_with_the_reason_on_the_page(self, desk, cast):
        client = desk("superuser")
        assert "cannot retire yourself" in client.post(page(cast["superuser"], "retire"), {"sure": "1"}).text
        accounts.retire(by=cast["superuser"], person=cast["analyst"])
        assert "retired already" in client.post(page(cast["analyst"], "retire"), {"sure": "1"}).text

    def test_is_undone_by_a_link(self, desk, cast):
        ana, client = cast["analyst"], desk("superuser")
        Users.objects.filter(pk=ana.pk).update(email="ana@desk.example")
        accounts.retire(by=cast["superuser"], person=ana)
        assert "Bring back" in client.get(page(ana, "change")).text
        response = send(client, page(ana, "link"), {"language": "ru"})
        assert "Brought back." in response.text
        choose(Client(), link_in(mail.outbox[0]))
        assert sign_in("ana")[1]
        assert [event.verb for event in AuditEvent.objects.order_by("id")] == [
            "retire_account",
            "bring_back",
            "send_link",
            "set_password",
        ]

    def test_stands_in_place_of_deleting(self, desk, cast):
        client = desk("superuser")
        for method in (client.get, client.post):
            response = method(page(cast["analyst"], "delete"), {"post": "yes"}, follow=True)
            assert "People are not deleted" in response.text
        client.post("/admin/auth/user/", {"action": "delete_selected", "_selected_action": [cast["analyst"].pk]})
        assert Users.objects.filter(pk=cast["analyst"].pk).exists()
        assert "deletelink" not in client.get(page(cast["analyst"], "change")).text


class TestAPersonsPage:
    def test_changes_name_address_and_rights_and_says_so_in_the_journal(self, desk, cast):
        editor = Group.objects.get(name="editor")
        data = {"first_name": "Ana", "last_name": "Vask", "email": "ana@desk.example", "groups": [editor.pk]}
        send(desk("superuser"), page(cast["analyst"], "change"), data)
        ana = Users.objects.get(username="ana")
        assert (ana.get_full_name(), ana.has_perm("targets.publish_target")) == ("Ana Vask", True)
        event = AuditEvent.objects.get(verb="change_account")
        assert event.by == cast["superuser"]
        assert event.counts["groups"] == [["analyst"], ["editor"]]

    def test_changes_neither_names_to_sign_in_by_nor_passwords_nor_states(self, desk, cast):
        data = {
            "email": "a@desk.example",
            "username": "z",
            "password": "z",
            "is_active": "",
            "is_staff": "",
            "state": "z",
        }
        before = Users.objects.get(username="ana")
        send(desk("superuser"), page(before, "change"), data)
        after = Users.objects.get(pk=before.pk)
        assert after.email == "a@desk.example"
        kept = ("username", "password", "is_active", "is_staff")
        assert [getattr(after, name) for name in kept] == [getattr(before, name) for name in kept]

    def test_keeps_the_last_superuser(self, desk, cast):
        response = desk("superuser").post(page(cast["superuser"], "change"), {"email": "s@desk.example"})
        assert "take this right from yourself" in response.text
        assert Users.objects.get(username="sue").is_superuser

    @pytest.mark.parametrize("checked", ["check_change", "check_invitation"])
    def test_says_what_another_superuser_did_while_it_was_saved(self, desk, cast, monkeypatch, checked):
        """The form was looked at before the other one wrote; only the action sees what is there now."""
        world.make_user("olga", email="taken@desk.example")
        check = getattr(accounts, checked)
        early = [lambda **given: None]
        monkeypatch.setattr(accounts, checked, lambda **given: (early.pop() if early else check)(**given))
        address = ADD if checked == "check_invitation" else page(cast["analyst"], "change")
        response = desk("superuser").post(address, {**NINA, "email": "taken@desk.example"})
        assert response.status_code == 200
        assert "olga has this address" in response.text

    def test_says_that_a_name_was_taken_while_the_invitation_was_saved(self, cast, monkeypatch):
        monkeypatch.setattr(accounts, "check_invitation", lambda **given: None)
        with pytest.raises(ActionRefused, match="Somebody has this name already"):
            accounts.invite(by=cast["superuser"], person=Users(username="ana"), group="analyst")
        assert Users.objects.filter(username="ana").count() == 1

    def test_has_its_history_in_the_journal(self, desk, cast):
        editor = Group.objects.get(name="editor")
        send(desk("superuser"), page(cast["analyst"], "change"), {"email": "a@desk.example", "groups": [editor.pk]})
        told = desk("superuser").get(page(cast["analyst"], "history")).text
        assert "rights or name changed" in told
        assert "groups: analyst → editor" in told

    def test_resets_a_second_factor_with_a_reason(self, desk, cast):
        App(cast["analyst"])
        client = desk("superuser")
        assert "Reset the second factor" in client.get(page(cast["analyst"], "change")).text
        assert "how you know" in client.post(page(cast["analyst"], "reset"), {"sure": "1", "reason": ""}).text
        assert has_second_factor(cast["analyst"])
        send(client, page(cast["analyst"], "reset"), {"sure": "1", "reason": "She called me"})
        assert not has_second_factor(cast["analyst"])
        event = AuditEvent.objects.get(verb="reset_second_factor")
        assert (event.by, event.object_key, event.reason) == (cast["superuser"], "ana", "She called me")

    def test_sends_no_link_where_there_is_no_address(self, desk, cast):
        response = send(desk("superuser"), page(cast["analyst"], "link"), {"language": "en"})
        assert "Write down an e-mail address first" in response.text
        assert mail.outbox == []

    def test_tells_who_is_invited_at_work_and_retired(self, desk, cast):
        client = desk("superuser")
        send(client, ADD, NINA)
        App(cast["editor"])
        accounts.retire(by=cast["superuser"], person=cast["analyst"])
        shown = client.get("/admin/auth/user/").text
        rows = {name: re.search(rf">{name}</a>.*?</tr>", shown, re.DOTALL)[0] for name in ("nina", "edo", "ana", "sue")}
        states = {name: re.search(r'field-state">([^<]+)<', row)[1] for name, row in rows.items()}
        assert states == {"nina": "invited", "edo": "at work", "ana": "retired", "sue": "at work"}
        assert {name for name, row in rows.items() if "icon-yes" in row} == {"edo"}

    def test_says_after_an_invitation_that_the_letter_went_out_and_nothing_else(self, desk, cast):
        client = desk("superuser")
        shown = client.post(ADD, NINA, follow=True).text
        said = re.findall(r'<li class="(?:success|warning|info)">(.*?)</li>', shown, re.DOTALL)
        assert len(said) == 1
        assert NINA["email"] in said[0]

    def test_does_not_list_the_accounts_of_the_site_itself(self, desk, cast):
        from targets.actions.desk import system_account

        system = system_account("system")
        client = desk("superuser")
        assert ">system<" not in client.get("/admin/auth/user/").text
        assert client.get(page(system, "link"), follow=True).status_code == 404

    def test_asks_the_database_the_same_however_many_people_there_are(self, desk, cast, django_assert_max_num_queries):
        client = desk("superuser")
        for number in range(20):
            world.make_user(f"u{number}", "analyst")
        with django_assert_max_num_queries(12):
            assert client.get("/admin/auth/user/").status_code == 200


class TestAGroup:
    @pytest.fixture
    def group(self):
        made = Group.objects.create(name="helpers")
        made.permissions.set(Permission.objects.filter(codename__in=["view_target", "add_target"]))
        return made

    def rights(self, *codenames):
        return [str(one.pk) for one in Permission.objects.filter(codename__in=codenames)]

    def address(self, name, *args):
        return reverse(f"admin:auth_group_{name}", args=args)

    def test_says_in_the_journal_which_rights_it_was_given_and_which_it_lost(self, desk, cast, group):
        sent = {"name": "helpers", "permissions": self.rights("view_target", "publish_target")}
        send(desk("superuser"), self.address("change", group.pk), sent)
        assert set(group.permissions.values_list("codename", flat=True)) == {"view_target", "publish_target"}
        event = AuditEvent.objects.get(verb="change_group")
        assert (event.by, event.object_kind, event.object_key) == (cast["superuser"], "group", "helpers")
        assert event.counts == {"given": ["publish_target"], "taken": ["add_target"]}
        told = desk("superuser").get(self.address("history", group.pk)).text
        assert "given: publish_target" in told
        assert "taken away: add_target" in told
        listed = desk("superuser").get(reverse("admin:targets_auditevent_changelist")).text
        assert "rights of a group changed" in listed
        assert "group of people" in listed

    def test_that_is_saved_as_it_was_leaves_no_line(self, desk, group):
        sent = {"name": "helpers", "permissions": self.rights("view_target", "add_target")}
        send(desk("superuser"), self.address("change", group.pk), sent)
        assert not AuditEvent.objects.filter(object_kind="group").exists()

    def test_stands_in_the_journal_when_it_is_made_renamed_and_removed(self, desk, cast):
        client = desk("superuser")
        send(client, self.address("add"), {"name": "guests", "permissions": self.rights("view_target")})
        guests = Group.objects.get(name="guests")
        cast["analyst"].groups.add(guests)
        sent = {"name": "visitors", "permissions": self.rights("view_target")}
        send(client, self.address("change", guests.pk), sent)
        send(client, self.address("delete", guests.pk), {"post": "yes"})
        assert not Group.objects.filter(pk=guests.pk).exists()
        told = AuditEvent.objects.filter(object_kind="group").order_by("id").values_list("verb", "object_key", "counts")
        assert list(told) == [
            ("add", "guests", {"given": ["view_target"]}),
            ("change_group", "visitors", {"name": ["guests", "visitors"]}),
            ("remove", "visitors", {"taken": ["view_target"], "people": ["ana"]}),
        ]

    def test_removed_from_the_list_stands_in_the_journal_too(self, desk, group):
        chosen = {"action": "delete_selected", "_selected_action": [group.pk], "post": "yes"}
        send(desk("superuser"), self.address("changelist"), chosen)
        assert AuditEvent.objects.get(verb="remove").object_key == "helpers"

    def test_whose_name_was_taken_meanwhile_is_told_so(self, cast, group):
        with pytest.raises(ActionRefused, match="There is a group of this name already"):
            accounts.save_group(by=cast["superuser"], group=Group(name="helpers"), permissions=[])


class TestAForgottenPassword:
    @pytest.fixture
    def ana(self, cast):
        Users.objects.filter(username="ana").update(email="ana@desk.example")
        return Users.objects.get(username="ana")

    def test_is_asked_for_from_the_page_for_signing_in(self, client, db):
        assert f'href="{FORGOTTEN}"' in client.get("/admin/login/").text
        assert f'href="/ru{FORGOTTEN}"' in client.get("/ru/admin/login/").text

    def test_is_replaced_by_a_link_and_ends_every_session(self, ana, desk):
        hers = desk("analyst")
        assert ask("ANA@desk.example").url == "/admin/password_reset/done/"
        [letter] = mail.outbox
        assert letter.to == ["ana@desk.example"]
        assert letter.subject == "A new password for the Tradewatch desk"
        browser = Client()
        choose(browser, link_in(letter))
        # The link proves an address, not a second factor: nobody is signed in by it.
        assert browser.get("/admin/").status_code == 302
        assert hers.get("/admin/").status_code == 302
        assert sign_in("ana")[1]
        assert AuditEvent.objects.get(verb="set_password").by == ana

    def test_still_takes_the_second_factor(self, ana):
        app = App(ana)
        ask("ana@desk.example")
        choose(Client(), link_in(mail.outbox[0]))
        client, _ = sign_in("ana")
        assert client.get("/admin/").status_code == 302
        client.post("/admin/login/code/", {"code": app.code()})
        assert client.get("/admin/").status_code == 200

    def test_speaks_the_language_of_the_page(self, ana):
        assert ask("ana@desk.example", prefix="/ru").url == "/ru/admin/password_reset/done/"
        assert mail.outbox[0].subject == "Новый пароль к рабочему месту Tradewatch"
        assert link_in(mail.outbox[0]).startswith("/ru/admin/reset/")

    def test_is_answered_the_same_for_an_address_that_nobody_has(self, ana):
        world.make_user("stan2", "", email="stan@desk.example")
        answers = []
        for address in ("ana@desk.example", "nobody@desk.example", "stan@desk.example"):
            response = ask(address)
            answers.append((response.status_code, response.url, response.content, sorted(response.cookies)))
        assert len({str(answer) for answer in answers}) == 1
        assert [letter.to for letter in mail.outbox] == [["ana@desk.example"]]

    def test_goes_to_no_address_that_only_looks_like_it(self, ana):
        Users.objects.filter(pk=ana.pk).update(email="mike@example.org")
        ask("mıke@example.org")
        ask("mike@exampﬂe.org")
        assert mail.outbox == []

    def test_brings_one_person_five_letters_an_hour(self, ana, monkeypatch):
        answers = {ask("ana@desk.example", REMOTE_ADDR=f"192.0.2.{number}").status_code for number in range(7)}
        assert answers == {302}
        assert len(mail.outbox) == 5
        moment = __import__("time").time()
        monkeypatch.setattr("targets.admin.signing_in.time.time", lambda: moment + 3601)
        ask("ana@desk.example")
        assert len(mail.outbox) == 6

    def test_can_be_asked_for_twenty_times_an_hour_from_one_place(self, ana):
        for number in range(20):
            assert ask(f"nobody{number}@desk.example", REMOTE_ADDR="192.0.2.1").status_code == 302
        closed = ask("ana@desk.example", REMOTE_ADDR="192.0.2.1")
        assert closed.status_code == 429
        assert "Too many requests" in closed.text
        assert ask("ana@desk.example", REMOTE_ADDR="192.0.2.2").status_code == 302
        assert len(mail.outbox) == 1

    def test_that_was_changed_at_the_desk_stands_in_the_journal(self, desk, cast):
        client = desk("analyst")
        data = {"old_password": "made up for tests", "new_password1": WORDS, "new_password2": WORDS}
        assert client.post("/admin/password_change/", data).url == "/admin/password_change/done/"
        assert client.get("/admin/").status_code == 200
        assert sign_in("ana")[1]
        assert AuditEvent.objects.get().verb == "set_password"


@pytest.mark.parametrize("name", ["analyst", "editor"])
def test_a_group_that_people_are_invited_into_stays_under_its_name(desk, name):
    group = Group.objects.get(name=name)
    sue = desk("superuser")
    sue.post(reverse("admin:auth_group_delete", args=[group.pk]), {"post": "yes"})
    chosen = {"action": "delete_selected", "_selected_action": [group.pk], "post": "yes"}
    sue.post(reverse("admin:auth_group_changelist"), chosen)
    sent = {"name": "others", "permissions": [one.pk for one in group.permissions.all()]}
    refused = sue.post(reverse("admin:auth_group_change", args=[group.pk]), sent)
    assert "it keeps its name" in refused.content.decode()
    assert Group.objects.filter(name=name).exists()
    fewer = {"name": name, "permissions": sent["permissions"][1:]}
    assert sue.post(reverse("admin:auth_group_change", args=[group.pk]), fewer).status_code == 302
    assert group.permissions.count() == len(fewer["permissions"])
    send(sue, ADD, {**NINA, "group": name})
    assert [one.name for one in Users.objects.get(username="nina").groups.all()] == [name]


def test_another_group_can_be_renamed_and_deleted(desk):
    group = Group.objects.create(name="guests")
    sue = desk("superuser")
    sue.post(reverse("admin:auth_group_change", args=[group.pk]), {"name": "visitors", "permissions": []})
    assert Group.objects.filter(name="visitors").exists()
    sue.post(reverse("admin:auth_group_delete", args=[group.pk]), {"post": "yes"})
    assert not Group.objects.filter(pk=group.pk).exists()
