"""Start the coach: what `lunge coach` does."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

USUAL: Final = "full"
"""The network that most people choose; another choice loads its own later."""


def coach(
    place: Path | None, port: int, model: str | None, say: Callable[[str], None], *, browser: bool, lan: bool
) -> None:
    """Serve until Ctrl-C.

    The network is loaded beside the import of the web's packages: each takes about a second.

    Parameters
    ----------
    place : Path, optional
        Where sets are kept; without it in the user's data folder.
    port : int
    model : {'lite', 'full', 'heavy'}, optional
        In place of the one that is chosen on the page.
    say : callable
        Told the address.
    browser, lan : bool
        Open the browser; let phones in.

    Raises
    ------
    LungeError
        If the port is taken, or there is no network.
    """
    from lunge.web.eyes import Ready, pose_network

    ready = Ready(pose_network)
    ready.prepare(model or USUAL)

    from lunge.storage import default_folder
    from lunge.web.app import Config
    from lunge.web.serving import serve, serve_lan

    config = Config(place or default_folder(), model=model, ready=ready)
    (serve_lan if lan else serve)(config, port, browser, say)
