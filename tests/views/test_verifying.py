"""The page to which the code on a chart leads: current or superseded, what changed, the chart as it was."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest

from targets.actions import editing, releases
from targets.actions import targets as goals
from targets.models import AuditEvent, CountryPair, ExchangeRate, Target
from targets.queries import forget_data_version
from targets.records import ChartCode, read_code
from tests import world

pytestmark = pytest.mark.django_db

SLUG = "xar-xbo-500mn-usd-2030"
CHARTS = {
    "trajectory": f"/targets/{SLUG}/chart.svg",
    "mirror": "/pairs/xar-xbo/mirror.svg",
    "goalposts": "/pairs/xar-xbo/goalposts.svg",
    "scoreboard": "/economies/XAR/scoreboard.svg",
    "comparison": f"/compare/chart.svg?t={SLUG}&t=xbo-xca-1bn-usd-2022",
}
RECORDED = datetime(2026, 11, 22, 13, tzinfo=UTC)
"""When the world's data came to be of their version."""


@pytest.fixture(autouse=True)
def today(monkeypatch):
    """The day that it is for the views; to be set to another one."""
    day = [world.TODAY]
    for module in ("files", "charts", "comparing", "verifying", "freshness", "pages"):
        monkeypatch.setattr(f"targets.views.{module}.utc_today", lambda: day[0], raising=False)
    return day


@pytest.fixture
def targets():
    targets = world.make_world()
    AuditEvent.objects.update(at=RECORDED)
    Target.history.update(history_date=world.NOON)
    forget_data_version()
    return targets


@pytest.fixture
def editor():
    return world.make_user("edo", "editor")


def printed(client, address):
    """The code on the chart at this address."""
    forget_data_version()
    return re.search(r"/verify/([0-9A-Z-]+)/", client.get(address).content.decode())[1]


def asked(client, code, prefix=""):
    forget_data_version()
    answer = client.get(f"{prefix}/verify/{code}/")
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", answer.content.decode()).replace("\u00a0", " ")


def revise(amount, year=2024, reporter="XAR"):
    """A later release of the office with another figure, and its line in the journal."""
    now = RECORDED + timedelta(hours=1)
    release = world.make_release(world.make_office(reporter), recorded_at=now)
    pair = CountryPair.objects.get(slug="xar-xbo")
    world.make_figure(pair, reporter, year, release, turnover=Decimal(amount))
    AuditEvent.objects.create(at=now, by=world.make_user(), verb="record", object_kind="release", object_key="1")
    world.refresh()
    forget_data_version()


@pytest.mark.parametrize("prefix", ["", "/ru"])
@pytest.mark.parametrize("kind", CHARTS)
def test_every_chart_has_a_code_under_which_it_is_current(client, targets, kind, prefix):
    code = printed(client, CHARTS[kind])
    assert read_code(code).kind == kind
    page = asked(client, code, prefix)
    assert ("This chart is current" in page) is (prefix == "")
    assert ("Этот график актуален" in page) is (prefix == "/ru")
    assert "chart-wide" in page


@pytest.mark.parametrize("kind", ["trajectory", "mirror", "comparison"])
def test_a_chart_made_before_a_revision_is_superseded_and_names_the_changed_figure(client, targets, kind):
    code = printed(client, CHARTS[kind])
    # A comparison draws the side whose figures decide.
    revise(115_000_000, reporter="XBO")
    page = asked(client, code)
    assert "This chart is superseded" in page
    changed = re.findall("<li>([^<]*: was [^<]*)</li>", page)
    assert changed == ["Borovia, 2024 (Statistics of Borovia): was $110,000,000 (final), is now $115,000,000 (final)"]
    again = printed(client, CHARTS[kind])
    assert again != code
    assert "This chart is current" in asked(client, again)


def test_in_russian_too(client, targets):
    code = printed(client, CHARTS["trajectory"])
    revise(137_000_000)
    page = asked(client, code, "/ru")
    assert "Этот график устарел" in page
    assert "Арландия, 2024 (Statistics of Arlandia): было" in page


def test_the_chart_is_shown_as_it_was(client, targets):
    code = printed(client, CHARTS["trajectory"])
    before = asked(client, code)
    revise(137_000_000)
    drawing = re.compile(r'<svg [^>]*class="chart-wide".*?</svg>')
    assert drawing.search(asked(client, code))[0] == drawing.search(before)[0]
    assert drawing.search(asked(client, printed(client, CHARTS["trajectory"])))[0] != drawing.search(before)[0]


def test_a_new_figure_is_named_as_new_and_a_withdrawn_one_as_withdrawn(client, targets, editor):
    code = printed(client, CHARTS["trajectory"])
    revise(145_000_000, year=2025, reporter="XBO")
    assert "Borovia, 2025 (Statistics of Borovia): new, $145,000,000 (final)" in asked(client, code)
    later = printed(client, CHARTS["trajectory"])
    AuditEvent.objects.filter(at__gt=RECORDED).update(at=RECORDED + timedelta(hours=2))
    release = world.make_office("XBO").releases.order_by("-recorded_at", "-id").first()
    releases.withdraw_release(by=editor, release=release, reason="typed in twice")
    assert "Borovia, 2025 (Statistics of Borovia): withdrawn, it was $145,000,000 (final)" in asked(client, later)
    assert "This chart is current" in asked(client, code), "what it shows is what stands again"


def test_a_target_that_was_changed_is_named_with_both_goals(client, targets, editor):
    codes = {kind: printed(client, CHARTS[kind]) for kind in CHARTS if kind != "mirror"}
    target = targets["going"]
    target.deadline_year = 2032
    editing.save(by=editor, record=target, reason="misread")
    for kind, code in codes.items():
        page = asked(client, code)
        assert "This chart is superseded" in page
        assert "was $500m by 2030, is now $500m by 2032" in page
        if kind in ("trajectory", "goalposts"):
            assert "$500m by 2030" in page.split("The chart as it was")[1]
    assert "This chart is current" in asked(client, printed(client, CHARTS["trajectory"]))


def test_a_change_of_the_method_is_named(client, targets, monkeypatch):
    code = printed(client, CHARTS["trajectory"])
    monkeypatch.setattr("targets.views.verifying.METHOD", 2)
    page = asked(client, code)
    assert "This chart is superseded" in page
    assert "The method: version 1 then, version 2 now." in page


def test_a_verdict_that_the_calendar_changed_supersedes_the_chart(client, targets, today):
    code = printed(client, CHARTS["trajectory"])
    today[0] = date(2032, 3, 1)
    page = asked(client, code)
    assert "This chart is superseded" in page
    assert re.search(r"Verdict on “[^”]+”: was [^,]+, is now awaiting figures", page)


def test_a_change_that_left_no_trace_is_not_called_current(client, targets):
    world.make_rate("EUR", 2024, "1.08")
    euro = world.make_release(world.make_source("paper", publisher="The Arlandian"))
    world.make_figure(CountryPair.objects.get(slug="xar-xbo"), "XAR", 2024, euro, currency="EUR", through_month=6)
    code = printed(client, CHARTS["trajectory"])
    ExchangeRate.objects.update(usd_per_unit=Decimal("1.30"))
    assert "This chart may be out of date" in asked(client, code)


def in_euros(reporter="XBO"):
    """The reporter's figure for 2024 in euros, with the rate of that year."""
    world.make_rate("EUR", 2024, "1.08")
    release = world.make_release(world.make_office(reporter))
    world.make_figure(CountryPair.objects.get(slug="xar-xbo"), reporter, 2025, release, currency="EUR")
    world.make_rate("EUR", 2025, "1.10")
    world.refresh()


@pytest.mark.parametrize("kind", ["trajectory", "mirror", "comparison"])
def test_a_corrected_rate_of_a_figure_that_is_drawn_is_not_called_current(client, targets, kind):
    in_euros()
    code = printed(client, CHARTS[kind])
    assert "This chart is current" in asked(client, code)
    ExchangeRate.objects.filter(year=2025).update(usd_per_unit=Decimal("1.11"))
    assert "This chart may be out of date" in asked(client, code)


@pytest.mark.parametrize("kind", ["trajectory", "mirror", "comparison"])
def test_a_rate_by_which_nothing_is_converted_leaves_a_chart_current(client, targets, kind):
    in_euros()
    world.make_figure(CountryPair.objects.get(slug="xar-xbo"), "XAR", 2020, currency="EUR", measure="non_oil_turnover")
    code = printed(client, CHARTS[kind])
    for year in (2020, 2023, 2026):
        world.make_rate("EUR", year, "1.20")
    ExchangeRate.objects.filter(year=2024).update(usd_per_unit=Decimal("1.30"))
    assert "This chart is current" in asked(client, code)


def test_a_scoreboard_whose_marks_move_is_superseded_and_says_which(client, targets):
    goal = targets["going"]
    Target.objects.filter(pk=goal.pk).update(amount=None, factor=Decimal(2), baseline_year=2023, currency="USD")
    Target.history.filter(id=goal.pk).update(amount=None, factor=Decimal(2), baseline_year=2023)
    world.refresh()
    AuditEvent.objects.update(at=RECORDED)
    code = printed(client, CHARTS["scoreboard"])
    assert "This chart is current" in asked(client, code)
    revise(150_000_000, year=2023)
    page = asked(client, code)
    assert "This chart is superseded" in page
    assert re.search(r"Amount of “[^”]+” in US dollars: was \$250m, is now \$300m", page)


def test_a_scoreboard_whose_title_counts_otherwise_is_superseded(client, targets, monkeypatch):
    monkeypatch.setattr("targets.queries.scoreboards.DRAWN", 1)
    code = printed(client, CHARTS["scoreboard"])
    assert "This chart is current" in asked(client, code)
    now = RECORDED + timedelta(hours=1)
    before = date(2017, 1, 1)
    pair = CountryPair.objects.get(slug="xar-xbo")
    world.make_target(pair, slug="xar-xbo-old", first_stated_on=before, deadline_year=2019, published_at=now)
    AuditEvent.objects.create(
        at=now, by=world.make_user(), verb="publish", object_kind="target", object_key="xar-xbo-old"
    )
    world.refresh()
    page = asked(client, code)
    assert "This chart is superseded" in page
    assert re.search("The title: was “Arlandia: 2 targets[^”]*”, is now “Arlandia: 3 targets[^”]*”", page)
    assert "old" not in printed(client, CHARTS["scoreboard"])


def test_goalposts_whose_links_lead_elsewhere_are_superseded(client, targets, editor):
    other = world.make_target(targets["going"].pair, slug="xar-xbo-other", deadline_year=2031)
    world.refresh()
    code = printed(client, CHARTS["goalposts"])
    assert "This chart is current" in asked(client, code)
    earlier = targets["earlier"]
    earlier.superseded_by = other
    editing.save(by=editor, record=earlier, reason="it was the other one")
    page = asked(client, code)
    assert "This chart is superseded" in page
    assert re.search("The terms of “[^”]+” were changed", page)


def test_another_slug_of_the_successor_changes_nothing(client, targets, editor):
    code = printed(client, CHARTS["goalposts"])
    goals.rename(by=editor, target=targets["going"], slug="xar-xbo-renamed", reason="clearer")
    assert "This chart is current" in asked(client, code)


def test_what_has_nothing_to_do_with_a_chart_leaves_it_current(client, targets):
    code = printed(client, CHARTS["trajectory"])
    world.make_years(CountryPair.objects.get(slug="xbo-xca"), "XBO", {2023: 1300})
    AuditEvent.objects.create(by=world.make_user(), verb="record", object_kind="release", object_key="9")
    assert "This chart is current" in asked(client, code)
    assert printed(client, CHARTS["trajectory"]) != code, "another version of the data, another code"


def test_a_pinned_chart_leads_to_its_day(client, targets, today):
    today[0] = world.TODAY + timedelta(days=3)
    code = printed(client, f"{CHARTS['trajectory']}?as_of={world.TODAY}")
    assert (read_code(code).version, read_code(code).day) == (0, world.TODAY)
    assert "This chart is current" in asked(client, code)
    Target.objects.filter(slug=SLUG).update(published_at=datetime.combine(date(2026, 11, 1), time.min, UTC))
    release = world.make_release(world.make_office("XAR"), recorded_at=world.NOON + timedelta(days=1))
    world.make_figure(CountryPair.objects.get(slug="xar-xbo"), "XAR", 2024, release, turnover=Decimal(150_000_000))
    page = asked(client, code)
    assert "was $133,000,000 (final), is now $150,000,000 (final)" in page
    assert printed(client, f"{CHARTS['trajectory']}?as_of={world.TODAY}") == code


@pytest.mark.parametrize("kind", CHARTS)
def test_a_chart_pinned_to_the_day_that_runs_is_of_what_was_known_when_it_was_drawn(client, targets, kind):
    joined = "&" if "?" in CHARTS[kind] else "?"
    code = printed(client, f"{CHARTS[kind]}{joined}as_of={world.TODAY}")
    assert read_code(code).version == AuditEvent.objects.latest("pk").pk
    assert "This chart is current" in asked(client, code)


def test_a_revision_later_on_the_day_to_which_a_chart_is_pinned_is_no_part_of_it(client, targets):
    pinned = f"{CHARTS['trajectory']}?as_of={world.TODAY}"
    drawing = client.get(pinned).content.decode()
    assert f"/?as_of={world.TODAY}" in drawing
    code = printed(client, pinned)
    revise(137_000_000)
    page = asked(client, code)
    assert "This chart is superseded" in page
    assert "was $133,000,000 (final), is now $137,000,000 (final)" in page


def test_what_cannot_be_drawn_as_it_was_is_not_shown_as_it_is(client, targets):
    code = printed(client, CHARTS["trajectory"])
    later = RECORDED + timedelta(hours=2)
    Target.objects.filter(slug=SLUG).update(published_at=later)
    assert "This chart is current" in asked(client, code), "it says the same, so it may stand for it"
    revise(137_000_000)
    page = asked(client, code)
    assert "This chart may be out of date" in page
    assert "cannot be drawn any more" in page
    assert "The chart as it was</h2>" not in page.replace("> ", ">").replace(" <", "<")
    assert "chart-wide" not in page
    assert f'href="/targets/{SLUG}/"' in page


@pytest.mark.parametrize("prefix", ["", "/ru"])
def test_the_code_of_a_merged_target_leads_to_the_one_that_stays(client, targets, editor, prefix):
    alone, both = printed(client, CHARTS["trajectory"]), printed(client, CHARTS["comparison"])
    stays = world.make_target(targets["going"].pair, slug="xar-xbo-stays")
    world.refresh()
    goals.merge(by=editor, target=targets["going"], into=stays, reason="one and the same")
    page = asked(client, alone, prefix)
    assert f'href="{prefix}/targets/xar-xbo-stays/"' in page
    assert ("is part of another target now" in page) is (prefix == "")
    assert "chart-wide" not in page
    assert f'href="{prefix}/compare/?t=xar-xbo-stays&amp;t=xbo-xca-1bn-usd-2022"' in asked(client, both, prefix)
    Target.objects.filter(pk=stays.pk).update(state="draft", published_at=None, published_by=None)
    forget_data_version()
    answer = client.get(f"{prefix}/verify/{alone}/")
    assert answer.status_code == 404
    assert "xar-xbo-stays" not in answer.content.decode()


def test_a_code_is_found_however_it_is_typed(client, targets):
    code = printed(client, CHARTS["trajectory"])
    answer = client.get(f"/ru/verify/{code.lower().replace('-', '')}/")
    assert (answer.status_code, answer["Location"]) == (301, f"/ru/verify/{code}/")


def test_what_is_no_code_is_not_found_and_says_what_to_do(client, targets):
    for text in ("0000", "%D0%BA%D0%BE%D0%B4", "0" * 300, "x" * 40):
        answer = client.get(f"/verify/{text}/")
        assert answer.status_code == 404
        assert "letter by letter" in answer.content.decode()


@pytest.mark.parametrize(
    "fields",
    [
        {"version": 10**12},
        {"day": world.TODAY + timedelta(days=1)},
        {"subjects": (10**9,)},
        {"subjects": (1, 2)},
        {"kind": "mirror"},
        {"kind": "scoreboard", "subjects": (0,)},
        {"kind": "mirror", "subjects": (0, 0)},
        {"kind": "comparison", "subjects": (1,) * 9},
        {"subjects": (10**30,)},
        {"version": 10**30},
    ],
)
def test_a_code_that_was_never_printed_is_not_found(client, targets, fields):
    code = ChartCode(
        **{"kind": "trajectory", "subjects": (10**6,), "day": world.TODAY, "version": 1, "state": 5} | fields
    )
    assert client.get(f"/verify/{code.text}/").status_code == 404


def test_a_target_that_is_no_longer_public_is_not_shown(client, targets):
    code = printed(client, CHARTS["trajectory"])
    Target.objects.filter(slug=SLUG).update(state="draft", published_at=None, published_by=None)
    forget_data_version()
    answer = client.get(f"/verify/{code}/")
    assert answer.status_code == 404
    assert "not public" in answer.content.decode()


def test_a_draft_cannot_be_seen_by_a_made_up_code(client, targets):
    code = ChartCode("trajectory", (targets["draft"].pk,), world.TODAY, 1, 0)
    assert client.get(f"/verify/{code.text}/").status_code == 404
