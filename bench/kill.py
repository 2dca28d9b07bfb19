"""Kill a program that writes, again and again: what it was told is kept must be there, and the file must open.

    uv run python bench/kill.py [--times 200]

A program keeps sets and diary entries, and says each one's name after the call has returned. It is killed (SIGKILL) at
a random moment; then the store is opened and everything that was named is looked for.
"""

from __future__ import annotations

import argparse
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from lunge.storage import Store
from lunge.storage.set_files import sha256_of

WRITER = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from lunge.storage import Store
from lunge.storage.records import DiaryEntry
from stored import NOON, ZONE, keep
store = Store.open(Path(sys.argv[1]))
print("ready", flush=True)
while True:
    entry = DiaryEntry(at=NOON, zone=ZONE, day=NOON.date(), moment="after", note="x" * 3000)
    store.diary.put(entry)
    print("entry", entry.id, flush=True)
    print("set", keep(store).id, flush=True)
"""
LONGEST_S = 0.5
TESTS = Path(__file__).parents[1] / "tests"


def killed(folder: Path, after_s: float) -> list[list[str]]:
    """Let a program write, kill it, and return what it said was kept."""
    command = [sys.executable, "-c", WRITER, str(folder), str(TESTS)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout
        running.stdout.readline()
        time.sleep(after_s)
        running.send_signal(signal.SIGKILL)
        said = running.stdout.read()
    # Of the last line only what its end confirms.
    return [line.split() for line in said.splitlines(keepends=True) if line.endswith("\n")]


def lost(store: Store, confirmed: list[list[str]]) -> list[str]:
    """Return what was confirmed and is not there, whole."""
    entries = {entry.id for entry in store.diary.all()}
    sets = {done.id: done.landmarks_sha256 for done in store.sets.all()}
    found = [name for kind, name in confirmed if kind == "entry" and name not in entries]
    for name in (name for kind, name in confirmed if kind == "set"):
        if name not in sets or sets[name] != sha256_of(store.sets.file(name, "landmarks.npz")):
            found.append(name)
    return found


def one_round(after_s: float) -> tuple[int, int]:
    """Return how many writes were confirmed, and how many of them are lost."""
    with tempfile.TemporaryDirectory() as name:
        confirmed = killed(Path(name), after_s)
        with Store.open(Path(name)) as store, store.database.reading() as connection:
            assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
            return len(confirmed), len(lost(store, confirmed))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--times", type=int, default=200)
    times, chance = parser.parse_args().times, random.Random(1)
    found = [one_round(chance.uniform(0.0, LONGEST_S)) for _ in range(times)]
    total, gone = sum(confirmed for confirmed, _ in found), sum(missing for _, missing in found)
    print(f"killed {times} times: {total} writes confirmed, {gone} lost")
    return 1 if gone or not total else 0


if __name__ == "__main__":
    sys.exit(main())
