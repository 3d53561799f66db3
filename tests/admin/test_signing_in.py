"""The door of the desk."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.urls import reverse

from tests import world

LOGIN = "/admin/login/"


def knock(client, password, username="ana", address=LOGIN):
    return client.post(address, {"username": username, "password": password, "next": "/admin/"})


def test_the_right_password_opens_it(client, cast):
    assert knock(client, "made up for tests").url == "/admin/"
    assert client.get("/admin/").status_code == 200


def test_who_is_not_of_the_desk_is_told_so(client, cast):
    response = knock(client, "made up for tests", "stan")
    assert response.status_code == 200
    assert "staff" in response.content.decode()


@pytest.mark.parametrize(("prefix", "words"), [("", "Too many attempts"), ("/ru", "Слишком много попыток")])
def test_too_many_wrong_passwords_close_it_with_a_page_of_ours(client, cast, prefix, words):
    for _ in range(settings.AXES_FAILURE_LIMIT - 1):
        assert knock(client, "a guess", address=prefix + LOGIN).status_code == 200
    closed = knock(client, "a guess", address=prefix + LOGIN)
    assert closed.status_code == 429
    content = closed.content.decode()
    assert words in content
    assert "css/admin.css" in content
    assert "Django" not in content
    assert knock(client, "made up for tests", address=prefix + LOGIN).status_code == 429


def test_a_retired_person_does_not_come_in(client, cast):
    retired = world.make_user("rita", "analyst", is_active=False)
    assert retired.is_active is False
    assert knock(client, "made up for tests", "rita").status_code == 200
    assert client.get(reverse("admin:index")).status_code == 302


@pytest.mark.parametrize("address", ["password_reset/", "password_reset/done/", "reset/x/y/", "reset/done/"])
@pytest.mark.parametrize("prefix", ["", "/ru"])
def test_the_tab_is_called_what_the_page_is_called(client, db, prefix, address):
    shown = client.get(f"{prefix}/admin/{address}").text
    heading = re.search(r"<h1>(.*?)</h1>", shown)[1]
    assert re.search(r"<title>(.*?)</title>", shown, re.DOTALL)[1].startswith(f"{heading} | ")


def test_signing_out_says_so(admin_client):
    shown = admin_client.post("/ru/admin/logout/").text
    assert "<h1>Вы вышли</h1>" in shown
