"""Ten years of daily practice: the size of what is kept, and how long the start, the pages and an export take.

    uv run --extra postgres python bench/ten_years.py [--sets 4000] [--repetitions 50000] [--postgres]

Somebody practises for ten years until yesterday as the plan asks, with ups and downs, and answers what is asked.
The sets are made up: 25 findings a repetition, as the seven-step form has, with values that differ. They have no
landmark files, which do not count here. Then `lunge coach` is started over it and asked for its pages. Beside
each time stands that of the processor in the coach's own process, which says the same however busy the machine is.
With --postgres a server is started that waits for the disk.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from datetime import time as time_of_day
from pathlib import Path

from sqlalchemy import Connection, insert, text

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from lunge.guide.clock import Clock
from lunge.guide.days import Guide
from lunge.plan.answers import History
from lunge.plan.book import book_of
from lunge.plan.constants import constants
from lunge.plan.engine import plan
from lunge.plan.records import Baseline, Comfort, Count, Habits, Morning, Screening, Session, Targets
from lunge.plan.standing import Known, standing_on
from lunge.storage import Store, tables
from lunge.storage import records as rows
from lunge.storage.archive import export
from lunge.storage.done import DoneFinding, DoneRepetition, DoneSet
from lunge.storage.plain import row_of
from lunge.storage.set_rows import Kinds, insert_set
from postgres import free_port, new_database, server

DAYS = 3652
DAY = timedelta(days=1)
ZONE = "Europe/Berlin"
RULES = constants()
HABITS = Habits(weekdays=tuple(range(7)), sessions_a_day=2)
LOOKED_BACK = 200  # sets and mornings: more than the plan needs of the past while the years are made up
CHECKS = 25
JUDGED_SHARE = 0.55
MIB = 1024 * 1024
STARTS_WITHIN_S = 300.0
TICKS = os.sysconf("SC_CLK_TCK")
TIMES = 5
SETTLES_S = 5.0  # the network is read in the background
PAGES = (
    "/",
    "/today",
    "/progress",
    "/progress?span=year&side=each",
    "/progress?span=all",
    "/progress?span=all&side=each",
    "/diary",
    "/sets",
    "/breaks",
)


def findings(chance: random.Random, set_id: str, number: int) -> list[DoneFinding]:
    return [finding(chance, set_id, number, check) for check in range(CHECKS)]


def finding(chance: random.Random, set_id: str, number: int, check: int) -> DoneFinding:
    judged = chance.random() < JUDGED_SHARE
    known = judged or chance.random() < 0.2
    return DoneFinding(
        set_id=set_id,
        repetition=number,
        check=f"check_of_something_{check // 2}",
        measure=f"some_part_of_the_body_{check // 2}_deg",
        step=("lunge", "squat_2")[check % 2],
        result=chance.choice(("pass", "pass", "fail")) if judged else "cannot_judge",
        reason=None if judged else "uncertain" if known else "view",
        value=round(chance.gauss(10.0, 5.0), 4) if known else None,
        sd=round(chance.uniform(2.0, 4.0), 4) if known else None,
        sd_people=8.0 if known else None,
        unit="deg",
        low=-10.0,
        high=20.0,
    )


def repetition(chance: random.Random, set_id: str, number: int) -> DoneRepetition:
    holds = {
        f"{step}_{kind}": round(chance.uniform(1.0, 5.0), 3)
        for step in ("squat", "lunge", "squat_2")
        for kind in ("hold_s", "hold_in_form_s")
    }
    start_s = 12.0 * number
    return DoneRepetition(
        set_id=set_id,
        number=number,
        variant="reverse_lunge",
        leg=("left", "right")[number % 2],
        complete=True,
        in_form=chance.random() < 0.9,
        start_s=start_s,
        bottom_s=start_s + 5.123,
        end_s=start_s + 11.456,
        holds_s=holds,
        step_length=round(chance.gauss(0.51, 0.02), 4),
        step_length_unit="heights",
        depth_deg=round(chance.gauss(10.0, 4.0), 4),
        view="side",
        azimuth_deg=round(chance.gauss(90.0, 4.0), 2),
    )


@dataclass
class Life:
    """Somebody who does what the plan asks, and what they felt; only the end of it is looked at each day."""

    chance: random.Random
    sessions: list[Session] = field(default_factory=list)
    mornings: list[Morning] = field(default_factory=list)
    screenings: list[Screening] = field(default_factory=list)
    baseline: Baseline | None = None
    known: Known | None = None

    def history(self) -> History:
        return History(
            screenings=tuple(self.screenings),
            baseline=self.baseline,
            sessions=tuple(self.sessions[-LOOKED_BACK:]),
            mornings=tuple(self.mornings[-LOOKED_BACK:]),
            habits=HABITS,
        )

    def targets(self, day: date) -> Targets:
        """Return what a day asks for; the questions are answered again where the plan wants that."""
        found = plan(self.history(), RULES, day, self.known)
        if found.status in ("screen", "paused"):
            self.screenings.append(Screening(day, doctor_agrees=True, age_years=40))
            found = plan(self.history(), RULES, day, self.known)
        return found.day.targets

    def felt(self) -> Comfort:
        return Comfort(self.chance.choice((0, 0, 0, 1, 1, 2)), self.chance.choice((0, 0, 1, 1)))

    def session(self, at: datetime, targets: Targets, done: int, in_form: int) -> Session:
        """Practise; the very first set is told apart."""
        sides = [Count(targets.repetitions, n, n, m) for n, m in zip(halves(done), halves(in_form), strict=True)]
        after = Comfort(6, 1) if self.chance.random() < 0.005 else self.felt()
        made = Session(at, targets, 1, *sides, self.chance.randrange(2, 8), self.felt(), after)
        if self.baseline is None:
            self.baseline = Baseline(at.date(), *sides, made.effort, Comfort(0, 0))
        else:
            self.sessions.append(made)
        return made

    def end(self, day: date) -> Comfort:
        """End a day, and return how the next morning feels."""
        self.mornings.append(Morning(day + DAY, self.felt()))
        history = self.history()
        self.known = Known(day, standing_on(history, book_of(history, day), RULES, day, self.known))
        return self.mornings[-1].comfort


def halves(count: int) -> tuple[int, int]:
    return count - count // 2, count // 2


def fill(store: Store, sets: int, repetitions: int) -> None:
    first = datetime.combine(datetime.now(UTC).date() - DAYS * DAY, time_of_day(7), UTC)
    life, done = Life(random.Random(1)), 0
    Guide(store, Clock(lambda: first, lambda: ZONE)).choose_habits(HABITS)
    with store.database.writing() as connection:
        kinds = Kinds(connection)
        for n in range(DAYS):
            day = (first + n * DAY).date()
            for hour in range((n + 1) * sets // DAYS - n * sets // DAYS):
                count = repetitions * (done + 1) // sets - repetitions * done // sets
                practise(connection, kinds, life, first + n * DAY + timedelta(hours=hour), count)
                done += 1
            tell(connection, first + (n + 1) * DAY, day, "next_morning", life.end(day), None)
    for answers in life.screenings:
        said = {"ticked": [], "doctor_agrees": True, "age_years": answers.age_years}
        at = datetime.combine(answers.on, time_of_day(6), UTC)
        store.screenings.put(rows.Screening(at=at, zone=ZONE, day=answers.on, outcome="go", answers=said))


def practise(connection: Connection, kinds: Kinds, life: Life, at: datetime, count: int) -> None:
    """Do one set, and keep it with its diary."""
    set_id, kind = f"{at:%Y%m%d-%H%M%S}-0000", "baseline" if life.baseline is None else "plan"
    own = [repetition(life.chance, set_id, n) for n in range(1, count + 1)]
    said = [one for r in own for one in findings(life.chance, set_id, r.number)]
    in_form = sum(r.in_form for r in own)
    made = life.session(at, life.targets(at.date()), count, in_form)
    place = {"kind": kind, "targets": asdict(made.targets), "began": at.isoformat()}
    place["counts"] = {"left": asdict(made.left), "right": asdict(made.right)}
    done = DoneSet(
        id=set_id,
        at=at,
        zone=ZONE,
        origin="live",
        exercise="reverse_lunge",
        mode="causal",
        pose_model="blazepose-full",
        lunge="0.1.0",
        view="side",
        duration_s=12.0 * count,
        left=count // 2,
        right=count - count // 2,
        in_form=in_form,
        wishes={"hold_s": 3.0, "repetitions": 3, "order": "alternate", "plan": place},
        level=made.level,
        effort=made.effort,
        back_before=made.before.back,
        knee_before=made.before.knee,
        back_after=made.after.back,
        knee_after=made.after.knee,
        landmarks_sha256="0" * 64,
    )
    insert_set(connection, kinds, done, own, said, [])
    tell(connection, at, at.date(), "before", made.before, set_id)
    tell(connection, at, at.date(), "after", made.after, set_id)


def tell(connection: Connection, at: datetime, day: date, moment: str, felt: Comfort, set_id: str | None) -> None:
    entry = rows.DiaryEntry(at=at, zone=ZONE, day=day, moment=moment, back=felt.back, knee=felt.knee, set_id=set_id)
    named = replace(entry, id=f"morning-{day.isoformat()}") if moment == "next_morning" else entry
    connection.execute(insert(tables.DIARY), [row_of(named)])


def size_mib(store: Store) -> float:
    file = store.database.place.file
    if file is not None:
        return sum(path.stat().st_size for path in file.parent.glob("lunge.db*")) / MIB
    with store.database.reading() as connection:
        return connection.execute(text("SELECT pg_database_size(current_database())")).scalar_one() / MIB


LARGEST = """
SELECT relname, pg_relation_size(oid) / 1048576.0 FROM pg_class WHERE relkind IN ('r', 'i') ORDER BY 2 DESC LIMIT 8
"""


def largest_mib(store: Store) -> dict[str, float]:
    """Return the largest tables and indexes of a server's database."""
    if store.database.is_file:
        return {}
    with store.database.reading() as connection:
        return {f"of it {name}, MiB": float(mib) for name, mib in connection.execute(text(LARGEST))}


def timed(what: Callable[..., object], *arguments: object) -> float:
    start = time.perf_counter()
    what(*arguments)
    return time.perf_counter() - start


# ---------------------------------------------------------------- the coach, as a user starts it
@dataclass
class Coach:
    """The program under way."""

    address: str
    process: subprocess.Popen[bytes]

    def cpu_s(self) -> float:
        """Return the processor's time so far, of all threads."""
        told = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(told[11]) + int(told[12])) / TICKS

    def page(self, path: str, times: int = 1) -> tuple[float, float]:
        """Return the shortest time of a page, and the mean one of the processor, both in ms."""
        before = self.cpu_s()
        shortest = min(timed(fetch, self.address + path) for _ in range(times))
        return 1000 * shortest, 1000 * (self.cpu_s() - before) / times


@contextmanager
def coach(folder: Path, url: str | None) -> Iterator[tuple[Coach, tuple[float, float]]]:
    """Start the coach, and give it, and how long it took to its first page."""
    port = free_port()
    command = [sys.executable, "-m", "lunge", "coach", "--no-browser", "--port", str(port), "--folder", str(folder)]
    environment = {**os.environ, **({} if url is None else {"LUNGE_DATABASE_URL": url})}
    start = time.perf_counter()
    running = Coach(f"http://127.0.0.1:{port}", subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL))
    try:
        while not answers(running.address):
            if running.process.poll() is not None or time.perf_counter() - start > STARTS_WITHIN_S:
                raise RuntimeError("the coach does not answer")
            time.sleep(0.01)
        yield running, (1000 * (time.perf_counter() - start), 1000 * running.cpu_s())
    finally:
        running.process.terminate()
        running.process.wait()


def answers(address: str) -> bool:
    try:
        fetch(address + "/")
    except (urllib.error.URLError, ConnectionError):
        return False
    return True


def fetch(address: str) -> bytes:
    with urllib.request.urlopen(address, timeout=STARTS_WITHIN_S) as answer:
        return answer.read()


def something_else(store: Store) -> None:
    """Change something that the plan does not need."""
    store.breaks.put(rows.Break(at=datetime.now(UTC), zone=ZONE, taken=False))


def in_the_past(days: int) -> Callable[[Store], None]:
    """Return a change of what was felt some days ago."""

    def change(store: Store) -> None:
        at = datetime.now(UTC)
        day = at.date() - days * DAY
        entry = rows.DiaryEntry(at=at, zone=ZONE, day=day, moment="next_morning", back=1, knee=2)
        store.diary.put(replace(entry, id=f"morning-{day.isoformat()}"))

    return change


CHANGES = {
    "something else": something_else,
    "what was felt a week ago": in_the_past(7),
    "what was felt nine years ago": in_the_past(9 * 365),
}


def pages(folder: Path, url: str | None) -> dict[str, tuple[float, float]]:
    found = {}
    with Store.open(folder, url) as store:
        store.kept_plan.write({})
        with coach(folder, url) as (running, _):
            time.sleep(SETTLES_S)
            found["/today, all years from scratch"] = running.page("/today")
        with coach(folder, url) as (running, start):
            found["start to the first page"] = start
            time.sleep(SETTLES_S)
            found["/today, the first after a start"] = running.page("/today")
            found |= {page: running.page(page, TIMES) for page in PAGES}
            for name, change in CHANGES.items():
                change(store)
                found[f"/today after a change: {name}"] = running.page("/today")
    return found


def measure(folder: Path, url: str | None, sets: int, repetitions: int) -> dict[str, float]:
    with Store.open(folder, url) as store:
        empty = size_mib(store)
        print(f"    filled in {timed(fill, store, sets, repetitions):.0f} s", file=sys.stderr)
        if url:
            with store.database.apart() as connection:
                connection.execute(text("ANALYZE"))
    for name, (wall_ms, cpu_ms) in pages(folder, url).items():
        print(f"{name:60}{wall_ms:10.0f} ms{cpu_ms:10.0f} ms of the processor", flush=True)
    with Store.open(folder, url) as store:
        found = {
            "size, MiB": size_mib(store),
            "of it empty, MiB": empty,
            **largest_mib(store),
            "export, s": timed(export, store, folder / "all.zip"),
        }
        found["export, MiB"] = (folder / "all.zip").stat().st_size / MIB
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sets", type=int, default=4000)
    parser.add_argument("--repetitions", type=int, default=50_000)
    parser.add_argument("--postgres", action="store_true")
    asked = parser.parse_args()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        durable = ("-c", "fsync=on")
        url = new_database(stack.enter_context(server(*durable)), "lunge") if asked.postgres else None
        for name, value in measure(folder, url, asked.sets, asked.repetitions).items():
            print(f"{name:60}{value:10.2f}", flush=True)
        print(f"load of the machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")


if __name__ == "__main__":
    main()
