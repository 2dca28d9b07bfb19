"""What an analysis says: small frozen records that become the JSON of the contract."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any, Final, Literal

from lunge.mechanics.effects import Effect
from lunge.messages import Sentence
from lunge.poses import Poses
from lunge.signals import Signals

SCHEMA: Final = "lunge.analysis/1"
SCHEMA_MANY: Final = "lunge.analyses/1"

Result = Literal["pass", "fail", "cannot_judge"]
Reason = Literal["view", "hidden", "out_of_frame", "no_baseline", "uncertain", "not_asked"]
ViewKind = Literal["front", "oblique", "side", "back"]
LoweringKind = Literal["lunge", "squat", "stoop", "kneel", "sit"]
BackLoad = Literal["low", "middle", "high"]
"""Against the person's own stoop."""


@dataclass(frozen=True, slots=True)
class View:
    """Where the camera stood, from the person: 0 in front, 90 on the person's left."""

    azimuth_deg: float | None
    sd_deg: float | None
    kind: ViewKind | None


@dataclass(frozen=True, slots=True)
class Target:
    """What the person asked of the exercise; it takes the place of the limits that it changes.

    Attributes
    ----------
    height_m : float, optional
        Body height; without it lengths are in body heights.
    hold_s : float
        How long to hold the lunge, 1 to 10.
    squat_hold_s : float, optional
        How long to hold the squat after it; as long as the lunge if left out.
    stretch : bool
        The longer step.
    chair : bool
        Hands on a chair instead of the hips.
    front_thigh_limit_deg : (low, high), optional
        How far above horizontal the front thigh may be at the bottom, degrees; an open end is
        None. It holds for the squat too, and the way back may end as high.
    least_step_heights : float, optional
        The shortest step, in body heights: a lunge that is less deep needs less of one.
    """

    height_m: float | None = None
    hold_s: float = 1.0
    squat_hold_s: float | None = None
    stretch: bool = False
    chair: bool = False
    front_thigh_limit_deg: tuple[float | None, float | None] | None = None
    least_step_heights: float | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """What is known of somebody besides the picture.

    Attributes
    ----------
    height_m, mass_kg : float, optional
    stoop_deg : float, optional
        How far the trunk leaned in a stoop of theirs that was seen.
    """

    height_m: float | None = None
    mass_kg: float | None = None
    stoop_deg: float | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a repetition, such as `lowering` or `lunge`."""

    name: str
    start_s: float
    end_s: float

    @property
    def duration_s(self) -> float:
        """How long it took."""
        return self.end_s - self.start_s


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check says of one step of one repetition.

    `why` says in a sentence what was seen; `advice` what to do about it (empty
    when there is nothing to do). `limit` ends that are open are None.
    """

    check: str
    measure: str
    step: str
    result: Result
    value: float | None
    sd: float | None
    sd_people: float | None
    unit: str
    limit: tuple[float | None, float | None]
    reason: Reason | None
    why: str
    advice: str


@dataclass(frozen=True, slots=True)
class Repetition:
    """One repetition, from the start of lowering (stepping back) to standing again."""

    index: int
    variant: str
    stepping_leg: Literal["left", "right"] | None
    complete: bool
    start_s: float
    bottom_s: float
    end_s: float
    steps: tuple[Step, ...]
    holds_s: dict[str, float]
    """`lunge_hold_s`, `lunge_hold_in_form_s`, `squat_hold_s`, ... in the order of the steps."""
    step_length: float | None
    step_length_unit: Literal["m", "heights"]
    front_thigh_above_horizontal_deg: float | None
    view: View
    findings: tuple[Finding, ...]

    def step(self, name: str) -> Step | None:
        """Return the step of that name, or None."""
        return next((s for s in self.steps if s.name == name), None)


@dataclass(frozen=True, slots=True)
class OtherMovement:
    """Something that is not the exercise: `forward_lunge`, `squat`, `walking`, ..."""

    kind: str
    start_s: float
    end_s: float


@dataclass(frozen=True, slots=True)
class Lowering:
    """One time that somebody went down to the floor, to an object or a seat.

    Attributes
    ----------
    kind : LoweringKind
        The best guess, also where `result` is ``cannot_judge``.
    start_s, bottom_s, end_s : float
        From where the body begins to go down until it is up again.
    lead_leg : {'left', 'right'} or None
        The leg in front, or whose knee stays up.
    result : {'seen', 'cannot_judge'}
    drop_heights : float
        How far the hips went down, body heights.
    trunk_lean_deg : float or None
        From the vertical, at the bottom.
    back_load : BackLoad or None
        The load on the lower back against that of the own stoop.
    back_moment_nm_per_kg : float or None
        The moment behind it, by plain statics: for export.
    """

    kind: LoweringKind
    start_s: float
    bottom_s: float
    end_s: float
    lead_leg: Literal["left", "right"] | None
    result: Literal["seen", "cannot_judge"]
    drop_heights: float
    trunk_lean_deg: float | None
    back_load: BackLoad | None = None
    back_moment_nm_per_kg: float | None = None


@dataclass(frozen=True, slots=True)
class InputInfo:
    """What was analysed."""

    path: str
    sha256: str | None
    duration_s: float
    frames: int
    width: int
    height: int
    fps_median: float | None


@dataclass(frozen=True, slots=True)
class EngineInfo:
    """What it was analysed with."""

    lunge: str
    pose_model: str
    precision: str
    exercise: str
    mode: Literal["refined", "causal"]


@dataclass(frozen=True, slots=True)
class BodyInfo:
    """Who did it, as far as the picture tells. `height_m` and `mass_kg` are None unless they were given."""

    height_m: float | None
    baseline: Literal["standing", "fallback"]
    thigh_heights: float | None = None
    shank_heights: float | None = None
    trunk_heights: float | None = None
    mass_kg: float | None = None


@dataclass(frozen=True)
class Analysis:
    """Everything that one video, or one landmark file, gave.

    `poses` and `signals` stay in Python; `as_dict` leaves them out.
    `step_names` gives the step of each frame (empty outside repetitions,
    `standing` in quiet standing). `lowerings` is None where nobody asked for them.
    """

    input: InputInfo
    engine: EngineInfo
    view: View
    body: BodyInfo
    repetitions: tuple[Repetition, ...]
    other_movements: tuple[OtherMovement, ...]
    people: int
    notes: tuple[Sentence, ...]
    poses: Poses = field(repr=False)
    signals: Signals = field(repr=False)
    step_names: tuple[str, ...] = field(repr=False)
    effects: tuple[tuple[Effect, ...], ...] = ()
    """What each repetition's held lunge does, by model."""
    lowerings: tuple[Lowering, ...] | None = None

    def effects_of(self, repetition: Repetition) -> tuple[Effect, ...]:
        """Return what one of the repetitions does; nothing where no model was asked."""
        return self.effects[self.repetitions.index(repetition)] if self.effects else ()

    def as_dict(self) -> dict[str, Any]:
        """Return the JSON document of the contract as plain Python."""
        return {
            "schema": SCHEMA,
            "input": asdict(self.input),
            "engine": asdict(self.engine),
            "view": asdict(self.view),
            "body": asdict(self.body),
            "repetitions": [
                _repetition_as_dict(r) | {"effects": [asdict(e) for e in self.effects_of(r)]} for r in self.repetitions
            ],
            "other_movements": [asdict(m) for m in self.other_movements],
            **({} if self.lowerings is None else {"lowerings": [asdict(low) for low in self.lowerings]}),
            "people": self.people,
            "notes": [note.text() for note in self.notes],
        }


def _repetition_as_dict(repetition: Repetition) -> dict[str, Any]:
    out = asdict(repetition)
    holds = out.pop("holds_s")
    unit, length = out.pop("step_length_unit"), out.pop("step_length")
    findings, view = out.pop("findings"), out.pop("view")
    depth = out.pop("front_thigh_above_horizontal_deg")
    for finding in findings:
        finding["limit"] = list(finding["limit"])
    return {
        **out,
        **holds,
        f"step_length_{unit}": length,
        "front_thigh_above_horizontal_deg": depth,
        "view": view,
        "findings": findings,
    }
