"""The fake database passes the very tests of the real one, as far as they look through the ports alone."""

from inspect import signature
from types import ModuleType

from tests.adapters.database import test_cases as cases
from tests.adapters.database import test_conversations as conversations
from tests.adapters.database import test_handovers as handovers
from tests.adapters.database import test_inbox as inbox
from tests.adapters.database import test_knowledge as knowledge
from tests.adapters.database import test_knowledge_drafts as knowledge_drafts
from tests.adapters.database import test_outbox as outbox
from tests.adapters.database import test_subscriptions as subscriptions
from tests.adapters.database import test_unanswered_questions as unanswered_questions


def through_the_ports(module: ModuleType) -> dict[str, object]:
    """Its tests that need nothing but a database."""
    tests = {name: value for name, value in vars(module).items() if name.startswith("test_")}
    room = module.__name__.rpartition("test_")[2]
    return {f"test_{room}_{name[5:]}": test for name, test in tests.items() if "url" not in signature(test).parameters}


SUITES = (cases, conversations, handovers, inbox, knowledge, knowledge_drafts, outbox, subscriptions, unanswered_questions)
CONTRACT = {name: test for module in SUITES for name, test in through_the_ports(module).items()}
globals().update(CONTRACT)


def test_the_suite_is_not_empty() -> None:
    assert len(CONTRACT) >= 25
