"""Ten years of daily practice in the store: its size, and how long opening, progress and export take.

    uv run --extra postgres python bench/ten_years.py [--sets 4000] [--repetitions 50000] [--postgres]

The sets are made up: 25 findings a repetition, as the seven-step form has, with values that differ. They have no
landmark files, which do not count here. With --postgres a server is started that waits for the disk.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import insert, text

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from lunge.storage import Store, tables
from lunge.storage.archive import export
from lunge.storage.done import DoneFinding, DoneRepetition, DoneSet
from lunge.storage.logs import table_of
from lunge.storage.plain import row_of
from lunge.storage.records import DiaryEntry, PlanDecision
from lunge.storage.set_rows import Kinds, insert_set
from postgres import new_database, server

FIRST_DAY = datetime(2026, 1, 1, 7, tzinfo=UTC)
ZONE = "Europe/Berlin"
CHECKS = 25
JUDGED_SHARE = 0.55
MIB = 1024 * 1024
COLD = """
import sys
from pathlib import Path
from lunge.storage import Store
Store.open(Path(sys.argv[1]), sys.argv[2] or None).close()
"""


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
        in_form=chance.random() < 0.7,
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


def fill(store: Store, sets: int, repetitions: int) -> None:
    chance = random.Random(1)
    with store.database.writing() as connection:
        kinds = Kinds(connection)
        for i in range(sets):
            at = FIRST_DAY + timedelta(hours=i * 24 * 3652 / sets)
            set_id = f"{at:%Y%m%d-%H%M%S}-{i:04x}"
            count = repetitions * (i + 1) // sets - repetitions * i // sets
            own = [repetition(chance, set_id, n) for n in range(1, count + 1)]
            said = [one for r in own for one in findings(chance, set_id, r.number)]
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
                in_form=sum(r.in_form for r in own),
                wishes={"hold_s": 3.0, "repetitions": 3},
                level=1 + i * 5 // sets,
                effort=chance.randrange(8),
                back_before=2,
                back_after=1,
                landmarks_sha256="0" * 64,
            )
            insert_set(connection, kinds, done, own, said, [])
            diary = [
                DiaryEntry(at=at, zone=ZONE, day=at.date(), moment=m, back=2, knee=1, note="As usual.", set_id=set_id)
                for m in ("before", "after", "next_morning")
            ]
            connection.execute(insert(table_of(tables.Diary)), [row_of(one) for one in diary])
            decision = PlanDecision(
                at=at,
                zone=ZONE,
                day=at.date(),
                what="stay",
                level=3,
                target={"hold_s": 3.0},
                reasons=[{"key": "plan.stay", "fill": {"n": 2}}],
            )
            connection.execute(insert(table_of(tables.PlanDecisions)), [row_of(decision)])


def size_mib(store: Store) -> float:
    file = store.database.place.file
    if file is not None:
        return sum(path.stat().st_size for path in file.parent.glob("lunge.db*")) / MIB
    with store.database.reading() as connection:
        return connection.execute(text("SELECT pg_database_size(current_database())")).scalar_one() / MIB


def timed(what, *arguments: object) -> float:
    start = time.perf_counter()
    what(*arguments)
    return time.perf_counter() - start


def measure(folder: Path, url: str | None, sets: int, repetitions: int) -> dict[str, float]:
    with Store.open(folder, url) as store:
        empty = size_mib(store)
        print(f"    filled in {timed(fill, store, sets, repetitions):.0f} s", file=sys.stderr)
        if url:
            with store.database.apart() as connection:
                connection.execute(text("ANALYZE"))
    cold = min(timed(subprocess.run, [sys.executable, "-c", COLD, str(folder), url or ""]) for _ in range(3))
    with Store.open(folder, url) as store:
        found = {
            "size, MiB": size_mib(store),
            "of it empty, MiB": empty,
            "cold open, s": cold,
            "progress, all of it, ms": 1000 * min(timed(store.progress) for _ in range(3)),
            "progress, the last year, ms": 1000
            * min(timed(store.progress, FIRST_DAY + timedelta(days=3287)) for _ in range(3)),
            "trend of one check, ms": 1000 * min(timed(store.trend, "check_of_something_3") for _ in range(3)),
            "diary, all of it, ms": 1000 * min(timed(store.diary.all) for _ in range(3)),
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
            print(f"{name:32}{value:10.2f}")


if __name__ == "__main__":
    main()
