"""Who joins the camera to the desk: takes a glance when one may be taken and can tell something."""

from __future__ import annotations

from lunge.breaks.clock import steady_s
from lunge.breaks.constants import constants
from lunge.breaks.desk import Desk
from lunge.breaks.sight import Sight, after, joined
from lunge.breaks.watcher import Watcher
from lunge.messages import Sentence


class Onlooker:
    """Tells whether somebody is there, by camera where that is wanted.

    Parameters
    ----------
    desk : Desk
    watcher : Watcher

    Attributes
    ----------
    lack : Sentence, optional
        What keeps the camera from telling now.
    """

    def __init__(self, desk: Desk, watcher: Watcher) -> None:
        self.lack: Sentence | None = None
        self._desk, self._watcher = desk, watcher
        self._sight, self._glanced_s = Sight(), float("-inf")

    async def is_present(self, camera: str | None) -> bool:
        """Return whether somebody is there.

        Parameters
        ----------
        camera : str, optional
            Its name, empty for the first one; None while nobody wants it.
        """
        present = await self._desk.is_present()
        bar = "unwanted" if camera is None else await self._desk.bar()
        if camera is None or bar in ("unwanted", "locked"):
            self._sight, self.lack = Sight(), None
            await self._watcher.rest()
            return present
        if bar is None:
            await self._glance(camera)
        elif bar == "taken":
            self.lack = Sentence("errors.camera.taken")
        else:
            self._sight = Sight()
        if steady_s() - self._glanced_s > constants().glance.unused_s:
            await self._watcher.rest()
        return joined(present, self._sight, steady_s())

    async def _glance(self, camera: str) -> None:
        if steady_s() - self._glanced_s < constants().glance.every_s:
            return
        self._glanced_s = steady_s()
        glance = await self._watcher.glance(camera)
        self.lack = glance.lack
        if glance.seen is not None:
            self._sight = after(self._sight, glance.seen, steady_s())

    async def close(self) -> None:
        """End."""
        await self._watcher.rest()
