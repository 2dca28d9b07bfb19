"""Start the background program, in a small program of its own: ``python -m lunge.breaks.background FOLDER``."""

from __future__ import annotations

import asyncio
import logging
import sys
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Final

from lunge.breaks.bell import Bell
from lunge.breaks.constants import constants
from lunge.breaks.desk import desk_here
from lunge.breaks.opening import opened
from lunge.breaks.program import Program
from lunge.errors import LungeError
from lunge.files import made_folder

LOG: Final = "breaks.log"
MIB: Final = 1024 * 1024
FAILED: Final = 2


def remind(folder: Path) -> None:
    """Remind until somebody ends it.

    Parameters
    ----------
    folder : Path
        The data folder; the log is written there.

    Raises
    ------
    RunningError
        If another one runs in this data folder.
    OutputError
        If the folder cannot be written.
    """
    most = round(constants().looking.log_mib * MIB)
    handler = RotatingFileHandler(made_folder(folder) / LOG, maxBytes=most, backupCount=1, delay=True)
    handler.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
    logger = logging.getLogger("lunge.breaks")
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    asyncio.run(_reminding(folder))


async def _reminding(folder: Path) -> None:
    await Program(folder, desk_here(), Bell, opened).run()


if __name__ == "__main__":
    try:
        remind(Path(sys.argv[1]))
    except LungeError as error:
        logging.getLogger("lunge.breaks").warning("%s", error.message)
        sys.exit(FAILED)
