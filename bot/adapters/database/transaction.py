"""One connection on which statements run, and the translation of what can go wrong."""

import asyncio
import sqlite3
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import CursorResult, Executable, Row, func, select
from sqlalchemy.exc import DBAPIError, IntegrityError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.domain.errors import ConflictError, NotAvailableError

Values = Mapping[str, object] | Sequence[Mapping[str, object]] | None
COLLISIONS = {"40001", "40P01"}
"""PostgreSQL: could not serialise, deadlock."""


class Transaction:
    """Reads see what is committed. On SQLite the writing transaction begins with the first write, so that readers wait for nobody.

    `writer` lets the writers of this process queue up fairly, and before they take a connection that a reader could use;
    other processes are waited for by SQLite itself. The connection is taken with the first statement.
    """

    def __init__(self, engine: AsyncEngine, writer: asyncio.Lock) -> None:
        """Nothing happens before the first statement."""
        self._connection: AsyncConnection = engine.connect()
        self._is_connected = False
        self._begins_by_hand = engine.dialect.name == "sqlite"
        self._writer = writer
        self._is_writing = False
        self.destroys = False
        """Set when what is overwritten here must not linger in the write-ahead log, either."""

    async def read(self, statement: Executable, values: Mapping[str, object] | None = None) -> Sequence[Row[Any]]:
        """Run a query. Raises NotAvailableError."""
        with translated_errors():
            await self._connect()
            return (await self._connection.execute(statement, values)).all()

    async def write(self, statement: Executable, values: Values = None) -> CursorResult[Any]:
        """Run a change (once for each of `values`), or a query that locks what it finds. Raises NotAvailableError, ConflictError."""
        with translated_errors():
            if self._begins_by_hand and not self._is_writing:
                await self._begin()
            await self._connect()
            return await self._connection.execute(statement, values)

    async def lock(self, name: str) -> None:
        """Wait for whoever else locked this name, until their transaction ends. On SQLite there is one writer at a time anyway."""
        if not self._begins_by_hand:
            await self.write(select(func.pg_advisory_xact_lock(func.hashtextextended(name, 0))))

    async def commit(self) -> None:
        """Make everything since the last commit lasting."""
        with translated_errors():
            if self._is_connected and not self._begins_by_hand:
                await self._connection.commit()
            elif self._is_writing:
                await self._connection.exec_driver_sql("COMMIT")
                self._stop_writing()
                if self.destroys:
                    await self._connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
                    self.destroys = False

    async def end(self) -> None:
        """Undo what was not committed and give the connection back, even when the task is being cancelled."""
        if self._is_connected:
            await asyncio.shield(self._close())
        else:
            self._stop_writing()

    async def _close(self) -> None:
        try:
            if self._is_writing and not self._connection.invalidated:
                await self._connection.exec_driver_sql("ROLLBACK")
        except DBAPIError:
            await self._connection.invalidate()
        finally:
            self._stop_writing()
            await self._connection.close()

    async def _connect(self) -> None:
        if not self._is_connected:
            await self._connection.start()
            self._is_connected = True

    async def _begin(self) -> None:
        await self._writer.acquire()
        self._is_writing = True
        await self._connect()
        await self._connection.exec_driver_sql("BEGIN IMMEDIATE")

    def _stop_writing(self) -> None:
        if self._is_writing:
            self._is_writing = False
            self._writer.release()


@contextmanager
def translated_errors() -> Generator[None]:
    """Turn what SQLAlchemy raises into our errors; their sentences hold no stored values."""
    try:
        yield
    except IntegrityError as error:
        message = "This is stored already, or what it belongs to is gone."
        raise ConflictError(message) from error
    except (OperationalError, InterfaceError, PoolTimeoutError, OSError) as error:
        cause = getattr(error, "orig", None) or error
        if getattr(cause, "sqlite_errorcode", None) == sqlite3.SQLITE_ERROR:
            raise  # a fault in a statement, which SQLite reports as if it were the weather
        reason = getattr(cause, "sqlite_errorname", type(cause).__name__)
        message = f"The database does not answer ({reason}). Check that it runs and that WEGWEISER_DATABASE names it."
        raise NotAvailableError(message) from error
    except DBAPIError as error:
        if getattr(error.orig, "sqlstate", None) in COLLISIONS:
            message = "Two changes came at the same time."
            raise ConflictError(message) from error
        raise
