"""Every process follows what is published: it takes up the newest knowledge together with its model."""

import asyncio
from contextlib import suppress
from typing import Protocol

from bot.domain.errors import NotAvailableError
from bot.services.ports import Ports
from bot.services.stored_knowledge import Publication


class Switchable(Protocol):
    """What this process answers from."""

    @property
    def publication(self) -> Publication: ...
    def prepare(self, publication: Publication) -> None:
        """Have its knowledge ready for what is read with its model."""
        ...

    def switch_to(self, publication: Publication) -> None:
        """Answer from it from now on."""
        ...


class Models(Protocol):
    """The models of the NLU server that answers. Raises NotAvailableError."""

    async def loaded_model(self) -> str | None: ...
    async def load(self, model: str) -> None:
        """Answer with a model that is kept. Until it is loaded, the former one answers."""
        ...


async def follow_publication(ports: Ports, published: Switchable, models: Models) -> Publication | None:
    """Take up the newest publication, if it is another than before.

    First its knowledge is at hand, then the NLU server changes its model, then this process switches: at every moment a text is answered
    from the knowledge that belongs to the model it was read with. Without an NLU server the knowledge alone is taken up.
    """
    async with ports.unit_of_work() as work:
        if await work.publications.current_number() == published.publication.number:
            return None
        newest = await work.publications.current()
    if newest is None:
        return None
    await asyncio.to_thread(published.prepare, newest)
    with suppress(NotAvailableError):
        if await models.loaded_model() != newest.model:
            await models.load(newest.model)
    published.switch_to(newest)
    return newest
