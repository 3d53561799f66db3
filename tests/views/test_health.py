import pytest
from django.db import OperationalError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder


def test_the_process_is_alive_without_asking_the_database(client):
    response = client.get("/healthz")  # no database is allowed to this test
    assert (response.status_code, response.text) == (200, "alive\n")


@pytest.mark.django_db
def test_the_site_is_ready_when_the_database_answers_and_is_migrated(client):
    response = client.get("/readyz")
    assert (response.status_code, response.text) == (200, "ready\n")


@pytest.mark.django_db
def test_the_site_is_not_ready_while_migrations_wait(client):
    ((app, newest),) = MigrationLoader(connection).graph.leaf_nodes("targets")
    MigrationRecorder(connection).record_unapplied(app, newest)
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.text.startswith("not ready: ")
    assert "manage.py migrate" in response.text
    assert response["Retry-After"] == "10"


@pytest.mark.django_db
def test_without_a_database_the_answer_is_plain_words_and_no_secret(client, monkeypatch):
    def refuse(*args, **kwargs):
        raise OperationalError('connection to server at "canary-host", user "canary-user" failed')

    monkeypatch.setattr(MigrationRecorder, "applied_migrations", refuse)
    response = client.get("/readyz")
    assert (response.status_code, response.text) == (503, "not ready: the database cannot be reached\n")


@pytest.mark.parametrize("address", ["/healthz", "/readyz"])
def test_probes_only_read(client, address):
    assert client.post(address).status_code == 405
