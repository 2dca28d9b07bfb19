"""Notifications with buttons on the screen; where no service shows them, the caller is told."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial
from typing import Final

from desktop_notifier import Button, DesktopNotifier

from lunge.breaks.records import Answer

BUTTONS: Final[tuple[Answer, ...]] = ("begin", "snooze", "skip")


class Bell:
    """Shows one notification at a time.

    Parameters
    ----------
    answered : callable
        Called with what the person pressed.
    """

    def __init__(self, answered: Callable[[Answer], None]) -> None:
        # Its warnings about a missing service would come at each reminder; what is lacking is said once.
        logging.getLogger("desktop_notifier").setLevel(logging.CRITICAL)
        self._notifier = DesktopNotifier(app_name="lunge")
        self._answered = answered
        self._shown: str | None = None

    async def ring(self, title: str, text: str, buttons: dict[str, str]) -> bool:
        """Show it, in the place of the one before; return whether it was shown.

        Parameters
        ----------
        title, text : str
        buttons : dict of str to str
            What stands on the button of each of `BUTTONS`.
        """
        await self.hush()
        pressed = [Button(buttons[what], on_pressed=partial(self._answered, what)) for what in BUTTONS]
        name = await self._notifier.send(title, text, buttons=pressed, on_clicked=lambda: self._answered("begin"))
        self._shown = name
        return name in await self._notifier.get_current_notifications()

    async def hush(self) -> None:
        """Take it off the screen."""
        if self._shown is not None:
            shown, self._shown = self._shown, None
            await self._notifier.clear(shown)
