"""Runs migrations on the connection and in the transaction that migrate.py hands over."""

from typing import Any, Literal

from alembic import context

from bot.adapters.database.tables import Row, UtcDateTime


def write_type(kind: str, item: Any, _autogenerate: object) -> str | Literal[False]:  # noqa: ANN401  # Alembic's own signature
    """Migrations must not change with the program, so our own type is written as what it is stored as."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, UtcDateTime) else False


connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=Row.metadata, render_as_batch=True, render_item=write_type)
with context.begin_transaction():
    context.run_migrations()
