"""The image and the Compose file, tried without an engine: what they copy, run, ask and expect, step by step."""

import json
import os
import re
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import urlopen

import psycopg
import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
SCHEMA = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec"]


def instructions(name):
    """The arguments of each instruction ``name`` of the Dockerfile, continued lines joined and comments dropped."""
    text = re.sub(r"^#.*\n", "", (ROOT / "Dockerfile").read_text(encoding="utf-8"), flags=re.MULTILINE)
    text = text.replace("\\\n", " ")
    return [line.split(None, 1)[1] for line in text.splitlines() if line.startswith(f"{name} ")]


@pytest.fixture(scope="module")
def compose():
    return yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))


def test_the_compose_file_is_valid():
    ran = subprocess.run([*SCHEMA, str(ROOT / "docker-compose.yml")], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout


def test_the_schema_finds_a_mistake_in_a_compose_file(tmp_path, compose):
    wrong = json.loads(json.dumps(compose))
    wrong["services"]["web"]["healthchek"] = {}
    (tmp_path / "docker-compose.yml").write_text(yaml.safe_dump(wrong))
    ran = subprocess.run([*SCHEMA, str(tmp_path / "docker-compose.yml")], capture_output=True, text=True, check=False)
    assert ran.returncode == 1
    assert "healthchek" in ran.stdout


def test_every_service_is_watched_and_keeps_what_it_gathers(compose):
    for name, service in compose["services"].items():
        assert service["healthcheck"]["test"][0] == "CMD", name
        mounted = {volume.split(":")[0] for volume in service["volumes"]}
        assert mounted <= set(compose["volumes"]), name
    assert len(compose["volumes"]) == len(compose["services"])


def test_the_site_starts_when_its_database_is_well(compose):
    assert compose["services"]["web"]["depends_on"] == {"database": {"condition": "service_healthy"}}


def test_nothing_is_open_to_the_network_and_no_password_is_shipped(compose):
    services = compose["services"]
    assert [port.split(":")[0] for port in services["web"]["ports"]] == ["127.0.0.1"]
    assert "ports" not in services["database"]
    assert services["database"]["environment"]["POSTGRES_PASSWORD"].startswith("${TRADEWATCH_DB_PASSWORD:?")


def test_the_image_is_pinned_installs_by_hashes_and_runs_without_rights():
    assert re.fullmatch(r"python:3\.\d+-slim", instructions("FROM")[0])
    assert "pip install --require-hashes -r requirements.txt" in instructions("RUN")
    assert instructions("USER") == ["tradewatch"]


def test_what_the_site_gathers_lies_in_the_volume(compose):
    environment = dict(word.split("=", 1) for line in instructions("ENV") for word in shlex.split(line))
    volume = instructions("VOLUME")[0]
    assert environment["TRADEWATCH_VAR"] == volume
    assert compose["services"]["web"]["volumes"] == [f"site:{volume}"]


@pytest.fixture(scope="module")
def image(tmp_path_factory):
    """A folder with just what .dockerignore lets into the image."""
    folder = tmp_path_factory.mktemp("image") / "app"
    folder.mkdir()
    for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines():
        if line.startswith("!"):
            source = ROOT / line[1:]
            assert source.exists(), f".dockerignore lets in {line[1:]}, which is not there"
            if source.is_dir():
                shutil.copytree(source, folder / line[1:], ignore=shutil.ignore_patterns("__pycache__", "*.pyc"))
            else:
                shutil.copy(source, folder / line[1:])
    return folder


@pytest.fixture(scope="module")
def environment(tmp_path_factory):
    """The container's environment as the Dockerfile sets it; only the volume and the port are moved out of the way."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    there = dict(word.split("=", 1) for line in instructions("ENV") for word in shlex.split(line))
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    return {**there, "PATH": path, "PORT": str(port), "TRADEWATCH_VAR": str(tmp_path_factory.mktemp("data"))}


@pytest.fixture(scope="module")
def built(image, environment, tmp_path_factory):
    """The image's folder after the step that collects the static files."""
    step = next(line for line in instructions("RUN") if "collectstatic" in line).split(" && ")[0]
    words = [word for word in shlex.split(step) if not word.startswith("TRADEWATCH_VAR=")]
    for_this_step = {**environment, "TRADEWATCH_VAR": str(tmp_path_factory.mktemp("build"))}
    subprocess.run(words, cwd=image, env=for_this_step, check=True)
    return image


@pytest.fixture
def empty_database():
    """The address of a database of the running server that nobody has written to yet."""
    address = os.environ["DATABASE_URL"].rpartition("/")[0]
    with psycopg.connect(f"{address}/postgres", autocommit=True) as connection:
        connection.execute("CREATE DATABASE container")
        yield f"{address}/container"
        connection.execute("DROP DATABASE container WITH (FORCE)")


# On PostgreSQL alone, because that is what the Compose file gives the site.
@pytest.mark.postgresql
def test_the_entry_point_fills_an_empty_database_serves_is_well_and_stops_when_told(
    built, environment, empty_database, compose, tmp_path
):
    entry = json.loads(instructions("ENTRYPOINT")[0])
    alive = json.loads(instructions("HEALTHCHECK")[0].split(" CMD ", 1)[1])
    ready = [
        word.replace(":8000/", f":{environment['PORT']}/")
        for word in compose["services"]["web"]["healthcheck"]["test"][1:]
    ]
    environment = {**environment, "DATABASE_URL": empty_database}
    log = tmp_path / "log"
    with log.open("wb") as output:
        site = subprocess.Popen(entry, cwd=built, env=environment, stdout=output, stderr=subprocess.STDOUT)
    try:
        until = time.monotonic() + 180
        while subprocess.run(alive, env=environment, capture_output=True, check=False).returncode:
            assert site.poll() is None, log.read_text()
            assert time.monotonic() < until, log.read_text()
            time.sleep(0.5)
        assert subprocess.run(ready, env=environment, check=False).returncode == 0
        page = urlopen(f"http://127.0.0.1:{environment['PORT']}/").read().decode()
        style = re.search(r'href="(/static/[^"]+\.[0-9a-f]{12}\.css)"', page).group(1)
        assert "immutable" in urlopen(f"http://127.0.0.1:{environment['PORT']}{style}").headers["Cache-Control"]
    finally:
        site.send_signal(signal.SIGTERM)
        stopped = site.wait(timeout=30)
    assert stopped == 0, log.read_text()
    assert sorted(file.name for file in Path(environment["TRADEWATCH_VAR"]).iterdir()) == ["loaded", "secret_key"]


def test_an_entry_point_without_a_database_says_so_and_gives_up(image, environment, tmp_path):
    nowhere = {**environment, "DATABASE_URL": f"postgresql://nobody@/none?host={tmp_path}"}
    ran = subprocess.run(
        [sys.executable, "start.py", "--wait", "0"], cwd=image, env=nowhere, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 1
    assert ran.stderr.startswith("The database does not answer after 0 seconds")
