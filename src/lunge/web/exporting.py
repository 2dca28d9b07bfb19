"""A set for other programs and for paper: made when it is asked for, from the landmarks that were kept."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from fastapi import APIRouter, Request, Response

from lunge.errors import MissingFileError
from lunge.posefile import load_poses
from lunge.records import Analysis
from lunge.session import Options, analysis_of, landmarks_from
from lunge.storage.set_files import FINDINGS, LANDMARKS
from lunge.web.sets import shelf_of
from lunge.web.shelf import Shelf
from lunge.web.views import language_of

router = APIRouter()

PDF: Final = "pdf"
MEDIA: Final = {PDF: "application/pdf", "csv": "text/csv"}


@router.get("/sets/{set_id}/export/{kind}")
def exported(request: Request, set_id: str, kind: str) -> Response:
    """Give a set in a format of another program, or as a page for paper."""
    from lunge.exports import KINDS
    from lunge.report import paper

    if kind not in (*KINDS, PDF):
        raise MissingFileError(kind)
    analysis = kept_analysis(shelf_of(request), set_id)
    name = f"lunge-{set_id}.{kind}"
    made = paper(analysis, None, language_of(request)) if kind == PDF else _file(analysis, name)
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(made, media_type=MEDIA.get(kind, "application/octet-stream"), headers=headers)


def kept_analysis(shelf: Shelf, set_id: str) -> Analysis:
    """Return the analysis of a set, judged again from its landmarks as it was judged then.

    Raises
    ------
    MissingFileError
        If there is no such set.
    PoseFileError
        If its landmarks cannot be read.
    """
    poses, source = load_poses(shelf.file(set_id, LANDMARKS))
    said = json.loads(shelf.file(set_id, FINDINGS).read_text(encoding="utf-8"))
    options = Options(
        height_m=said["body"]["height_m"],
        exercise=said["engine"]["exercise"],
        stretch=bool(shelf.wishes(set_id).get("stretch", False)),
    )
    return analysis_of(landmarks_from(poses, source), options)


def _file(analysis: Analysis, name: str) -> bytes:
    from lunge.exports import export

    with TemporaryDirectory(prefix="lunge-") as scratch:
        return export(analysis, Path(scratch) / name).read_bytes()
