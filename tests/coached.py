"""The coach for real: the program, Chromium, and a clip as the camera."""

from __future__ import annotations

import contextlib
import json
import shutil
import socket
import struct
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from playwright.sync_api import Page, sync_playwright

from lunge.guide.clock import Clock
from lunge.guide.days import Guide
from lunge.plan.records import Comfort
from lunge.storage import Store
from lunge.web.asked import Choices
from lunge.web.memory import Memory
from lunge.web.targets import own_targets

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--use-fake-device-for-media-stream"),
    "--use-fake-ui-for-media-stream",
)
LONGEST_START_S = 60.0

SPY = """
window.updates = [];
window.WebSocket = class extends WebSocket {
  constructor(...all) {
    super(...all);
    this.addEventListener("message", (message) => {
      const said = JSON.parse(message.data);
      const at = performance.timeOrigin + performance.now();
      if (said.type === "update") updates.push({at, ...said, points: [], target_points: []});
    });
  }
};
"""
"""Keeps what the coach answers, and when it came."""


def browser() -> str | None:
    """Return the system's Chromium, or None."""
    return next((path for path in map(shutil.which, BROWSERS) if path), None)


@dataclass(frozen=True)
class Running:
    """A coach that runs: its address, and its program."""

    url: str
    program: subprocess.Popen[str]

    @property
    def memory_mib(self) -> float:
        """The memory that it holds; Linux only."""
        status = Path(f"/proc/{self.program.pid}/status").read_text(encoding="ascii")
        (line,) = (line for line in status.splitlines() if line.startswith("VmRSS"))
        return int(line.split()[1]) / 1024


@contextlib.contextmanager
def coach(folder: Path, *options: str) -> Iterator[Running]:
    """Run `lunge coach` and yield it once it answers."""
    port = free_port()
    command = [sys.executable, "-m", "lunge", "coach", "--no-browser", "--port", str(port), "--folder", str(folder)]
    url = f"http://127.0.0.1:{port}"
    with subprocess.Popen(
        [*command, *options], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    ) as program:
        try:
            _wait_for(url, program)
            yield Running(url, program)
        finally:
            program.terminate()
            program.communicate(timeout=LONGEST_START_S)


def _wait_for(url: str, program: subprocess.Popen[str]) -> None:
    until = time.monotonic() + LONGEST_START_S
    while time.monotonic() < until:
        assert program.poll() is None, program.stderr.read() if program.stderr else ""
        with contextlib.suppress(urllib.error.URLError, ConnectionError, TimeoutError):
            urllib.request.urlopen(url, timeout=1).close()
            return
        time.sleep(0.01)
    raise TimeoutError(url)


def free_port() -> int:
    """Return a port that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def prepared(folder: Path, **choices: Any) -> None:
    """Answer the questions before the first set, and choose."""
    with Store.open(folder) as store:
        Memory(store, Clock()).choose(Choices(**choices))
        Guide(store, Clock()).screen(set(), doctor_agrees=True, age_years=None, statement="Yes")
    once_more(folder)


def once_more(folder: Path) -> None:
    """Answer the question before a set."""
    with Store.open(folder) as store:
        choices = Memory(store, Clock()).choices()
        Guide(store, Clock()).begin("nothing", Comfort(0, 0), "own", own_targets(choices))


@contextlib.contextmanager
def page(camera: Path, *scripts: str) -> Iterator[Page]:
    """Open a page of a browser whose camera shows a clip, with scripts that run before the page's own."""
    flags = [*FLAGS, f"--use-file-for-fake-video-capture={camera}"]
    with sync_playwright() as playwright, tempfile.TemporaryDirectory():
        chromium = playwright.chromium.launch(executable_path=browser(), args=flags)
        made = chromium.new_context(viewport={"width": 1280, "height": 800}, permissions=["camera"]).new_page()
        for script in scripts:
            made.add_init_script(script)
        try:
            yield made
        finally:
            chromium.close()


def begin(at: Page, url: str) -> None:
    """Go to the coach and turn the camera on."""
    at.goto(f"{url}/live")
    at.click("#begin")


def until_done(at: Page, longest_s: float) -> list[dict[str, Any]]:
    """Wait for the end of the set, and return the log of the page."""
    log: list[dict[str, Any]] = []
    until = time.monotonic() + longest_s
    while time.monotonic() < until and not any(entry["what"] == "done" for entry in log):
        at.wait_for_timeout(250)
        log = at.evaluate("window.lungeLog ?? []") or log
    return log


def kept(folder: Path) -> dict[str, Any]:
    """Return the findings of the one set that was kept."""
    (found,) = folder.glob("sets/*/findings.json")
    document: dict[str, Any] = json.loads(found.read_text(encoding="utf-8"))
    return document


def one_frame_judged(url: str) -> None:
    """Wait until the network of a running coach has looked at one picture sent over the socket."""
    from websockets.sync.client import connect

    hello = {"type": "hello", "protocol": "lunge.live/1", "language": "en", "wishes": {}}
    with connect(f"{url.replace('http', 'ws')}/live/socket", origin=url) as line:
        line.send(json.dumps(hello))
        assert json.loads(line.recv())["type"] == "ready"
        line.send(b"LNG1" + struct.pack("<d", 1.0) + _jpeg())
        assert json.loads(line.recv())["type"] == "update"


def _jpeg() -> bytes:
    import cv2

    return bytes(cv2.imencode(".jpg", np.full((640, 480, 3), 128, np.uint8))[1])
