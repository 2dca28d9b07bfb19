"""The first tables."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision: str | None = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make them."""
    _what_is_entered()
    _what_is_decided()
    _sets()
    _findings()
    _figures()


def _dated(name: str, *columns: sa.Column[Any]) -> None:
    op.create_table(
        name,
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        *columns,
    )
    op.create_index(f"ix_{name}_at", name, ["at"])


def _column(name: str, kind: sa.types.TypeEngine[Any] | type[sa.types.TypeEngine[Any]]) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=False)


def _what_is_entered() -> None:
    _dated("screenings", _column("day", sa.Date), _column("outcome", sa.String), _column("answers", sa.JSON))
    _dated(
        "consents",
        _column("about", sa.String),
        _column("day", sa.Date),
        _column("agreed", sa.Boolean),
        _column("statement", sa.String),
    )
    for name in ("choices", "settings"):
        op.create_table(
            name,
            sa.Column("name", sa.String(), primary_key=True),
            _column("value", sa.JSON),
            _column("at", INSTANT),
            _column("zone", sa.String),
        )
    _dated(
        "diary",
        _column("day", sa.Date),
        _column("moment", sa.String),
        sa.Column("back", sa.Integer()),
        sa.Column("knee", sa.Integer()),
        sa.Column("effort", sa.Integer()),
        _column("note", sa.String),
        sa.Column("set_id", sa.String()),
    )
    op.create_index("ix_diary_day", "diary", ["day"])
    _dated(
        "outcome_scores",
        _column("day", sa.Date),
        _column("instrument", sa.String),
        _column("score", sa.Double),
        _column("items", sa.JSON),
    )


def _what_is_decided() -> None:
    _dated(
        "plan_decisions",
        _column("day", sa.Date),
        _column("what", sa.String),
        _column("level", sa.Integer),
        _column("target", sa.JSON),
        _column("reasons", sa.JSON),
    )
    op.create_index("ix_plan_decisions_day", "plan_decisions", ["day"])
    _dated(
        "prescriptions",
        _column("name", sa.String),
        _column("document", sa.JSON),
        sa.Column("signed_by", sa.String()),
        _column("ended", sa.Boolean),
    )
    _dated("breaks", _column("taken", sa.Boolean), sa.Column("reason", sa.String()))
    op.create_table("backups", sa.Column("path", sa.String(), primary_key=True), _column("at", INSTANT))


def _sets() -> None:
    op.create_table(
        "sets",
        sa.Column("number", sa.Integer(), primary_key=True),
        sa.Column("id", sa.String(), nullable=False, unique=True),
        _column("at", INSTANT),
        *(_column(name, sa.String) for name in ("zone", "origin", "name", "exercise", "mode", "pose_model", "lunge")),
        sa.Column("view", sa.String()),
        _column("duration_s", sa.Double),
        *(_column(name, sa.Integer) for name in ("left", "right", "other", "in_form")),
        _column("wishes", sa.JSON),
        *(sa.Column(name, sa.Integer()) for name in ("level", "effort")),
        *(sa.Column(f"{part}_{moment}", sa.Integer()) for part in ("back", "knee") for moment in ("before", "after")),
        sa.Column("stopped_why", sa.String()),
        sa.Column("landmarks_sha256", sa.String()),
    )
    op.create_index("ix_sets_at", "sets", ["at"])
    op.create_table(
        "repetitions",
        _set_number(),
        sa.Column("number", sa.SmallInteger(), primary_key=True, autoincrement=False),
        _column("variant", sa.String),
        _column("leg", sa.String),
        _column("complete", sa.Boolean),
        _column("in_form", sa.Boolean),
        *(_column(name, sa.Double) for name in ("start_s", "bottom_s", "end_s")),
        _column("holds_s", sa.JSON),
        sa.Column("step_length", sa.Double()),
        _column("step_length_unit", sa.String),
        sa.Column("depth_deg", sa.Double()),
        sa.Column("view", sa.String()),
        sa.Column("azimuth_deg", sa.Double()),
        sqlite_with_rowid=False,
    )


def _set_number(primary_key: bool = True) -> sa.Column[Any]:
    key = sa.ForeignKey("sets.number", ondelete="CASCADE")
    return sa.Column("set_number", sa.Integer(), key, primary_key=primary_key, nullable=False, autoincrement=False)


def _findings() -> None:
    op.create_table(
        "checks",
        sa.Column("id", sa.Integer(), primary_key=True),
        *(_column(name, sa.String) for name in ("check", "measure", "step", "unit")),
    )
    op.create_table(
        "finding_kinds",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("check_id", sa.Integer(), sa.ForeignKey("checks.id"), nullable=False),
        sa.Column("low", sa.Double()),
        sa.Column("high", sa.Double()),
        _column("result", sa.String),
        sa.Column("reason", sa.String()),
    )
    # A key's index on PostgreSQL would be as large as the rows; they come set by set, which a BRIN index is made for.
    keyed = op.get_bind().dialect.name != "postgresql"
    kind = sa.ForeignKey("finding_kinds.id")
    op.create_table(
        "findings",
        _set_number(keyed),
        sa.Column("repetition", sa.SmallInteger(), primary_key=keyed, nullable=False, autoincrement=False),
        sa.Column("kind_id", sa.SmallInteger(), kind, primary_key=keyed, nullable=False, autoincrement=False),
        *(sa.Column(name, sa.Double()) for name in ("value", "sd", "sd_people")),
        sqlite_with_rowid=False,
    )
    if not keyed:
        op.create_index("findings_by_set", "findings", ["set_number"], postgresql_using="brin")


def _figures() -> None:
    op.create_table(
        "leg_figures",
        _set_number(),
        sa.Column("leg", sa.String(), primary_key=True),
        *(_column(name, sa.Integer) for name in ("repetitions", "in_form")),
        *(sa.Column(name, sa.Double()) for name in ("hold_s", "hold_in_form_s", "depth_deg", "depth_spread_deg")),
        sa.Column("step_length", sa.Double()),
        _column("step_length_unit", sa.String),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "check_figures",
        sa.Column("check_id", sa.Integer(), sa.ForeignKey("checks.id"), primary_key=True, autoincrement=False),
        _set_number(),
        sa.Column("leg", sa.String(), primary_key=True),
        *(_column(name, sa.Integer) for name in ("judged", "passed")),
        _column("mean", sa.Double),
        *(sa.Column(name, sa.Double()) for name in ("spread", "sd")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_check_figures_set_number", "check_figures", ["set_number"])
