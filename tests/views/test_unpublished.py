"""Nothing unpublished on any page, file or address that a reader can ask for, nor a trace of what links to it."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date
from decimal import Decimal
from itertools import product

import pytest
from django.core.files.base import ContentFile
from django.urls import URLPattern, get_resolver, reverse
from pypdf import PdfReader

from targets.models import RoadmapMeasure, Target
from targets.queries import forget_data_version
from targets.records import ReviewState
from tests import world
from tests.pdfs import pdf

pytestmark = pytest.mark.django_db

CANARY = "quetzal"
"""In every text of everything unpublished, and nowhere else."""
FORMATS = ("svg", "png", "pdf", "json")
# Asked of every address there is; a new one fails the test below until it stands here.
ADDRESSES = {
    "home": [{}],
    **{f"{page}-card": [{}] for page in ("home", "targets", "economies", "compare", "deadlines", "changes")},
    **{f"{page}-card": [{}] for page in ("coverage", "methodology", "about")},
    "target-card": [{"slug": slug} for slug in ("going", "hidden", "hidden-once")],
    "pair-card": [{"slug": "xar-xbo"}, {"slug": "xdo-xunion"}],
    "economy-card": [{"code": "XAR"}, {"code": "XDO"}],
    "targets": [{}],
    "targets-table": [{}],
    "target": [{"slug": slug} for slug in ("going", "hidden", "hidden-once")],
    "target-share": [{"slug": slug} for slug in ("going", "hidden", "hidden-once")],
    "pair-share": [{"slug": "xar-xbo"}, {"slug": "xdo-xunion"}],
    "target-chart": [{"slug": slug, "ext": ext} for slug, ext in product(("going", "hidden", "hidden-once"), FORMATS)],
    "target-figures": [
        {"slug": slug, "ext": ext} for slug, ext in product(("going", "hidden", "hidden-once"), ("csv", "xlsx", "json"))
    ],
    "target-cite": [{"slug": slug, "ext": ext} for slug, ext in product(("going", "hidden"), ("txt", "bib"))],
    "target-factsheet": [{"slug": slug} for slug in ("going", "hidden", "hidden-once")],
    "pair": [{"slug": "xar-xbo"}, {"slug": "xdo-xunion"}],
    "pair-goalposts": [{"slug": slug, "ext": ext} for slug, ext in product(("xar-xbo", "xdo-xunion"), FORMATS)],
    "pair-mirror": [{"slug": slug, "ext": ext} for slug, ext in product(("xar-xbo", "xdo-xunion"), FORMATS)],
    "pair-gaps": [{"slug": "xar-xbo"}, {"slug": "xdo-xunion"}],
    "embed-target": [{"slug": slug} for slug in ("going", "hidden", "hidden-once")],
    "embed-pair": [{"slug": "xar-xbo"}, {"slug": "xdo-xunion"}],
    "embed-helper": [{}],
    "oembed": [{}],
    "verify": [{"code": "0VV2-JV2N-4C1S-SR"}],
    "coverage": [{}],
    "compare": [{}],
    "compare-chart": [{"ext": "svg"}, {"ext": "json"}],
    "compare-table": [{}],
    "deadlines": [{}],
    "changes": [{}],
    "search": [{}],
    "document-file": [{"number": number} for number in ("document", "draft-document")],
    "economies": [{}],
    "economy": [{"code": "XAR"}, {"code": "XDO"}],
    "economy-scoreboard": [{"code": code, "ext": ext} for code, ext in product(("XAR", "XDO"), FORMATS)],
    "methodology": [{}],
    "about": [{}],
    "robots": [{}],
    "sitemap": [{}],
    "sitemap-part": [{"section": section} for section in ("pages", "targets", "pairs", "economies")],
    "healthz": [{}],
    "readyz": [{}],
}
QUERIES = (
    "",
    f"?q={CANARY}",
    "?replaced=on",
    "?as_of=2026-11-22",
    "?economy=XDO",
    "?amount=1",
    "?sort=-amount",
    "?relation=raised",
)


@pytest.fixture
def hidden(settings, tmp_path):
    """A published target amid everything that may be unpublished; and the numbers of two documents."""
    settings.MEDIA_ROOT = tmp_path
    going = world.make_world()["going"]
    secret = {
        "notes": CANARY, "notes_ru": CANARY, "hold_reason": CANARY, "deadline_note": CANARY, "deadline_note_ru": CANARY,
        "sectors": [CANARY], "review_note": CANARY,
    }  # fmt: skip
    amount = Decimal("7654321000")
    draft = world.make_target(
        going.pair, published=False, slug=f"{CANARY}-hidden", amount=amount, deadline_year=2077, **secret
    )
    for state in (ReviewState.SUBMITTED, ReviewState.RETURNED):
        world.make_target(
            going.pair, published=False, slug=f"{CANARY}-{state}", amount=amount, **secret | {"state": state}
        )
    # Nobody knows of this pair but from a draft.
    world.make_target(world.make_pair("XDO", "XUNION"), published=False, slug=f"{CANARY}-pair", amount=amount, **secret)
    draft.former_slugs.create(slug=f"{CANARY}-once")
    going.superseded_by, going.relation, going.review_note = draft, "raised", CANARY
    going.save()
    source = world.make_source("secret", publisher=CANARY, title=CANARY, url=f"https://{CANARY}.example/")
    said = dict.fromkeys(("speaker", "speaker_ru", "role", "role_ru", "occasion", "occasion_ru", "quote"), CANARY)
    texts = {"summary_en": CANARY, "summary_ru": CANARY, "source": source, "review_note": CANARY}
    for state in (ReviewState.DRAFT, ReviewState.SUBMITTED, ReviewState.RETURNED):
        world.make_statement(
            going, published=False, stated_on=date(2021, 1, 1 + len(state)), **said | texts | {"state": state}
        )
    papers = {}
    for name, published in (("document", True), ("draft-document", False)):
        title = "A published roadmap" if published else f"{CANARY} roadmap"
        fields = {} if published else {"title_ru": CANARY, "signatories": CANARY, "source": source}
        paper = world.make_document(going, published=published, title=title, **fields)
        paper.file.save("road.pdf" if published else f"{CANARY}.pdf", ContentFile(pdf()))
        paper.pages = 2
        paper.save()
        papers[name] = paper.pk
        if not published:
            RoadmapMeasure.objects.create(document=paper, text=CANARY, text_ru=CANARY)
    # A published document behind a target that is not.
    world.make_document(draft, title="A published plan")
    world.refresh()
    return papers


def addresses(papers):
    """Every address of ADDRESSES, with the slugs and numbers of this world."""
    slugs = {"going": "xar-xbo-500mn-usd-2030", "hidden": f"{CANARY}-hidden", "hidden-once": f"{CANARY}-once"}
    for name, asked in ADDRESSES.items():
        for given in asked:
            values = {key: slugs.get(value, papers.get(value, value)) for key, value in given.items()}
            yield reverse(name, kwargs=values)


def public_names(patterns):
    """The names of all addresses outside the desk."""
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            yield pattern.name
        elif pattern.namespace != "admin":
            yield from public_names(pattern.url_patterns)


def body(response):
    content = b"".join(response.streaming_content) if response.streaming else response.content
    if content.startswith(b"%PDF"):  # a document's words are packed
        reader = PdfReader(io.BytesIO(content))
        # Where in the file its parts begin, and on the page its links: any digits may stand there.
        content = re.sub(rb"\b\d{10} \d{5} [nf]\b|\b\d+\.\d{3,}\b", b"", content)
        return "\n".join([*(page.extract_text() for page in reader.pages), str(reader.metadata)]).encode() + content
    if not content.startswith(b"PK"):
        return content
    with zipfile.ZipFile(io.BytesIO(content)) as parts:  # a workbook's words are packed
        return b"".join(parts.read(name) for name in parts.namelist())


def test_every_address_of_readers_is_asked_below():
    assert set(public_names(get_resolver().url_patterns)) == set(ADDRESSES)


def test_no_answer_holds_a_word_of_what_is_not_published(client, hidden):
    statuses = {}
    for prefix, address, query in product(("", "/ru"), list(addresses(hidden)), QUERIES):
        response = client.get(f"{prefix}{address}{query}")
        text = body(response).decode("utf-8", "replace").lower()
        asked = f"{prefix}{address}{query}"
        # What the reader asked for is repeated to the reader; nothing else is.
        echoes = (f"q={CANARY}", f"q%3d{CANARY}", f'value="{CANARY}"', f"“{CANARY}”", f"«{CANARY}»")
        for echo in (*echoes, f"<title>search: {CANARY} ", f"<title>поиск: {CANARY} "):
            text = text.replace(echo, "")
        if CANARY in address:
            assert response.status_code == 404, asked
            text = text.replace(address.lower(), "")
        assert CANARY not in text, asked
        assert CANARY not in " ".join(f"{name}: {value}" for name, value in response.headers.items()), asked
        for amount in ("7,65", "7.65", "7654321", "2077"):
            assert amount not in text, asked
        statuses.setdefault(response.status_code, []).append(asked)
    assert len(statuses[200]) > 50
    assert set(statuses) <= {200, 400, 404}


def test_the_published_page_is_the_same_with_and_without_its_hidden_successor(client):
    going = world.make_world()["going"]
    files = ["", "chart.svg", "chart.json", "figures.csv", "figures.xlsx", "figures.json", "cite.txt", "cite.bib"]
    files.append("factsheet.pdf")
    before = [body(client.get(f"{going.get_absolute_url()}{file}")) for file in files]
    draft = world.make_target(going.pair, published=False, amount=Decimal(9_000_000_000))
    Target.objects.filter(pk=going.pk).update(superseded_by=draft, relation="raised")
    forget_data_version()
    assert [body(client.get(f"{going.get_absolute_url()}{file}")) for file in files] == before


def test_no_public_answer_names_a_person_of_the_desk(client, hidden):
    world.make_user("zephyrine", first_name="Zephyrine")
    person = world.make_user("zephyrine")
    Target.objects.filter(state=ReviewState.PUBLISHED).update(published_by=person, submitted_by=person)
    for address in addresses(hidden):
        assert b"zephyrine" not in body(client.get(address)).lower(), address


def test_a_pair_known_from_a_draft_alone_has_no_page(client, hidden):
    assert client.get("/pairs/xdo-xunion/").status_code == 404
    assert "XDO" not in client.get("/economies/").content.decode()
