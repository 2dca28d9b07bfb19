"""A questionnaire of the person's own: asked item by item, answered, added and removed."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import RedirectResponse

from lunge.errors import WrittenFileError
from lunge.questionnaires.answering import MANY, ONE, SHOWN, Filled, asked_items, filled, form_of, initial_answers
from lunge.questionnaires.constants import constants
from lunge.questionnaires.keeping import ENDING, add, load, remove
from lunge.questionnaires.records import Item, Questionnaire
from lunge.trends.drawn import comma_of
from lunge.web.forms import read_form
from lunge.web.own_questions import answers_of, folder_of, lines_of
from lunge.web.pages import SEE_OTHER
from lunge.web.questions import questions_page
from lunge.web.uploads import sent_files
from lunge.web.views import shown, texts_of

router = APIRouter()


@router.post("/questionnaires")
async def take(request: Request) -> Response:
    """Keep a file, or say item by item what keeps it from being used."""
    sent = (await sent_files(request)).get("file")
    if sent is None:
        return questions_page(request, status=422, problems={"file": [texts_of(request).text("library.choose_file")]})
    try:
        await run_in_threadpool(add, sent.content, sent.name, folder_of(request))
    except WrittenFileError as error:
        return questions_page(request, status=422, problems={"file": lines_of(request, error)})
    return RedirectResponse("/questions#own", SEE_OTHER)


@router.get("/questionnaires/{name}")
def show(request: Request, name: str) -> Response:
    """Ask a questionnaire."""
    found = _load(name, request)
    return found if isinstance(found, Response) else _page(request, found, form_of(found, initial_answers(found)))


@router.post("/questionnaires/{name}")
async def answer(request: Request, name: str) -> Response:
    """Keep the answers, or ask for what is missing."""
    found = _load(name, request)
    if isinstance(found, Response):
        return found
    form = await read_form(request)
    said = filled(found, form)
    if not said.is_complete:
        return _page(request, found, form, said)
    answers_of(request).keep(found, said.answers)
    return RedirectResponse(f"/questions?saved={quote(name)}#own", SEE_OTHER)


@router.post("/questionnaires/{name}/remove")
def take_away(request: Request, name: str) -> Response:
    """Delete a file; what was answered stays."""
    remove(name.removesuffix(ENDING), folder_of(request))
    return RedirectResponse("/questions#own", SEE_OTHER)


def _load(name: str, request: Request) -> Questionnaire | Response:
    """Return a questionnaire, or the page of the questions, which says what is wrong with it."""
    try:
        return load(name, folder_of(request))
    except WrittenFileError:
        return questions_page(request, status=422)


def _page(request: Request, found: Questionnaire, form: Mapping[str, str], said: Filled | None = None) -> Response:
    texts = texts_of(request)
    wrong = {} if said is None else said.wrong
    answers = initial_answers(found) if said is None else said.answers
    return shown(
        request,
        "questionnaire.html",
        status=422 if wrong else 200,
        one=found,
        form=form,
        asked=asked_items(found, answers),
        number={item.link_id: n for n, item in enumerate(found.walk())},
        wrong=wrong,
        came_up=frozenset() if said is None else said.came_up,
        bounds=lambda item: _bounds(request, item),
        most_radios=constants().answers.most_radios_count,
        field=ONE.format,
        tick=MANY.format,
        seen=SHOWN.format,
        comma=comma_of(texts),
    )


def _bounds(request: Request, item: Item) -> str:
    """Return between which numbers an answer lies, in words; empty where any will do."""
    texts = texts_of(request)
    low, high = (
        None if end is None else f"{end:g}".replace(".", comma_of(texts)) for end in (item.lowest, item.highest)
    )
    if low is not None and high is not None:
        return texts.text("questionnaires.from_to", low=low, high=high)
    if low is not None:
        return texts.text("questionnaires.from", low=low)
    return "" if high is None else texts.text("questionnaires.to", high=high)
