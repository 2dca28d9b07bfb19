"""A prescription: sent, shown in plain words, reported on, and ended."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import RedirectResponse

from lunge.documents import json_text
from lunge.errors import InputError, MissingFileError
from lunge.guide.prescribing import Prescribing, Taken, WrongSignatureError
from lunge.messages import Catalogue
from lunge.plan.prescribed import NAMES, asked_rows, range_words
from lunge.plan.prescription import Prescription
from lunge.plan.reported import Report, report_on
from lunge.web.guiding import guide_of
from lunge.web.library import sentences_of
from lunge.web.pages import SEE_OTHER
from lunge.web.uploads import sent_files
from lunge.web.views import shown, texts_of

router = APIRouter()

REPORT: Final = "lunge-report"


@router.get("/prescription")
def prescription(request: Request) -> Response:
    """Show the prescription that counts, or how to bring one."""
    return _page(request)


@router.post("/prescription")
async def take(request: Request) -> Response:
    """Take a prescription over, or say line by line what keeps it from being used."""
    files = await sent_files(request)
    sent, signature = files.get("file"), files.get("signature")
    if sent is None:
        return _page(request, [texts_of(request).text("library.choose_file")])
    try:
        beside = None if signature is None else signature.content
        await run_in_threadpool(prescribing_of(request).take, sent.content, sent.name, beside)
    except WrongSignatureError:
        return _page(request, [texts_of(request).text("library.prescription.wrong_signature")])
    except InputError as error:
        return _page(request, sentences_of(error, request))
    return RedirectResponse("/prescription", SEE_OTHER)


@router.post("/prescription/end")
def end(request: Request) -> Response:
    """End the prescription."""
    prescribing_of(request).end()
    return RedirectResponse("/prescription", SEE_OTHER)


@router.get("/prescription/report.{kind}")
def report(request: Request, kind: str) -> Response:
    """Give the report for who wrote the prescription: JSON for a program, HTML to read."""
    taken = prescribing_of(request).current()
    if taken is None or kind not in ("json", "html"):
        raise MissingFileError(f"report.{kind}")
    made = _report(request, taken)
    if kind == "json":
        answer = Response(json_text(made.as_dict(taken.prescription), indent=2), media_type="application/json")
    else:
        rows = report_rows(texts_of(request), taken.prescription, made)
        answer = shown(request, "prescription_report.html", taken=taken, report=made, rows=rows)
    answer.headers["content-disposition"] = f'attachment; filename="{REPORT}-{made.last}.{kind}"'
    return answer


def prescribing_of(request: Request) -> Prescribing:
    """Return who keeps the prescriptions."""
    prescribing: Prescribing = request.app.state.prescribing
    return prescribing


def report_rows(texts: Catalogue, asked: Prescription, made: Report) -> list[tuple[str, str, str]]:
    """Return the rows of a report: what, prescribed, and done."""
    open_ = texts.text("library.prescription.open")
    rows = [
        ("days", made.days_asked, made.days_done),
        ("sets", made.sets_asked, made.sets_done),
        ("repetitions", made.repetitions_asked, made.repetitions_done),
    ]
    told = [(f"report_{n}", open_ if want is None else str(want), str(done)) for n, want, done in rows]
    for leg in asked.sides:
        told.append((f"report_{leg}", str(made.legs[leg].asked), str(made.legs[leg].done)))
    in_form = texts.text("library.prescription.of", n=made.repetitions_in_form, total=made.repetitions_judged)
    told.append(("report_in_form", open_, in_form))
    felt = {"effort": made.effort, "before": made.most_before, "after": made.most_after}
    felt["next_morning"] = made.most_next_morning
    limit = texts.text("library.prescription.limit_above", limit=asked.stop_limit) if asked.stop_limit else open_
    for name, value in felt.items():
        told.append((f"report_{name}", open_ if name == "effort" else limit, open_ if value is None else f"{value:g}"))
    named = [(texts.text(f"library.prescription.{name}"), want, done) for name, want, done in told]
    for variable, ends in made.practised.items():
        is_asked = variable in asked.least
        wanted = range_words(texts, variable, asked.least[variable], asked.most[variable]) if is_asked else open_
        named.append((texts.text(NAMES[variable]), wanted, range_words(texts, variable, *ends)))
    stops = [(texts.text(f"plan.stop.{key}"), open_, str(n)) for key, n in made.stopped.items()]
    return named + stops


def _page(request: Request, wrong: list[str] | None = None) -> Response:
    taken = prescribing_of(request).current()
    return shown(
        request,
        "prescription.html",
        status=422 if wrong else 200,
        wrong=wrong or [],
        taken=taken,
        state="" if taken is None else _state(request, taken),
        asked=[] if taken is None else asked_rows(texts_of(request), taken.prescription),
        has_begun=taken is not None and taken.first <= guide_of(request).today,
    )


def _state(request: Request, taken: Taken) -> str:
    """Return whether it holds today: now, later, or no longer."""
    today, found = guide_of(request).today, taken.prescription
    if found.holds_on(today):
        return "now"
    return "later" if today < found.issued else "over"


def _report(request: Request, taken: Taken) -> Report:
    guide = guide_of(request)
    return report_on(taken.prescription, guide.history(), taken.first, guide.today)
