"""The SQLite driver opens a new file from many programs at once."""

import asyncio
from pathlib import Path

from bot.adapters.database import sqlite_driver

FILES = 40
AT_ONCE = 8


async def test_many_connections_open_a_new_file_at_once(tmp_path: Path) -> None:
    """Without trying again, one in a few hundred is refused: the change to WAL does not wait."""
    for number in range(FILES):
        file = str(tmp_path / f"{number}.db")
        connections = await asyncio.gather(*(sqlite_driver.connect(file, timeout=5) for _ in range(AT_ONCE)))
        for connection in connections:
            rows = await (await connection.cursor().execute("PRAGMA journal_mode")).fetchall()
            assert [tuple(row) for row in rows] == [("wal",)]
            await connection.close()
