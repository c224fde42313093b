"""What a running desk has read and folded already, carried from test to test: folding all phrasings takes a second."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.console.conftest import Desk

WARM: dict[str, Any] = {}


@pytest.fixture(autouse=True)
def warm(knowledge_desk: Desk) -> Iterator[None]:
    """Caches by content: whatever a test changes has another hash."""
    tools = knowledge_desk.ports.knowledge
    tools.contents.update(WARM.get("contents", {}))
    for name in ("_folded", "_taken"):
        if name in WARM:
            setattr(tools.checker, name, WARM[name])
    tools.near_phrasings._made.update(WARM.get("near", {}))
    yield
    WARM["contents"] = dict(tools.contents)
    WARM["near"] = dict(tools.near_phrasings._made)
    WARM.update({name: getattr(tools.checker, name) for name in ("_folded", "_taken")})
