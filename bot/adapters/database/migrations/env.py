"""Runs migrations on the connection and in the transaction that migrate.py hands over."""

from typing import Any, Literal

from alembic import context

from bot.adapters.database import case_tables, knowledge_tables, staff_tables, tables
from bot.adapters.database.columns import Row, UtcDateTime

TABLES = (case_tables, knowledge_tables, staff_tables, tables)
"""Imported so that Row.metadata knows every table."""


def write_type(kind: str, item: Any, _autogenerate: object) -> str | Literal[False]:  # noqa: ANN401  # Alembic's own signature
    """Migrations must not change with the program, so our own type is written as what it is stored as."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, UtcDateTime) else False


connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=Row.metadata, render_as_batch=True, render_item=write_type)
with context.begin_transaction():
    context.run_migrations()
