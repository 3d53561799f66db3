"""The file of a document: taken as PDF or refused, and served to those who may have it."""

from __future__ import annotations

import hashlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from targets import queries
from targets.actions import editing, review
from targets.models import RoadmapDocument
from tests import world
from tests.pdfs import pdf

SAFE = "default-src 'none'; frame-ancestors 'none'; sandbox"


@pytest.fixture(autouse=True)
def _uploads(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def page(name, *args):
    return reverse(f"admin:targets_roadmapdocument_{name}", args=args)


def form(targets, **changed):
    return {
        "pair": targets["going"].pair.pk,
        "targets": [targets["going"].pk],
        "kind": "roadmap",
        "title": "Roadmap to 2035",
        "signed_on": "2025-09-29",
        "signed_on_precision": "day",
        "source": world.make_source("press-1").pk,
        "measures-TOTAL_FORMS": "0",
        "measures-INITIAL_FORMS": "0",
        **changed,
    }


def upload(data, name="Дорожная карта.pdf"):
    return SimpleUploadedFile(name, data, content_type="application/pdf")


@pytest.fixture
def document(desk, targets):
    desk("analyst").post(page("add"), form(targets, file=upload(pdf(3))))
    return RoadmapDocument.objects.get(title="Roadmap to 2035")


def body(response):
    return b"".join(response.streaming_content)


def test_a_pdf_is_kept_with_its_hash_and_the_number_of_its_pages(document):
    with document.file.open("rb") as file:
        data = file.read()
    assert (document.pages, document.sha256) == (3, hashlib.sha256(data).hexdigest())
    assert document.file.name.startswith("documents/")


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"%PDF-1.7\n<script>", "damaged"),
        (b"<html>", "not a PDF"),
        (pdf(password="secret"), "encrypted"),
        (b"%PDF-" + b"0" * (20 * 1024**2), "larger than 20 MB"),
    ],
)
def test_what_is_no_document_is_refused_beside_the_field(desk, targets, data, why, tmp_path):
    response = desk("analyst").post(page("add"), form(targets, file=upload(data)))
    assert why in response.context["adminform"].form.errors["file"][0]
    assert not RoadmapDocument.objects.filter(title="Roadmap to 2035").exists()
    assert list(tmp_path.rglob("*.pdf")) == []


def test_a_file_of_another_kind_is_refused(desk, targets):
    response = desk("analyst").post(page("add"), form(targets, file=upload(pdf(), "road.html")))
    assert "file" in response.context["adminform"].form.errors


def test_the_refusal_is_russian_under_ru(desk, targets):
    response = desk("analyst").post(f"/ru{page('add')}", form(targets, file=upload(b"%PDF-1.7\n<script>")))
    assert "повреждён" in response.context["adminform"].form.errors["file"][0]


class TestReaders:
    def test_get_nothing_of_a_draft(self, document, client, desk, targets):
        for reader in (client, desk("analyst"), desk("editor")):
            assert reader.get(f"/documents/{document.pk}/document.pdf").status_code == 404
        assert "document.pdf" not in client.get(targets["going"].get_absolute_url()).content.decode()

    def test_get_the_file_of_a_published_document_to_save(self, document, client, cast, targets):
        review.publish(by=cast["editor"], record=document)
        address = f"/documents/{document.pk}/document.pdf"
        shown = client.get(targets["going"].get_absolute_url()).content.decode()
        assert f'href="{address}" download' in shown
        assert "The document as PDF, 3 pages" in shown
        response = client.get(address)
        assert response["Content-Type"] == "application/pdf"
        assert response["Content-Disposition"] == f'attachment; filename="tradewatch-document-{document.pk}.pdf"'
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Content-Security-Policy"] == SAFE
        assert hashlib.sha256(body(response)).hexdigest() == document.sha256

    def test_get_it_under_ru_too_and_no_other_number(self, document, client, cast):
        review.publish(by=cast["editor"], record=document)
        assert body(client.get(f"/ru/documents/{document.pk}/document.pdf")).startswith(b"%PDF-")
        assert client.get("/documents/999999/document.pdf").status_code == 404

    def test_are_told_when_the_file_is_gone(self, document, client, cast):
        review.publish(by=cast["editor"], record=document)
        document.file.storage.delete(document.file.name)
        response = client.get(f"/documents/{document.pk}/document.pdf")
        assert (response.status_code, response["Content-Type"]) == (404, "text/plain; charset=utf-8")


class TestTheDesk:
    def test_reads_the_file_of_a_draft_when_signed_in(self, document, desk):
        address = page("file", document.pk)
        assert f'href="{address}"' in desk("analyst").get(page("change", document.pk)).content.decode()
        response = desk("analyst").get(address)
        assert (response["Content-Security-Policy"], response["X-Content-Type-Options"]) == (SAFE, "nosniff")
        assert response["Content-Disposition"].startswith("attachment")
        assert hashlib.sha256(body(response)).hexdigest() == document.sha256
        for stranger in (Client(), desk("stranger")):
            assert stranger.get(address).status_code == 302
        assert desk("analyst").get(page("file", 999_999)).status_code == 404

    def test_replaces_a_file_and_keeps_the_old_one_for_the_way_back(self, document, desk, targets, cast):
        first, mark = document.file.name, queries.version_of(document).partition(".")[0]
        changed = form(targets, file=upload(pdf(5)), version=queries.version_of(document))
        assert desk("analyst").post(page("change", document.pk), changed).status_code == 302
        document.refresh_from_db()
        assert (document.pages, document.file.name != first) == (5, True)
        editing.revert(by=cast["analyst"], record=document, number=int(mark))
        document.refresh_from_db()
        assert (document.pages, document.file.name) == (3, first)
        assert document.file.storage.exists(first)

    def test_takes_the_file_away_on_request(self, document, desk, targets):
        changed = form(targets, version=queries.version_of(document), **{"file-clear": "on"})
        desk("analyst").post(page("change", document.pk), changed)
        document.refresh_from_db()
        assert (document.file.name, document.sha256, document.pages) == ("", "", None)

    def test_saves_the_rest_without_touching_the_file(self, document, desk, targets):
        name = document.file.name
        changed = form(targets, title="Roadmap to 2036", version=queries.version_of(document))
        desk("analyst").post(page("change", document.pk), changed)
        document.refresh_from_db()
        assert (document.title, document.file.name, document.pages) == ("Roadmap to 2036", name, 3)


class TestAFileSentWhenTheDocumentWentOutOfReach:
    def change(self, client, document, sent, file):
        file = upload(*file)
        return client.post(page("change", document.pk), {**sent, "file": file}, follow=True)

    @pytest.fixture
    def sent(self, document, targets):
        """The form as it was opened while the document was a draft."""
        return form(targets, version=queries.version_of(document), source=document.source_id)

    def test_is_said_not_to_be_stored(self, desk, document, sent, cast):
        review.submit(by=cast["editor"], record=document)
        response = self.change(desk("analyst"), document, sent, (pdf(5), "signed copy.pdf"))
        assert response.status_code == 409
        assert "The file you chose is not stored: signed copy.pdf." in response.text
        assert "What you typed is what is stored." not in response.text
        before = document.sha256
        document.refresh_from_db()
        assert document.sha256 == before

    def test_is_stored_where_the_button_was_pressed_twice(self, desk, document, sent):
        ana, file = desk("analyst"), (pdf(5), "signed copy.pdf")
        assert self.change(ana, document, {**sent, "_submit": "1"}, file).status_code == 200
        document.refresh_from_db()
        assert (document.sha256, document.state) == (hashlib.sha256(pdf(5)).hexdigest(), "submitted")
        again = self.change(ana, document, {**sent, "_submit": "1"}, file)
        assert again.status_code == 200
        assert "What you typed is what is stored." in again.text
