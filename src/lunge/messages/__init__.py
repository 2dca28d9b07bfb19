"""What the program says to people, by language: catalogues of short texts.

A folder is a language, a file in it a section, and a text's key is
``section.name``. English is complete by definition; another language joins by
adding a folder with the same files and keys.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Final, Protocol, runtime_checkable

DEFAULT: Final = "en"


@dataclass(frozen=True)
class Catalogue:
    """All texts in one language.

    Attributes
    ----------
    language : str
        Two letters, as in the ``lang`` of a page.
    texts : dict of str to str
        By key; names in braces are filled in.
    """

    language: str
    texts: dict[str, str]

    def text(self, key: str, **fill: object) -> str:
        """Return one text, filled in.

        Raises
        ------
        KeyError
            If there is no such text: a mistake of the program, not of the user.
        """
        found = self.texts[key]
        return found.format(**fill) if fill else found

    def section(self, name: str) -> dict[str, str]:
        """Return the texts of one section by the rest of their key."""
        return {k.partition(".")[2]: v for k, v in self.texts.items() if k.startswith(f"{name}.")}


@runtime_checkable
class Told(Protocol):
    """What can be said in any language."""

    def text(self, language: str = DEFAULT) -> str:
        """Return it in a language."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """Something said, before a language is chosen; as a plain string it is English.

    Attributes
    ----------
    key : str
        Of a text in the catalogues.
    fill : mapping of str to object
        What fills the text's gaps. What can be said in any language is said in the sentence's own,
        several such things one after the other; numbers have the language's decimal sign.
    """

    key: str
    fill: Mapping[str, object] = field(default_factory=dict)

    def text(self, language: str = DEFAULT) -> str:
        """Return the sentence in a language.

        Raises
        ------
        ValueError
            If there is no such language.
        KeyError
            If there is no such text, or something is missing for its gaps.
        """
        texts = catalogue(language)
        return texts.text(self.key, **{name: _filling(value, texts) for name, value in self.fill.items()})

    def __str__(self) -> str:
        """Return the sentence in English."""
        return self.text()


@dataclass(frozen=True, slots=True)
class Listed:
    """Several things said, with commas between them."""

    items: tuple[Told, ...]

    def text(self, language: str = DEFAULT) -> str:
        """Return them in a language."""
        return ", ".join(item.text(language) for item in self.items)


def _filling(value: object, texts: Catalogue) -> object:
    if isinstance(value, Told):
        return value.text(texts.language)
    if isinstance(value, tuple):
        return " ".join(str(_filling(item, texts)) for item in value)
    return str(value).replace(".", texts.text("report.values.decimal")) if isinstance(value, float) else value


@cache
def languages() -> dict[str, str]:
    """Return the languages there are: code to the language's own name."""
    folders = sorted(f.name for f in resources.files("lunge.messages").iterdir() if (f / "about.toml").is_file())
    return {code: catalogue(code).text("about.language") for code in folders}


@cache
def catalogue(language: str = DEFAULT) -> Catalogue:
    """Return the texts of a language.

    Raises
    ------
    ValueError
        If the language is not there.
    """
    folder = resources.files("lunge.messages") / language
    if not language.isalpha() or not (folder / "about.toml").is_file():
        raise ValueError(f"language: expected one of the folders of lunge.messages, got {language!r}")
    texts: dict[str, str] = {}
    for file in folder.iterdir():
        if file.name.endswith(".toml"):
            _flatten(tomllib.loads(file.read_text(encoding="utf-8")), file.name.removesuffix(".toml"), texts)
    return Catalogue(language, texts)


def _flatten(table: dict[str, object], prefix: str, into: dict[str, str]) -> None:
    for name, value in table.items():
        key = f"{prefix}.{name}"
        if isinstance(value, dict):
            _flatten(value, key, into)
        else:
            into[key] = str(value)
