"""The database of the contract: here, the one in memory."""

import pytest

from tests.fakes.memory_database import MemoryDatabase


@pytest.fixture
def database() -> MemoryDatabase:
    """An empty database in memory."""
    return MemoryDatabase()
