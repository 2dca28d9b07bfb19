"""The tables of sets and their parts, as SQLAlchemy knows them; `migrations` makes them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, SmallInteger, false
from sqlalchemy.orm import Mapped, mapped_column

from lunge.storage.tables import Base


class Sets(Base):
    """Sets; their parts point to `number`, which is short, for there are many of them."""

    __tablename__ = "sets"
    number: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(unique=True)
    at: Mapped[datetime] = mapped_column(index=True)
    zone: Mapped[str]
    origin: Mapped[str]
    name: Mapped[str]
    exercise: Mapped[str]
    mode: Mapped[str]
    pose_model: Mapped[str]
    lunge: Mapped[str]
    view: Mapped[str | None]
    duration_s: Mapped[float]
    left: Mapped[int]
    right: Mapped[int]
    other: Mapped[int]
    in_form: Mapped[int]
    wishes: Mapped[dict[str, Any]]
    level: Mapped[int | None]
    effort: Mapped[int | None]
    back_before: Mapped[int | None]
    back_after: Mapped[int | None]
    knee_before: Mapped[int | None]
    knee_after: Mapped[int | None]
    stopped_why: Mapped[str | None]
    landmarks_sha256: Mapped[str | None]
    day: Mapped[date] = mapped_column(index=True, server_default="1970-01-01")
    self_test: Mapped[bool] = mapped_column(server_default=false())


def _of_a_set(index: bool = False) -> Mapped[int]:
    return mapped_column(ForeignKey("sets.number", ondelete="CASCADE"), primary_key=True, index=index)


class PlanSets(Base):
    """What the plan asks of each of its sets; it follows from the wishes of the set."""

    __tablename__ = "plan_sets"
    set_number: Mapped[int] = _of_a_set()
    began: Mapped[str]
    kind: Mapped[str]
    unsure: Mapped[bool]
    targets: Mapped[str]
    left_asked: Mapped[int | None] = mapped_column(SmallInteger)
    left_done: Mapped[int | None] = mapped_column(SmallInteger)
    left_judged: Mapped[int | None] = mapped_column(SmallInteger)
    left_in_form: Mapped[int | None] = mapped_column(SmallInteger)
    right_asked: Mapped[int | None] = mapped_column(SmallInteger)
    right_done: Mapped[int | None] = mapped_column(SmallInteger)
    right_judged: Mapped[int | None] = mapped_column(SmallInteger)
    right_in_form: Mapped[int | None] = mapped_column(SmallInteger)


class Repetitions(Base):
    """Repetitions."""

    __tablename__ = "repetitions"
    set_number: Mapped[int] = _of_a_set()
    number: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    variant: Mapped[str]
    leg: Mapped[str]
    complete: Mapped[bool]
    in_form: Mapped[bool]
    start_s: Mapped[float]
    bottom_s: Mapped[float]
    end_s: Mapped[float]
    holds_s: Mapped[dict[str, float]]
    step_length: Mapped[float | None]
    step_length_unit: Mapped[str]
    depth_deg: Mapped[float | None]
    view: Mapped[str | None]
    azimuth_deg: Mapped[float | None]


class Checks(Base):
    """The checks that ever said something, once each."""

    __tablename__ = "checks"
    id: Mapped[int] = mapped_column(primary_key=True)
    check: Mapped[str]
    measure: Mapped[str]
    step: Mapped[str]
    unit: Mapped[str]


class FindingKinds(Base):
    """What many findings have in common, once: a million findings stay small by it."""

    __tablename__ = "finding_kinds"
    id: Mapped[int] = mapped_column(primary_key=True)
    check_id: Mapped[int] = mapped_column(ForeignKey("checks.id"))
    low: Mapped[float | None]
    high: Mapped[float | None]
    result: Mapped[str]
    reason: Mapped[str | None]


class Findings(Base):
    """What the checks said: a kind, and the measured numbers.

    On PostgreSQL the key is not declared: its index would be as large as the rows.
    """

    __tablename__ = "findings"
    set_number: Mapped[int] = _of_a_set()
    repetition: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    kind_id: Mapped[int] = mapped_column(SmallInteger, ForeignKey("finding_kinds.id"), primary_key=True)
    value: Mapped[float | None]
    sd: Mapped[float | None]
    sd_people: Mapped[float | None]


class Effects(Base):
    """What the repetitions did inside, as far as it was judged."""

    __tablename__ = "effects"
    set_number: Mapped[int] = _of_a_set()
    repetition: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    role: Mapped[str]
    answer: Mapped[str]
    value: Mapped[float]
    low: Mapped[float]
    high: Mapped[float]
    unit: Mapped[str]


class LegFigureRows(Base):
    """Each leg in each set, counted up when the set is kept."""

    __tablename__ = "leg_figures"
    set_number: Mapped[int] = _of_a_set()
    leg: Mapped[str] = mapped_column(primary_key=True)
    repetitions: Mapped[int]
    in_form: Mapped[int]
    hold_s: Mapped[float | None]
    hold_in_form_s: Mapped[float | None]
    depth_deg: Mapped[float | None]
    depth_spread_deg: Mapped[float | None]
    step_length: Mapped[float | None]
    step_length_unit: Mapped[str]


class CheckFigureRows(Base):
    """What each check said of each leg in each set, counted up when the set is kept; the check comes first."""

    __tablename__ = "check_figures"
    check_id: Mapped[int] = mapped_column(ForeignKey("checks.id"), primary_key=True)
    set_number: Mapped[int] = _of_a_set(index=True)
    leg: Mapped[str] = mapped_column(primary_key=True)
    judged: Mapped[int]
    passed: Mapped[int]
    mean: Mapped[float]
    spread: Mapped[float | None]
    sd: Mapped[float | None]
