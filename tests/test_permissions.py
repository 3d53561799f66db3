"""The permission matrix: every address of the site, for every kind of person, by GET and by POST without data.

A new address is entered in ``MATRIX`` with what each kind of person is answered; until then a test here fails and
names it. A POST without data is what a stray script sends: whatever the answer, nothing changes.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver, resolve

from targets import models
from targets.actions import uploads
from tests import world
from tests.pdfs import pdf

PEOPLE = ("anonymous", "analyst", "editor", "superuser")

# What the four are answered, in that order; "in" is the way to the page for signing in.
IN = "in"
OPEN = (200, 200, 200, 200)
READ_ONLY = (405, 405, 405, 405)
HIDDEN = (404, 404, 404, 404)
DESK = (IN, 200, 200, 200)
EDITORS = (IN, 403, 200, 200)
SUPERUSERS = (IN, 403, 403, 200)
NOBODY = (IN, 403, 403, 403)
LED_ON = (IN, 302, 302, 302)
NOWHERE = (IN, 404, 404, 404)
OVERTAKEN = (IN, 403, 409, 409)
BY_GET = (IN, 405, 405, 405)

MEANT = {"admin/logout/"}
"""Where a POST without data is all that it takes."""

MATRIX: dict[str, tuple[tuple, tuple]] = {
    # What readers see; a draft has no address.
    "healthz": (OPEN, READ_ONLY),
    "readyz": (OPEN, READ_ONLY),
    "robots.txt": (OPEN, READ_ONLY),
    "sitemap.xml": (OPEN, READ_ONLY),
    "sitemap-targets.xml": (OPEN, READ_ONLY),
    "": (OPEN, READ_ONLY),
    "targets/": (OPEN, READ_ONLY),
    "card.png": (OPEN, READ_ONLY),
    "targets.csv": (OPEN, READ_ONLY),
    "targets/card.png": (OPEN, READ_ONLY),
    "targets/{slug}/card.png": (OPEN, READ_ONLY),
    "targets/{draft_slug}/card.png": (HIDDEN, READ_ONLY),
    "pairs/{pair_slug}/card.png": (OPEN, READ_ONLY),
    "economies/card.png": (OPEN, READ_ONLY),
    "economies/{economy}/card.png": (OPEN, READ_ONLY),
    "compare/card.png?t={slug}&t={other_slug}": (OPEN, READ_ONLY),
    "compare/card.png?t={draft_slug}": ((400, 400, 400, 400), READ_ONLY),
    "deadlines/card.png": (OPEN, READ_ONLY),
    "changes/card.png": (OPEN, READ_ONLY),
    "coverage/card.png": (OPEN, READ_ONLY),
    "methodology/card.png": (OPEN, READ_ONLY),
    "about/card.png": (OPEN, READ_ONLY),
    "pairs/{pair_slug}/mirror.svg": (OPEN, READ_ONLY),
    "pairs/{pair_slug}/mirror.csv": (OPEN, READ_ONLY),
    "pairs/{pair_slug}/goalposts.svg": (OPEN, READ_ONLY),
    "economies/{economy}/scoreboard.svg": (OPEN, READ_ONLY),
    "coverage/": (OPEN, READ_ONLY),
    "compare/?t={slug}": (OPEN, READ_ONLY),
    "compare/chart.svg?t={slug}&t={other_slug}": (OPEN, READ_ONLY),
    "compare.csv?t={slug}&t={other_slug}": (OPEN, READ_ONLY),
    "embed.js": (OPEN, READ_ONLY),
    "embed/targets/{slug}/": (OPEN, READ_ONLY),
    "embed/targets/{draft_slug}/": (HIDDEN, READ_ONLY),
    "embed/pairs/{pair_slug}/": (OPEN, READ_ONLY),
    "oembed?url=http://testserver/targets/{slug}/": (OPEN, READ_ONLY),
    "oembed?url=http://testserver/targets/{draft_slug}/": (HIDDEN, READ_ONLY),
    # A code that was never printed.
    "verify/0VV2-JV2N-4C1S-SR/": (HIDDEN, READ_ONLY),
    "deadlines/": (OPEN, READ_ONLY),
    "changes/": (OPEN, READ_ONLY),
    "search/?q=arl": (OPEN, READ_ONLY),
    "targets/{slug}/": (OPEN, READ_ONLY),
    "targets/{draft_slug}/": (HIDDEN, READ_ONLY),
    "targets/{slug}/share/": (OPEN, READ_ONLY),
    "targets/{draft_slug}/share/": (HIDDEN, READ_ONLY),
    "pairs/{pair_slug}/share/": (OPEN, READ_ONLY),
    "targets/{slug}/chart.svg": (OPEN, READ_ONLY),
    "targets/{slug}/chart.json": (OPEN, READ_ONLY),
    "targets/{slug}/chart.png": (OPEN, READ_ONLY),
    "targets/{slug}/chart.pdf": (OPEN, READ_ONLY),
    "targets/{draft_slug}/chart.svg": (HIDDEN, READ_ONLY),
    "targets/{slug}/figures.csv": (OPEN, READ_ONLY),
    "targets/{draft_slug}/figures.csv": (HIDDEN, READ_ONLY),
    "targets/{slug}/figures.xlsx": (OPEN, READ_ONLY),
    "targets/{draft_slug}/figures.xlsx": (HIDDEN, READ_ONLY),
    "targets/{slug}/figures.json": (OPEN, READ_ONLY),
    "targets/{draft_slug}/figures.json": (HIDDEN, READ_ONLY),
    "targets/{slug}/cite.txt": (OPEN, READ_ONLY),
    "targets/{draft_slug}/cite.txt": (HIDDEN, READ_ONLY),
    "targets/{slug}/cite.bib": (OPEN, READ_ONLY),
    "targets/{draft_slug}/cite.bib": (HIDDEN, READ_ONLY),
    "targets/{slug}/factsheet.pdf": (OPEN, READ_ONLY),
    "targets/{draft_slug}/factsheet.pdf": (HIDDEN, READ_ONLY),
    "pairs/{pair_slug}/": (OPEN, READ_ONLY),
    "documents/{document}/document.pdf": (OPEN, READ_ONLY),
    "documents/{draft_document}/document.pdf": (HIDDEN, READ_ONLY),
    "economies/": (OPEN, READ_ONLY),
    "economies/{economy}/": (OPEN, READ_ONLY),
    "methodology/": (OPEN, READ_ONLY),
    "about/": (OPEN, READ_ONLY),
    # The desk
    "admin/": (DESK, DESK),
    "admin/login/": ((200, 302, 302, 302), OPEN),
    "admin/logout/": ((302, 405, 405, 405), (302, 200, 200, 200)),
    "admin/login/code/": ((IN, IN, IN, IN), (IN, IN, IN, IN)),
    "admin/second-factor/": (DESK, DESK),
    "admin/password_reset/": (OPEN, OPEN),
    "admin/password_reset/done/": (OPEN, READ_ONLY),
    "admin/reset/{uid}/{token}/": (OPEN, OPEN),
    "admin/reset/done/": (OPEN, READ_ONLY),
    "admin/password_change/": (DESK, DESK),
    "admin/password_change/done/": (DESK, BY_GET),
    "admin/autocomplete/": (NOBODY, BY_GET),
    "admin/jsi18n/": (DESK, BY_GET),
    "admin/r/{target_type}/{target}/": (LED_ON, LED_ON),
    "admin/targets/": (DESK, DESK),
    "admin/auth/": ((IN, 404, 404, 200), (IN, 404, 404, 200)),
    "admin/axes/": ((IN, 404, 404, 200), (IN, 404, 404, 200)),
    "admin/nowhere/at-all": (NOWHERE, NOWHERE),
    # Pairs and their figures
    "admin/targets/countrypair/": (DESK, DESK),
    "admin/targets/countrypair/add/": (DESK, DESK),
    "admin/targets/countrypair/find/": (LED_ON, LED_ON),
    "admin/targets/countrypair/{pair}/": (LED_ON, LED_ON),
    "admin/targets/countrypair/{pair}/change/": (DESK, NOBODY),
    "admin/targets/countrypair/{pair}/history/": (DESK, DESK),
    "admin/targets/countrypair/{pair}/delete/": (NOBODY, NOBODY),
    "admin/targets/countrypair/{pair}/enter/": (DESK, DESK),
    "admin/targets/release/": (DESK, DESK),
    "admin/targets/release/add/": (NOBODY, NOBODY),
    "admin/targets/release/{release}/": (LED_ON, LED_ON),
    "admin/targets/release/{release}/change/": (DESK, NOBODY),
    "admin/targets/release/{release}/history/": (DESK, DESK),
    "admin/targets/release/{release}/delete/": (NOBODY, NOBODY),
    "admin/targets/release/{release}/withdraw/": (EDITORS, EDITORS),
    "admin/targets/release/{release}/file/": (DESK, DESK),
    "admin/targets/release/import/": (DESK, DESK),
    "admin/targets/release/import/template.csv": (DESK, DESK),
    "admin/targets/release/import/template.xlsx": (DESK, DESK),
    "admin/targets/release/import/{upload}/": (DESK, LED_ON),
    "admin/targets/release/import/{upload}/left-out.csv": (DESK, DESK),
    "admin/targets/release/import/{upload}/changes.csv": (DESK, DESK),
    "admin/targets/turnoverfigure/": (DESK, DESK),
    "admin/targets/turnoverfigure/add/": (NOBODY, NOBODY),
    "admin/targets/turnoverfigure/{figure}/": (LED_ON, LED_ON),
    "admin/targets/turnoverfigure/{figure}/change/": (DESK, NOBODY),
    "admin/targets/turnoverfigure/{figure}/history/": (DESK, DESK),
    "admin/targets/turnoverfigure/{figure}/delete/": (NOBODY, NOBODY),
    # What is reviewed: an analyst changes drafts only; a POST that saw no version meets what is stored.
    "admin/targets/target/": (DESK, DESK),
    "admin/targets/target/add/": (DESK, DESK),
    "admin/targets/target/{target}/": (LED_ON, LED_ON),
    "admin/targets/target/{target}/change/": (DESK, OVERTAKEN),
    "admin/targets/target/{target}/history/": (DESK, DESK),
    "admin/targets/target/{target}/delete/": (NOBODY, NOBODY),
    "admin/targets/target/{target}/history/{target_version}/": (DESK, OVERTAKEN),
    "admin/targets/target/report/": (DESK, DESK),
    "admin/targets/target/{target}/restate/": (DESK, DESK),
    "admin/targets/target/{target}/rename/": (EDITORS, EDITORS),
    "admin/targets/target/{draft}/rename/": (DESK, DESK),
    "admin/targets/target/{target}/unlink/": ((IN, 403, 302, 302), (IN, 403, 302, 302)),
    "admin/targets/target/{earlier}/unlink/": (EDITORS, EDITORS),
    "admin/targets/target/{target}/merge/": (EDITORS, EDITORS),
    "admin/targets/target/review/": (EDITORS, EDITORS),
    "admin/targets/target/{target}/review/": (DESK, OVERTAKEN),
    "admin/targets/target/{draft}/change/": (DESK, (IN, 409, 409, 409)),
    "admin/targets/statement/": (DESK, DESK),
    "admin/targets/statement/add/": (DESK, DESK),
    "admin/targets/statement/{statement}/": (LED_ON, LED_ON),
    "admin/targets/statement/{statement}/change/": (DESK, OVERTAKEN),
    "admin/targets/statement/{statement}/history/": (DESK, DESK),
    "admin/targets/statement/{statement}/delete/": (NOBODY, NOBODY),
    "admin/targets/statement/{statement}/history/{statement_version}/": (DESK, OVERTAKEN),
    "admin/targets/statement/{submitted}/review/": (DESK, OVERTAKEN),
    "admin/targets/statement/{submitted}/change/": (DESK, OVERTAKEN),
    "admin/targets/roadmapdocument/": (DESK, DESK),
    "admin/targets/roadmapdocument/add/": (DESK, DESK),
    "admin/targets/roadmapdocument/{document}/": (LED_ON, LED_ON),
    "admin/targets/roadmapdocument/{document}/change/": (DESK, OVERTAKEN),
    "admin/targets/roadmapdocument/{document}/history/": (DESK, DESK),
    "admin/targets/roadmapdocument/{document}/delete/": (NOBODY, NOBODY),
    "admin/targets/roadmapdocument/{document}/history/{document_version}/": (DESK, OVERTAKEN),
    "admin/targets/roadmapdocument/{document}/review/": (DESK, OVERTAKEN),
    "admin/targets/roadmapdocument/{document}/document.pdf": (DESK, DESK),
    # What the rest refers to
    "admin/targets/economy/": (DESK, DESK),
    "admin/targets/economy/add/": (EDITORS, EDITORS),
    "admin/targets/economy/{economy}/": (LED_ON, LED_ON),
    "admin/targets/economy/{economy}/change/": (DESK, OVERTAKEN),
    "admin/targets/economy/{economy}/history/": (DESK, DESK),
    "admin/targets/economy/{economy}/delete/": (NOBODY, NOBODY),
    "admin/targets/economy/{economy}/history/{economy_version}/": (DESK, OVERTAKEN),
    "admin/targets/exchangerate/": (DESK, DESK),
    "admin/targets/exchangerate/add/": (NOBODY, NOBODY),
    "admin/targets/exchangerate/{rate}/": (LED_ON, LED_ON),
    "admin/targets/exchangerate/{rate}/change/": (DESK, NOBODY),
    "admin/targets/exchangerate/{rate}/history/": (DESK, DESK),
    "admin/targets/exchangerate/{rate}/delete/": (NOBODY, NOBODY),
    "admin/targets/source/": (DESK, DESK),
    "admin/targets/source/add/": (DESK, DESK),
    "admin/targets/source/{source}/": (LED_ON, LED_ON),
    "admin/targets/source/{source}/change/": (DESK, OVERTAKEN),
    "admin/targets/source/{source}/history/": (DESK, DESK),
    "admin/targets/source/{source}/delete/": (NOBODY, NOBODY),
    "admin/targets/source/{source}/history/{source_version}/": (DESK, OVERTAKEN),
    # What is only looked at
    "admin/targets/judgement/": (DESK, DESK),
    "admin/targets/judgement/add/": (NOBODY, NOBODY),
    "admin/targets/judgement/{judgement}/": (LED_ON, LED_ON),
    "admin/targets/judgement/{judgement}/change/": (DESK, NOBODY),
    "admin/targets/judgement/{judgement}/history/": (DESK, DESK),
    "admin/targets/judgement/{judgement}/delete/": (NOBODY, NOBODY),
    "admin/targets/verdictchange/": (DESK, DESK),
    "admin/targets/verdictchange/add/": (NOBODY, NOBODY),
    "admin/targets/verdictchange/{change}/": (LED_ON, LED_ON),
    "admin/targets/verdictchange/{change}/change/": (DESK, NOBODY),
    "admin/targets/verdictchange/{change}/history/": (DESK, DESK),
    "admin/targets/verdictchange/{change}/delete/": (NOBODY, NOBODY),
    "admin/targets/auditevent/": (DESK, DESK),
    "admin/targets/auditevent/add/": (NOBODY, NOBODY),
    "admin/targets/auditevent/{event}/": (LED_ON, LED_ON),
    "admin/targets/auditevent/{event}/change/": (DESK, NOBODY),
    "admin/targets/auditevent/{event}/history/": (DESK, DESK),
    "admin/targets/auditevent/{event}/delete/": (NOBODY, NOBODY),
    # People
    "admin/auth/group/": (SUPERUSERS, SUPERUSERS),
    "admin/auth/group/add/": (SUPERUSERS, SUPERUSERS),
    "admin/auth/group/{group}/": (LED_ON, LED_ON),
    "admin/auth/group/{group}/change/": (SUPERUSERS, SUPERUSERS),
    "admin/auth/group/{group}/history/": (SUPERUSERS, SUPERUSERS),
    "admin/auth/group/{group}/delete/": (NOBODY, NOBODY),
    "admin/auth/user/": (SUPERUSERS, SUPERUSERS),
    "admin/auth/user/add/": (SUPERUSERS, SUPERUSERS),
    "admin/auth/user/{person}/": (LED_ON, LED_ON),
    "admin/auth/user/{person}/change/": (SUPERUSERS, SUPERUSERS),
    "admin/auth/user/{person}/history/": (SUPERUSERS, SUPERUSERS),
    "admin/auth/user/{person}/delete/": ((IN, 403, 403, 302), (IN, 403, 403, 302)),
    "admin/auth/user/{person}/link/": (SUPERUSERS, SUPERUSERS),
    "admin/auth/user/{person}/retire/": (SUPERUSERS, SUPERUSERS),
    "admin/auth/user/{person}/reset/": (SUPERUSERS, SUPERUSERS),
    "admin/axes/accessattempt/": (SUPERUSERS, SUPERUSERS),
    "admin/axes/accessattempt/add/": (NOBODY, NOBODY),
    "admin/axes/accessattempt/{attempt}/": (LED_ON, LED_ON),
    "admin/axes/accessattempt/{attempt}/change/": (SUPERUSERS, NOBODY),
    "admin/axes/accessattempt/{attempt}/history/": (SUPERUSERS, SUPERUSERS),
    "admin/axes/accessattempt/{attempt}/delete/": (NOBODY, NOBODY),
    "admin/axes/accesslog/": (SUPERUSERS, SUPERUSERS),
    "admin/axes/accesslog/add/": (NOBODY, NOBODY),
    "admin/axes/accesslog/{login}/": (LED_ON, LED_ON),
    "admin/axes/accesslog/{login}/change/": (SUPERUSERS, NOBODY),
    "admin/axes/accesslog/{login}/history/": (SUPERUSERS, SUPERUSERS),
    "admin/axes/accesslog/{login}/delete/": (NOBODY, NOBODY),
}


@pytest.fixture
def names(db, settings, tmp_path) -> dict[str, object]:
    """What stands in the braces of the matrix: keys of records that are there."""
    settings.MEDIA_ROOT = tmp_path
    targets = world.make_world()
    rate = world.make_rate("EUR", 2024, "1.08")
    document = models.RoadmapDocument.objects.get()
    document.file.save("roadmap.pdf", ContentFile(pdf(1)))
    statement = models.Statement.objects.get(target=targets["going"])
    submitted = world.make_statement(targets["draft"], published=False, state="submitted")
    draft = world.make_document(targets["draft"], published=False, title="Not yet")
    draft.file.save("draft.pdf", ContentFile(pdf(1)))
    for record in (*targets.values(), document, statement, submitted, statement.source, targets["going"].pair.first):
        record.save()  # with a version in its history
    release = models.Release.objects.first()
    release.file.save("table.csv", ContentFile(b"year"))
    upload = uploads.receive(
        by=world.make_user("ana", "analyst"),
        file=SimpleUploadedFile("a.csv", b"year,reporter,partner,flow,value_usd\n2023,XAR,XBO,export,1\n"),
        reading=uploads.Reading("auto"),
    )
    person = world.make_user("stan", "", email="stan@desk.example")
    version = {
        f"{kind}_version": record.history.first().history_id
        for kind, record in {
            "target": targets["going"],
            "statement": statement,
            "document": document,
            "source": statement.source,
            "economy": targets["going"].pair.first,
        }.items()
    }
    return {
        **version,
        "slug": targets["going"].slug,
        "other_slug": targets["kept"].slug,
        "draft_slug": targets["draft"].slug,
        "pair_slug": targets["going"].pair.slug,
        "target": targets["going"].pk,
        "earlier": targets["earlier"].pk,
        "draft": targets["draft"].pk,
        "statement": statement.pk,
        "submitted": submitted.pk,
        "document": document.pk,
        "draft_document": draft.pk,
        "pair": targets["going"].pair.pk,
        "economy": "XAR",
        "rate": rate.pk,
        "source": statement.source.pk,
        "release": release.pk,
        "upload": upload.pk,
        "figure": models.TurnoverFigure.objects.first().pk,
        "judgement": models.Judgement.objects.first().pk,
        "change": models.VerdictChange.objects.first().pk,
        "event": models.AuditEvent.objects.first().pk,
        "target_type": ContentType.objects.get_for_model(models.Target).pk,
        "group": Group.objects.first().pk,
        "person": person.pk,
        "uid": "MQ",
        "token": "nobodys-token",
        "attempt": apps.get_model("axes.AccessAttempt")
        .objects.create(username="x", ip_address="192.0.2.9", failures_since_start=1)
        .pk,
        "login": apps.get_model("axes.AccessLog").objects.create(username="x").pk,
    }


@pytest.fixture
def cast(db) -> dict[str, object]:
    return {
        "anonymous": None,
        "analyst": world.make_user("ana", "analyst"),
        "editor": world.make_user("edo", "editor"),
        "superuser": get_user_model().objects.create_superuser("sue", password="made up for tests"),
    }


def routes(patterns=None, before: str = "") -> Iterator[str]:
    """Every address that the resolver knows, spelled as a match spells it."""
    for entry in get_resolver().url_patterns if patterns is None else patterns:
        spelled = before + (str(entry.pattern).removeprefix("^") if before else str(entry.pattern))
        if hasattr(entry, "url_patterns"):
            yield from routes(entry.url_patterns, spelled)
        else:
            yield spelled


@pytest.fixture
def ask(cast, settings):
    """Asks for an address as one of the cast: a status, or "in" for being led to the page for signing in."""
    # In the cookie alone: nothing stored by or for the session is mistaken for an effect of the request.
    settings.SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"
    signed_in = {who: Client() for who in PEOPLE}
    for who, person in cast.items():
        if person is not None:
            signed_in[who].force_login(person)

    def asked(who: str, method: str, address: str) -> object:
        client = Client()
        client.cookies.load({name: morsel.value for name, morsel in signed_in[who].cookies.items()})
        response = getattr(client, method)(address)
        if response.streaming:
            list(response.streaming_content)  # closes the file
        if response.status_code == 302 and response.url.startswith("/admin/login/"):
            return IN
        return response.status_code

    return asked


def everything() -> dict[str, list]:
    """All that is stored."""
    return {model._meta.label: list(model._base_manager.order_by("pk").values_list()) for model in apps.get_models()}


def writing(queries) -> list[str]:
    """Those of the statements that write."""
    statements = [query["sql"] for query in queries]
    return [sql for sql in statements if sql.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE"))]


def test_no_address_is_missing_from_the_matrix_and_none_in_it_is_gone(names):
    covered = {resolve("/" + address.format(**names).partition("?")[0]).route for address in MATRIX}
    assert covered == set(routes())


@pytest.mark.parametrize("who", PEOPLE)
def test_every_address_opens_for_whom_it_should(names, ask, who):
    place = PEOPLE.index(who)
    due = {address: get[place] for address, (get, _post) in MATRIX.items()}
    assert {address: ask(who, "get", "/" + address.format(**names)) for address in MATRIX} == due


FRAMED = {"embed-target", "embed-pair"}
"""The names of the addresses whose answers other sites may show in a frame."""


@pytest.mark.parametrize("method", ["get", "post"])
def test_nothing_can_be_framed_but_what_is_made_for_it(names, cast, settings, method):
    settings.SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"
    nobody, anybody = (["frame-ancestors 'none'"], "DENY"), (["frame-ancestors *"], None)
    paths = {address: "/" + address.format(**names) for address in MATRIX}
    framed = {address for address, path in paths.items() if resolve(path.partition("?")[0]).url_name in FRAMED}
    found, due = {}, {}
    for address, prefix in itertools.product(MATRIX, ("", "/ru")):
        client = Client()
        client.force_login(cast["superuser"])
        response = getattr(client, method)(prefix + paths[address])
        if response.streaming:
            list(response.streaming_content)  # closes the file
        policy = [part.strip() for part in response["Content-Security-Policy"].split(";")]
        ancestors = [part for part in policy if part.startswith("frame-ancestors")]
        found[prefix, address] = (ancestors, response.get("X-Frame-Options"))
        due[prefix, address] = anybody if method == "get" and address in framed else nobody
    assert len(framed) == 3
    assert found == due


@pytest.mark.parametrize("who", PEOPLE)
def test_a_post_without_data_is_answered_as_it_should_and_changes_nothing(names, ask, who):
    place = PEOPLE.index(who)
    before = everything()
    due = {address: (post[place], []) for address, (_get, post) in MATRIX.items() if address not in MEANT}
    found = {}
    for address in MATRIX:
        if address in MEANT:
            continue
        with CaptureQueriesContext(connection) as statements:
            status = ask(who, "post", "/" + address.format(**names))
        found[address] = (status, writing(statements))
    assert found == due
    assert everything() == before
