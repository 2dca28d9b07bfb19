"""Stores of both kinds: a file, and a PostgreSQL server that runs for the tests alone."""

from itertools import count

import pytest

from lunge.storage import Store
from postgres import binaries, new_database, server

NUMBERS = count(1)


@pytest.fixture(scope="session")
def maintenance():
    """The address of a server's maintenance database."""
    if binaries() is None:
        pytest.skip("there is no PostgreSQL here: neither initdb nor /usr/lib/postgresql")
    pytest.importorskip("psycopg")
    with server() as address:
        yield address


@pytest.fixture(autouse=True)
def no_database_elsewhere(monkeypatch):
    monkeypatch.delenv("LUNGE_DATABASE_URL", raising=False)


@pytest.fixture(params=["sqlite", "postgresql"])
def new_url(request):
    """Gives addresses of new databases of one kind; None stands for the file in the folder."""
    if request.param == "sqlite":
        return lambda: None
    address = request.getfixturevalue("maintenance")
    return lambda: new_database(address, f"lunge_{next(NUMBERS)}")


@pytest.fixture
def url(new_url):
    return new_url()


@pytest.fixture
def store(tmp_path, url):
    with Store.open(tmp_path / "home", url) as opened:
        yield opened


@pytest.fixture
def other(tmp_path, new_url):
    """The store of another machine."""
    with Store.open(tmp_path / "other", new_url()) as opened:
        yield opened


@pytest.fixture
def file_store(tmp_path):
    """A store in a file, where that matters."""
    with Store.open(tmp_path / "home") as opened:
        yield opened
