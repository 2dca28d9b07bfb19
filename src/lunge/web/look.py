"""A video file in place of the camera: sent, looked at with progress, and shown like any other set."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Final

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse, RedirectResponse

from lunge.errors import MissingFileError
from lunge.session import Options
from lunge.web.jobs import Job, Jobs
from lunge.web.pages import SEE_OTHER, memory_of
from lunge.web.views import shown, texts_of

router = APIRouter()

LONGEST_SUFFIX: Final = 8


@router.get("/look")
def picker(request: Request) -> Response:
    """Show the file picker."""
    return shown(request, "look.html")


@router.post("/look")
async def send(request: Request, name: str = "video", mirrored: bool = False, pictures: bool = False) -> Response:
    """Take a video, the body of the request, to disk as it comes, and begin to look at it."""
    if jobs_of(request).full():
        return JSONResponse({"text": texts_of(request).text("pages.look_busy")}, status_code=429)
    path = await _received(request, Path(name).suffix)
    chosen = memory_of(request).choices()
    options = Options(height_m=chosen.height_m, model=chosen.model, stretch=chosen.stretch, mirrored=mirrored)
    job = jobs_of(request).begin(path, Path(name).name, pictures, options, texts_of(request).language)
    return JSONResponse({"job": f"/look/{job.id}"}, status_code=202)


@router.get("/look/{job_id}")
def progress_page(request: Request, job_id: str) -> Response:
    """Show how far a video is; go on to the set when it is done."""
    job = _job(request, job_id)
    if job.set_id is not None:
        return RedirectResponse(f"/sets/{job.set_id}", SEE_OTHER)
    return shown(request, "look_job.html", job=job)


@router.get("/look/{job_id}/progress")
def progress(request: Request, job_id: str) -> Response:
    """Give the part of the page that changes."""
    job = _job(request, job_id)
    answer = shown(request, "progress.html", job=job)
    if job.set_id is not None:
        answer.headers["hx-redirect"] = f"/sets/{job.set_id}"
    return answer


@router.post("/look/{job_id}/stop")
def stop(request: Request, job_id: str) -> Response:
    """Stop looking at a video."""
    jobs_of(request).stop(_job(request, job_id))
    return RedirectResponse("/look", SEE_OTHER)


def jobs_of(request: Request) -> Jobs:
    """Return the videos that are looked at."""
    jobs: Jobs = request.app.state.jobs
    return jobs


def _job(request: Request, job_id: str) -> Job:
    job = jobs_of(request).find(job_id)
    if job is None:
        raise MissingFileError(job_id)
    return job


async def _received(request: Request, suffix: str) -> Path:
    """Return where the body of a request lies on disk; nothing stays behind when it ends early."""
    kept = suffix if suffix[1:].isalnum() and len(suffix) <= LONGEST_SUFFIX else ""
    with tempfile.NamedTemporaryFile(prefix="lunge-", suffix=kept, delete=False) as file:
        path = Path(file.name)
        try:
            async for piece in request.stream():
                await run_in_threadpool(file.write, piece)
        except BaseException:
            path.unlink(missing_ok=True)
            raise
    return path
