"""The page on the live protocol names exactly the fields that are taken and given."""

import re
from dataclasses import fields
from pathlib import Path
from typing import get_args

import pytest
from msgspec import structs

from lunge.coaching.records import Cue, Fault, Hold, Mode, Sound
from lunge.live.records import Update
from lunge.live.session import Command
from lunge.web.asked import Asked
from lunge.web.messages import Hello, Points

PAGE = (Path(__file__).parents[2] / "docs" / "live-protocol.md").read_text(encoding="utf-8")
ADDED = {"type", "capture_ms", "fps", "dropped"}
"""What the socket adds to an update."""


def table(head: str) -> set[str]:
    """Return the names in the first column of a table."""
    rows = re.search(rf"(?m)^\| {head} \|.*\n\|---.*\n((?:\|.*\n)+)", PAGE)
    assert rows is not None
    return {name for row in rows[1].splitlines() for name in re.findall(r"`(\w+)`", row.split("|")[1])}


def accepted(model: type) -> set[str]:
    """Return the names that a message may have."""
    tag = {model.__struct_config__.tag_field} - {None}
    return {field.encode_name for field in structs.fields(model)} | tag


def test_the_hello_has_exactly_the_fields_that_are_taken() -> None:
    assert table("of the hello") == accepted(Hello)


def test_the_wishes_are_exactly_those_that_are_taken() -> None:
    assert table("of the wishes") == accepted(Asked)


def test_an_update_has_exactly_the_fields_that_are_given() -> None:
    assert table("of an update") == {field.name for field in fields(Update)} | ADDED


def test_landmarks_have_exactly_the_fields_that_are_taken() -> None:
    example = re.search(r'\{"type": "landmarks".*?\}', PAGE, re.DOTALL)
    assert example is not None
    assert set(re.findall(r'"(\w+)":', example[0])) == accepted(Points)


def test_the_commands_are_exactly_those_that_are_taken() -> None:
    example = re.search(r'"type": "command", "name": (.*?)\}', PAGE, re.DOTALL)
    assert example is not None
    assert set(re.findall(r'"(\w+)"', example[1])) == set(get_args(Command))


@pytest.mark.parametrize("record", [Cue, Fault, Hold, Sound], ids=lambda kind: kind.__name__)
def test_what_an_update_holds_is_told(record: type) -> None:
    told = {"fill"}  # what filled the gaps of a text that is filled already
    assert not [field.name for field in fields(record) if f"`{field.name}`" not in PAGE and field.name not in told]


def test_the_modes_are_told() -> None:
    assert not [mode for mode in get_args(Mode) if f"`{mode}`" not in PAGE]
