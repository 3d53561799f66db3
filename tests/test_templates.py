"""What holds for every template: nothing the policy refuses, nothing untranslated, nothing that needs what failed."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.template.loader import get_template, render_to_string
from django.utils.translation import override

from tests.world import make_world

ROOT = Path(__file__).resolve().parent.parent
TEMPLATES = sorted(ROOT.glob("templates/**/*.html"))
NAMES = [str(path.relative_to(ROOT / "templates")) for path in TEMPLATES]
READERS = [path for path in TEMPLATES if "admin" not in path.parts]
# Names that are the same in every language.
PROPER = {"Tradewatch", "SVG", "PNG", "PDF", "JSON", "CSV", "XLSX", "TXT", "BibTeX", "SHA"}

REFUSED = {
    "a style attribute": r"<[^>]*\sstyle\s*=",
    "a style element": r"<style\b",
    "a handler": r"<[^>]*\son\w+\s*=",
    "an inline script": r"<script(?![^>]*\bsrc=)[^>]*>",
    "a javascript address": r"javascript:",
    "an address of another host": r"(?:src|href|action)\s*=\s*[\"'](?:https?:)?//",
}
NO_TEXT = "|".join(
    [
        r"{%\s*blocktranslate\b.*?{%\s*endblocktranslate\s*%}",
        r"{%\s*comment\b.*?{%\s*endcomment\s*%}",
        r"{#.*?#}",
        # Names of classes and of kinds of lists, not words.
        r"{% block bodyclass %}.*?{% endblock %}",
        r"{% block cards %}.*?{% endblock %}",
    ]
)
TAGS = r"{%.*?%}|{{.*?}}|<!--.*?-->|<[^>]*>|&\w+;"
READ_ALOUD = r"\s(?:alt|title|placeholder|aria-label)\s*=\s*\"([^\"]*)\""


@pytest.mark.parametrize("name", NAMES)
def test_a_template_can_be_read(name):
    assert get_template(name)


@pytest.mark.parametrize("path", TEMPLATES, ids=NAMES)
def test_a_template_holds_nothing_that_the_policy_refuses(path):
    text = path.read_text()
    assert [what for what, pattern in REFUSED.items() if re.search(pattern, text, re.IGNORECASE | re.DOTALL)] == []


@pytest.mark.parametrize("path", READERS, ids=[path.name for path in READERS])
def test_what_is_counted_is_written_as_numbers_are_in_the_language(path):
    counted = re.findall(r"{% blocktranslate [^%]*?count (\w+)=[^%]*%}(.*?){% endblocktranslate %}", path.read_text())
    assert [text for name, text in counted if f"{{{{ {name} }}}}" in text] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=NAMES)
def test_every_word_of_a_template_can_be_translated(path):
    text = re.sub(NO_TEXT, " ", path.read_text(), flags=re.DOTALL)
    spoken = " ".join(re.findall(READ_ALOUD, re.sub(r"{%.*?%}|{{.*?}}", " ", text)))
    shown = re.sub(TAGS, " ", text, flags=re.DOTALL)
    assert set(re.findall(r"[^\W\d_]{2,}", f"{shown} {spoken}")) <= PROPER


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("name", ["400.html", "403.html", "404.html", "500.html"])
def test_the_page_of_an_error_needs_neither_database_nor_request(name, language):
    with override(language):
        page = render_to_string(name)
    assert f'<html lang="{language}">' in page
    assert "<h1>" in page


@pytest.mark.django_db
@pytest.mark.parametrize("prefix", ["", "/ru"])
def test_a_target_page_is_light_up_to_its_chart(client, prefix):
    target = make_world()["going"]
    page = client.get(f"{prefix}/targets/{target.slug}/").content
    sheets = re.findall(rb'<link rel="stylesheet" href="/static/([^"]+)">', page)
    first = page[: page.index(b"</figure>")]
    files = [Path(finders.find(sheet.decode())).read_bytes() for sheet in sheets]
    assert sum(len(gzip.compress(part)) for part in (first, *files)) < 40_000


@pytest.mark.django_db
def test_the_description_of_a_target_page_is_its_verdict(client):
    target = make_world()["kept"]
    page = client.get(f"/targets/{target.slug}/").content.decode()
    sentence = re.search(r'<p class="lead">(.*?)</p>', page).group(1)
    assert len(sentence) > 40
    assert f'<meta name="description" content="{sentence}">' in page


@pytest.mark.django_db
def test_only_the_list_and_the_search_load_htmx(client):
    make_world()
    with_htmx = [
        address
        for address in ("/", "/targets/", "/search/", "/economies/", "/about/")
        if b"htmx" in client.get(address).content
    ]
    assert with_htmx == ["/targets/", "/search/"]
