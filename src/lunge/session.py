"""Analyse one file: landmarks in, and what is made of them."""

from __future__ import annotations

from dataclasses import replace
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Literal

import numpy as np

from lunge.causal.watching import LiveWatcher
from lunge.effects import Recording, set_effects
from lunge.exercises import load
from lunge.exercises.records import Exercise
from lunge.judging import body_info
from lunge.landmark_stream import POSE_FILE_ENDING, Landmarks, Options, Progress, landmarks_from, landmarks_of, nobody
from lunge.mechanics.effects import Effect
from lunge.messages import Listed, Sentence, catalogue
from lunge.mirroring import mirrored
from lunge.pictures import PictureTally
from lunge.posefile import PoseSource
from lunge.poses import Poses
from lunge.records import Analysis, BodyInfo, EngineInfo, InputInfo, Person, Target
from lunge.video_notes import FROM_FRONT, SLOW_MOTION
from lunge.watching import PartJudge, Watched, Watcher

__all__ = [
    "POSE_FILE_ENDING",
    "Landmarks",
    "Options",
    "Progress",
    "analysis_from",
    "analysis_of",
    "analyze",
    "landmarks_from",
    "landmarks_of",
    "target_of",
]


def analyze(path: str | Path, options: Options | None = None, progress: Progress | None = None) -> Analysis:
    """Return what a video, or a landmark file saved earlier, shows.

    Parameters
    ----------
    path : str or Path
        Any video that FFmpeg reads, or a ``.npz`` landmark file.
    options : Options, optional
    progress : callable, optional
        Told how many seconds of the video are done, and of how many (None: unknown).

    Returns
    -------
    Analysis

    Raises
    ------
    LungeError
        `MissingFileError`, `VideoError`, `PoseFileError`, `NobodySeenError` or
        `ModelError`: each says in one sentence what is wrong and what to do.
    """
    options = options or Options()
    return analysis_of(landmarks_of(Path(path), options, progress), options)


def analysis_of(landmarks: Landmarks, options: Options) -> Analysis:
    """Return the analysis of landmarks as they come.

    Raises
    ------
    NobodySeenError
        If there is no person in any frame.
    """
    exercise, target = load(options.exercise), target_of(landmarks.asked, options)
    causal = landmarks.asked is not None and not options.refine and not options.lowering
    watcher = (
        LiveWatcher(exercise, target, landmarks.model)
        if causal
        else Watcher(PartJudge(exercise, target, landmarks.model, options.lowering))
    )
    tally = PictureTally()
    for block in landmarks.blocks():
        asked = _as_asked(block, options)
        tally.add(asked)
        watcher.add(asked)
    source = landmarks.source()
    source = replace(source, notes=_unanswered(source.notes, options), asked=target if causal else None)
    if not tally.anybody:
        raise nobody(source, tally.frames)
    poses, found = _as_asked(landmarks.poses(), options), watcher.finish()
    person = Person(target.height_m, options.mass_kg, options.stoop_deg)
    return analysis_from(found, tally, poses, source, exercise, person)


def analysis_from(
    found: Watched,
    tally: PictureTally,
    poses: Poses,
    source: PoseSource,
    exercise: Exercise,
    person: Person,
) -> Analysis:
    """Return the analysis of what was found in a whole recording.

    Parameters
    ----------
    found : Watched
    tally : PictureTally
        Of the same pictures.
    poses : Poses
    source : PoseSource
        Its `asked` tells that it was judged as it came.
    exercise : Exercise
    person : Person
    """
    mode: Literal["causal", "refined"] = "refined" if source.asked is None else "causal"
    notes = (*source.notes, *tally.notes(source.people), *found.notes, *_empty_note(found, exercise))
    return Analysis(
        input=_input_info(poses, source),
        engine=EngineInfo(_version(), source.model, source.precision, exercise.name, mode),
        view=found.view,
        body=_body_info(found, person),
        repetitions=found.repetitions,
        other_movements=found.other_movements,
        people=source.people,
        notes=notes,
        poses=poses,
        signals=found.signals,
        step_names=found.step_names,
        effects=_effects(found, poses, person),
        lowerings=found.lowerings,
    )


def target_of(asked: Target | None, options: Options) -> Target:
    """Return what to judge by: the options, and where they say nothing what a live session asked."""
    before = asked or Target()
    return replace(
        before,
        height_m=before.height_m if options.height_m is None else options.height_m,
        hold_s=before.hold_s if options.hold_s is None else options.hold_s,
        squat_hold_s=before.squat_hold_s if options.hold_s is None else None,
        stretch=before.stretch or options.stretch,
    )


def _unanswered(notes: tuple[Sentence, ...], options: Options) -> tuple[Sentence, ...]:
    """Return what is said of the file, less advice to use an option that was used."""
    used = {FROM_FRONT: options.mirrored, SLOW_MOTION: options.time_scale != 1.0}
    return tuple(note for note in notes if not used.get(note.key, False))


def _body_info(found: Watched, person: Person) -> BodyInfo:
    if found.first is None:
        return BodyInfo(person.height_m, "fallback", mass_kg=person.mass_kg)
    return replace(body_info(found.first.flat_body, person.height_m), mass_kg=person.mass_kg)


def _effects(found: Watched, poses: Poses, person: Person) -> tuple[tuple[Effect, ...], ...]:
    """Return what each repetition did inside; a stoop that was seen goes before one of earlier days."""
    stoop_deg = person.stoop_deg if found.stoop_deg is None else found.stoop_deg
    body = None if found.first is None else found.first.flat_body
    recording = Recording(poses, found.signals, found.step_names, found.repetitions, body)
    return set_effects(recording, replace(person, stoop_deg=stoop_deg))


def _as_asked(poses: Poses, options: Options) -> Poses:
    if options.mirrored:
        poses = mirrored(poses)
    if options.time_scale != 1.0:
        poses = replace(poses, time_s=poses.time_s * options.time_scale)
    return poses


def _input_info(poses: Poses, source: PoseSource) -> InputInfo:
    steps = np.diff(poses.time_s)
    rate = round(1.0 / float(np.median(steps)), 3) if len(steps) else None
    return InputInfo(
        path=source.path,
        sha256=source.sha256,
        duration_s=source.duration_s,
        frames=len(poses),
        width=poses.width_px,
        height=poses.height_px,
        fps_median=rate,
    )


def _empty_note(found: Watched, exercise: Exercise) -> list[Sentence]:
    if found.repetitions or found.lowerings is not None:
        return []
    looked_for = {"exercise": _called(exercise)}
    kinds = sorted({m.kind for m in found.other_movements})
    if not kinds:
        return [Sentence("notes.none_seen", looked_for)]
    seen = Listed(tuple(Sentence(f"notes.movement.{kind}") for kind in kinds))
    return [Sentence("notes.none_but", looked_for | {"movements": seen})]


def _called(exercise: Exercise) -> Sentence:
    """Return what an exercise is called within a sentence; one of the person's own as its file says."""
    key = f"notes.exercise.{exercise.name}"
    known = key in catalogue().texts
    return Sentence(key) if known else Sentence("notes.as_written", {"text": exercise.title.lower()})


def _version() -> str:
    try:
        return version("lunge")
    except PackageNotFoundError:
        return "not installed"
