"""The server as a process: it starts, answers, refuses a port that is taken, and ends."""

import os
import re
import signal
import ssl
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import closing
from pathlib import Path

import pytest

from lunge.storage import default_folder
from lunge.web.serving import PortError, bound

COMMAND = [sys.executable, "-c", "from lunge.cli import main; main()", "coach", "--no-browser"]
FIRST_PAGE_S = 0.15


@pytest.fixture
def coach(tmp_path):
    """`lunge coach` under way; gives the process and its address."""
    run = subprocess.Popen(
        [*COMMAND, "--port", "0", "--folder", str(tmp_path)], stderr=subprocess.PIPE, text=True, encoding="utf-8"
    )
    line = run.stderr.readline()
    yield run, re.search(r"http://127\.0\.0\.1:\d+/", line)[0]
    run.kill()
    run.communicate()


def test_the_coach_answers_and_ends_with_ctrl_c(coach):
    run, address = coach
    time.sleep(1.0)  # the network is loaded beside it
    began = time.perf_counter()
    with urllib.request.urlopen(address) as answer:
        html = answer.read().decode()
    took_s = time.perf_counter() - began
    assert "lunge" in html
    assert "server" not in answer.headers
    assert took_s < 10 * FIRST_PAGE_S  # a wide margin for busy machines; docs/performance.md has the figure
    run.send_signal(signal.SIGINT)
    assert run.wait(20) == 130
    assert "Traceback" not in run.stderr.read()


def test_phones_are_served_beside_it_and_everything_ends_with_ctrl_c(tmp_path):
    command = [*COMMAND, "--lan", "--port", "0", "--folder", str(tmp_path)]
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    run = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, encoding="utf-8", env=environment)
    try:
        near = re.search(r"http://127\.0\.0\.1:\d+/", run.stderr.readline())[0]
        link = re.search(r"https://(\S+:\d+)/pair/\w+", run.stderr.readline())
        trusting = ssl._create_unverified_context()
        with urllib.request.urlopen(near) as answer:
            assert answer.status == 200
        with pytest.raises(urllib.error.HTTPError, match="403"):
            urllib.request.urlopen(f"https://{link[1]}/", context=trusting)
        opener = urllib.request.build_opener(
            urllib.request.HTTPSHandler(context=trusting), urllib.request.HTTPCookieProcessor()
        )
        with opener.open(link[0]) as answer:
            assert answer.url == f"https://{link[1]}/"
            assert b"lunge" in answer.read()
        run.send_signal(signal.SIGINT)
        assert run.wait(20) == 130
        assert "Traceback" not in run.stderr.read()
    finally:
        run.kill()
        run.communicate()


def test_nobody_is_told_what_is_asked_for(tmp_path):
    environment = {
        **os.environ,
        "FASTAPI_OTEL_AUTO_CONFIGURE": "true",
        "OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:9",
    }
    code = (
        "import sys; from lunge.web.app import Config, create_app; from pathlib import Path\n"
        "from starlette.testclient import TestClient\n"
        "app = create_app(Config(Path(sys.argv[1]), make_eyes=lambda model: None))\n"
        "with TestClient(app, 'http://127.0.0.1') as client: print(client.get('/').status_code)\n"
        "print('opentelemetry.sdk' in sys.modules)"
    )
    run = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], env=environment, capture_output=True, text=True, check=False
    )
    assert run.stdout.split() == ["200", "False"], run.stderr


def test_a_port_that_is_taken_is_said_in_one_sentence(tmp_path):
    with closing(bound("127.0.0.1", 0)) as taken:
        taken.listen()
        port = taken.getsockname()[1]
        run = subprocess.run(
            [*COMMAND, "--port", str(port), "--folder", str(tmp_path)], capture_output=True, text=True, check=False
        )
    assert run.returncode == 2
    assert run.stderr.strip() == f"lunge: Port {port} is taken by another program. Try another one: --port {port + 1}."
    assert list(tmp_path.iterdir()) == []


def test_an_address_that_is_not_ours_is_said():
    with pytest.raises(PortError, match="cannot be used"):
        bound("192.0.2.1", 0)


def test_help_is_fast_because_the_server_is_imported_when_it_is_needed():
    code = "import sys, lunge.cli; print([n for n in ('fastapi', 'uvicorn', 'pydantic', 'numpy') if n in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


@pytest.mark.parametrize(
    ("platform", "environment", "place"),
    [
        ("linux", {}, "home/.local/share/lunge"),
        ("linux", {"XDG_DATA_HOME": "data"}, "data/lunge"),
        ("darwin", {}, "home/Library/Application Support/lunge"),
        ("win32", {}, "home/AppData/Local/lunge"),
        ("win32", {"LOCALAPPDATA": "local"}, "local/lunge"),
        ("linux", {"XDG_DATA_HOME": "data", "LUNGE_HOME": "mine"}, "mine"),
    ],
)
def test_data_lies_where_the_system_keeps_it(monkeypatch, platform, environment, place):
    for name in ("XDG_DATA_HOME", "LOCALAPPDATA", "LUNGE_HOME"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setattr(Path, "home", lambda: Path("home"))
    assert default_folder() == Path(place)
