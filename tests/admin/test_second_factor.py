"""The second step of signing in, and everybody's own page about their second factor."""

from __future__ import annotations

import re
from html import unescape

import pytest
from axes.models import AccessAttempt, AccessLog
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from targets.actions import accounts
from targets.models import AuditEvent
from targets.queries.people import has_second_factor, recovery_codes_left
from tests import test_permissions, world
from tests.factors import App, shown, wait_long

names = test_permissions.names
LOGIN, CODE, OWN = "/admin/login/", "/admin/login/code/", "/admin/second-factor/"


def knock(client, username="ana", to="/admin/", **more):
    return client.post(LOGIN, {"username": username, "password": "made up for tests", "next": to}, **more)


def give(client, code, **more):
    return client.post(CODE, {"code": code}, **more)


@pytest.fixture
def app(cast):
    return App(cast["analyst"])


class TestSigningIn:
    def test_asks_for_the_code_after_the_password_and_then_lets_in(self, client, app):
        response = knock(client, to="/admin/targets/target/")
        assert (response.status_code, response.url) == (302, CODE)
        page = client.get(CODE)
        assert 'autocomplete="one-time-code"' in page.text
        assert "no-store" in page["Cache-Control"]
        response = give(client, app.code())
        assert (response.status_code, response.url) == (302, "/admin/targets/target/")
        assert client.get("/admin/").status_code == 200

    def test_takes_a_code_on_paper_too(self, client, app):
        knock(client)
        assert give(client, app.paper[0]).url == "/admin/"
        assert recovery_codes_left(app.person) == 9

    def test_asks_nobody_for_a_code_who_has_no_second_factor(self, client, app):
        assert knock(client, "edo").url == "/admin/"
        assert client.get("/admin/").status_code == 200

    def test_speaks_the_language_of_the_page(self, client, app):
        response = client.post("/ru" + LOGIN, {"username": "ana", "password": "made up for tests"})
        assert response.url == "/ru" + CODE
        assert "запасных кодов" in client.get(response.url).text
        assert give(client, app.code()).url == "/ru/admin/"

    def test_refuses_a_wrong_code_beside_the_field_and_remembers_none(self, client, app):
        knock(client)
        response = give(client, app.wrong())
        assert response.status_code == 200
        assert "The code is wrong" in response.text
        assert client.get("/admin/").status_code == 302
        attempt = AccessAttempt.objects.get()
        assert (attempt.username, attempt.path_info) == ("ana", CODE)
        assert app.wrong() not in attempt.post_data

    def test_refuses_a_code_that_was_used_already(self, client, app):
        knock(client)
        give(client, app.code())
        other = Client()
        knock(other)
        assert "used already" in give(other, app.code()).text
        assert other.get("/admin/").status_code == 302

    def test_has_to_be_begun_anew_after_ten_minutes(self, client, app, monkeypatch):
        knock(client)
        moment = __import__("time").time()
        monkeypatch.setattr("targets.admin.signing_in.time.time", lambda: moment + 601)
        assert give(client, app.code()).url == LOGIN
        assert "gave_password" not in client.session

    def test_has_to_be_begun_anew_after_the_password_changed(self, client, app):
        knock(client)
        accounts.set_password(person=app.person, password="other words now")
        assert give(client, app.code()).url == LOGIN

    def test_is_over_for_who_is_retired_meanwhile(self, client, app, cast):
        knock(client)
        accounts.retire(by=cast["superuser"], person=app.person)
        assert give(client, app.code()).url == LOGIN

    def test_gives_the_session_another_name_at_each_step(self, client, app):
        client.get(LOGIN)
        session = client.session
        session["planted"] = True
        session.save()
        client.cookies[settings.SESSION_COOKIE_NAME] = planted = session.session_key
        knock(client)
        half = client.cookies[settings.SESSION_COOKIE_NAME].value
        give(client, app.code())
        whole = client.cookies[settings.SESSION_COOKIE_NAME].value
        assert len({planted, half, whole}) == 3
        assert not Session.objects.filter(session_key__in=[planted, half]).exists()

    @pytest.mark.parametrize(
        "to", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)", "/\\elsewhere.example", ""]
    )
    def test_leads_nowhere_but_to_the_site(self, client, app, to):
        knock(client, to=to)
        assert give(client, app.code()).url == "/admin/"
        other = Client()
        assert knock(other, "edo", to=to).url == "/admin/"

    def test_is_noted_once_it_is_whole(self, client, app):
        knock(client)
        assert not AccessLog.objects.exists()
        give(client, app.code())
        assert AccessLog.objects.get().username == "ana"

    def test_closes_after_ten_wrong_codes_even_for_the_right_one_and_for_a_new_start(self, client, app):
        knock(client)
        for _ in range(settings.AXES_FAILURE_LIMIT - 1):
            assert give(client, app.wrong()).status_code == 200
            wait_long()
        closed = give(client, app.wrong())
        assert closed.status_code == 429
        assert "Too many attempts" in closed.text
        wait_long()
        assert give(client, app.code()).status_code == 429
        assert client.get("/admin/").status_code == 302
        assert knock(Client(), REMOTE_ADDR="192.0.2.7").status_code == 429

    def test_does_not_forgive_wrong_codes_for_a_right_password(self, client, app):
        knock(client)
        for _ in range(5):
            give(client, app.wrong())
            wait_long()
        knock(client)
        assert sum(AccessAttempt.objects.values_list("failures_since_start", flat=True)) == 5

    def test_says_how_long_to_wait_and_counts_no_try_meanwhile(self, client, app):
        knock(client)
        for _ in range(3):
            give(client, app.wrong())
            wait_long()
        give(client, app.wrong())
        assert re.search(r"wait \d seconds", give(client, app.code()).text)
        assert sum(AccessAttempt.objects.values_list("failures_since_start", flat=True)) == 4

    @pytest.mark.parametrize("code", ["", "x" * 33, "\0"])
    def test_takes_nonsense_for_nonsense(self, client, app, code):
        knock(client)
        assert give(client, code).status_code == 200
        assert client.get("/admin/").status_code == 302


DOORS = {
    "admin/login/",
    "admin/password_reset/",
    "admin/password_reset/done/",
    "admin/reset/{uid}/{token}/",
    "admin/reset/done/",
}


def reached(client, names):
    """Addresses of the desk that answer this browser with anything but the way to a door; signing out aside."""
    found = set()
    for address in test_permissions.MATRIX:
        if not address.startswith("admin/") or address == "admin/logout/":
            continue
        for method in (client.get, client.post):
            response = method("/" + address.format(**names))
            led = response.status_code == 302 and response.url.startswith((LOGIN, OWN, CODE))
            if not led and response.status_code != 405:
                found.add(address)
    return found


class TestTheHalfSignedIn:
    def test_reach_nothing_of_the_desk_with_the_password_alone(self, client, app, names):
        knock(client)
        assert client.session["gave_password"]["person"] == app.person.pk
        assert reached(client, names) == DOORS | {"admin/login/code/"}
        assert client.session["gave_password"]["person"] == app.person.pk

    def test_reach_nothing_with_a_session_from_before_the_second_factor(self, client, cast, names):
        client.force_login(cast["superuser"])
        assert client.get("/admin/").status_code == 200
        App(cast["superuser"])
        assert client.get("/admin/").url == "/admin/login/?next=/admin/"
        assert reached(client, names) == DOORS | {"admin/login/code/"}
        assert client.post("/admin/logout/").status_code == 200
        assert client.get(LOGIN).status_code == 200

    def test_reach_their_own_page_alone_where_the_site_asks_for_a_second_factor(self, client, cast, names, settings):
        settings.SECOND_FACTOR = "everyone"
        assert knock(client).url == "/admin/"
        assert client.get("/admin/").url == "/admin/login/?next=/admin/"
        assert client.get("/admin/login/?next=/admin/").url == OWN
        assert "asks you for a second factor" in client.get(OWN).text
        assert reached(client, names) == DOORS | {"admin/second-factor/"}
        assert client.post("/admin/logout/").status_code == 200
        assert client.get(LOGIN).status_code == 200

    def test_come_back_with_a_code_alone_where_the_session_knows_the_password(self, client, cast):
        client.force_login(cast["analyst"])
        app = App(cast["analyst"])
        assert client.get("/admin/login/?next=/admin/targets/").url == CODE
        assert give(client, app.code()).url == "/admin/targets/"
        assert client.get("/admin/targets/").status_code == 200


def key_on(page):
    return unescape(re.search(r'<code class="key">([^<]+)</code>', page.text)[1])


class TestOnesOwnPage:
    def test_sets_it_up_with_a_picture_a_key_and_a_code_and_shows_the_paper_once(self, desk, cast):
        client = desk("analyst")
        page = client.get(OWN)
        assert '<svg role="img"' in page.text
        assert "otpauth://totp/Tradewatch%3Aana?secret=" in page.text
        assert "style=" not in page.text.split("<main", 1)[1]
        key = key_on(page)
        assert key_on(client.get(OWN)) == key
        before = client.session.session_key
        shown_once = client.post(OWN, {"code": shown(key)})
        codes = re.findall(r"<code>([a-z2-7]{4}-[a-z2-7]{4})</code>", shown_once.text)
        assert len(codes) == 10
        assert "no-store" in shown_once["Cache-Control"]
        assert client.session.session_key != before
        assert "key_of_a_second_factor" not in client.session
        # Whoever set it up need not give it again at once.
        assert client.get("/admin/").status_code == 200
        later = client.get(OWN).text
        assert "10 recovery codes left" in later
        assert not any(code in later for code in codes)
        assert key.replace(" ", "") not in later.replace(" ", "")

    def test_keeps_the_key_when_the_code_was_wrong(self, desk):
        client = desk("analyst")
        key = key_on(client.get(OWN))
        refused = client.post(OWN, {"code": "abcdef"})
        assert "clock of your phone" in refused.text
        assert key_on(refused) == key
        assert not AuditEvent.objects.exists()

    def test_lets_go_on_who_had_to_set_it_up(self, client, cast, settings):
        settings.SECOND_FACTOR = "everyone"
        knock(client)
        key = key_on(client.get(OWN))
        assert client.post(OWN, {"code": shown(key)}).status_code == 200
        assert client.get("/admin/").status_code == 200

    def signed_in(self, client, app):
        knock(client)
        give(client, app.code())
        return client

    def test_switches_it_off_with_password_and_code(self, client, app):
        self.signed_in(client, app)
        for proof in ({"password": "a guess", "code": app.code(1)}, {"password": "made up for tests", "code": "000"}):
            assert client.post(OWN, {**proof, "off": "1"}).status_code == 200
            assert has_second_factor(app.person)
            wait_long()
        response = client.post(OWN, {"password": "made up for tests", "code": app.paper[0], "off": "1"})
        assert (response.status_code, response.url) == (302, OWN)
        assert not has_second_factor(app.person)
        assert client.get("/admin/").status_code == 200
        assert knock(Client()).url == "/admin/"

    def test_gives_new_codes_on_paper_for_password_and_code(self, client, app):
        self.signed_in(client, app)
        page = client.post(OWN, {"password": "made up for tests", "code": app.code(1), "codes": "1"})
        codes = re.findall(r"<code>([a-z2-7]{4}-[a-z2-7]{4})</code>", page.text)
        assert len(codes) == 10
        assert not set(codes) & set(app.paper)

    def test_counts_wrong_passwords_with_those_at_the_door(self, client, app):
        self.signed_in(client, app)
        for _ in range(settings.AXES_FAILURE_LIMIT):
            response = client.post(OWN, {"password": "a guess", "code": app.code(1), "off": "1"})
        assert response.status_code == 429
        assert has_second_factor(app.person)

    def test_is_there_in_russian(self, desk):
        page = desk("analyst").get("/ru" + OWN)
        assert "Настройка второго фактора" in page.text
        assert reverse("admin:second_factor") in page.text


def test_the_keys_of_others_have_no_pages(desk, cast):
    App(world.make_user("ana"))
    client = desk("superuser")
    assert client.get("/admin/otp_totp/totpdevice/").status_code == 404
    assert client.get("/admin/otp_static/staticdevice/").status_code == 404
    assert "otp_" not in client.get("/admin/").text
