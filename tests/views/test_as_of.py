"""A day in the past, asked for again: what its files said then, byte for byte, whatever was recorded since."""

from __future__ import annotations

import html
import re
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from urllib.parse import urljoin

import pytest
from django.urls import get_resolver

from targets.actions import editing, releases
from targets.models import Target
from targets.queries import forget_data_version
from targets.records import ReviewState
from tests import world

pytestmark = pytest.mark.django_db

BEFORE, REVISED = date(2026, 5, 19), date(2026, 5, 20)
LATE = datetime.combine(BEFORE, time.max, tzinfo=UTC)
"""The last moment of the day that is asked for."""
FILES = ("figures.csv", "chart.svg", "chart.json", "chart.svg?size=print&theme=dark", "card.png")


@pytest.fixture
def target():
    """A target whose figures were recorded in two steps, both before the day that is asked for."""
    pair = world.make_pair()
    long_ago = datetime(2025, 2, 1, tzinfo=UTC)
    target = world.make_target(pair, slug="xar-xbo-500mn-usd-2030", published_at=long_ago)
    world.make_statement(target, published_at=long_ago, stated_on=target.first_stated_on)
    first = world.make_release(world.make_office("XAR"), recorded_at=long_ago)
    world.make_years(pair, "XAR", {2019: 100, 2021: 95, 2022: 120, 2023: 125}, release=first)
    second = world.make_release(world.make_office("XAR"), recorded_at=LATE)
    world.make_years(pair, "XAR", {2023: 128, 2024: 133, 2025: 140}, release=second)
    other = world.make_release(world.make_office("XBO"), recorded_at=long_ago)
    world.make_years(pair, "XBO", {2019: 85, 2023: 100}, release=other)
    world.refresh(BEFORE)
    return target


@pytest.fixture
def on(monkeypatch, client):
    """What each of the files says when it is asked for on a day."""
    # A view that is loaded only after the day was set would keep that day for good.
    assert get_resolver().url_patterns

    def answers(day: date, query: str = "") -> dict[str, bytes]:
        for module in ("cards", "files", "charts", "freshness"):
            monkeypatch.setattr(f"targets.views.{module}.utc_today", lambda: day)
        forget_data_version()
        said = {}
        for file in FILES:
            joined = f"{'&' if '?' in file else '?'}{query}" if query else ""
            response = client.get(f"/targets/xar-xbo-500mn-usd-2030/{file}{joined}")
            assert response.status_code == 200, file
            said[file] = response.content
        return said

    return answers


def revise(target: Target) -> None:
    """What happened from the day of the revision on: years revised and added, a release withdrawn, texts edited."""
    pair, office = target.pair, world.make_office("XAR")
    revised = world.make_release(office, recorded_at=datetime.combine(REVISED, time.min, tzinfo=UTC))
    world.make_years(pair, "XAR", {2019: 180, 2023: 190, 2025: 260}, release=revised)
    world.make_years(pair, "XBO", {2024: 210}, release=world.make_release(world.make_office("XBO")))
    editor = world.make_user("edo", "editor")
    releases.withdraw_release(by=editor, release=office.releases.get(recorded_at=LATE), reason="typed in twice")
    statement = target.statements.get()
    statement.summary_en = "The minister named nothing."
    editing.save(by=editor, record=statement, reason="misheard")
    later = world.make_target(pair, slug="xar-xbo-900mn-usd-2035", amount=Decimal(900_000_000), deadline_year=2035)
    world.make_statement(later)
    world.refresh()


def test_the_day_before_a_revision_gives_the_files_of_that_day_byte_for_byte(target, on):
    then = on(BEFORE)
    revise(target)
    now, again = on(world.TODAY), on(world.TODAY, f"as_of={BEFORE}")
    assert again["figures.csv"] == then["figures.csv"]
    assert again == on(world.TODAY + timedelta(days=40), f"as_of={BEFORE}")
    for file in FILES:
        assert now[file] != then[file], file


def test_a_chart_of_the_past_draws_what_it_drew_that_day(target, on):
    # Only once the day is over: until then more may be recorded, and the code on the chart says when it was drawn.
    then = on(REVISED, f"as_of={BEFORE}")
    revise(target)
    assert on(world.TODAY, f"as_of={BEFORE}") == then


def test_the_day_of_the_revision_already_gives_the_revised_figures(target, on):
    then = on(BEFORE)
    revise(target)
    assert on(world.TODAY, f"as_of={REVISED}")["figures.csv"] != then["figures.csv"]


def test_a_page_of_a_past_day_leads_to_other_pages_of_that_day(target, client):
    day = f"?as_of={world.TODAY.isoformat()}"
    assert f'href="/pairs/xar-xbo/{day}"' in client.get(f"/targets/{target.slug}/{day}").text
    assert 'href="/pairs/xar-xbo/"' in client.get(f"/targets/{target.slug}/").text


def test_each_change_of_the_verdict_leads_to_the_page_as_it_stood_that_day(target, client):
    change = target.verdict_changes.get()
    change.pk, change.changed_at, change.from_status = None, change.changed_at + timedelta(days=1), change.to_status
    change.save()
    said = client.get(f"/targets/{target.slug}/").text
    for one in target.verdict_changes.all():
        assert f'href="?as_of={one.changed_at:%Y-%m-%d}"' in said


def test_a_name_edited_since_is_the_name_of_today_and_nothing_else_of_that_day_moves(target, on):
    """As of a day figures and targets stand as they stood; texts are shown as they are now, a publisher's name too."""
    then = on(BEFORE)["figures.csv"].decode()
    office = world.make_office("XAR")
    said, office.publisher = office.publisher, "Aardvark Office, Renamed"
    editor = world.make_user("edo", "editor")
    editing.save(by=editor, record=office, reason="renamed by law")
    arlandia = target.pair.first
    arlandia.name_en = arlandia.name_en_text = "Zarlandia"
    editing.save(by=editor, record=arlandia, reason="renamed by law")
    again = on(world.TODAY, f"as_of={BEFORE}")["figures.csv"].decode()
    assert again == then.replace(said, '"Aardvark Office, Renamed"')
    assert again != then


def test_the_paragraph_for_an_article_is_of_the_day_that_is_asked_for(target, client, monkeypatch):
    part = world.make_release(world.make_office("XAR"), recorded_at=LATE)
    world.make_figure(target.pair, "XAR", 2026, part, through_month=3, turnover=Decimal(40_000_000))
    said = []
    for today in (BEFORE, date(2040, 1, 1)):
        monkeypatch.setattr("targets.views.pages.utc_today", lambda today=today: today)
        page = client.get(f"/targets/{target.slug}/?as_of={BEFORE}").content.decode().replace("\u00a0", " ")
        said.append("January–March 2026: $40m" in page)
    assert said == [True, True]


@pytest.mark.parametrize(
    ("prefix", "said"),
    [("", "Nothing was recorded of this target yet by that day."),
     ("/ru", "К тому дню об этой цели ещё ничего не было записано.")],
)  # fmt: skip
def test_a_day_before_a_target_was_recorded_says_so_and_of_no_other_than_published_ones(client, target, prefix, said):
    world.make_target(target.pair, published=False, slug="draft")
    answers = {
        slug: [client.get(f"{prefix}{place}/{slug}/?as_of=2025-01-31") for place in ("/targets", "/embed/targets")]
        for slug in (target.slug, "draft", "never")
    }
    for slug, (page, embed) in answers.items():
        assert page.status_code == embed.status_code == 404
        assert [said in one.text for one in (page, embed)] == [slug == target.slug] * 2
    page = answers[target.slug][0].text
    assert f'<a href="{prefix}/targets/{target.slug}/">' in page
    drafted, never = ([one.text.replace(slug, "") for one in answers[slug]] for slug in ("draft", "never"))
    assert drafted == never
    assert said in client.get(f"{prefix}/targets/{target.slug}/chart.json?as_of=2025-01-31").json()["error"]["message"]


@pytest.mark.parametrize(
    ("prefix", "said"),
    [("", "had been public by that day, was taken off the site, and is public again since 22\u00a0November\u00a02026"),
     ("/ru", "уже была опубликована, потом её сняли с сайта; снова она открыта с 22\u00a0ноября\u00a02026")],
)  # fmt: skip
def test_a_target_published_again_is_not_said_to_be_new(target, client, prefix, said):
    target.state, target.published_at, target.published_by = ReviewState.DRAFT, None, None
    target.save()
    target.history.all().update(history_date=datetime(2026, 6, 1, tzinfo=UTC))
    first = target.history.earliest("history_id")
    first.history_date = datetime(2025, 2, 1, tzinfo=UTC)
    first.save()
    assert client.get(f"{prefix}/targets/{target.slug}/?as_of=2025-03-01").status_code == 404
    target.state, target.published_at, target.published_by = ReviewState.PUBLISHED, world.NOON, world.make_user()
    target.save()
    for place in ("/targets", "/embed/targets"):
        answer = client.get(f"{prefix}{place}/{target.slug}/?as_of=2025-03-01")
        assert answer.status_code == 404
        assert said in answer.text
        assert "Nothing was recorded" not in answer.text
        assert said not in client.get(f"{prefix}{place}/{target.slug}/?as_of=2025-01-31").text, "before it ever was"
        assert client.get(f"{prefix}{place}/{target.slug}/?as_of=2026-11-22").status_code == 200


PRESENT = ["/", "/targets/", "/targets.csv", "/economies/", "/economies/XAR/", "/deadlines/", "/changes/", "/coverage/"]
PRESENT += ["/methodology/", "/about/", "/search/", "/compare/", "/targets/card.png", "/changes/card.png", "/card.png"]


@pytest.mark.parametrize("address", PRESENT)
def test_what_shows_the_present_only_says_so_when_it_is_asked_for_a_past_day(client, target, address):
    for day in ("2026-05-19", "yesterday"):
        answer = client.get(f"{address}?as_of={day}")
        assert answer.status_code == 400
        assert "because this shows the present only" in answer.text
        assert "as_of" in answer.text
    assert "только настоящее" in client.get(f"/ru{address}?as_of=2026-05-19").text
    assert client.get(f"{address}?as_of=").status_code == 200


PAST = ["/targets/{0}/", "/pairs/xar-xbo/", "/targets/{0}/share/", "/pairs/xar-xbo/share/"]
PAST += ["/embed/targets/{0}/", "/embed/pairs/xar-xbo/", "/embed/pairs/xar-xbo/?chart=goalposts"]


@pytest.mark.parametrize("prefix", ["", "/ru"])
@pytest.mark.parametrize("place", PAST)
def test_every_address_that_a_page_of_a_past_day_names_is_there(client, target, prefix, place):
    address = prefix + place.format(target.slug)
    page = client.get(f"{address}{'&' if '?' in address else '?'}as_of=2025-03-01")
    assert page.status_code == 200
    named = re.findall(r'(?:href|src|action|content|data-[a-z-]+)="((?:http://testserver)?[/?][^"]*)"', page.text)
    named += re.findall(r"http://testserver[^\s\"&<>]*", html.unescape(html.unescape(page.text)))
    followed = 0
    for one in dict.fromkeys(map(html.unescape, named)):
        path = urljoin(address, one.removeprefix("http://testserver")).partition("#")[0]
        if path.startswith("/static/") or path == "//":
            continue
        answer = client.get(path)
        assert answer.status_code in (200, 301, 302), (path, answer.status_code)
        followed += "as_of" in path
    assert followed


@pytest.mark.parametrize("file", ["", "card.png", "scoreboard.svg", "scoreboard.png"])
def test_an_economy_in_small_letters_leads_to_its_page_and_files(client, target, file):
    answer = client.get(f"/ru/economies/xar/{file}?theme=dark")
    assert (answer.status_code, answer.url) == (301, f"/ru/economies/XAR/{file}?theme=dark")
    assert client.get(f"/economies/nowhere/{file}").status_code == 404
    assert client.get(f"/economies/NOWHERE/{file}").status_code == 404
