"""Read a TOML or JSON text that a person wrote, and say in which line something is wrong."""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import dataclass, field
from typing import Any, Final

from lunge.errors import WrittenFileError
from lunge.messages import DEFAULT, Sentence


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in a file: the line, counted from 1, the key of a text, and what fills the text's gaps."""

    line: int
    key: str
    fill: dict[str, str] = field(default_factory=dict)

    def text(self, language: str = DEFAULT) -> str:
        """Return the sentence in a language, with its line.

        Raises
        ------
        ValueError
            If there is no such language.
        """
        problem = Sentence(self.key, self.fill)
        return Sentence("written.line", {"line": self.line, "problem": problem}).text(language)


class WrongValueError(ValueError):
    """A value that does not fit; carries its sentence."""

    def __init__(self, key: str, **fill: object) -> None:
        super().__init__(key)
        self.key, self.fill = f"written.{key}", {name: str(value) for name, value in fill.items()}

    def at(self, line: int) -> Problem:
        """Return it as the problem of a line."""
        return Problem(line, self.key, self.fill)


def refused(name: str, problems: tuple[Problem, ...]) -> WrittenFileError:
    """Return the error that tells all problems of a file, one a line."""
    return WrittenFileError("errors.written.unusable", name=name, problems=problems)


def read_text(text: str, name: str) -> dict[str, Any]:
    """Return what a file says: JSON where it begins with a brace, TOML otherwise.

    Raises
    ------
    WrittenFileError
        If it is neither; the problem gives the line.
    """
    try:
        found = json.loads(text) if text.lstrip().startswith("{") else tomllib.loads(text)
    except json.JSONDecodeError as error:
        raise refused(name, (Problem(error.lineno, "written.no_json"),)) from error
    except tomllib.TOMLDecodeError as error:
        raise refused(name, (Problem(_toml_line(error, text), "written.no_toml"),)) from error
    except (ValueError, RecursionError) as error:
        # Numbers of thousands of digits, brackets in thousands of brackets.
        raise refused(name, (Problem(1, "written.too_much"),)) from error
    return dict(found)


def _toml_line(error: tomllib.TOMLDecodeError, text: str) -> int:
    """Return the line that the reader's message names; the last one where it names the end of the text."""
    found = re.search(r"line (\d+)", str(error))
    return int(found[1]) if found else text.count("\n") + 1


def line_of(text: str, path: str) -> int:
    """Return the line in which a key stands, or the section that it should stand in; 1 where neither is.

    Parameters
    ----------
    text : str
    path : str
        Section and key, such as ``ranges.hold_s``; of a section that is there several times with its number,
        counted from 0, such as ``checks.2.limit``.
    """
    lines = text.splitlines()
    first, end = 1, len(lines)
    section, *parts = path.split(".")
    found = _lines_with(section, lines, first, end)
    if parts and parts[0].isdecimal():
        found = found[int(parts.pop(0)) :]
    first = found[0] if found else first
    end = _end_of_section(lines, first, end)
    for part in parts:
        inside = _lines_with(part, lines, first, end)
        first = inside[0] if inside else first
    return first


def _lines_with(part: str, lines: list[str], first: int, end: int) -> list[int]:
    """Return the lines from `first` to `end`, counted from 1, in which a key or a section stands."""
    sign = re.compile(rf'^\s*\[\[?{re.escape(part)}\]|(?:^|[\s{{,])"?{re.escape(part)}"?\s*[=:]')
    return [i for i, row in enumerate(lines[first - 1 : end], first) if sign.search(row)]


def _end_of_section(lines: list[str], first: int, end: int) -> int:
    """Return the last line of the TOML section that begins in a line; `end` where none begins there."""
    if not lines or not _HEADER.match(lines[first - 1]):
        return end
    return next((i for i in range(first, end) if _HEADER.match(lines[i])), end)


_HEADER: Final = re.compile(r"^\s*\[\[?[\w.]+\]")
