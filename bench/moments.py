"""Compare the joint moments at rest with MuJoCo's inverse dynamics on the same planar model.

    uv run --with mujoco python bench/moments.py

Geometry and masses are written as MJCF; the ground's forces follow from MuJoCo's own centre of mass by the same rule,
and its inverse dynamics says which moments keep the body still. What is left over at the pelvis must be nothing.
"""

from __future__ import annotations

import argparse

import mujoco
import numpy as np

from lunge.mechanics.constants import constants
from lunge.mechanics.statics import FRONT, REAR, Posture, loads, usual_rule

LEGS = (FRONT, REAR)
LOWEST_DEG = (-5.0, -10.0, -10.0, -15.0, 60.0, 10.0)
HIGHEST_DEG = (40.0, 50.0, 35.0, 25.0, 110.0, 40.0)
JOINTS = {
    "front hip": ("front_hip", 1, "front_hip_nm_per_kg"),
    "front knee": ("front_knee", -1, "front_knee_nm_per_kg"),
    "rear hip": ("rear_hip", -1, "rear_hip_nm_per_kg"),
    "rear knee": ("rear_knee", -1, "rear_knee_nm_per_kg"),
    "L5/S1": ("lumbar", -1, "back_nm_per_kg"),
}


def place(xy: tuple[float, ...] | np.ndarray) -> str:
    """Return a place, forwards and up, as MuJoCo writes it."""
    return f"{xy[0]} 0 {xy[1]}"


def part(share: float, mass_kg: float, centre: tuple[float, ...] | np.ndarray) -> str:
    """Return the mass of a body; at rest its inertia plays no part."""
    return f'<inertial pos="{place(centre)}" mass="{share * mass_kg}" diaginertia="0.1 0.1 0.1"/>'


def leg_xml(leg: str, mass_kg: float) -> str:
    """Return thigh, shank and foot, each hanging on the one above."""
    g, s = constants().geometry, constants().segments
    sites = "".join(f'<site name="{leg}_{n}" pos="{place(getattr(g, f"{n}_m"))}"/>' for n in ("heel", "ball", "toe"))
    return f"""
      <body><joint name="{leg}_hip"/>{part(s.thigh_share, mass_kg, (0, -g.thigh_com_m))}
        <body pos="{place((0, -g.femur_m))}"><joint name="{leg}_knee"/>
          {part(s.shank_share, mass_kg, (0, -g.shank_com_m))}
          <body name="{leg}_foot" pos="{place((g.ankle_m, -g.tibia_m))}"><joint name="{leg}_ankle"/>
            {part(s.foot_share, mass_kg, g.foot_com_m)}{sites}
          </body>
        </body>
      </body>"""


def body_xml(mass_kg: float) -> str:
    """Return the whole body as MJCF, the pelvis free in the plane; x is forwards, a turn forwards is positive."""
    g, s = constants().geometry, constants().segments
    hip = np.array(g.hip_m)
    return f"""<mujoco>
  <option gravity="0 0 {-constants().ground.gravity_m_per_s2}"/>
  <default><joint type="hinge" axis="0 1 0"/></default>
  <worldbody>
    <body name="pelvis">
      <joint name="x" type="slide" axis="1 0 0"/><joint name="z" type="slide" axis="0 0 1"/><joint name="tilt"/>
      {part(s.pelvis_share, mass_kg, np.array(g.pelvis_com_m) - hip)}
      <body pos="{place(np.array(g.l5s1_m) - hip)}"><joint name="lumbar"/>
        {part(s.trunk_share, mass_kg, g.trunk_com_m)}
      </body>{"".join(leg_xml(leg, mass_kg) for leg in LEGS)}
    </body>
  </worldbody>
</mujoco>"""


def joint_angles(angles_deg: np.ndarray) -> dict[str, float]:
    """Return the joints' angles in radians of a posture: each part's turn against the one that it hangs on."""
    trunk, front_thigh, front_shank, rear_thigh, rear_knee, rear_ankle = np.radians(angles_deg)
    pelvis = usual_rule().pelvis_lean_share * trunk
    front_thigh = front_thigh - np.pi / 2
    return {
        "tilt": pelvis,
        "lumbar": trunk - pelvis,
        "front_hip": front_thigh - pelvis,
        "front_knee": front_shank - front_thigh,
        "front_ankle": -front_shank,
        "rear_hip": rear_thigh - pelvis,
        "rear_knee": rear_knee,
        "rear_ankle": -rear_ankle,
    }


def ground_forces(model: mujoco.MjModel, data: mujoco.MjData) -> list[tuple[str, np.ndarray, np.ndarray]]:
    """Return (foot, where, force in newtons) of both feet, by the rule of `lunge.mechanics.statics`."""
    c, g = constants().ground, constants().geometry
    heel, toe = (data.site(f"front_{n}").xpos for n in ("heel", "toe"))
    front = heel[0] + c.front_pressure_share * (toe[0] - heel[0])
    rear = data.site("rear_ball").xpos[0] + c.rear_pressure_share * (g.toe_m[0] - g.ball_m[0])
    mass_x, _, mass_z = data.body("pelvis").subtree_com
    lift = usual_rule().meeting_factor * (mass_z - heel[2])
    weight = model.body("pelvis").subtreemass[0] * c.gravity_m_per_s2
    share = (mass_x - rear) / (front - rear)
    return [
        (f"{leg}_foot", np.array([at, 0.0, heel[2]]), weight * carried * np.array([(mass_x - at) / lift, 0.0, 1.0]))
        for leg, at, carried in ((FRONT, front, share), (REAR, rear, 1 - share))
    ]


def moments_at_rest(model: mujoco.MjModel, angles_deg: np.ndarray) -> dict[str, float]:
    """Return the moment that holds each joint still, Nm, and the largest that is left over at the pelvis."""
    data = mujoco.MjData(model)
    for name, angle in joint_angles(angles_deg).items():
        data.joint(name).qpos[0] = angle
    mujoco.mj_forward(model, data)
    pushed = np.zeros(model.nv)
    for foot, at, force in ground_forces(model, data):
        mujoco.mj_applyFT(model, data, force, np.zeros(3), at, model.body(foot).id, pushed)
    data.qacc[:] = 0.0
    mujoco.mj_inverse(model, data)
    held = data.qfrc_inverse - pushed
    found = {name: sign * held[model.joint(joint).dofadr[0]] for name, (joint, sign, _) in JOINTS.items()}
    left_over = max(abs(held[model.joint(joint).dofadr[0]]) for joint in ("x", "z", "tilt"))
    return {name: float(value) for name, value in found.items()} | {"left over": float(left_over)}


def largest_differences(mass_kg: float, count: int) -> dict[str, float]:
    """Return the largest difference of each moment over random postures, Nm."""
    model = mujoco.MjModel.from_xml_string(body_xml(mass_kg))
    postures = np.random.default_rng(1).uniform(LOWEST_DEG, HIGHEST_DEG, (count, len(LOWEST_DEG)))
    ours = loads(Posture(*postures.T))
    theirs = [moments_at_rest(model, angles) for angles in postures]
    out = {
        name: float(np.max(np.abs(mass_kg * getattr(ours, of) - [one[name] for one in theirs])))
        for name, (_, _, of) in JOINTS.items()
    }
    return out | {"left over": max(one["left over"] for one in theirs)}


if __name__ == "__main__":
    ask = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    ask.add_argument("--mass-kg", type=float, default=75.0)
    ask.add_argument("--postures", type=int, default=1000)
    asked = ask.parse_args()
    print(f"MuJoCo {mujoco.__version__}, {asked.postures} postures, {asked.mass_kg} kg; largest difference, Nm")
    for name, by in largest_differences(asked.mass_kg, asked.postures).items():
        print(f"{name:12s} {by:.4f}")
