"""Housework before the camera: how often somebody went down, by the way of it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision: str | None = "0004"


def upgrade() -> None:
    """Add the table."""
    counts = ("lunged", "squatted", "stooped", "knelt", "sat")
    op.create_table(
        "housework",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False, index=True),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("watched_s", sa.Double(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in counts),
        sa.Column("set_id", sa.String()),
    )
