"""The application in this process, at a port of its own, and Chromium in front of it."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import uvicorn
from starlette.applications import Starlette

from lunge.web.serving import bound

if TYPE_CHECKING:
    from playwright.sync_api import Page

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--use-fake-device-for-media-stream"),
    "--use-fake-ui-for-media-stream",
)
IN_CHROMIUM = [
    pytest.mark.skipif(not CHROMIUM.is_file(), reason="there is no Chromium at /usr/bin/chromium"),
    pytest.mark.xdist_group("browser"),
]
"""The marks of a test that needs it."""


@contextmanager
def serving(app: Starlette) -> Iterator[str]:
    """Serve an application, and yield its address."""
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", ws="websockets-sansio"))
    with closing(bound("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        while not server.started:
            time.sleep(0.01)
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        server.should_exit = True
        thread.join(20)


@contextmanager
def visited(app: Starlette, path: str, width: int, height: int) -> Iterator[Page]:
    """Serve an application, and yield one of its pages in a browser with a camera."""
    from playwright.sync_api import sync_playwright

    with serving(app) as address, sync_playwright() as started:
        browser = started.chromium.launch(executable_path=str(CHROMIUM), args=list(FLAGS))
        page = browser.new_page(viewport={"width": width, "height": height}, locale="en-GB", permissions=["camera"])
        page.goto(f"{address}{path}")
        yield page
        browser.close()


def until(page: Page, script: str, seconds: float = 60.0) -> None:
    """Wait until a script says yes."""
    end = time.monotonic() + seconds
    while not page.evaluate(script):
        assert time.monotonic() < end, f"never: {script}; {page.evaluate('(window.lungeLog ?? []).slice(-8)')}"
        page.wait_for_timeout(30)
