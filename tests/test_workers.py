"""Several inputs in processes of their own: order, errors, progress, and what is sent back."""

import multiprocessing
import pickle
import threading
import time
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import pytest

import people
from analyses import analysis, repetition
from lunge import workers
from lunge.batch import Job, Outcome, Wanted
from lunge.errors import MissingFileError, NobodySeenError
from lunge.posefile import save_poses
from lunge.session import Options
from lunge.workers import outcomes

WHOLE = analysis(repetition(1), repetition(2, 2.0))


def job(name="clip.mp4"):
    return Job(Path(name), Wanted())


def told(path, done_s, total_s):
    """Hear how far an input is, and make nothing of it."""


@pytest.fixture
def cores(monkeypatch):
    """Set how many cores there seem to be."""
    return lambda count: monkeypatch.setattr("os.cpu_count", lambda: count)


def test_one_input_stays_in_this_process_with_all_cores(monkeypatch, cores):
    cores(8)
    monkeypatch.setattr(workers, "outcome", lambda job, options, told: (job, options, told, threading.get_ident()))
    asked = Options(threads=0)
    assert list(outcomes([job()], asked, told)) == [(job(), asked, told, threading.get_ident())]


@pytest.mark.parametrize("count", [1, None])
def test_with_one_core_inputs_come_one_after_the_other(monkeypatch, cores, count):
    cores(count)
    monkeypatch.setattr(workers, "outcome", lambda job, options, told: Outcome(job.path))
    monkeypatch.setattr(workers, "_in_processes", lambda *_: pytest.fail("no processes for one core"))
    jobs = [job(f"{n}.mp4") for n in "cab"]
    assert [o.path.name for o in outcomes(jobs, Options(), told)] == ["c.mp4", "a.mp4", "b.mp4"]


@pytest.mark.parametrize(("inputs", "count", "at_once"), [(5, 3, 3), (2, 8, 2)])
def test_as_many_at_once_as_there_are_cores_and_inputs_with_one_thread_each(monkeypatch, cores, inputs, count, at_once):
    cores(count)
    asked = []
    monkeypatch.setattr(workers, "_in_processes", lambda *words: asked.append(words) or iter(()))
    jobs = [job(f"{n}.mp4") for n in range(inputs)]
    assert list(outcomes(jobs, Options(model="lite", threads=0), told)) == []
    assert asked == [(jobs, Options(model="lite", threads=1), told, at_once)]


def test_real_processes_keep_the_order_and_a_bad_file_harms_no_other(tmp_path, cores):
    cores(2)
    good = [save_poses(tmp_path / f"{n}.npz", people.standing(2.0), people.source()) for n in ("good", "fine")]
    paths = [good[0], tmp_path / "missing.npz", good[1]]
    jobs = [Job(p, Wanted(signals=tmp_path / "out" / f"{p.stem}.csv")) for p in paths]
    found = list(outcomes(jobs, Options(), told))
    assert [o.path for o in found] == paths
    assert [o.error is None for o in found] == [True, False, True]
    assert found[1].error.message == MissingFileError(paths[1]).message
    for outcome in (found[0], found[2]):
        assert outcome.analysis.input.frames == 60
        assert len(outcome.analysis.signals) == 0
        lines = (tmp_path / "out" / f"{outcome.path.stem}.csv").read_text(encoding="utf-8").splitlines()
        assert len(lines) == 1 + 60
    assert multiprocessing.active_children() == []


def test_a_process_that_dies_is_said_with_the_name_of_its_input():
    future = Future()
    future.set_exception(BrokenProcessPool("a child process terminated abruptly"))
    found = workers._result(job("large.mp4"), future)
    assert found.path == Path("large.mp4")
    assert "large.mp4 broke off" in found.error.message
    assert found.error.message.endswith(".")


# ---------------------------------------------------------------- in the worker


def light(monkeypatch, found):
    monkeypatch.setattr(workers, "outcome", lambda job, options, told: found)
    return workers._light_outcome(job(), Options())


def test_what_is_sent_back_is_light_and_says_the_same(monkeypatch):
    heavy = Outcome(job().path, WHOLE, Path("report.html"))
    sent = pickle.loads(pickle.dumps(light(monkeypatch, heavy)))
    assert sent.analysis.as_dict() == WHOLE.as_dict()
    assert (sent.path, sent.page) == (heavy.path, heavy.page)
    assert len(pickle.dumps(sent)) < 0.05 * len(pickle.dumps(heavy))


@pytest.mark.parametrize("error", [MissingFileError("a.mp4"), NobodySeenError("errors.input.nobody", name="a")])
def test_every_error_survives_the_way_back(monkeypatch, error):
    sent = pickle.loads(pickle.dumps(light(monkeypatch, Outcome(job().path, error=error))))
    assert type(sent.error) is type(error)
    assert (sent.error.message, sent.error.facts) == (error.message, error.facts)


class Line(list):
    put = list.append


class Clock:
    def __init__(self, monkeypatch):
        self.now = 1000.0
        monkeypatch.setattr(time, "monotonic", lambda: self.now)


def test_a_worker_tells_how_far_it_is_now_and_then_for_each_input(monkeypatch):
    line, clock = Line(), Clock(monkeypatch)
    workers_state(monkeypatch, line, threading.Event())
    for i in range(100):
        clock.now += 0.1
        workers._tell(Path("a"), i / 10, 10.0)
        workers._tell(Path("b"), i / 10, None)
    for path, total in ((Path("a"), 10.0), (Path("b"), None)):
        told = [done for heard, done, of in line if heard == path and of == total]
        assert 10 / workers.TELL_EVERY_S * 0.7 <= len(told) <= 10 / workers.TELL_EVERY_S + 1
        assert told == sorted(told)


def workers_state(monkeypatch, line, stop):
    for name, value in (("_line", line), ("_stop", stop), ("_told_s", {})):
        monkeypatch.setattr(workers, name, value)


def test_a_worker_that_is_to_stop_stops_within_its_file(monkeypatch):
    stop, line = threading.Event(), Line()
    workers_state(monkeypatch, line, stop)

    def watched(job, options, told):
        told(job.path, 1.0, 9.0)
        stop.set()
        told(job.path, 2.0, 9.0)
        pytest.fail("went on")

    monkeypatch.setattr(workers, "outcome", watched)
    assert workers._light_outcome(job(), Options()) == Outcome(job().path)
    assert line == [(job().path, 1.0, 9.0)]


def test_who_asked_hears_everything_until_the_end():
    line = multiprocessing.get_context("spawn").Queue()
    said = [(Path("a"), 1.0, None), (Path("b"), 2.0, 9.0)]
    for words in (*said, None, (Path("c"), 3.0, None)):
        line.put(words)
    heard = []
    workers._listen(line, lambda *words: heard.append(words))
    line.cancel_join_thread()
    line.close()
    assert heard == said
