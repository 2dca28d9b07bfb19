"""What holds for every test."""

import os
import signal

import pytest
from hypothesis import settings

# A busy machine is no defect; and what every commit runs is the same each time, while elsewhere the search goes on.
settings.register_profile("lunge", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("lunge")

# What a shell starts in the background ignores Ctrl-C, and so would every program that a test starts.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session", autouse=True)
def cache_folder(tmp_path_factory):
    """Keep compiled networks of this run alone, for all its workers, whose own folders lie beside each other."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    with pytest.MonkeyPatch.context() as changed:
        changed.setenv("XDG_CACHE_HOME", str(shared / "cache"))
        yield shared / "cache"
