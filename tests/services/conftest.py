"""The people of the stories and the world they live in."""

from collections.abc import Callable

import pytest

from bot.domain.messages import Channel
from tests.fakes.person import Person
from tests.fakes.world import World


@pytest.fixture
def world() -> World:
    """A world in which nothing has happened yet."""
    return World()


@pytest.fixture
def person(world: World) -> Callable[..., Person]:
    """Anybody, with what matters about them."""

    def meet(name: str = "alex", **about: object) -> Person:
        return Person(world, name, **about)

    return meet


@pytest.fixture
def alex(world: World) -> Person:
    """Somebody in the web chat whose browser speaks English."""
    return Person(world, "alex", hint="en")


@pytest.fixture
def tele(world: World) -> Person:
    """Somebody in Telegram whose app speaks English."""
    return Person(world, "tele", channel=Channel.TELEGRAM, hint="en")
