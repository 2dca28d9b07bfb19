"""Four made-up people follow the plan for a year: draws docs/images/ladders.svg and prints what happened.

python bench/year.py
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from datetime import time as time_of_day
from pathlib import Path

from lunge.plan.answers import History, Plan
from lunge.plan.constants import constants
from lunge.plan.engine import plan
from lunge.plan.ladder import ladder
from lunge.plan.records import Baseline, Comfort, Count, Habits, Morning, Screening, Session

OUT = Path(__file__).parents[1] / "docs" / "images" / "ladders.svg"
FIRST = date(2026, 1, 5)
DAYS = 364
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Person:
    """How somebody practises: sets done of those asked, in form, how it feels, answers given."""

    name: str
    hint: str
    sets: Callable[[random.Random, int, int], int]
    form: float
    effort: tuple[int, int]
    felt: Callable[[random.Random, int, int], int]
    answers: float


def away(day: int) -> bool:
    return 95 <= day < 125 or 230 <= day < 252


def flare(day: int) -> int:
    """Return how much more is felt: three flares in a year."""
    return 5 if day in range(70, 76) else 4 if day in range(180, 186) else 6 if day in range(275, 280) else 0


PEOPLE = (
    Person(
        "Adherent",
        "does what is asked",
        lambda r, day, asked: asked,
        0.96,
        (3, 6),
        lambda r, day, sets: r.choice((0, 0, 1)),
        1.0,
    ),
    Person(
        "Forgetful",
        "every other day or less, two long holidays",
        lambda r, day, asked: 0 if away(day) or r.random() < 0.55 else 1,
        0.9,
        (3, 6),
        lambda r, day, sets: r.choice((0, 0, 1)),
        0.5,
    ),
    Person(
        "Flaring",
        "three times a knee lets itself be felt for a week",
        lambda r, day, asked: min(asked, 2),
        0.92,
        (3, 6),
        lambda r, day, sets: r.choice((0, 1, 1)) + flare(day),
        0.9,
    ),
    Person(
        "Over-eager",
        "twice the sets, and often more than feels good",
        lambda r, day, asked: 2 * asked,
        0.94,
        (4, 7),
        lambda r, day, sets: r.choice((0, 1, 1)) + (sets > 4) * r.choice((0,) * 14 + (2, 5)),
        1.0,
    ),
)


def lived(person: Person) -> list[tuple[int, Plan]]:
    """Return the plan of each day of a year."""
    chance = random.Random(person.name)
    count = Count(3, 3, 3, 3)
    history = History(
        screenings=(Screening(FIRST, doctor_agrees=True, age_years=45),),
        baseline=Baseline(FIRST, count, count, 4, Comfort(0, 0)),
        habits=Habits(),
    )
    found = []
    for day in range(DAYS):
        today = FIRST + day * DAY
        plan_ = plan(history, constants(), today)
        found.append((day, plan_))
        if plan_.status == "paused" and (today - plan_.log[-1].on).days >= 6:
            history = replace(history, screenings=(*history.screenings, Screening(today, doctor_agrees=True)))
        history = with_day(history, person, chance, today, plan_)
    return found


def with_day(history: History, person: Person, chance: random.Random, today: date, plan_: Plan) -> History:
    """Return the history with what a person did and felt on a day."""
    day = (today - FIRST).days
    sets = person.sets(chance, day, plan_.day.sessions) if plan_.status == "go" else 0
    felt = person.felt(chance, day, sets)
    new = []
    for i in range(sets):
        targets = plan_.day.targets
        count = Count(
            *[targets.repetitions] * 3, sum(chance.random() < person.form for _ in range(targets.repetitions))
        )
        at = datetime.combine(today, time_of_day(8 + i), UTC)
        before, after = Comfort(0, max(0, felt - 1)), Comfort(0, min(10, felt))
        new.append(Session(at, targets, plan_.level, count, count, chance.randint(*person.effort), before, after))
    mornings = ()
    if chance.random() < person.answers:
        mornings = (
            Morning(today + DAY, Comfort(0, min(10, max(0, felt - 1) + (sets > 4) * chance.choice((0, 0, 1))))),
        )
    return replace(history, sessions=(*history.sessions, *new), mornings=(*history.mornings, *mornings))


# ---------------------------------------------------------------- the picture
WIDTH, PANEL, LEFT, RIGHT, TOP, GAP = 760, 190, 70, 30, 28, 30
RUNGS = [rung.targets for rung in ladder().usual]
LEVELS = [rung.level for rung in ladder().usual]
STYLE = """
text { font: 13px system-ui, sans-serif; fill: #1f2933 }
.title { font-weight: 600; font-size: 14px } .small { font-size: 11px; fill: #52606d }
.grid { stroke: #d9e2ec } .ladder { fill: none; stroke: #0b69a3; stroke-width: 2.2; stroke-linejoin: round }
.pause { fill: #f7c948; opacity: .55 } .away { fill: #cbd2d9; opacity: .6 } .down { fill: #ba2525 }
"""


def x_of(day: float) -> float:
    return round(LEFT + day / DAYS * (WIDTH - LEFT - RIGHT), 1)


def panel(person: Person, found: list[tuple[int, Plan]], top: float) -> list[str]:
    """Return one person's ladder over the year."""
    height = PANEL - TOP

    def y_of(place: int) -> float:
        level = LEVELS[place]
        within = (place - LEVELS.index(level)) / LEVELS.count(level)
        return round(top + TOP + height * (1 - (level + within) / (max(LEVELS) + 1)), 1)

    out = [
        f'<text class="title" x="{LEFT}" y="{top + 16}">{person.name}</text>',
        f'<text class="small" x="{LEFT + 100}" y="{top + 16}">{person.hint}</text>',
    ]
    for day, plan_ in found:
        if plan_.status == "paused":
            out.append(f'<rect class="pause" x="{x_of(day)}" y="{top + TOP}" width="2.2" height="{height}"/>')
    if person.name == "Forgetful":
        for first, last in ((95, 125), (230, 252)):
            width = x_of(last) - x_of(first)
            out.append(f'<rect class="away" x="{x_of(first)}" y="{top + TOP}" width="{width:.1f}" height="{height}"/>')
    for level in range(7):
        y = y_of(LEVELS.index(level))
        out.append(f'<line class="grid" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y}" y2="{y}"/>')
        out.append(f'<text class="small" x="{LEFT - 8}" y="{y + 4}" text-anchor="end">level {level}</text>')
    places = [(day, RUNGS.index(plan_.log[-1].rung.targets)) for day, plan_ in found]
    points = [f"{x_of(d + e)},{y_of(place)}" for d, place in places for e in (0, 1)]
    out.append(f'<polyline class="ladder" points="{" ".join(points)}"/>')
    for decision in found[-1][1].log:
        if decision.kind == "down":
            x, y = x_of((decision.on - FIRST).days), y_of(RUNGS.index(decision.rung.targets))
            out.append(f'<path class="down" d="M{x - 4.5} {y + 3}h9l-4.5 7z"/>')
    return out


def picture(lives: dict[Person, list[tuple[int, Plan]]]) -> str:
    """Return all ladders as one SVG."""
    height = len(lives) * (PANEL + GAP) + 50
    alt = "How high four made-up people stand on the ladder over a year, with steps back, pauses and absences"
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{alt}">']
    out += [f"<style>{STYLE}</style>", f'<rect width="{WIDTH}" height="{height}" fill="#fff"/>']
    for i, (person, found) in enumerate(lives.items()):
        out += panel(person, found, i * (PANEL + GAP) + 8)
    base = height - 46
    for month in range(0, 13, 2):
        out.append(
            f'<text class="small" x="{x_of(month * DAYS / 12)}" y="{base}" text-anchor="middle">month {month}</text>'
        )
    legend = (("down", "M{x} {y}h9l-4.5 7z", "one thing easier"), ("pause", "M{x} {y}h12v9h-12z", "pause with advice"))
    for i, (kind, path, said) in enumerate((*legend, ("away", "M{x} {y}h12v9h-12z", "away"))):
        x, y = LEFT + 170 * i, base + 20
        out.append(f'<path class="{kind}" d="{path.format(x=x, y=y)}"/>')
        out.append(f'<text class="small" x="{x + 18}" y="{y + 9}">{said}</text>')
    return "\n".join([*out, "</svg>", ""])


def main() -> None:
    began = time.perf_counter()
    lives = {person: lived(person) for person in PEOPLE}
    OUT.write_text(picture(lives), encoding="utf-8")
    print("| | level after 4 weeks | 12 weeks | a year | up | down | pauses |", "| --- " * 7 + "|", sep="\n")
    for person, found in lives.items():
        levels = [found[day][1].level for day in (28, 84, DAYS - 1)]
        kinds = [d.kind for d in found[-1][1].log]
        numbers = [*levels, *(kinds.count(kind) for kind in ("up", "down", "pause"))]
        print(f"| {person.name} | " + " | ".join(map(str, numbers)) + " |")
    print(f"{len(PEOPLE) * DAYS} plans in {time.perf_counter() - began:.1f} s; {OUT}")


if __name__ == "__main__":
    main()
