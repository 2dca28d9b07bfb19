"""Videos that are looked at: one after the other, beside everything else, each can be stopped."""

from __future__ import annotations

import secrets
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path

from lunge.errors import LungeError
from lunge.posefile import save_poses
from lunge.session import Options, analysis_of, landmarks_of
from lunge.web.constants import constants
from lunge.web.shelf import Shelf, Told


class StoppedError(Exception):
    """The person has had enough."""


@dataclass
class Job:
    """One video.

    Attributes
    ----------
    id : str
    name : str
        Of the file, as its owner knows it.
    path : Path
        Of the copy that is looked at; deleted afterwards.
    keep_pictures : bool
        Whether the report may show pictures from it.
    language : str
        Of the report.
    done_s, total_s : float
        How far it is, in seconds of video; `total_s` is None while unknown.
    set_id : str, optional
        Of the set that came of it.
    error : LungeError, optional
        Why nothing came of it.
    """

    id: str
    name: str
    path: Path
    keep_pictures: bool
    language: str
    done_s: float = 0.0
    total_s: float | None = None
    set_id: str | None = None
    error: LungeError | None = None
    stopping: bool = False
    future: Future[None] = field(default_factory=Future)

    @property
    def broken(self) -> bool:
        """Whether it ended by a mistake of ours."""
        return self.future.done() and self.set_id is None and self.error is None

    def wrong(self, language: str) -> str:
        """Return in a language why nothing came of it, with the name that its owner knows; empty otherwise."""
        said = "" if self.error is None else self.error.text(language)
        return said.replace(str(self.path), self.name).replace(self.path.name, self.name)

    @property
    def share(self) -> float | None:
        """How much is done, 0 to 1; None while unknown."""
        return min(self.done_s / self.total_s, 1.0) if self.total_s else None


class Jobs:
    """Looks at videos, one at a time.

    Parameters
    ----------
    shelf : Shelf
        Where what comes of them is kept.
    """

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._jobs: dict[str, Job] = {}
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="video")

    def begin(self, path: Path, name: str, keep_pictures: bool, options: Options, language: str) -> Job:
        """Begin to look at a video; the file belongs to the job from now on."""
        job = Job(secrets.token_urlsafe(8), name, path, keep_pictures, language)
        self._jobs[job.id] = job
        job.future = self._thread.submit(self._run, job, options)
        return job

    def find(self, job_id: str) -> Job | None:
        """Return the job of that name, or None."""
        return self._jobs.get(job_id)

    def full(self) -> bool:
        """Return whether there are as many as this machine takes."""
        return sum(not job.future.done() for job in self._jobs.values()) >= constants().jobs.most_jobs_count

    def stop(self, job: Job) -> None:
        """Stop a job and forget it."""
        job.stopping = True
        del self._jobs[job.id]
        if job.future.cancel():
            job.path.unlink(missing_ok=True)

    def close(self) -> None:
        """Stop everything and wait for it."""
        for job in list(self._jobs.values()):
            self.stop(job)
        self._thread.shutdown()

    def _run(self, job: Job, options: Options) -> None:
        set_id, error = None, None
        try:
            set_id = self._looked_at(job, options)
        except StoppedError:
            return
        except LungeError as found:
            error = found
        finally:
            job.path.unlink(missing_ok=True)
        # Last of all: whoever reads it may rely on the copy being gone.
        job.set_id, job.error = set_id, error

    def _looked_at(self, job: Job, options: Options) -> str:
        def progress(done_s: float, total_s: float | None) -> None:
            job.done_s, job.total_s = done_s, total_s
            if job.stopping:
                raise StoppedError

        from lunge.report import Footage

        landmarks = landmarks_of(job.path, options, progress)
        analysis = analysis_of(landmarks, options)
        named = replace(analysis, input=replace(analysis.input, path=job.name))
        source = replace(landmarks.source(), path=job.name)
        footage = Footage(job.path, mirrored=options.mirrored) if job.keep_pictures else None
        return self._shelf.keep(
            named,
            # The right way round: the set can be judged again without knowing that the video was mirrored.
            lambda path: save_poses(path, analysis.poses, source),
            "video",
            Told(job.language, footage),
            name=job.name,
            entered={"wishes": {"stretch": options.stretch}},
        ).id
