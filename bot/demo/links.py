"""Checks of the links in the knowledge whose results are invented: nothing is asked over the network."""

from dataclasses import replace

from bot.demo.office import Office
from bot.domain.links import LinkAnswer
from bot.services.desk.knowledge.check_links import check_links

FOUND = {
    "https://www.gesetze-im-internet.de/kschg/": LinkAnswer(status=404),
    "https://www.hilfetelefon.de/": LinkAnswer(status=200, moved_to="https://www.hilfetelefon.de/startseite.html"),
    "https://www.gesetze-im-internet.de/agg/__20.html": LinkAnswer(status=403),
}
FINE = LinkAnswer(status=200)


class InventedAnswers:
    """Implements LinkAsker."""

    async def ask(self, address: str) -> LinkAnswer:
        """What the story has found."""
        return FOUND.get(address, FINE)


async def check_at(office: Office) -> None:
    """The weekly check, at the time of the story."""
    await check_links(replace(office.ports, knowledge=replace(office.ports.knowledge, links=InventedAnswers())))
