"""Questionnaires of the person's own, as the page of the questions lists them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from fastapi import Request

from lunge.errors import WrittenFileError
from lunge.guide.questionnaires import QuestionnaireAnswers
from lunge.questionnaires.keeping import ENDING, own_questionnaires
from lunge.storage.records import QuestionnaireAnswer
from lunge.web.views import texts_of

FOLDER: Final = "questionnaires"
MOST_LINES: Final = 5
"""Of what is wrong in a file; the rest is counted."""


@dataclass(frozen=True, slots=True)
class Own:
    """A questionnaire in the list.

    Attributes
    ----------
    file : str
        Name of its file, without the ending; empty where it is no longer there.
    title, about, language : str
    has_points : bool
    kept : tuple of QuestionnaireAnswer
        The newest first.
    """

    file: str
    title: str
    about: str
    language: str
    has_points: bool
    kept: tuple[QuestionnaireAnswer, ...]


@dataclass(frozen=True, slots=True)
class OwnQuestions:
    """All of them.

    Attributes
    ----------
    folder : Path
        Into which files may be copied.
    usable : list of Own
    unusable : list of (str, list of str)
        Names of files, each with what is wrong in it.
    """

    folder: Path
    usable: list[Own]
    unusable: list[tuple[str, list[str]]]


def folder_of(request: Request) -> Path:
    """Return where the files lie."""
    folder: Path = request.app.state.config.folder
    return folder / FOLDER


def answers_of(request: Request) -> QuestionnaireAnswers:
    """Return who keeps the answers."""
    return QuestionnaireAnswers(request.app.state.store, request.app.state.config.clock)


def own_questions(request: Request) -> OwnQuestions:
    """Return the questionnaires in the folder, and those of which only answers are left."""
    found, wrong = own_questionnaires(folder_of(request))
    kept = answers_of(request).by_questionnaire()
    usable = [
        Own(one.file, one.title, one.about, one.language, one.has_points, kept.get(one.canonical, ())) for one in found
    ]
    there = {one.canonical for one in found}
    for name, rows in kept.items():
        if name not in there:
            usable.append(Own("", rows[0].title, "", "", any(row.score is not None for row in rows), rows))
    return OwnQuestions(
        folder_of(request), usable, [(name + ENDING, lines_of(request, error)) for name, error in wrong]
    )


def lines_of(request: Request, error: WrittenFileError) -> list[str]:
    """Return what is wrong in a file, one sentence each, in the language of a request."""
    texts, found = texts_of(request), error.facts["problems"]
    problems: Any = found
    lines = [problem.text(texts.language) for problem in problems[:MOST_LINES]]
    left = len(problems) - len(lines)
    return [*lines, texts.text("questionnaires.more_lines", n=left)] if left else lines
