"""The findings of a repetition in one row: nothing of them is lost, and an export has a row for each all the same."""

import json
import struct
import zipfile
import zlib

import pytest
from alembic import command
from alembic.config import Config
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Column, Double, Integer, MetaData, SmallInteger, Table, func, insert, inspect, select

from analyses import finding, repetition
from lunge.errors import CorruptStoreError
from lunge.storage import Store
from lunge.storage.archive import export
from lunge.storage.database import Database
from lunge.storage.done import DoneSet
from lunge.storage.packed_findings import kinds_in, packed, unpacked
from lunge.storage.places import place_of
from lunge.storage.plain import row_of
from lunge.storage.set_rows import CHECK, KIND, NUMBERS
from lunge.storage.set_tables import CHECKS, FINDING_KINDS, FINDINGS, SETS
from stored import NOON, REPETITIONS, ZONE, keep

NUMBER = st.none() | st.floats(allow_nan=False)
ROWS = st.lists(st.tuples(st.integers(0, 2**31 - 1), NUMBER, NUMBER, NUMBER), max_size=40)


def bits(number):
    return None if number is None else struct.pack("<d", number)


@given(ROWS)
def test_what_is_packed_comes_back_to_the_last_bit(rows):
    found = unpacked(packed(rows))
    assert [(kind, *map(bits, numbers)) for kind, *numbers in found] == [
        (kind, *map(bits, numbers)) for kind, *numbers in rows
    ]


@given(ROWS)
def test_the_kinds_are_those_of_the_rows(rows):
    assert kinds_in(packed(rows)) == {row[0] for row in rows}


@pytest.mark.parametrize("number", ["24.6", [24.6], 10**400], ids=["text", "list", "huge"])
def test_what_is_no_number_is_refused(number):
    with pytest.raises(TypeError, match="expected numbers"):
        packed([(1, 24.6, number, None)])


@given(ROWS, st.data())
def test_what_is_cut_off_is_said(rows, data):
    content = packed(rows)
    with pytest.raises(CorruptStoreError, match="is damaged in the database"):
        unpacked(content[: data.draw(st.integers(0, len(content) - 1))])


@pytest.mark.parametrize("length", [1, 27, 29])
def test_what_has_no_length_of_rows_is_said(length):
    for read in (unpacked, kinds_in):
        with pytest.raises(CorruptStoreError):
            read(zlib.compress(bytes(length)))


def test_a_set_with_damaged_findings_is_said_and_the_others_are_read(store):
    damaged, sound = keep(store), keep(store)
    with store.database.writing() as connection:
        number = select(SETS.c.number).where(SETS.c.id == damaged.id).scalar_subquery()
        connection.execute(FINDINGS.update().where(FINDINGS.c.set_number == number).values(packed=b"\x78"))
    with pytest.raises(CorruptStoreError, match="lunge restore"):
        store.sets.findings(damaged.id)
    assert len(store.sets.findings(sound.id)) == 1


def test_a_repetition_is_one_row_and_one_without_findings_none(store):
    said = (finding(), finding(check="steadiness"))
    keep(store, [repetition(findings=said), repetition(findings=()), repetition(findings=said)])
    with store.database.reading() as connection:
        assert connection.execute(select(FINDINGS.c.repetition).order_by(FINDINGS.c.repetition)).all() == [(1,), (3,)]


# ---------------------------------------------------------------- the export, put together another way


def exported(path, name):
    with zipfile.ZipFile(path) as opened:
        found = json.loads(opened.read(f"tables/{name}.json"))
    return tuple(found["columns"]), [tuple(row) for row in found["data"]]


def one_by_one(store):
    """Return the kinds and the rows of an export, from the findings as they are read one by one."""
    findings = [one for set_id in store.sets.ids() for one in store.sets.findings(set_id)]
    kinds = {tuple(getattr(one, name) for name in (*CHECK, *KIND)) for one in findings}
    ordered = sorted(kinds, key=lambda kind: json.dumps(kind, ensure_ascii=False, separators=(",", ":")))
    number_of = {kind: i for i, kind in enumerate(ordered, 1)}
    rows = [
        (
            one.set_id,
            one.repetition,
            number_of[tuple(getattr(one, name) for name in (*CHECK, *KIND))],
            *(getattr(one, name) for name in NUMBERS),
        )
        for one in findings
    ]
    return [(i, *kind) for kind, i in number_of.items()], sorted(rows, key=lambda row: row[:3])


def test_an_export_has_every_finding_by_set_repetition_and_kind(store, tmp_path):
    @settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(st.lists(REPETITIONS, max_size=3))
    def has_every_finding(sets):
        store.sets.remove(sorted(store.sets.ids()))
        for repetitions in sets:
            keep(store, repetitions)
        export(store, tmp_path / "all.zip")
        kinds, rows = one_by_one(store)
        assert exported(tmp_path / "all.zip", "finding_kinds") == (("kind", *CHECK, *KIND), kinds)
        assert exported(tmp_path / "all.zip", "findings") == (("set_id", "repetition", "kind", *NUMBERS), rows)

    has_every_finding()


# ---------------------------------------------------------------- what the version before wrote


def tables_of(revision, folder, url):
    """Make the tables of a revision, and return the database."""
    database = Database(place_of(folder, url))
    config = Config()
    config.set_main_option("script_location", "lunge.storage:migrations")
    config.set_main_option("path_separator", "os")
    with database.writing() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
    return database


SINGLE = Table(
    "findings",
    MetaData(),
    Column("set_number", Integer),
    Column("repetition", SmallInteger),
    Column("kind_id", SmallInteger),
    *(Column(name, Double) for name in NUMBERS),
)


ODD = (5e-324, 0.1 + 0.2, -1.7976931348623157e308, 1 / 3, -0.0, None)
LOWEST = {1: -20.5, 2: None, 3: 0.1 + 0.2}
"""The lower limits of three kinds, by their numbers."""


def keep_singly(database, sets):
    """Keep sets with a row for each finding, as the version before did."""
    checks = {"id": 1, "check": "lean", "measure": "trunk_deg", "step": "lunge", "unit": "deg"}
    kinds = [
        {"id": i, "check_id": 1, "low": low, "high": 30.0, "result": "pass", "reason": None}
        for i, low in LOWEST.items()
    ]
    said = [
        dict(zip(SINGLE.columns.keys(), (number, n, kind, *numbers), strict=True))
        for number in range(1, sets + 1)
        for n in (2, 1)
        for kind, numbers in ((3, ODD[:3]), (1, ODD[3:]), (2, (number / 7, None, None)))
    ]
    done = [DoneSet(id=name_of(number), at=NOON, zone=ZONE, origin="live") for number in range(1, sets + 1)]
    with database.writing() as connection:
        connection.execute(insert(CHECKS), checks)
        connection.execute(insert(FINDING_KINDS), kinds)
        connection.execute(insert(SETS), [row_of(one) | {"number": i} for i, one in enumerate(done, 1)])
        connection.execute(insert(SINGLE), said)


def name_of(number):
    return f"20260304-120000-{number:04x}"


def test_findings_of_the_version_before_are_the_same(tmp_path, url):
    sets = 200  # more rows than are read at once
    database = tables_of("0006", tmp_path, url)
    keep_singly(database, sets)
    with database.reading() as connection:
        before = [
            (name_of(row[0]), row[1], LOWEST[row[2]], *map(bits, row[3:]))
            for row in connection.execute(SINGLE.select())
        ]
    database.close()
    with Store.open(tmp_path, url) as store:
        found = [one for number in range(1, sets + 1) for one in store.sets.findings(name_of(number))]
        assert len(found) == len(before) == 6 * sets
        assert {(f.set_id, f.repetition, f.low, bits(f.value), bits(f.sd), bits(f.sd_people)) for f in found} == set(
            before
        )
        export(store, tmp_path / "all.zip")
        assert [row[:3] for row in exported(tmp_path / "all.zip", "findings")[1][:3]] == [
            (name_of(1), 1, i) for i in (1, 2, 3)
        ]
        with store.database.reading() as connection:
            assert [name for name in inspect(connection).get_table_names() if "findings" in name] == ["findings"]
            assert connection.execute(select(func.count()).select_from(FINDINGS)).scalar_one() == 2 * sets
