"""Run by Alembic: takes the connection that `lunge.storage.migrating` gives it, inside of its transaction."""

from __future__ import annotations

from alembic import context

context.configure(connection=context.config.attributes["connection"])
context.run_migrations()
