"""The tables of what is entered and decided, as SQLAlchemy knows them; `migrations` makes them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import JSON, Date, DateTime, Double, String
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator


class Instant(TypeDecorator[datetime]):
    """An instant, kept in UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return it in UTC.

        Raises
        ------
        ValueError
            If it has no time zone.
        """
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"at: expected a time with its zone, got {value.isoformat()}")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return it with its time zone, UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """All of them."""

    type_annotation_map = {  # noqa: RUF012  SQLAlchemy wants a plain dict here
        datetime: Instant(),
        date: Date(),
        float: Double(),
        dict[str, Any]: JSON(none_as_null=True),
        dict[str, float]: JSON(none_as_null=True),
        list[dict[str, Any]]: JSON(none_as_null=True),
        str: String(),
    }


class Dated:
    """What every entry with a moment has."""

    id: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    zone: Mapped[str]


class Screenings(Dated, Base):
    """What came of the questions before the first set."""

    __tablename__ = "screenings"
    day: Mapped[date]
    outcome: Mapped[str]
    answers: Mapped[dict[str, Any]]


class Consents(Dated, Base):
    """Statements of the person."""

    __tablename__ = "consents"
    about: Mapped[str]
    day: Mapped[date]
    agreed: Mapped[bool]
    statement: Mapped[str]


class Choices(Base):
    """What the person chose."""

    __tablename__ = "choices"
    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[Any] = mapped_column(JSON())
    at: Mapped[datetime]
    zone: Mapped[str]


class Settings(Base):
    """What the program set for itself."""

    __tablename__ = "settings"
    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[Any] = mapped_column(JSON())
    at: Mapped[datetime]
    zone: Mapped[str]


class Diary(Dated, Base):
    """How back and knee are."""

    __tablename__ = "diary"
    day: Mapped[date] = mapped_column(index=True)
    moment: Mapped[str]
    back: Mapped[int | None]
    knee: Mapped[int | None]
    effort: Mapped[int | None]
    note: Mapped[str]
    set_id: Mapped[str | None]


class OutcomeScores(Dated, Base):
    """Scores of questionnaires."""

    __tablename__ = "outcome_scores"
    day: Mapped[date]
    instrument: Mapped[str]
    score: Mapped[float]
    items: Mapped[dict[str, Any]]


class QuestionnaireAnswers(Dated, Base):
    """Answers to questionnaire files of the person's own."""

    __tablename__ = "questionnaire_answers"
    day: Mapped[date]
    questionnaire: Mapped[str]
    title: Mapped[str]
    score: Mapped[float | None]
    response: Mapped[dict[str, Any]]


class PlanDecisions(Dated, Base):
    """What the plan decided, and why."""

    __tablename__ = "plan_decisions"
    day: Mapped[date] = mapped_column(index=True)
    what: Mapped[str]
    level: Mapped[int]
    target: Mapped[dict[str, Any]]
    reasons: Mapped[list[dict[str, Any]]]


class Prescriptions(Dated, Base):
    """Prescription files."""

    __tablename__ = "prescriptions"
    name: Mapped[str]
    document: Mapped[dict[str, Any]]
    signed_by: Mapped[str | None]
    ended: Mapped[bool]


class Breaks(Dated, Base):
    """Breaks that were due."""

    __tablename__ = "breaks"
    taken: Mapped[bool]
    reason: Mapped[str | None]
    outcome: Mapped[str]
    postponed_by: Mapped[str | None]
    set_id: Mapped[str | None]


class Housework(Dated, Base):
    """Times of housework before the camera."""

    __tablename__ = "housework"
    watched_s: Mapped[float]
    lunged: Mapped[int]
    squatted: Mapped[int]
    stooped: Mapped[int]
    knelt: Mapped[int]
    sat: Mapped[int]
    set_id: Mapped[str | None]


class Backups(Base):
    """Where backups were written, so that deleting finds them; no part of an export."""

    __tablename__ = "backups"
    path: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]


class KeptPlan(Base):
    """Where the plan stood on some days, so that it need not go through years each time; no part of an export."""

    __tablename__ = "kept_plan"
    id: Mapped[int] = mapped_column(primary_key=True)
    document: Mapped[dict[str, Any]]
