"""A coach that follows a script, in place of the one that judges: by the capture time alone."""

from analyses import analysis, repetition
from lunge.coaching.records import Cue, Fault, Hold, Sound
from lunge.errors import NobodySeenError
from lunge.live.records import Count, Meter, Meters, Update
from lunge.pose import TrackedPose
from lunge.posefile import save_poses
from people import source, standing

FAULT = Fault("trunk_upright", "trunk_forward_deg", "lunge", "high", 3.0, 2.0)
MOVING = Meters(*(Meter("cannot_judge", "step") for _ in range(4)))
UPRIGHT = Meters(
    stretch=Meter("much", None, 0.82, 0.69, 0.96),
    hip_stretch=Meter("unsure", None, 0.2, 0.0, 0.7),
    load=Meter("much", None, 0.6, 0.48, 0.72),
    hip_share=Meter("unsure", None, 0.35, 0.0, 0.62),
)
LEANING = Meters(
    stretch=Meter("more", None, 0.61, 0.45, 0.77),
    hip_stretch=Meter("less", None, 0.0, 0.0, 0.1),
    load=Meter("much", None, 0.75, 0.6, 0.9),
    hip_share=Meter("unsure", None, 0.5, 0.2, 0.8),
    leaning=True,
)
SET_UP_S, LUNGE_S, FAULT_S, DONE_S = 1.0, 2.0, 3.0, 5.0


class ScriptedEyes:
    """Sees somebody who stands, in every picture."""

    def step(self, picture, time_s):
        poses = standing(0.1)
        size = picture.shape[1], picture.shape[0]
        return TrackedPose(time_s, size, poses.image_px[0], poses.world_m[0], poses.confidence[0], 1)


class ScriptedSession:
    """Sets up for a second, squats, holds a lunge with a fault in it, is done after five seconds.

    Every frame of the lunge brings the fault's cue; `ends` is whether the set ends by itself.
    """

    def __init__(self, wishes, ends=True):
        self.wishes, self.ends = wishes, ends
        self.commands, self.looks = [], []
        self.mode = None

    def step(self, look):
        self.looks.append(look)
        time_s = float(look.poses.time_s[0])
        active = time_s >= SET_UP_S or "start" in self.commands
        done = self.ends and time_s >= DONE_S
        mode = self.mode or ("finished" if done else "active" if active else "setting_up")
        holding = active and time_s >= LUNGE_S
        wrong = holding and time_s >= FAULT_S
        hold = Hold("lunge", self.wishes.hold_s, min(time_s - LUNGE_S, 2.0), not wrong, FAULT if wrong else None)
        cue = Cue("live.all_well", "form", time_s, seen_since_s=FAULT_S)
        sizes = look.poses.width_px, look.poses.height_px
        return Update(
            time_s=time_s,
            mode=mode,
            missing=() if active else ("turn_sideways", "feet_out"),
            quiet_s=0.0,
            view="side",
            can_judge=("trunk_upright", "front_thigh_depth"),
            cannot_judge=("front_knee_inward",),
            step="lunge" if holding else "squat" if active else None,
            hold=hold if holding else None,
            faults=(FAULT,) if wrong else (),
            left=Count(1 if done else 0, self.wishes.repetitions),
            right=Count(0, self.wishes.repetitions),
            next_leg="left",
            turn_to=None,
            points=points_of(look.poses, sizes),
            target_points=(),
            cues=(cue,) if wrong else (),
            sounds=(Sound("hold_started", time_s),) if holding and not wrong else (),
            repetitions=(repetition(),) if done else (),
            meters=(LEANING if wrong else UPRIGHT) if holding else MOVING if active else None,
        )

    def command(self, name):
        self.commands.append(name)
        modes = {"pause": "paused", "resume": None}
        self.mode = modes.get(name, self.mode)

    def finish(self):
        if not self.looks:
            raise NobodySeenError("errors.input.nobody_live")
        return analysis(repetition(index=1), repetition(index=2, start_s=5.5, stepping_leg="right"), seconds=10.0)

    def save(self, path):
        return save_poses(path, self.finish().poses, source())


def points_of(poses, sizes):
    shares = poses.image_px[0] / sizes
    return tuple((float(x), float(y), float(c)) for (x, y), c in zip(shares, poses.confidence[0], strict=True))
