"""What every answer tells the browser, and who is kept out."""

from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.contrib.auth import get_user_model
from django.test import Client, override_settings
from django.utils import timezone

from tests import world
from tradewatch.proxies import client_address

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "font-src": "'self'",
    "img-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
PAGES = ["/", "/ru/", "/targets/", "/about/", "/admin/login/", "/ru/admin/login/", "/nowhere/"]


def policy_of(response):
    return dict(part.split(" ", 1) for part in response["Content-Security-Policy"].split("; "))


@pytest.mark.django_db
@pytest.mark.parametrize("address", PAGES)
def test_every_page_says_the_same_strict_things_to_the_browser(client, address):
    response = client.get(address)
    assert policy_of(response) == POLICY
    assert response["X-Frame-Options"] == "DENY"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "Strict-Transport-Security" not in response


@pytest.mark.django_db
def test_pages_with_charts_let_the_browser_draw_a_picture_of_its_own_and_nothing_else(client):
    world.make_world()
    for address in ("/targets/xar-xbo-500mn-usd-2030/", "/pairs/xar-xbo/", "/economies/XAR/", "/compare/"):
        assert policy_of(client.get(address)) == POLICY | {"img-src": "'self' blob:"}, address


@pytest.mark.django_db
@pytest.mark.parametrize("address", [page for page in PAGES if "admin" not in page])
def test_a_reader_gets_no_cookie(client, address):
    response = client.get(address)
    assert response.cookies == {}
    assert "Cookie" not in response.get("Vary", "")


@pytest.mark.parametrize("address", ["/healthz", "/readyz"])
def test_probes_are_never_kept_by_a_cache(client, db, address):
    assert "no-store" in client.get(address)["Cache-Control"]


@pytest.mark.django_db
def test_over_https_plain_requests_are_sent_there_and_the_browser_told_to_remember():
    with override_settings(SECURE_SSL_REDIRECT=True, SECURE_HSTS_SECONDS=3600):
        client = Client()  # reads the settings as it is made
        plain, secure = client.get("/about/"), client.get("/about/", secure=True)
        probe = client.get("/healthz")
    assert (plain.status_code, plain["Location"]) == (301, "https://testserver/about/")
    assert secure["Strict-Transport-Security"] == "max-age=3600"
    assert probe.status_code == 200


# Guessing passwords


def sign_in(client, password, username="analyst", address="192.0.2.1", page="/admin/login/"):
    return client.post(page, {"username": username, "password": password}, REMOTE_ADDR=address)


@pytest.fixture
def analyst(db):
    return get_user_model().objects.create_user("analyst", password="the right words", is_staff=True)


@pytest.fixture
def locked_out(client, analyst):
    for _ in range(9):
        assert sign_in(client, "guess").status_code == 200
    return sign_in(client, "guess")


def test_the_tenth_wrong_password_closes_the_door_with_a_proper_page(locked_out):
    assert locked_out.status_code == 429
    assert "Too many attempts to sign in" in locked_out.text
    assert '<html lang="en"' in locked_out.text
    assert policy_of(locked_out) == POLICY


def test_behind_a_closed_door_the_right_password_does_not_help_from_anywhere(client, locked_out):
    assert sign_in(client, "the right words").status_code == 429
    assert sign_in(client, "the right words", address="192.0.2.2").status_code == 429


def test_somebody_else_elsewhere_signs_in_meanwhile(client, locked_out):
    get_user_model().objects.create_user("editor", password="other words", is_staff=True)
    assert sign_in(client, "other words", username="editor", address="192.0.2.2").status_code == 302


def test_the_door_opens_after_an_hour_even_if_the_guessing_went_on(client, locked_out):
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=59))
    assert sign_in(client, "guess").status_code == 429
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=61))
    assert sign_in(client, "the right words").status_code == 302


def test_signing_in_forgives_the_failures_before_it(client, analyst):
    for _ in range(9):
        sign_in(client, "guess")
    assert sign_in(client, "the right words").status_code == 302
    client.logout()
    assert sign_in(client, "guess").status_code == 200


# Who is asking


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "198.51.100.7", "192.0.2.1"),
        (1, "198.51.100.7", "198.51.100.7"),
        (1, "203.0.113.9, 198.51.100.7", "198.51.100.7"),
        (2, "203.0.113.9, 198.51.100.7, 10.0.0.1", "198.51.100.7"),
        (2, "198.51.100.7", "192.0.2.1"),
        (1, "", "192.0.2.1"),
        (1, "' OR 1=1", None),
        (1, "2001:DB8::7", "2001:db8::7"),
    ],
)
def test_only_our_own_proxies_are_believed(rf, settings, proxies, forwarded, address):
    settings.PROXIES = proxies
    request = rf.get("/", REMOTE_ADDR="192.0.2.1", HTTP_X_FORWARDED_FOR=forwarded)
    assert client_address(request) == address


# Static files


def test_the_charts_script_comes_from_its_wheel_and_nothing_else_of_it_does():
    from django.contrib.staticfiles import finders

    finder = finders.get_finder("tradewatch.finders.PlotlyFinder")
    assert [name for name, _ in finder.list([])] == ["plotly.min.js"]
    assert finders.find("plotly/plotly.min.js").endswith("plotly.min.js")
    assert finders.find("plotly/widgetbundle.js") is None


def test_looking_for_the_charts_script_does_not_import_its_package():
    import subprocess
    import sys

    look = "import sys, tradewatch.finders as f; f.PlotlyFinder().find('plotly/plotly.min.js') or sys.exit('not found')"
    ran = subprocess.run([sys.executable, "-c", f"{look}; sys.exit('plotly' in sys.modules)"], check=False)
    assert ran.returncode == 0


def test_htmx_is_at_hand_without_a_network():
    from django.contrib.staticfiles import finders

    assert finders.find("django_htmx/htmx-2.min.js")


@pytest.mark.django_db
def test_a_form_that_is_not_ours_or_too_old_gets_a_proper_page():
    response = sign_in(Client(enforce_csrf_checks=True), "guess")
    assert response.status_code == 403
    assert "This form is out of date" in response.text
    assert policy_of(response) == POLICY
