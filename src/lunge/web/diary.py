"""The page of the diary: a week at once, to read, to add and to correct."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from lunge.errors import InputError
from lunge.guide.constants import constants
from lunge.guide.diary import MOMENTS, Diary, DiaryDay, Told, is_to_come
from lunge.guide.reading import ONE_DAY
from lunge.plan.schedule import WEEK
from lunge.storage.records import DiaryMoment
from lunge.web.forms import points_from, read_form
from lunge.web.guiding import guide_of
from lunge.web.pages import SEE_OTHER
from lunge.web.views import shown

router = APIRouter()

ASKED: Final[dict[DiaryMoment, tuple[str, ...]]] = {
    "before": ("back", "knee"),
    "after": ("back", "knee", "effort"),
    "next_morning": ("back", "knee"),
}
Fields = dict[str, str]


@router.get("/diary")
def show(request: Request, day: str = "", first: str = "", saved: bool = False) -> Response:
    """Show the week of a day, or the seven from a first one on; for what is none, the week of today."""
    days = _days(request, first) if first else _week(request, day)
    return _page(request, days, fields_of(days), is_saved=saved)


@router.post("/diary")
async def write(request: Request) -> Response:
    """Keep what was added or corrected in a week; what was left as it was shown is not written."""
    form = await read_form(request)
    days = _days(request, form.get("week", ""))
    try:
        told = [
            (day.day, moment, _told(form, day, moment)) for day, moment in _changed(form, days, guide_of(request).today)
        ]
    except InputError:
        return _page(request, days, fields_of(days) | form, status=422)
    diary = _diary(request)
    for on, moment, answers in told:
        diary.tell(on, moment, answers)
    for day in days:
        note = form.get(f"{day.day}.note", "")
        if note != form.get(f"{day.day}.note.was", note):
            diary.note(day.day, note.strip()[: constants().diary.longest_note_count])
    return RedirectResponse(f"{_address(days[0].day)}&saved=true", SEE_OTHER)


def fields_of(days: tuple[DiaryDay, ...]) -> Fields:
    """Return the fields of the form by name; ``.was`` tells what was shown, so that only changes are written."""
    found: Fields = {}
    for day in days:
        found[f"{day.day}.note"] = found[f"{day.day}.note.was"] = day.note
        for moment, names in ASKED.items():
            values = [getattr(day.told[moment], name) for name in names]
            texts = ["" if value is None else str(value) for value in values]
            found |= {f"{day.day}.{moment}.{name}": text for name, text in zip(names, texts, strict=True)}
            found[f"{day.day}.{moment}.was"] = ",".join(texts)
    return found


def _changed(
    form: Mapping[str, str], days: tuple[DiaryDay, ...], today: date
) -> Iterator[tuple[DiaryDay, DiaryMoment]]:
    """Yield the moments that began and whose answers are others than were shown."""
    for day in days:
        for moment in (m for m in MOMENTS if not is_to_come(day.day, m, today)):
            now = ",".join(form.get(f"{day.day}.{moment}.{name}", "").strip() for name in ASKED[moment])
            if now != form.get(f"{day.day}.{moment}.was", now):
                yield day, moment


def _told(form: Mapping[str, str], day: DiaryDay, moment: DiaryMoment) -> Told:
    return Told(**{name: points_from(form, f"{day.day}.{moment}.{name}") for name in ASKED[moment]})


def _week(request: Request, said: str) -> tuple[DiaryDay, ...]:
    """Return the days of a week, from Monday, that began by now."""
    day = _within(request, said)
    return _from(request, day - day.weekday() * ONE_DAY)


def _days(request: Request, said: str) -> tuple[DiaryDay, ...]:
    """Return seven days from a first one on that began by now; the week of today where it is none."""
    return _from(request, _within(request, said)) if _is_day(said) else _week(request, said)


def _from(request: Request, first: date) -> tuple[DiaryDay, ...]:
    return _diary(request).days(first, min(first + (WEEK - 1) * ONE_DAY, guide_of(request).today))


def _within(request: Request, said: str) -> date:
    """Return a day that is not too long ago, and not to come."""
    today = guide_of(request).today
    return max(min(_day_from(said, today), today), today - constants().diary.oldest_days * ONE_DAY)


def _is_day(said: str) -> bool:
    return _day_from(said, date.min) != date.min


def _address(first: date) -> str:
    """Return where seven days are shown: those of a week by its day, others by their first."""
    return f"/diary?{'first' if first.weekday() else 'day'}={first}"


def _day_from(said: str, otherwise: date) -> date:
    try:
        return date.fromisoformat(said)
    except ValueError:
        return otherwise


def _diary(request: Request) -> Diary:
    return Diary(request.app.state.store, request.app.state.config.clock)


def _page(
    request: Request, days: tuple[DiaryDay, ...], fields: Fields, *, status: int = 200, is_saved: bool = False
) -> Response:
    first, today = days[0].day, guide_of(request).today
    return shown(
        request,
        "diary.html",
        status=status,
        days=days,
        fields=fields,
        asked=ASKED,
        today=today,
        address=_address,
        earlier=first - WEEK * ONE_DAY,
        later=first + WEEK * ONE_DAY,
        oldest=today - constants().diary.oldest_days * ONE_DAY,
        longest_note=constants().diary.longest_note_count,
        is_wrong=status != 200,
        is_saved=is_saved,
    )
