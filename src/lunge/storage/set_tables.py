"""The tables of sets and their parts, as SQLAlchemy knows them; `migrations` makes them."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    Double,
    ForeignKey,
    Integer,
    LargeBinary,
    SmallInteger,
    String,
    Table,
    false,
)

from lunge.storage.tables import DOCUMENT, METADATA, Instant, needed


def _of_a_set(index: bool = False) -> Column[Any]:
    key = ForeignKey("sets.number", ondelete="CASCADE")
    return Column("set_number", Integer, key, primary_key=True, index=index)


SETS: Final = Table(
    "sets",
    METADATA,
    Column("number", Integer, primary_key=True),
    needed("id", String, unique=True),
    needed("at", Instant, index=True),
    *(needed(name) for name in ("zone", "origin", "name", "exercise", "mode", "pose_model", "lunge")),
    Column("view", String),
    needed("duration_s", Double),
    *(needed(name, Integer) for name in ("left", "right", "other", "in_form")),
    needed("wishes", DOCUMENT),
    *(Column(name, Integer) for name in ("level", "effort", "back_before", "back_after", "knee_before", "knee_after")),
    Column("stopped_why", String),
    Column("landmarks_sha256", String),
    needed("day", Date, index=True, server_default="1970-01-01"),
    needed("self_test", Boolean, server_default=false()),
)
"""Sets; their parts point to `number`, which is short, for there are many of them."""

PLAN_SETS: Final = Table(
    "plan_sets",
    METADATA,
    _of_a_set(),
    *(needed(name) for name in ("began", "kind")),
    needed("unsure", Boolean),
    needed("targets"),
    *(
        Column(f"{side}_{name}", SmallInteger)
        for side in ("left", "right")
        for name in ("asked", "done", "judged", "in_form")
    ),
)
"""What the plan asks of each of its sets; it follows from the wishes of the set."""

REPETITIONS: Final = Table(
    "repetitions",
    METADATA,
    _of_a_set(),
    Column("number", SmallInteger, primary_key=True),
    needed("variant"),
    needed("leg"),
    *(needed(name, Boolean) for name in ("complete", "in_form")),
    *(needed(name, Double) for name in ("start_s", "bottom_s", "end_s")),
    needed("holds_s", DOCUMENT),
    Column("step_length", Double),
    needed("step_length_unit"),
    Column("depth_deg", Double),
    Column("view", String),
    Column("azimuth_deg", Double),
)
"""Repetitions."""

CHECKS: Final = Table(
    "checks",
    METADATA,
    Column("id", Integer, primary_key=True),
    *(needed(name) for name in ("check", "measure", "step", "unit")),
)
"""The checks that ever said something, once each."""

FINDING_KINDS: Final = Table(
    "finding_kinds",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("check_id", Integer, ForeignKey("checks.id"), nullable=False),
    *(Column(name, Double) for name in ("low", "high")),
    needed("result"),
    Column("reason", String),
)
"""What many findings have in common, once: a million findings stay small by it."""

FINDINGS: Final = Table(
    "findings",
    METADATA,
    _of_a_set(),
    Column("repetition", SmallInteger, primary_key=True),
    needed("packed", LargeBinary),
)
"""What the checks said of a repetition: kinds and measured numbers, in the form of `packed_findings`."""

EFFECTS: Final = Table(
    "effects",
    METADATA,
    _of_a_set(),
    Column("repetition", SmallInteger, primary_key=True),
    Column("name", String, primary_key=True),
    *(needed(name) for name in ("role", "answer")),
    *(needed(name, Double) for name in ("value", "low", "high")),
    needed("unit"),
)
"""What the repetitions did inside, as far as it was judged."""

LEG_FIGURES: Final = Table(
    "leg_figures",
    METADATA,
    _of_a_set(),
    Column("leg", String, primary_key=True),
    *(needed(name, Integer) for name in ("repetitions", "in_form")),
    *(Column(name, Double) for name in ("hold_s", "hold_in_form_s", "depth_deg", "depth_spread_deg", "step_length")),
    needed("step_length_unit"),
)
"""Each leg in each set, counted up when the set is kept."""

CHECK_FIGURES: Final = Table(
    "check_figures",
    METADATA,
    Column("check_id", Integer, ForeignKey("checks.id"), primary_key=True),
    _of_a_set(index=True),
    Column("leg", String, primary_key=True),
    *(needed(name, Integer) for name in ("judged", "passed")),
    needed("mean", Double),
    *(Column(name, Double) for name in ("spread", "sd")),
)
"""What each check said of each leg in each set, counted up when the set is kept; the check comes first."""
