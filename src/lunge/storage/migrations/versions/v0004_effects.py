"""What repetitions did inside."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision: str | None = "0003"


def upgrade() -> None:
    """Make the table; what sets did inside that were kept before stands in their files."""
    key = sa.ForeignKey("sets.number", ondelete="CASCADE")
    op.create_table(
        "effects",
        sa.Column("set_number", sa.Integer(), key, primary_key=True, autoincrement=False),
        sa.Column("repetition", sa.SmallInteger(), primary_key=True, autoincrement=False),
        sa.Column("name", sa.String(), primary_key=True),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("role", "answer")),
        *(sa.Column(name, sa.Double(), nullable=False) for name in ("value", "low", "high")),
        sa.Column("unit", sa.String(), nullable=False),
        sqlite_with_rowid=False,
    )
