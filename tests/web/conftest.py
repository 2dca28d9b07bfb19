"""An application with a coach that follows a script, in a folder of its own."""

import numpy as np
import pytest
from starlette.testclient import TestClient

from days import Moved, let_begin
from lunge.guide.clock import Clock
from lunge.web.app import Config, create_app
from scripted import ScriptedEyes, ScriptedSession

BASE = "http://127.0.0.1:8765"


class Coaches:
    """Makes coaches, and keeps them for tests to look at."""

    def __init__(self):
        self.made = []

    def __call__(self, wishes):
        self.made.append(ScriptedSession(wishes))
        return self.made[-1]


@pytest.fixture
def coaches():
    return Coaches()


@pytest.fixture
def clock():
    """A clock that tests move; the application goes by it where the test says so."""
    return Moved()


@pytest.fixture
def app_at(tmp_path, coaches):
    """Makes the application by a clock that tests move, or by the usual one."""
    made = []

    def make(clock=None):
        by = {} if clock is None else {"clock": Clock(clock.now, clock.zone)}
        made.append(create_app(Config(tmp_path, make_session=coaches, make_eyes=lambda model: ScriptedEyes(), **by)))
        return made[-1]

    yield make
    for app in made:
        app.state.store.close()


@pytest.fixture
def app(app_at):
    return app_at()


@pytest.fixture
def client(app):
    with TestClient(app, BASE, headers={"origin": BASE}, follow_redirects=False) as made:
        yield made


@pytest.fixture
def cleared(app):
    """Somebody who has answered the questions, and the one before a set of their own choice."""
    let_begin(app)


@pytest.fixture
def grey():
    return np.full((48, 64, 3), 128, np.uint8)
